"""The list: narrowed, saved as a view, long, and worked through by keys alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from conftest import Demo, Person
from playwright.sync_api import expect
from test_accessibility import faults
from test_journey import SUPPORT, unique

SignIn = Callable[..., Person]

ROOT = "#unified-inbox-root"
WORDS = {
    "agent": {
        "filter": "Filter the list",
        "priority": "Priority",
        "save": "Save this view",
        "name": "Name of the view",
        "ok": "Save",
        "change": "Change this view",
        "remove": "Remove the view",
        "undo": "Undo",
    },
    "agent_ar": {
        "filter": "ترشيح القائمة",
        "priority": "الأولوية",
        "save": "حفظ هذا العرض",
        "name": "اسم العرض",
        "ok": "حفظ",
        "change": "تغيير هذا العرض",
        "remove": "إزالة العرض",
        "undo": "تراجع",
    },
}


def delivered(demo: Demo, agent: Person, subject: str) -> str:
    """Let a mail arrive, and wait until its ticket stands in the list."""
    subject = unique(subject)
    demo.deliver(SUPPORT, subject, "Please have a look.")
    agent.show_news_until(agent.row(subject))
    return subject


@pytest.mark.parametrize(("user", "width"), [("agent", 1440), ("agent_ar", 375)])
def test_what_the_list_is_narrowed_to_is_kept_as_a_view(
    demo: Demo, sign_in: SignIn, user: str, width: int
) -> None:
    agent, words = sign_in(user, width=width), WORDS[user]
    page = agent.page
    name = unique("عاجل A")
    page.get_by_role("button", name=words["filter"]).click()
    page.get_by_label(words["priority"], exact=True).select_option("normal")
    agent.shot(f"filter-{user}-{width}")
    assert faults(page, ".uib-filter") == []
    page.keyboard.press("Escape")
    expect(page.locator(".uib-filters__chip")).to_have_count(1)
    page.get_by_role("button", name=words["save"]).click()
    page.get_by_label(words["name"]).fill(name)
    page.get_by_role("dialog").get_by_role("button", name=words["ok"], exact=True).click()
    expect(page.locator(".uib-list__title")).to_have_text(name)
    agent.shot(f"saved-view-{user}-{width}")
    assert faults(page, ROOT) == []
    page.reload()
    expect(page.locator(".uib-list__title")).to_have_text(name)
    expect(page.locator(".uib-row").first).to_be_visible()
    page.get_by_role("button", name=words["change"]).click()
    page.get_by_role("menuitem", name=words["remove"]).click()
    expect(page.locator(".uib-list__title")).not_to_have_text(name)
    with page.expect_response(re.compile("saved-views/[0-9]+")):
        page.get_by_role("button", name=words["undo"]).click()
    page.go_back()
    expect(page.locator(".uib-list__title")).to_have_text(name)


def test_ten_tickets_are_gone_through_by_one_key_each(demo: Demo, sign_in: SignIn) -> None:
    agent = sign_in("agent")
    mark = unique("Parcel")
    for place in range(10):
        demo.deliver(SUPPORT, f"{mark} {place}", "Thank you, it came.")
    for place in range(10):
        agent.show_news_until(agent.row(f"{mark} {place}"))
    page = agent.page
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    for _ in range(40):
        row = page.evaluate_handle("document.activeElement.closest('[data-ticket]')")
        number, words = row.evaluate("row => [row.dataset.ticket, row.textContent]")
        # Mail of other customers stands between.
        page.keyboard.press("e" if mark in words else "j")
        if mark in words:
            expect(page.locator(f'[data-ticket="{number}"]')).to_have_count(0)
            page.wait_for_function("document.activeElement.matches('.uib-row__open')")
        if agent.row(mark).count() == 0:
            break
    agent.shot("triage-done")
    expect(agent.row(mark)).to_have_count(0)


def test_a_ticket_is_found_answered_and_solved_without_a_pointer(
    demo: Demo, sign_in: SignIn
) -> None:
    agent = sign_in("agent")
    page = agent.page
    subject = delivered(demo, agent, "By keys alone")
    page.evaluate("document.activeElement.blur()")
    for _ in range(20):
        # On a busy machine the second key may come too late to go with the first.
        page.keyboard.type("gu")
        if "#/unassigned" in page.url:
            break
    expect(agent.row(subject)).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Search tickets")).to_be_focused()
    page.keyboard.type(f'subject:"{subject}"')
    page.keyboard.press("Enter")
    expect(page.locator(".uib-results .uib-row")).to_have_count(1)
    expect(page).to_have_url(re.compile("q=subject"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(agent.ticket.get_by_role("heading", name=subject)).to_be_visible()
    expect(agent.words).to_be_visible()
    page.keyboard.press("r")
    page.wait_for_function("document.activeElement.closest('.uib-composer') !== null")
    page.keyboard.type("It is on its way.")
    page.keyboard.press("Control+Enter")
    expect(agent.ticket).to_contain_text("It is on its way.")
    page.reload()
    expect(page.locator(".uib-results .uib-row")).to_have_count(1)


def test_a_ticket_left_unread_is_bold_after_a_reload_too(demo: Demo, sign_in: SignIn) -> None:
    agent = sign_in("agent")
    subject = delivered(demo, agent, "Later, please")
    row = agent.row(subject).locator("xpath=..")
    agent.open_ticket(subject)
    expect(row).not_to_have_attribute("data-unread", "")
    agent.page.keyboard.press("u")
    expect(row).to_have_attribute("data-unread", "")
    agent.page.reload()
    expect(agent.row(subject).locator("xpath=..")).to_have_attribute("data-unread", "")


@pytest.mark.parametrize("user", ["agent", "agent_ar"])
def test_nothing_lies_sideways_on_the_smallest_phone(
    demo: Demo, sign_in: SignIn, user: str
) -> None:
    agent = sign_in(user, width=320, height=640)
    page = agent.page
    expect(page.locator(".uib-row").first).to_be_visible()
    agent.shot(f"list-{user}-320")
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    small = page.evaluate(
        """() => [...document.querySelectorAll('#unified-inbox-root button')]
            .filter((one) => one.offsetParent && !one.closest('.uib-row'))
            .map((one) => [one.getBoundingClientRect().height, one.outerHTML.slice(0, 120)])
            .filter(([height]) => height < 44)"""
    )
    assert small == []
    page.locator(".uib-row__open").first.click()
    expect(page.locator(".uib-ticket__back")).to_be_visible()
    agent.shot(f"ticket-{user}-320")
    assert page.evaluate(wide) <= 0


SCHEMES = ("light", "modern", "blue", "coffee", "ectoplasm", "midnight", "ocean", "sunrise")
WEAR = """scheme => {
    const { body } = document;
    body.className = body.className.replace(/admin-color-\\S+/, `admin-color-${scheme}`);
}"""


def test_everything_can_be_read_in_every_colour_scheme(demo: Demo, sign_in: SignIn) -> None:
    agent = sign_in("agent")
    page = agent.page
    page.goto(f"{demo.wordpress}/wp-admin/admin.php?page=unified-inbox#/open?priority=normal")
    page.locator(".uib-row__open").first.click()
    expect(agent.ticket.get_by_role("heading").first).to_be_visible()
    for scheme in SCHEMES:
        page.add_style_tag(url=f"{demo.wordpress}/wp-admin/css/colors/{scheme}/colors.min.css")
        page.evaluate(WEAR, scheme)
        assert [scheme, *faults(page, ROOT)] == [scheme]
