"""What agents do with a ticket as a whole: put it off, and bring it back."""

from __future__ import annotations

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
