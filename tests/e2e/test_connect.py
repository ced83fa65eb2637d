"""Connecting a mailbox in wp-admin, through Google's own consent page as the simulator has it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable

import pytest
from conftest import Demo, Person
from google import Google, Settings, consent
from playwright.sync_api import Page, expect

SignIn = Callable[..., Person]
MODIFY = "https://www.googleapis.com/auth/gmail.modify"


@pytest.fixture
def google(demo: Demo) -> Google:
    """Google's side."""
    return Google(demo.ask)


@pytest.fixture
def settings(demo: Demo, sign_in: SignIn) -> Settings:
    """The settings before a manager."""
    return Settings(sign_in("manager", desk=False).page, demo.wordpress)


def trouble(page: Page) -> str:
    """Return what the screen says went wrong."""
    alert = page.locator(".uibs-trouble")
    expect(alert).to_be_visible()
    return alert.inner_text()


def test_an_owner_connects_her_own_gmail_and_its_mail_appears(
    demo: Demo, google: Google, settings: Settings
) -> None:
    account = google.account()
    subject = f"Is the shop open? {secrets.token_hex(3)}"
    demo.deliver(account, subject, "Before I drive there.")
    settings.connect(google.app(settings.redirect_address), account)
    first = settings.page.get_by_role("list", name="First messages")
    expect(first.get_by_text(subject)).to_be_visible()
    settings.open("mailboxes")
    card = settings.page.get_by_role("listitem").filter(has_text=account)
    expect(card.get_by_text("Up to date")).to_be_visible()


def test_the_tab_from_google_steps_aside_and_keeps_no_code_in_its_address(
    google: Google, settings: Settings
) -> None:
    account = google.account()
    tab = settings.sign_in(google.app(settings.redirect_address))
    consent(tab, account)
    expect(tab.get_by_text("You can close this tab")).to_be_visible()
    assert "code=" not in tab.url
    assert "state=" not in tab.url
    expect(settings.page.get_by_text("Which addresses become inboxes?")).to_be_visible()


def test_the_tab_from_google_goes_on_alone_where_the_first_was_closed(
    google: Google, settings: Settings
) -> None:
    account = google.account()
    tab = settings.sign_in(google.app(settings.redirect_address))
    settings.page.goto("about:blank")
    consent(tab, account)
    expect(tab.get_by_text("Which addresses become inboxes?")).to_be_visible()


def test_an_alias_becomes_an_inbox_of_its_own(google: Google, settings: Settings) -> None:
    alias = f"orders{secrets.token_hex(4)}@jasmine-reed.example"
    account = google.account(alias)
    consent(settings.sign_in(google.app(settings.redirect_address)), account)
    settings.page.get_by_label(alias, exact=True).check()
    settings.page.get_by_label(f"Name of the inbox for {alias}").fill(f"Orders {alias[6:14]}")
    settings.page.get_by_role("button", name="Connect the mailbox").click()
    expect(settings.page.get_by_role("heading", name="Your mail is coming in")).to_be_visible()
    settings.open("mailboxes")
    card = settings.page.get_by_role("listitem").filter(has_text=account)
    expect(card.get_by_text(f"Orders {alias[6:14]}")).to_be_visible()


def test_a_consent_that_is_denied_connects_nothing_and_says_so(
    google: Google, settings: Settings
) -> None:
    account = google.account()
    tab = settings.sign_in(google.app(settings.redirect_address))
    consent(tab, account, allow=False)
    assert "consent was not given" in trouble(settings.page)
    settings.open("mailboxes")
    expect(settings.page.get_by_role("heading", name="Mailboxes", exact=True)).to_be_visible()
    expect(settings.page.get_by_text(account)).to_have_count(0)


def test_an_unticked_box_at_google_is_explained(google: Google, settings: Settings) -> None:
    account = google.account()
    tab = settings.sign_in(google.app(settings.redirect_address))
    consent(tab, account, untick=True)
    assert "tick" in trouble(settings.page)


def test_a_redirect_address_that_google_does_not_know_stops_at_google(
    google: Google, settings: Settings
) -> None:
    tab = settings.sign_in(google.app("https://elsewhere.example/callback"))
    expect(tab.get_by_text("redirect_uri_mismatch")).to_be_visible()
    expect(settings.page.get_by_text("Waiting for you to come back")).to_be_visible()
    expect(settings.page.get_by_role("link", name="Begin again")).to_be_visible()


def test_a_wrong_secret_is_told_in_words(google: Google, settings: Settings) -> None:
    app = google.app(settings.redirect_address)
    account = google.account()
    tab = settings.sign_in(type(app)(app.client_id, "GOCSPX-wrong"))
    consent(tab, account)
    assert "does not accept this client ID and secret" in trouble(settings.page)


def test_signing_in_again_mends_a_mailbox_whose_consent_was_withdrawn(
    google: Google, settings: Settings
) -> None:
    account = google.account()
    settings.connect(google.app(settings.redirect_address), account)
    settings.open_mailbox(account)
    google.withdraw(account)
    # Quick: once the service finds it out by itself, the button is gone.
    settings.page.get_by_role("button", name="Sync now").click()
    expect(settings.page.get_by_text("Needs you to sign in again")).to_be_visible()
    settings.page.get_by_role("link", name="Sign in again").click()
    consent(settings.go_to_google(), account)
    expect(settings.page.get_by_text("Signed in again.")).to_be_visible()
    expect(settings.page.get_by_text("Up to date")).to_be_visible()


def test_signing_in_again_as_somebody_else_is_refused(google: Google, settings: Settings) -> None:
    account, other = google.account(), google.account()
    settings.connect(google.app(settings.redirect_address), account)
    settings.open_mailbox(account)
    settings.page.get_by_role("link", name="Sign in again").click()
    consent(settings.go_to_google(), other)
    said = trouble(settings.page)
    assert account in said
    assert other in said


def test_the_self_check_asks_what_google_does_not_say(google: Google, settings: Settings) -> None:
    account = google.account()
    settings.connect(google.app(settings.redirect_address), account)
    settings.open_mailbox(account)
    settings.page.get_by_role("button", name="Check this mailbox").click()
    settings.page.get_by_label("In production").click()
    expect(settings.page.locator("[data-tone=open]")).to_have_count(0)
    assert settings.page.locator("[data-tone=good]").count() >= 3


def test_disconnecting_takes_the_mailbox_away_and_keeps_its_tickets(
    demo: Demo, google: Google, settings: Settings, sign_in: SignIn
) -> None:
    account = google.account()
    subject = f"A last question {secrets.token_hex(3)}"
    demo.deliver(account, subject, "Before you go.")
    settings.connect(google.app(settings.redirect_address), account)
    expect(settings.page.get_by_text(subject)).to_be_visible()
    settings.open_mailbox(account)
    settings.page.get_by_role("button", name="Disconnect").click()
    settings.page.get_by_role("button", name="Disconnect this mailbox now").click()
    expect(settings.page.get_by_text("Disconnected.")).to_be_visible()
    expect(settings.page.get_by_text(account)).to_have_count(0)
    agent = sign_in("agent")
    agent.show_news_until(agent.row(subject))


def test_a_service_account_opens_a_mailbox_without_anybody_signing_in(
    google: Google, settings: Settings
) -> None:
    account = google.account()
    settings.open("connect/service-account")
    settings.page.get_by_label("Key of the service account (JSON)").fill(
        json.dumps(google.service_account(MODIFY))
    )
    settings.page.get_by_label("Mailbox").fill(account)
    settings.page.get_by_role("button", name="Test the access").click()
    settings.page.get_by_role("button", name="Connect the mailbox").click()
    expect(settings.page.get_by_role("heading", name="Your mail is coming in")).to_be_visible()


def test_a_service_account_without_delegation_is_told_what_is_missing(
    google: Google, settings: Settings
) -> None:
    settings.open("connect/service-account")
    settings.page.get_by_label("Key of the service account (JSON)").fill(
        json.dumps(google.service_account())
    )
    settings.page.get_by_label("Mailbox").fill(google.account())
    settings.page.get_by_role("button", name="Test the access").click()
    expect(settings.page.locator("[data-tone=bad]")).to_contain_text("Domain-wide delegation")
    expect(settings.page.get_by_role("button", name="Connect the mailbox")).to_have_count(0)
