"""Lists in another order, of mentions, of what is back from a snooze, and of what was found."""

from __future__ import annotations

import re
from collections.abc import Callable

from axe import faults
from conftest import Demo, Person
from corners import Corner
from customers import SUPPORT, asked, eventually, unique
from playwright.sync_api import expect

SignIn = Callable[..., Person]

ROOT = "#unified-inbox-root"

# Snoozes the open ticket by the service itself: the dialog offers no time so soon.
SNOOZE = """async () => {
    const number = location.hash.match( /ticket\\/(\\d+)/ )[ 1 ];
    const path = `/unified-inbox/v1/api/tickets/${ number }`;
    const { version } = await wp.apiFetch( { path } );
    const headers = { 'If-Match': `"${ version }"` };
    const until = new Date( Date.now() + 3000 ).toISOString();
    await wp.apiFetch( { path: `${ path }/snooze`, method: 'PUT', headers, data: { until } } );
}"""


def test_who_waits_longest_is_put_first_and_stays_so(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent, say, subject = sign_in(*corner.seat), corner.say, unique("How long?")
    page, chip = agent.page, corner.say("Longest waiting")
    demo.deliver(SUPPORT, subject, "It is long.")
    agent.show_news_until(agent.row(subject))
    page.get_by_role("button", name=say("Sort the list")).click()
    agent.shot(f"sort-{corner}")
    assert faults(page, ".components-popover") == []
    page.get_by_role("menuitemradio", name=chip).click()
    expect(page.locator(".uib-filters__chip")).to_contain_text(chip)
    first = page.locator(".uib-row").first
    number = first.get_attribute("data-ticket")
    expect(first).not_to_contain_text(subject)
    page.reload()
    expect(page.locator(".uib-filters__chip")).to_contain_text(chip)
    expect(first).to_have_attribute("data-ticket", str(number))
    agent.shot(f"longest-waiting-{corner}")
    assert faults(page, ROOT) == []


def test_a_mention_stands_in_its_view_until_it_is_read(demo: Demo, sign_in: SignIn) -> None:
    agent, manager = sign_in("agent"), sign_in("manager")
    subject = asked(demo, agent, "Who knows the oven?")
    agent.page.locator(".uib-composer__tab").last.click()
    agent.words.click()
    agent.page.keyboard.type("@mara")
    expect(agent.page.get_by_role("option", name="Mara Reed")).to_be_visible()
    agent.page.keyboard.press("Enter")
    agent.send_button.click()
    page = manager.page
    manager.show_view("Mentions")
    manager.show_news_until(manager.row(subject))
    view = page.locator(".uib-views").get_by_role("button", name=re.compile("^Mentions"))
    expect(view.locator(".uib-view__count")).to_be_visible()
    manager.shot("mentions")
    assert faults(page, ROOT) == []
    with page.expect_response(re.compile("/seen")):
        manager.row(subject).click()
    note = page.get_by_role("article").last.frame_locator("iframe")
    expect(note.locator("[data-mention]")).to_have_text("@Mara Reed")
    manager.show_view("Open")
    expect(manager.row(subject)).to_be_visible()
    manager.show_view("Mentions")
    expect(page.locator(".uib-row, .uib-list .uib-empty").first).to_be_visible()
    expect(manager.row(subject)).to_have_count(0)


def test_a_ticket_says_that_it_is_back_from_a_snooze_until_it_is_opened(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent, mark = sign_in(*corner.seat), ".uib-row__back"
    subject = asked(demo, agent, "Call me at noon?")
    agent.page.evaluate(SNOOZE)
    agent.show_view(corner.say("Snoozed"))
    agent.show_view(corner.say("Open"))
    # The row of before leaves the list in between.
    agent.show_news_until(agent.row(subject).locator(mark))
    expect(agent.row(subject).locator(mark)).to_have_text(corner.say("Back from snooze"))
    agent.shot(f"back-from-snooze-{corner}")
    assert faults(agent.page, ROOT) == []
    agent.row(subject).click()
    agent.show_list()
    expect(agent.row(subject).locator(mark)).to_have_count(0)


def test_what_was_found_is_chosen_from_one_to_another_and_solved(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent, say, word = sign_in(*corner.seat), corner.say, unique("Zinc").split()[1]
    page, rows = agent.page, agent.page.locator(".uib-results .uib-row")
    for place in range(3):
        demo.deliver(SUPPORT, f"{word} {place}", "Thank you, it came.")
        agent.show_news_until(agent.row(f"{word} {place}"))
    page.get_by_role("combobox").fill(word)
    page.keyboard.press("Enter")
    expect(rows).to_have_count(3)
    boxes = rows.locator("input[type=checkbox]")
    boxes.first.click(force=True)
    boxes.last.click(force=True, modifiers=["Shift"])
    bar = page.get_by_role("toolbar", name=say("Chosen tickets"))
    agent.shot(f"found-and-chosen-{corner}")
    assert faults(page, ROOT) == []
    bar.get_by_role("button", name=say("Solve")).click()
    expect(page.locator(".uib-notice")).to_contain_text(say("Solved."))
    page.get_by_role("combobox").fill(f"{word} is:solved")
    page.keyboard.press("Enter")
    expect(rows).to_have_count(3)
    page.keyboard.press("Escape")
    assert eventually(lambda: not agent.row(f"{word} 0").count())
