"""A mailbox in its owner's hands: what became no ticket, and what stops being read."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import pytest
from conftest import Demo, Person
from google import Google, Settings
from playwright.sync_api import expect

SignIn = Callable[..., Person]
# A sync, the scheduler's sweep and the screen's own question follow each other.
PATIENCE = 60_000


@pytest.fixture
def google(demo: Demo) -> Google:
    """Google's side."""
    return Google(demo.ask)


@pytest.fixture
def settings(demo: Demo, sign_in: SignIn) -> Settings:
    """The settings before a manager."""
    return Settings(sign_in("manager", desk=False).page, demo.wordpress)


@pytest.fixture
def account(google: Google, settings: Settings) -> str:
    """The address of a mailbox that was just connected."""
    made = google.account()
    settings.connect(google.app(settings.redirect_address), made)
    return made


def test_a_parked_mail_becomes_a_ticket_and_another_is_discarded_and_taken_back(
    demo: Demo, settings: Settings, account: str
) -> None:
    away = f"Away {secrets.token_hex(3)}"
    for subject in (away, f"Again {away}"):
        demo.deliver(account, subject, "I am away.", Auto_Submitted="auto-replied")
    settings.open_mailbox(account)
    page = settings.page
    page.get_by_role("button", name="Sync now").click()
    page.get_by_role("link", name="2 parked mails").click(timeout=PATIENCE)
    mail = page.locator(".uibs-parked").filter(has_text=f"Again {away}")
    mail.get_by_role("button", name="Make it a ticket").click()
    expect(page.get_by_text("1 ticket made.")).to_be_visible()
    page.get_by_role("button", name="Discard", exact=True).click()
    expect(page.get_by_role("heading", name="Nothing is parked")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".uibs-parked")).to_have_count(1)


def test_the_desk_tells_of_a_mailbox_that_is_not_being_read_until_it_is(
    google: Google, settings: Settings, sign_in: SignIn, account: str
) -> None:
    google.withdraw(account)
    desk = sign_in("manager").page
    line = desk.locator(".uib-trouble__line").filter(has_text=account)
    expect(line.get_by_text("has not been read since")).to_be_visible(timeout=PATIENCE)
    line.get_by_role("link", name="See what it needs").click()
    expect(desk.get_by_role("link", name="Sign in again")).to_be_visible()
    # Only a mailbox that was taken away is forgotten without being read again.
    desk.get_by_role("button", name="Disconnect").click()
    desk.get_by_role("button", name="Disconnect this mailbox now").click()
    expect(desk.get_by_text("Its tickets are still there")).to_be_visible()
    again = sign_in("manager").page
    expect(again.locator(".uib-trouble__line").filter(has_text=account)).to_have_count(
        0, timeout=PATIENCE
    )
