"""The main job, as people do it: mail comes in, is answered, and the answer comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import Demo, Person
from corners import Corner
from customers import BILLING, SALES, SUPPORT, eventually, unique, write
from playwright.sync_api import expect

SignIn = Callable[..., Person]


@pytest.mark.parametrize("address", [SUPPORT, BILLING, SALES])
def test_mail_to_each_inbox_arrives_on_the_screen(
    demo: Demo, sign_in: SignIn, address: str
) -> None:
    agent = sign_in("agent")
    subject = unique("Do you deliver on Sundays?")
    demo.deliver(address, subject, "I am only at home on Sundays.")
    agent.show_news_until(agent.row(subject), hurries=False)
    agent.show_view(address.partition("@")[0].capitalize())
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
    expect(agent.message(text)).to_be_visible()

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
    expect(agent.message(answer)).to_be_visible()
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


def test_of_two_agents_who_answer_at_once_the_second_reads_the_first_before_it_leaves(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    second, first = sign_in(*corner.seat), sign_in(corner.colleague)
    subject = unique("Please cancel my order")
    demo.deliver(SUPPORT, subject, "Please cancel it.")
    for person in (second, first):
        person.open_ticket(subject)
    second.words.fill("It is cancelled.")
    for person in (second, first):
        person.come_back()
    expect(first.ticket.locator(".uib-presence__pulse")).to_be_visible()
    # From here on the second hears of nothing, as if both had pressed the button at once.
    second.page.route("**/live*", lambda route: route.abort())
    kept = unique("I have kept it")
    write(first, kept)
    expect(first.message(kept)).to_be_visible()
    second.send_button.click()
    expect(second.page.locator(".uib-unseen")).to_contain_text(kept)
    # It stands in the conversation, too, before anybody has read it to its end.
    expect(second.message(kept)).to_have_count(2)
    second.shot(f"unseen-{corner}")
    expect(second.words).to_have_text("It is cancelled.")
    second.words.fill("It is kept, as my colleague says.")
    second.send_button.click()
    expect(second.message("It is kept, as my colleague says.")).to_be_visible()
    expect(second.page.locator(".uib-unseen")).to_have_count(0)
    eventually(lambda: len(demo.sent(SUPPORT, f"Re: {subject}")) == 2)
    said = [mail.as_string() for _, mail in demo.sent(SUPPORT, f"Re: {subject}")]
    assert not any("It is cancelled." in one for one in said)
    assert len(said) == 2


def test_a_note_never_leaves_the_desk(demo: Demo, sign_in: SignIn) -> None:
    agent = sign_in("agent")
    subject = unique("The invoice is wrong")
    demo.deliver(BILLING, subject, "It names the wrong company.")
    agent.open_ticket(subject)
    tabs = agent.page.locator(".uib-composer__tab")
    tabs.nth(1).click()
    text = unique("He is right, see the order")
    write(agent, text)
    expect(agent.message(text)).to_be_visible()
    # What follows the note has left: the note would have left before it.
    tabs.nth(0).click()
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
    agent.show_view("Solved")
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
