"""What agents do with tickets as a whole: put off, merge, block, several at once; and undo."""

from __future__ import annotations

import re
from collections.abc import Callable

from conftest import Demo, Person
from corners import ARABIC, Corner
from customers import SUPPORT, unique
from playwright.sync_api import expect

SignIn = Callable[..., Person]


def choose_act(agent: Person, name: str) -> None:
    """Choose what is done with the open ticket as a whole."""
    agent.page.locator(".uib-ticket__acts [aria-haspopup=menu]").click()
    agent.page.get_by_role("menuitem", name=name).click()


def test_a_ticket_is_put_off_by_one_key_and_comes_back_with_the_customers_answer(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent, say = sign_in(*corner.seat), corner.say
    page, subject = agent.page, unique("May I come on Monday?")
    first = demo.deliver(SUPPORT, subject, "Or on Tuesday.")
    agent.open_ticket(subject)
    page.keyboard.press("s")
    expect(page.get_by_role("dialog")).to_be_visible()
    agent.shot(f"snooze-{corner}")
    page.locator(".uib-snooze button").nth(1).click()
    expect(page.locator(".uib-notice")).to_contain_text(say("Snoozed until %s"))
    expect(agent.ticket.get_by_role("heading", name=subject)).to_have_count(0)
    agent.show_list()
    expect(agent.row(subject)).to_have_count(0)
    agent.show_view(say("Snoozed"))
    agent.row(subject).click()
    expect(agent.ticket).to_contain_text(say("Snoozed until %s"))
    agent.shot(f"snoozed-{corner}")
    demo.deliver(SUPPORT, f"Re: {subject}", "Monday it is.", References=first)
    agent.show_view(say("Open"))
    agent.open_ticket(subject)
    expect(agent.message("Monday it is.")).to_be_visible()
    expect(agent.ticket).not_to_contain_text(say("Snoozed until %s"))
    agent.shot(f"snooze-over-{corner}")


def test_tickets_are_merged_and_taken_apart_again(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent, say = sign_in(*corner.seat), corner.say
    page, first, second = agent.page, unique("The vase broke"), unique("One more word")
    for subject in (first, second):
        demo.deliver(SUPPORT, subject, f"About: {subject}.", From="rita@customer.example")
    agent.open_ticket(first)
    number = page.locator(".uib-ticket__number").text_content() or ""
    agent.open_ticket(second)
    choose_act(agent, say("Merge with another ticket…"))
    page.get_by_label(say("Number of the other ticket")).fill(number.strip().lstrip("#"))
    agent.shot(f"merge-{corner}")
    page.get_by_role("dialog").get_by_role("button", name=say("Merge")).click()
    expect(agent.ticket.get_by_role("heading", name=first)).to_be_visible()
    expect(agent.ticket).to_contain_text(f"About: {second}.")
    agent.shot(f"merged-{corner}")
    page.get_by_role("button", name=say("Undo")).click()
    expect(agent.ticket).not_to_contain_text(f"About: {second}.")
    agent.open_ticket(second)
    expect(agent.ticket).to_contain_text(f"About: {second}.")


def test_a_blocked_senders_mail_is_spam_until_he_is_let_in_again(
    demo: Demo, sign_in: SignIn
) -> None:
    agent, say = sign_in(*ARABIC.seat), ARABIC.say
    page, sender = agent.page, f"{unique('pills').lower().replace(' ', '-')}@spam.example"
    first, second = unique("Cheap pills"), unique("Cheaper pills")
    demo.deliver(SUPPORT, first, "Buy.", From=sender)
    agent.open_ticket(first)
    choose_act(agent, say("Mark as spam and block the sender"))
    expect(agent.page.locator(".uib-notice")).to_be_visible()
    demo.deliver(SUPPORT, second, "Buy more.", From=sender)
    agent.show_view(say("Spam"))
    agent.open_ticket(second)
    agent.show_list()
    page.get_by_role("button", name=say("Blocked senders")).click()
    row = page.locator(".uib-blocked li").filter(has_text=sender)
    expect(row).to_be_visible()
    agent.shot(f"blocked-{ARABIC}")
    row.get_by_role("button", name=say("Unblock")).click()
    expect(row).to_have_count(0)


def test_several_tickets_are_thrown_away_and_brought_back_at_once(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent, say = sign_in(*corner.seat), corner.say
    subjects = [unique("Please ignore") for _ in range(2)]
    for subject in subjects:
        demo.deliver(SUPPORT, subject, "A mistake.")
    rows = [agent.row(subject) for subject in subjects]
    for row in rows:
        agent.show_news_until(row)
        row.locator("xpath=..").locator("input[type=checkbox]").check(force=True)
    agent.shot(f"bulk-{corner}")
    bar = agent.page.get_by_role("toolbar", name=say("Chosen tickets"))
    bar.get_by_role("button", name=say("Trash")).click()
    for row in rows:
        expect(row).to_have_count(0)
    expect(agent.page.locator(".uib-notice")).to_contain_text(say("Moved to the trash."))
    agent.page.keyboard.press("z")
    for row in rows:
        agent.show_news_until(row)


def test_a_manager_deletes_for_good_what_is_in_the_trash(demo: Demo, sign_in: SignIn) -> None:
    manager, subject, other = sign_in("manager"), unique("Sent by mistake"), unique("Sent twice")
    page = manager.page
    for one in (other, subject):
        demo.deliver(SUPPORT, one, "Please forget this.")
        manager.open_ticket(one)
        number = page.locator(".uib-ticket__number").inner_text()
        choose_act(manager, "Move to the trash")
        expect(page.locator(".uib-notice").last).to_contain_text("Moved to the trash")
    manager.show_view("Trash")
    manager.row(subject).click()
    choose_act(manager, "Delete for good")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".uib-gone")).to_have_text("1 message")
    manager.shot("delete-for-good")
    dialog.get_by_role("button", name="Delete for good").click()
    expect(page.locator(".uib-notice").last).to_contain_text(f"{number} is deleted for good")
    expect(manager.row(subject)).to_have_count(0)
    expect(manager.row(other)).to_be_focused()


def test_all_that_match_a_list_are_taken_and_given_back(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent, say = sign_in(*corner.seat), corner.say
    page = agent.page
    page.locator(".uib-row__check input").first.check(force=True)
    bar = page.get_by_role("toolbar", name=say("Chosen tickets"))
    bar.get_by_role("button", name=say("Choose all shown")).click()
    bar.locator(".uib-bulk__all").get_by_role("button").click()
    agent.shot(f"all-that-match-{corner}")
    bar.get_by_role("button", name=say("Assign to me")).click()
    # More than the list has loaded.
    expect(page.locator(".uib-notice")).to_contain_text(re.compile(r"(5[1-9]|[6-9]\d|\d{3}) "))
    agent.shot(f"all-that-match-taken-{corner}")
    with page.expect_response(lambda answer: "/bulk" in answer.url) as undone:
        page.get_by_role("button", name=say("Undo")).click()
    assert undone.value.json()["done"] > 50


def test_a_call_is_written_down_as_a_ticket(demo: Demo, sign_in: SignIn, corner: Corner) -> None:
    agent, say = sign_in(*corner.seat), corner.say
    page, subject = agent.page, unique("Two lamps")
    page.get_by_role("button", name=say("New ticket"), exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(say("Customer: name or address")).fill("rashid@customer.example")
    dialog.get_by_role("button", name=say("Somebody new")).click()
    dialog.get_by_label(say("Subject")).fill(subject)
    dialog.get_by_label(say("What was said (a note, only your team sees it)")).fill(
        "He wants two, in red."
    )
    agent.shot(f"new-ticket-{corner}")
    dialog.get_by_role("button", name=say("Open the ticket")).click()
    expect(agent.ticket.get_by_role("heading", name=subject)).to_be_visible()
    expect(agent.ticket).to_contain_text("He wants two, in red.")
    agent.shot(f"written-down-{corner}")
