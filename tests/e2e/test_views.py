"""The list: narrowed, saved as a view, long, and worked through by keys alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe import faults
from conftest import Demo, Person
from corners import Corner
from customers import SUPPORT, unique
from playwright.sync_api import expect

SignIn = Callable[..., Person]

ROOT = "#unified-inbox-root"


def delivered(demo: Demo, agent: Person, subject: str) -> str:
    """Let a mail arrive, and wait until its ticket stands in the list."""
    subject = unique(subject)
    demo.deliver(SUPPORT, subject, "Please have a look.")
    agent.show_news_until(agent.row(subject))
    return subject


def test_what_the_list_is_narrowed_to_is_kept_as_a_view(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent, say = sign_in(*corner.seat), corner.say
    page = agent.page
    name = unique("عاجل A")
    page.get_by_role("button", name=say("Filter the list")).click()
    page.get_by_label(say("Priority"), exact=True).select_option("normal")
    agent.shot(f"filter-{corner}")
    assert faults(page, ".uib-filter") == []
    page.keyboard.press("Escape")
    expect(page.locator(".uib-filters__chip")).to_have_count(1)
    page.get_by_role("button", name=say("Save this view")).click()
    page.get_by_label(say("Name of the view")).fill(name)
    page.get_by_role("dialog").get_by_role("button", name=say("Save"), exact=True).click()
    expect(page.locator(".uib-list__title")).to_have_text(name)
    agent.shot(f"saved-view-{corner}")
    assert faults(page, ROOT) == []
    page.reload()
    expect(page.locator(".uib-list__title")).to_have_text(name)
    expect(page.locator(".uib-row").first).to_be_visible()
    page.get_by_role("button", name=say("Change this view")).click()
    page.get_by_role("menuitem", name=say("Remove the view")).click()
    expect(page.locator(".uib-list__title")).not_to_have_text(name)
    with page.expect_response(re.compile("saved-views/[0-9]+")):
        page.get_by_role("button", name=say("Undo")).click()
    page.go_back()
    expect(page.locator(".uib-list__title")).to_have_text(name)


def test_ten_tickets_are_gone_through_by_one_key_each(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent, mark = sign_in(*corner.seat), unique("Parcel")
    page = agent.page
    for place in range(10):
        demo.deliver(SUPPORT, f"{mark} {place}", "Thank you, it came.")
    for place in range(10):
        agent.show_news_until(agent.row(f"{mark} {place}"))
    agent.leave_field()
    page.keyboard.press("j")
    solved = 0
    for _ in range(40):
        row = page.evaluate_handle("document.activeElement.closest('[data-ticket]')")
        number, words = row.evaluate("row => [row.dataset.ticket, row.textContent]")
        # Mail of other customers stands between.
        page.keyboard.press("e" if mark in words else "j")
        if mark in words:
            expect(page.locator(f'[data-ticket="{number}"]')).to_have_count(0)
            page.wait_for_function("document.activeElement.matches('.uib-row__open')")
            solved += 1
        if solved == 10:
            break
    agent.shot(f"triage-done-{corner}")
    assert solved == 10
    agent.show_view(corner.say("Solved"))
    expect(page.locator(".uib-row").filter(has_text=mark)).to_have_count(10)


def test_a_ticket_is_found_answered_and_solved_without_a_pointer(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent = sign_in(*corner.seat)
    page, keys = agent.page, agent.page.keyboard
    subject = delivered(demo, agent, "By keys alone")
    agent.leave_field()
    for _ in range(20):
        # On a busy machine the second key may come too late to go with the first.
        keys.type("gu")
        if "#/unassigned" in page.url:
            break
    expect(agent.row(subject)).to_be_visible()
    keys.press("/")
    expect(page.get_by_role("combobox", name=corner.say("Search tickets"))).to_be_focused()
    keys.type(f'subject:"{subject}"')
    keys.press("Enter")
    expect(page.locator(".uib-results .uib-row")).to_have_count(1)
    expect(page).to_have_url(re.compile("q=subject"))
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(agent.ticket.get_by_role("heading", name=subject)).to_be_visible()
    expect(agent.words).to_be_visible()
    keys.press("r")
    expect(agent.words).to_be_focused()
    keys.type("It is on its way.")
    keys.press("Control+Enter")
    expect(agent.message("It is on its way.")).to_be_visible()
    keys.press("Escape")
    keys.press("e")
    expect(page.locator(".uib-notice").last).to_contain_text(corner.say("Solved."))
    expect(agent.ticket.get_by_role("heading", name=subject)).to_have_count(0)
    keys.press("j")
    keys.press("Enter")
    expect(agent.ticket.locator(".uib-status").first).to_have_attribute("data-status", "solved")
    agent.shot(f"by-keys-{corner}")
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
