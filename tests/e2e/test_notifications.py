"""What an agent chose to hear of by mail is what he hears of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from conftest import Demo, Person
from google import Settings
from playwright.sync_api import Page, expect
from test_journey import SUPPORT, eventually, unique

SignIn = Callable[..., Person]

ANSWERED = "A customer answers in a ticket that is mine or that I follow"
# Notices are gathered for a minute before they leave.
PATIENCE_S = 150


def assign_to_mara(person: Person, subject: str, called: str) -> None:
    person.open_ticket(subject)
    person.page.get_by_role("button", name="Assignee: Unassigned").click()
    person.page.get_by_role("menuitemradio", name=called).click()
    expect(person.page.get_by_role("button", name="Assignee: Mara Reed")).to_be_visible()


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


def test_an_agent_hears_of_an_assignment_and_not_of_the_answers_he_switched_off(
    demo: Demo, sign_in: SignIn, notifications: Page
) -> None:
    hers, given = unique("Where is my order?"), unique("Is the pot back?")
    first = demo.deliver(SUPPORT, hers, "It was to come on Monday.")
    assign_to_mara(sign_in("manager"), hers, "Me")
    choose(notifications, answered=False)
    demo.deliver(SUPPORT, f"Re: {hers}", "It is Tuesday now.", In_Reply_To=first, References=first)
    demo.deliver(SUPPORT, given, "The blue one.")
    assign_to_mara(sign_in("agent"), given, "Mara Reed")
    mara = notifications.evaluate(
        "wp.apiFetch({path: '/unified-inbox/v1/api/me/notices'}).then(mine => mine.email)"
    )

    def told(subject: str) -> list[str]:
        mails = demo.sent_to(SUPPORT, mara)
        return [str(mail["Subject"]) for mail in mails if subject in mail.as_string()]

    assert eventually(lambda: told(given), PATIENCE_S)
    assert told(hers) == []
