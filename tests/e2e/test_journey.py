"""The main job, as people do it: mail comes in, is answered, and the answer comes back."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Demo, Person
from playwright.sync_api import expect

SUPPORT = "support@jasmine-reed.example"
BILLING = "billing@jasmine-reed.example"
SALES = "sales@jasmine-reed.example"

SignIn = Callable[..., Person]


def unique(words: str) -> str:
    """Return a subject that no other mail has."""
    return f"{words} {secrets.token_hex(3).upper()}"


def eventually(look: Callable[[], Any], seconds: float = 30) -> Any:
    """Return what `look` finds as soon as it finds something."""
    end = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < end:
        time.sleep(0.25)
    return found


def write(person: Person, text: str, button: str = "Send") -> None:
    """Write an answer and send it."""
    answer = person.page.get_by_role("region", name="Answer")
    person.words.fill(text)
    answer.get_by_role("button", name=button, exact=True).click()


@pytest.mark.parametrize("address", [SUPPORT, BILLING, SALES])
def test_mail_to_each_inbox_arrives_on_the_screen(
    demo: Demo, sign_in: SignIn, address: str
) -> None:
    agent = sign_in("agent")
    subject = unique("Do you deliver on Sundays?")
    demo.deliver(address, subject, "I am only at home on Sundays.")
    agent.show_news_until(agent.row(subject))
    inbox = address.partition("@")[0].capitalize()
    agent.page.get_by_role("navigation", name="Views").get_by_role("button", name=inbox).click()
    expect(agent.row(subject)).to_be_visible()


def test_a_reply_goes_out_once_in_its_thread_and_the_answer_comes_back(
    demo: Demo, sign_in: SignIn
) -> None:
    agent = sign_in("agent")
    subject = unique("My teapot has a crack")
    asked = demo.deliver(BILLING, subject, "It arrived with a crack. What now?")
    agent.open_ticket(subject)
    text = unique("A new one is on its way")
    write(agent, text)
    expect(agent.page.get_by_role("article").filter(has_text=text)).to_be_visible()

    [(known, mail)] = eventually(lambda: demo.sent(SUPPORT, f"Re: {subject}"))
    assert mail["From"].endswith(f"<{BILLING}>")
    assert mail["In-Reply-To"] == asked
    assert asked in mail["References"]
    assert known["threadId"] == demo.thread_of(SUPPORT, asked)

    answer = unique("That was quick, thank you")
    demo.deliver(
        BILLING,
        f"Re: {subject}",
        answer,
        In_Reply_To=mail["Message-ID"],
        References=f"{asked} {mail['Message-ID']}",
    )
    expect(agent.page.get_by_role("article").filter(has_text=answer)).to_be_visible()
    assert len(demo.sent(SUPPORT, f"Re: {subject}")) == 1
    agent.shot("conversation-en")


def test_a_colleagues_assignment_appears_without_reload(demo: Demo, sign_in: SignIn) -> None:
    ana, manager = sign_in("agent"), sign_in("manager")
    subject = unique("Which tea for a sore throat?")
    demo.deliver(SALES, subject, "Something with ginger?")
    for person in (ana, manager):
        person.open_ticket(subject)
    expect(ana.page.get_by_role("button", name="Assignee: Unassigned")).to_be_visible()
    manager.page.get_by_role("button", name="Assignee: Unassigned").click()
    manager.page.get_by_role("menuitemradio", name="Ana Santos").click()
    expect(ana.page.get_by_role("button", name="Assignee: Ana Santos")).to_be_visible()


def test_a_reply_is_held_back_when_the_customer_wrote_meanwhile(
    demo: Demo, sign_in: SignIn
) -> None:
    agent, manager = sign_in("agent"), sign_in("manager")
    subject = unique("Please cancel my order")
    asked = demo.deliver(SUPPORT, subject, "Please cancel it.")
    agent.open_ticket(subject)
    agent.page.route("**/live*", lambda route: route.abort())
    changed = unique("No, please keep it")
    demo.deliver(SUPPORT, f"Re: {subject}", changed, References=asked, In_Reply_To=asked)
    manager.open_ticket(subject)
    expect(manager.page.get_by_role("article").filter(has_text=changed)).to_be_visible()
    write(agent, "It is cancelled.")
    expect(agent.page.get_by_text(changed).first).to_be_visible()
    assert demo.sent(SUPPORT, f"Re: {subject}") == []
    agent.shot("unseen-en")


def test_a_note_never_leaves_the_desk(demo: Demo, sign_in: SignIn) -> None:
    agent = sign_in("agent")
    subject = unique("The invoice is wrong")
    demo.deliver(BILLING, subject, "It names the wrong company.")
    agent.open_ticket(subject)
    answer = agent.page.get_by_role("region", name="Answer")
    answer.get_by_role("button", name="Note", exact=True).click()
    text = unique("He is right, see the order")
    write(agent, text, "Add note")
    expect(agent.page.get_by_role("article").filter(has_text=text)).to_be_visible()
    # What follows the note has left: the note would have left before it.
    answer.get_by_role("button", name="Reply", exact=True).click()
    write(agent, "A new invoice comes today.")
    [(_, mail)] = eventually(lambda: demo.sent(SUPPORT, f"Re: {subject}"))
    body = mail.get_body(("plain",))
    assert body is not None
    assert "A new invoice comes today." in body.get_content()
    assert text not in body.get_content()


def test_solving_takes_the_ticket_out_of_the_open_ones(demo: Demo, sign_in: SignIn) -> None:
    agent = sign_in("agent")
    subject = unique("Thank you for the samples")
    demo.deliver(SALES, subject, "They were lovely.")
    agent.open_ticket(subject)
    agent.ticket.get_by_role("button", name="Solve", exact=True).click()
    expect(agent.row(subject)).to_have_count(0)
    agent.page.get_by_role("navigation", name="Views").get_by_role("button", name="Solved").click()
    expect(agent.row(subject)).to_be_visible()


def test_the_arabic_agent_sees_the_desk_from_right_to_left(demo: Demo, sign_in: SignIn) -> None:
    agent = sign_in("agent_ar")
    subject = unique("أين طلبي؟")
    demo.deliver(SUPPORT, subject, "لم يصل الطلب بعد. متى يصل؟")
    agent.open_ticket(subject)
    assert agent.page.evaluate("document.documentElement.dir") == "rtl"
    assert x_of(agent.page.get_by_role("navigation").last) > x_of(agent.ticket)
    expect(agent.ticket.get_by_role("button", name="حلّ", exact=True)).to_be_visible()
    agent.shot("conversation-ar")


def x_of(part: Any) -> float:
    """Return how far from the left edge a part of the page begins."""
    return float(part.bounding_box()["x"])


@pytest.mark.parametrize(("user", "language"), [("agent", "en"), ("agent_ar", "ar")])
@pytest.mark.parametrize("width", [1440, 1000, 390])
def test_no_width_scrolls_sideways(sign_in: SignIn, user: str, language: str, width: int) -> None:
    agent = sign_in(user, width)
    expect(agent.page.locator("#unified-inbox-root").get_by_role("listitem").nth(3)).to_be_visible()
    agent.shot(f"list-{language}-{width}")
    assert agent.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_customer_has_no_way_into_the_desk(demo: Demo, sign_in: SignIn) -> None:
    customer = sign_in("customer")
    expect(customer.page.locator("#unified-inbox-root")).to_have_count(0)
    status = customer.page.evaluate(
        "fetch('/wp-json/unified-inbox/v1/api/tickets').then(answer => answer.status)"
    )
    assert status in (401, 403)
