"""The simulated Google as an owner meets it: her own app, her accounts, the consent page."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Error, Page, expect

Ask = Callable[..., Any]


@dataclass(frozen=True)
class GoogleApp:
    """A client of the owner's own, as Google's console shows it once."""

    client_id: str
    client_secret: str


@dataclass(frozen=True)
class Google:
    """Google's side of the demo, by its control API."""

    ask: Ask

    def app(self, *redirect_uris: str) -> GoogleApp:
        """Make a client; with redirect addresses it takes no others."""
        return GoogleApp(**self.ask("clients", {"redirect_uris": redirect_uris}))

    def account(self, *aliases: str) -> str:
        """Make an account nobody has yet; return its address."""
        email = f"desk{secrets.token_hex(4)}@jasmine-reed.example"
        self.ask("accounts", {"email": email, "aliases": aliases, "name": "Desk"})
        return email

    def service_account(self, *scopes: str) -> dict[str, str]:
        """Return the key of a service account that may act for the domain within the scopes."""
        email = f"robot{secrets.token_hex(4)}@project.iam.gserviceaccount.com"
        key: dict[str, str] = self.ask("service-accounts", {"email": email, "scopes": scopes})
        return key

    def withdraw(self, account: str) -> None:
        """Let the account's owner take every consent back at Google."""
        self.ask("revoke", {"account": account})


def consent(tab: Page, account: str, *, allow: bool = True, untick: bool = False) -> None:
    """Answer Google's consent page in its tab."""
    tab.get_by_label("Account").select_option(account)
    if untick:
        tab.get_by_role("checkbox").first.uncheck()
    # The tab may be closed by the time the click has been taken.
    with suppress(Error):
        tab.get_by_role("button", name="Allow" if allow else "Cancel").click()


@dataclass(frozen=True)
class Settings:
    """The settings screen in a manager's browser."""

    page: Page
    home: str

    def open(self, place: str = "") -> None:
        """Show a page of the settings by its fragment."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.home}/wp-admin/admin.php?page=unified-inbox-settings#/{place}")

    @property
    def redirect_address(self) -> str:
        """The address to enter at Google, as the screen shows it."""
        self.open("connect/gmail")
        self.use_another_app()
        return self.page.locator(".uibs-copy code").inner_text()

    def use_another_app(self) -> None:
        """Choose to enter a new client where others are known."""
        expect(self.page.get_by_role("button", name="Sign in with Google")).to_be_visible()
        if self.page.get_by_role("combobox", name="Sign in through").count():
            self.page.get_by_label("Sign in through").select_option("new")
        elif self.page.get_by_label("Another Google app").count():
            self.page.get_by_label("Another Google app").check()

    def sign_in(self, app: GoogleApp) -> Page:
        """Enter the app's keys and go to Google; return the new tab."""
        self.open("connect/gmail")
        self.use_another_app()
        self.page.get_by_label("Client ID").fill(app.client_id)
        self.page.get_by_label("Client secret").fill(app.client_secret)
        return self.go_to_google()

    def go_to_google(self) -> Page:
        """Press the button and return the tab it opens."""
        with self.page.context.expect_page() as opened:
            self.page.get_by_role("button", name="Sign in with Google").click()
        tab = opened.value
        tab.wait_for_url("**/o/oauth2/v2/auth**")
        return tab

    def connect(self, app: GoogleApp, account: str) -> None:
        """Go all the way to the first messages."""
        consent(self.sign_in(app), account)
        expect(self.page.get_by_text("Which addresses become inboxes?")).to_be_visible()
        self.page.get_by_role("button", name="Connect the mailbox").click()
        expect(self.page.get_by_role("heading", name="Your mail is coming in")).to_be_visible()

    def open_mailbox(self, account: str) -> None:
        """Show one mailbox's page."""
        self.open("mailboxes")
        self.page.get_by_role("link", name=account, exact=True).click()
        expect(self.page.get_by_role("heading", name=account)).to_be_visible()
