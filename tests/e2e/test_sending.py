"""Replies in a browser: taken back, sent later, failed and tried again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Demo, Person
from corners import Corner
from customers import SUPPORT, asked, eventually, write
from playwright.sync_api import expect

SignIn = Callable[..., Person]


@pytest.mark.usefixtures("time_to_undo")
def test_a_reply_taken_back_by_a_key_is_written_again_and_never_leaves(
    demo: Demo, sign_in: SignIn
) -> None:
    agent = sign_in("agent")
    subject = asked(demo, agent)
    write(agent, "Yes, it is.")
    expect(agent.message("Yes, it is.")).to_be_visible()
    agent.shot("undo-en")
    agent.leave_field()
    agent.page.keyboard.press("z")
    expect(agent.words).to_have_text("Yes, it is.")
    expect(agent.message("Yes, it is.")).to_have_count(0)
    # What is sent after it leaves after it: had it not been taken back, it would have left before.
    write(agent, "No, next week.")
    sent = eventually(lambda: demo.sent(SUPPORT, f"Re: {subject}"), 120)
    assert ["No, next week." in mail.as_string() for _, mail in sent] == [True]


def test_a_reply_for_later_stands_with_its_time_and_can_leave_now(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent, say = sign_in(*corner.seat), corner.say
    subject = asked(demo, agent)
    agent.words.fill("Good morning!")
    agent.page.get_by_role("button", name=say("More ways to send")).click()
    agent.shot(f"later-menu-{corner}")
    agent.page.get_by_role("menuitem", name=say("In an hour")).click()
    line = agent.page.locator(".uib-sending").filter(has_text=say("Will be sent %s"))
    expect(line).to_be_visible()
    agent.shot(f"later-{corner}")
    assert demo.sent(SUPPORT, f"Re: {subject}") == []
    line.get_by_role("button", name=say("Send now")).click()
    assert len(eventually(lambda: demo.sent(SUPPORT, f"Re: {subject}"), 60)) == 1


def test_a_refused_reply_says_so_and_can_be_tried_again(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent, say = sign_in(*corner.seat), corner.say
    subject = asked(demo, agent)
    # All are: a notice to an agent may be sent at that moment, too.
    refusal = {"method": "drafts.create", "reason": "invalidArgument", "status": 400, "times": None}
    demo.ask("faults", refusal)
    failed = agent.page.locator(".uib-sending[data-state=failed]")
    try:
        agent.words.fill("It is.")
        agent.send_button.click()
        expect(failed).to_be_visible()
    finally:
        demo.ask("faults", method="DELETE")
    agent.shot(f"failed-{corner}")
    failed.get_by_role("button", name=say("Try again")).click()
    assert len(eventually(lambda: demo.sent(SUPPORT, f"Re: {subject}"), 60)) == 1
