"""Colleagues who are mentioned; and what an agent chose to hear of by mail is what he hears of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from conftest import Demo, Person
from corners import Corner
from customers import SUPPORT, asked, eventually, unique
from google import Settings
from playwright.sync_api import Page, expect

SignIn = Callable[..., Person]

ANSWERED = "A customer answers in a ticket that is mine or that I follow"
# Notices are gathered for a minute before they leave, and nobody gets more than some in an hour.
PATIENCE_S = 150


def assign_to_mara(person: Person, subject: str, called: str) -> None:
    person.open_ticket(subject)
    person.page.get_by_role("button", name="Assignee: Unassigned").click()
    person.page.get_by_role("menuitemradio", name=called).click()
    expect(person.page.get_by_role("button", name="Assignee: Mara Reed")).to_be_visible()


def mention_mara(person: Person) -> None:
    """Write a note in the open ticket that asks Mara to look."""
    person.page.locator(".uib-composer__tab").last.click()
    person.words.click()
    person.page.keyboard.type("@mara")
    expect(person.page.get_by_role("option", name="Mara Reed")).to_be_visible()
    person.page.keyboard.press("Enter")
    person.page.keyboard.type("please look")
    person.send_button.click()


def choose(page: Page, *, answered: bool) -> None:
    page.get_by_label(ANSWERED).set_checked(answered)
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("Saved.").first).to_be_visible()


@pytest.fixture
def notifications(demo: Demo, sign_in: SignIn) -> Iterator[Page]:
    """The manager's notifications, which are put back: an agent's hour is full of other tests'."""
    settings = Settings(sign_in("manager", desk=False).page, demo.wordpress)
    settings.open("notifications")
    yield settings.page
    settings.open("notifications")
    choose(settings.page, answered=True)


def test_an_agent_hears_of_what_concerns_him_and_not_of_the_answers_he_switched_off(
    demo: Demo, sign_in: SignIn, notifications: Page
) -> None:
    hers, given = unique("Where is my order?"), unique("Is the pot back?")
    first = demo.deliver(SUPPORT, hers, "It was to come on Monday.")
    assign_to_mara(sign_in("manager"), hers, "Me")
    choose(notifications, answered=False)
    demo.deliver(SUPPORT, f"Re: {hers}", "It is Tuesday now.", In_Reply_To=first, References=first)
    demo.deliver(SUPPORT, given, "The blue one.")
    ana = sign_in("agent")
    assign_to_mara(ana, given, "Mara Reed")
    called = asked(demo, ana, "Two pots or three?")
    mention_mara(ana)
    mara = notifications.evaluate(
        "wp.apiFetch({path: '/unified-inbox/v1/api/me/notices'}).then(mine => mine.email)"
    )

    def told(subject: str) -> list[str]:
        mails = demo.sent_to(SUPPORT, mara)
        return [str(mail["Subject"]) for mail in mails if subject in mail.as_string()]

    assert eventually(lambda: told(given) and told(called), PATIENCE_S)
    assert told(hers) == []


def test_a_mentioned_colleague_is_marked_in_the_note_and_follows_the_ticket(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent = sign_in(*corner.seat)
    asked(demo, agent, "Is the pot back?")
    mention_mara(agent)
    note = agent.page.get_by_role("article").filter(has=agent.page.locator("iframe"))
    mention = note.last.frame_locator("iframe").locator("[data-mention]")
    expect(mention).to_have_text("@Mara Reed")
    agent.shot(f"mention-{corner}")
    agent.ticket.get_by_role("button", name=corner.say("Details")).click()
    expect(agent.page.locator(".uib-side")).to_contain_text("Mara Reed")
