"""What agents do with tickets as a whole: put off, merge, block, several at once; and undo."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from conftest import Demo, Person
from playwright.sync_api import expect
from test_journey import SUPPORT, unique

SignIn = Callable[..., Person]

WORDS = {
    "agent": {"undo": "Undo", "snoozed": "Snoozed", "open": "Open", "away": "Snoozed until"},
    "agent_ar": {"undo": "تراجع", "snoozed": "مؤجّلة", "open": "مفتوحة", "away": "مؤجّلة حتى"},
}


@pytest.mark.parametrize("user", ["agent", "agent_ar"])
def test_a_ticket_is_put_off_by_one_key_and_comes_back_with_the_customers_answer(
    demo: Demo, sign_in: SignIn, user: str
) -> None:
    agent, words = sign_in(user), WORDS[user]
    page, subject = agent.page, unique("May I come on Monday?")
    first = demo.deliver(SUPPORT, subject, "Or on Tuesday.")
    agent.open_ticket(subject)
    page.keyboard.press("s")
    expect(page.get_by_role("dialog")).to_be_visible()
    agent.shot(f"snooze-{user}")
    page.locator(".uib-snooze button").nth(1).click()
    expect(agent.row(subject)).to_have_count(0)
    views = page.locator(".uib-views")
    views.get_by_role("button", name=words["snoozed"]).click()
    agent.row(subject).click()
    expect(agent.ticket).to_contain_text(words["away"])
    agent.shot(f"snoozed-{user}")
    demo.deliver(SUPPORT, f"Re: {subject}", "Monday it is.", References=first)
    views.get_by_role("button", name=words["open"]).first.click()
    agent.open_ticket(subject)
    expect(agent.ticket).not_to_contain_text(words["away"])
    agent.shot(f"snooze-over-{user}")


def test_tickets_are_merged_and_taken_apart_again(demo: Demo, sign_in: SignIn) -> None:
    agent = sign_in("agent")
    page, first, second = agent.page, unique("The vase broke"), unique("One more word")
    for subject in (first, second):
        demo.deliver(SUPPORT, subject, f"About: {subject}.", From="rita@customer.example")
    agent.open_ticket(first)
    number = page.locator(".uib-ticket__number").inner_text().lstrip("#")
    agent.open_ticket(second)
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Merge with another ticket").click()
    page.get_by_label("Number of the other ticket").fill(number)
    agent.shot("merge")
    page.get_by_role("dialog").get_by_role("button", name="Merge").click()
    expect(agent.ticket.get_by_role("heading", name=first)).to_be_visible()
    expect(agent.ticket).to_contain_text(f"About: {second}.")
    agent.shot("merged")
    page.get_by_role("button", name="Undo").click()
    expect(agent.ticket).not_to_contain_text(f"About: {second}.")
    agent.open_ticket(second)


def test_a_blocked_senders_mail_is_spam_until_he_is_let_in_again(
    demo: Demo, sign_in: SignIn
) -> None:
    agent = sign_in("agent_ar", 375, 800)
    page, sender = agent.page, f"{unique('pills').lower().replace(' ', '-')}@spam.example"
    first, second = unique("Cheap pills"), unique("Cheaper pills")
    demo.deliver(SUPPORT, first, "Buy.", From=sender)
    agent.open_ticket(first)
    page.get_by_role("button", name="المزيد", exact=True).click()
    agent.shot("acts-agent_ar-375")
    page.get_by_role("menuitem", name="تعليم كمزعجة وحظر المرسل").click()
    expect(agent.page.locator(".uib-notice")).to_be_visible()
    demo.deliver(SUPPORT, second, "Buy more.", From=sender)
    page.goto(f"{demo.wordpress}/wp-admin/admin.php?page=unified-inbox#/spam")
    # Without its word of before, whose button stands where news does.
    page.reload()
    agent.open_ticket(second)
    page.goto(f"{demo.wordpress}/wp-admin/admin.php?page=unified-inbox#/spam")
    page.get_by_role("button", name="المرسلون المحظورون").click()
    row = page.locator(".uib-blocked li").filter(has_text=sender)
    expect(row).to_be_visible()
    agent.shot("blocked-agent_ar-375")
    row.get_by_role("button", name="إلغاء الحظر").click()
    expect(row).to_have_count(0)


def test_several_tickets_are_thrown_away_and_brought_back_at_once(
    demo: Demo, sign_in: SignIn
) -> None:
    agent = sign_in("agent")
    subjects = [unique("Please ignore") for _ in range(2)]
    for subject in subjects:
        demo.deliver(SUPPORT, subject, "A mistake.")
    rows = [agent.row(subject) for subject in subjects]
    for row in rows:
        agent.show_news_until(row)
        row.locator("xpath=..").locator("input[type=checkbox]").check(force=True)
    agent.shot("bulk")
    bar = agent.page.get_by_role("toolbar", name="Chosen tickets")
    bar.get_by_role("button", name="Trash").click()
    for row in rows:
        expect(row).to_have_count(0)
    expect(agent.page.locator(".uib-notice")).to_contain_text("2 tickets")
    agent.page.keyboard.press("z")
    for row in rows:
        agent.show_news_until(row)


def test_a_manager_deletes_for_good_what_is_in_the_trash(demo: Demo, sign_in: SignIn) -> None:
    manager, subject = sign_in("manager"), unique("Sent by mistake")
    page = manager.page
    demo.deliver(SUPPORT, subject, "Please forget this.")
    manager.open_ticket(subject)
    number = page.locator(".uib-ticket__number").inner_text()
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Move to the trash").click()
    expect(page.locator(".uib-notice")).to_contain_text("Moved to the trash")
    page.locator(".uib-views").get_by_role("button", name="Trash").click()
    manager.row(subject).click()
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Delete for good").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".uib-gone")).to_have_text("1 message")
    manager.shot("delete-for-good")
    dialog.get_by_role("button", name="Delete for good").click()
    expect(page.locator(".uib-notice").last).to_contain_text(f"{number} is deleted for good")
    expect(manager.row(subject)).to_have_count(0)


ALL = {
    "agent": ("Choose all shown", "Choose all", "Assign to me", "Chosen tickets", "Undo"),
    "agent_ar": ("اختيار كل المعروض", "اختيار كل", "إسنادها إليّ", "التذاكر المختارة", "تراجع"),
}


@pytest.mark.parametrize(("user", "width"), [("agent", 1440), ("agent_ar", 375)])
def test_all_that_match_a_list_are_taken_and_given_back(
    demo: Demo, sign_in: SignIn, user: str, width: int
) -> None:
    agent, (shown, every, take, chosen, undo) = sign_in(user, width, 900), ALL[user]
    page = agent.page
    page.locator(".uib-row__check input").first.check(force=True)
    bar = page.get_by_role("toolbar", name=chosen)
    bar.get_by_role("button", name=shown).click()
    bar.locator(".uib-bulk__all").get_by_role("button", name=every).click()
    agent.shot(f"all-that-match-{user}-{width}")
    bar.get_by_role("button", name=take).click()
    # More than the list has loaded.
    expect(page.locator(".uib-notice")).to_contain_text(re.compile(r"(5[1-9]|[6-9]\d|\d{3}) "))
    agent.shot(f"all-that-match-taken-{user}-{width}")
    with page.expect_response(lambda answer: "/bulk" in answer.url) as undone:
        page.get_by_role("button", name=undo).click()
    assert undone.value.json()["done"] > 50


CALLS = {
    "agent": {
        "new": "New ticket",
        "who": "Customer: name or address",
        "somebody": "Somebody new",
        "subject": "Subject",
        "said": "What was said",
        "open": "Open the ticket",
        "phone": "Phone call",
    },
    "agent_ar": {
        "new": "تذكرة جديدة",
        "who": "العميل: الاسم أو البريد",
        "somebody": "شخص جديد",
        "subject": "الموضوع",
        "said": "ما قيل",
        "open": "فتح التذكرة",
        "phone": "مكالمة هاتفية",
    },
}


@pytest.mark.parametrize(("user", "width"), [("agent", 1440), ("agent_ar", 375)])
def test_a_call_is_written_down_as_a_ticket(
    demo: Demo, sign_in: SignIn, user: str, width: int
) -> None:
    agent, words = sign_in(user, width, 900), CALLS[user]
    page, subject = agent.page, unique("Two lamps")
    page.get_by_role("button", name=words["new"], exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(words["who"]).fill("rashid@customer.example")
    dialog.get_by_role("button", name=words["somebody"]).click()
    dialog.get_by_label(words["subject"]).fill(subject)
    dialog.get_by_label(words["said"]).fill("He wants two, in red.")
    agent.shot(f"new-ticket-{user}-{width}")
    dialog.get_by_role("button", name=words["open"]).click()
    expect(agent.ticket.get_by_role("heading", name=subject)).to_be_visible()
    expect(agent.ticket).to_contain_text("He wants two, in red.")
    agent.shot(f"written-down-{user}-{width}")
