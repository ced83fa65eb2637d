"""Replies in a browser: taken back, sent later, failed and tried again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from conftest import Demo, Person
from playwright.sync_api import expect
from test_journey import SUPPORT, eventually, unique, write

SignIn = Callable[..., Person]


@dataclass(frozen=True)
class Words:
    """What the buttons are called in the reader's language."""

    more: str
    hour: str
    now: str
    later: str
    again: str


ENGLISH = Words("More ways to send", "In an hour", "Send now", "Will be sent", "Try again")
ARABIC = Words("طرق أخرى للإرسال", "بعد ساعة", "أرسل الآن", "ستُرسل", "حاول من جديد")
SPOKEN = pytest.mark.parametrize(
    ("user", "words"), [("agent", ENGLISH), ("agent_ar", ARABIC)], ids=["en", "ar"]
)


def asked(demo: Demo, agent: Person) -> str:
    """Let a customer ask, open the ticket, and return its subject."""
    subject = unique("Is the blue one back?")
    demo.deliver(SUPPORT, subject, "I would like two.")
    agent.open_ticket(subject)
    return subject


@pytest.fixture
def half_a_minute(sign_in: SignIn) -> Iterator[None]:
    """Time to take a reply back, also on a busy machine."""
    page = sign_in("manager").page

    def allow(seconds: int | None) -> None:
        call = "{path: '/unified-inbox/v1/api/sending', method: 'PUT', data: {undo_seconds: %s}}"
        page.evaluate(f"wp.apiFetch({call % json.dumps(seconds)})")

    allow(30)
    yield
    allow(None)


@pytest.mark.usefixtures("half_a_minute")
def test_a_reply_taken_back_by_a_key_is_written_again_and_never_leaves(
    demo: Demo, sign_in: SignIn
) -> None:
    agent = sign_in("agent")
    subject = asked(demo, agent)
    write(agent, "Yes, it is.")
    expect(agent.page.get_by_role("article").filter(has_text="Yes, it is.")).to_be_visible()
    agent.shot("undo-en")
    agent.page.evaluate("document.activeElement.blur()")
    agent.page.keyboard.press("z")
    expect(agent.words).to_have_text("Yes, it is.")
    expect(agent.page.get_by_role("article").filter(has_text="Yes, it is.")).to_have_count(0)
    # What is sent after it leaves after it: had it not been taken back, it would have left before.
    write(agent, "No, next week.")
    sent = eventually(lambda: demo.sent(SUPPORT, f"Re: {subject}"), 120)
    assert ["No, next week." in mail.as_string() for _, mail in sent] == [True]


@SPOKEN
def test_a_reply_for_later_stands_with_its_time_and_can_leave_now(
    demo: Demo, sign_in: SignIn, user: str, words: Words
) -> None:
    agent = sign_in(user)
    subject = asked(demo, agent)
    agent.words.fill("Good morning!")
    agent.page.get_by_role("button", name=words.more).click()
    agent.shot(f"later-menu-{user}")
    agent.page.get_by_role("menuitem", name=words.hour).click()
    line = agent.page.locator(".uib-sending").filter(has_text=words.later)
    expect(line).to_be_visible()
    agent.shot(f"later-{user}")
    assert demo.sent(SUPPORT, f"Re: {subject}") == []
    line.get_by_role("button", name=words.now).click()
    assert len(eventually(lambda: demo.sent(SUPPORT, f"Re: {subject}"), 60)) == 1


@SPOKEN
def test_a_refused_reply_says_so_and_can_be_tried_again(
    demo: Demo, sign_in: SignIn, user: str, words: Words
) -> None:
    agent = sign_in(user)
    subject = asked(demo, agent)
    # Twice: what is refused in its thread is tried without one.
    refusal = {"method": "drafts.create", "reason": "invalidArgument", "status": 400, "times": 2}
    demo.ask("faults", refusal)
    agent.words.fill("It is.")
    agent.page.locator(".uib-send > button").first.click()
    failed = agent.page.locator(".uib-sending[data-state=failed]")
    expect(failed).to_be_visible()
    agent.shot(f"failed-{user}")
    failed.get_by_role("button", name=words.again).click()
    assert len(eventually(lambda: demo.sent(SUPPORT, f"Re: {subject}"), 60)) == 1
