"""A running demo, its people at their browsers, its Google.

DEMO_READY names the ready.json of each demo, with : between: one for every test process.
"""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

LOOPBACK_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
SHOTS = Path(os.environ.get("E2E_SHOTS", Path(__file__).parents[2] / ".test" / "shots"))

# Milliseconds: long enough for a machine with ten times as much to do as it can.
PATIENCE = 60_000

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the reason, where no demo runs."""
    if not os.environ.get("DEMO_READY"):
        for item in items:
            if "e2e" in item.path.parts:
                item.add_marker(
                    pytest.mark.skip(reason="needs a running demo: bin/test --only e2e")
                )


@dataclass(frozen=True)
class Demo:
    """Addresses and users of the running demo, and the simulated Google's side of it."""

    folder: Path
    wordpress: str
    gmail: str
    users: dict[str, dict[str, str]]

    def deliver(self, to: str, subject: str, text: str, **headers: str) -> str:
        """Let a customer's mail arrive; return its Message-ID."""
        mail = EmailMessage()
        stamp = f"<{time.time_ns()}@customer.example>"
        given = {"From": "Rita Moss <rita@customer.example>", "To": to, "Subject": subject}
        given |= {"Message-ID": stamp} | {k.replace("_", "-"): v for k, v in headers.items()}
        for name, value in given.items():
            mail[name] = value
        mail.set_content(text)
        raw = base64.urlsafe_b64encode(bytes(mail)).decode()
        self.ask("deliver", {"to": to, "raw": raw, "authenticated": True})
        return stamp

    def sent(self, account: str, subject: str) -> list[tuple[dict[str, Any], EmailMessage]]:
        """Return the account's sent mail with this subject, with what Gmail knows of each."""
        found = self._mails(account, label="SENT")
        return [(one, mail) for one, mail in found if mail["Subject"] == subject]

    def sent_to(self, account: str, recipient: str) -> list[EmailMessage]:
        """Return the account's sent mails to one recipient."""
        found = self._mails(account, label="SENT")
        return [mail for _, mail in found if recipient in str(mail["To"])]

    def service(self, act: str) -> None:
        """Stop or start the service, and nothing else of the demo."""
        command = [str(Path(__file__).with_name("service.sh")), str(self.folder), act]
        subprocess.run(command, check=True, capture_output=True, timeout=210)

    def thread_of(self, account: str, message_id: str) -> str:
        """Return the thread of the account's message with this Message-ID."""
        for one, mail in self._mails(account):
            if mail["Message-ID"] == message_id:
                return str(one["threadId"])
        raise AssertionError(f"{message_id} is not in {account}")

    def _mails(self, account: str, **query: str) -> Iterator[tuple[dict[str, Any], EmailMessage]]:
        for one in self.ask(f"messages?{urlencode({'account': account, 'raw': 1, **query})}"):
            raw = base64.urlsafe_b64decode(one["raw"] + "==")
            yield one, message_from_bytes(raw, policy=policy.default)

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Ask the simulated Google's control API."""
        data = json.dumps(body).encode() if body is not None else None
        request = Request(f"{self.gmail}/_sim/{path}", data, {"Content-Type": "application/json"})
        with urlopen(request, timeout=30) as response:
            return json.load(response)


@pytest.fixture(scope="session")
def demo() -> Demo:
    """The running demo of this test process."""
    files = [Path(one) for one in os.environ["DEMO_READY"].split(":")]
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    ready = json.loads(files[number].read_text(encoding="utf-8"))
    return Demo(files[number].parent, ready["wordpress"], ready["gmail"], ready["users"])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without windows, which may reach this machine only."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell"),
            args=["--no-sandbox", "--disable-quic", LOOPBACK_ONLY],
        )
        yield browser
        browser.close()


@dataclass
class Person:
    """Somebody signed in, mostly with the Inbox open."""

    page: Page
    troubles: list[str]

    @property
    def ticket(self) -> Any:
        """The pane of the open ticket."""
        return self.page.locator("#unified-inbox-root .uib-ticket")

    @property
    def words(self) -> Any:
        """The field in which the open ticket is answered, as soon as it can be written in."""
        return self.page.locator(".uib-composer__field[role=textbox]")

    def open_ticket(self, subject: str) -> None:
        """Wait until the ticket stands in the list, and open it."""
        row = self.row(subject)
        self.show_news_until(row)
        row.click()
        expect(self.ticket.get_by_role("heading", name=subject)).to_be_visible()

    def row(self, subject: str) -> Any:
        """Return the ticket's row in the list."""
        return (
            self.page.locator("section, [role=region]")
            .get_by_role("button", name=re.compile(re.escape(subject)))
            .first
        )

    def show_news_until(self, row: Any) -> None:
        """Press the bar of news until the row is there; news never moves rows by itself."""
        for _ in range(120):
            if row.count() and row.is_visible():
                return
            bar = self.page.locator("[role=status] button").first
            if bar.count() and bar.is_visible():
                bar.click()
            self.page.wait_for_timeout(250)
        raise AssertionError("the ticket never came into the list")

    def shot(self, name: str) -> None:
        """Keep a screenshot for a person to look at."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png")


@pytest.fixture(scope="session")
def cookies(demo: Demo, browser: Browser) -> Callable[[str], Any]:
    """What a browser keeps of somebody who has signed in; everybody signs in once."""

    @cache
    def of(user: str) -> Any:
        page = browser.new_context().new_page()
        page.goto(f"{demo.wordpress}/wp-login.php")
        page.fill("#user_login", demo.users[user]["login"])
        page.fill("#user_pass", demo.users[user]["password"])
        page.click("#wp-submit")
        page.wait_for_load_state()
        kept = page.context.storage_state()
        page.context.close()
        return kept

    return of


@pytest.fixture
def sign_in(
    demo: Demo, browser: Browser, cookies: Callable[[str], Any]
) -> Iterator[Callable[..., Person]]:
    """A maker of people at work; at the end none of our scripts may have failed."""
    people: list[Person] = []

    def make(user: str, width: int = 1440, height: int = 900, *, desk: bool = True) -> Person:
        size = ViewportSize(width=width, height=height)
        page = browser.new_context(viewport=size, storage_state=cookies(user)).new_page()
        page.set_default_timeout(PATIENCE)
        person = Person(page, [])
        people.append(person)
        page.on("pageerror", lambda error: person.troubles.append(f"{error}\n{error.stack}"))
        page.on("request", lambda request: _note_foreign(person, request.url, demo.wordpress))
        if desk:
            page.goto(f"{demo.wordpress}/wp-admin/admin.php?page=unified-inbox")
        return person

    yield make
    for person in people:
        person.page.context.close()
    # WordPress's own profile script fails now and then on leaving; only ours count.
    ours = [one for person in people for one in person.troubles if "unified-inbox" in one]
    assert ours == []


def _note_foreign(person: Person, url: str, home: str) -> None:
    if not url.startswith((home, "data:", "blob:", "about:")):
        person.troubles.append(f"unified-inbox asked for {url}")


@dataclass(frozen=True)
class Pages:
    """The site's pages for its customers."""

    form: str
    status: str


def _address_of(page: Page, home: str, block: str) -> str:
    """Return the published page that holds the block."""
    found = page.request.get(f"{home}/?rest_route=/wp/v2/pages&per_page=100").json()
    return str(next(one["link"] for one in found if block in one["content"]["rendered"]))


@pytest.fixture(scope="session")
def pages(demo: Demo, browser: Browser, cookies: Callable[[str], Any]) -> Pages:
    """The form's page and the status page, made by the button that makes both."""
    page = browser.new_context(storage_state=cookies("manager")).new_page()
    page.goto(f"{demo.wordpress}/wp-admin/admin.php?page=unified-inbox-settings#/forms")
    expect(page.get_by_role("heading", name="Pages for your customers")).to_be_visible()
    button = page.get_by_role("button", name="Make both pages for me")
    if button.is_visible():
        button.click()
        expect(page.get_by_text("Requests are followed at")).to_be_visible()
    found = Pages(
        _address_of(page, demo.wordpress, "wp-block-unified-inbox-form"),
        _address_of(page, demo.wordpress, "wp-block-unified-inbox-status"),
    )
    page.context.close()
    return found


@pytest.fixture
def speak(
    demo: Demo, browser: Browser, cookies: Callable[[str], Any]
) -> Iterator[Callable[[str], None]]:
    """A way to change the site's language, which is put back."""
    page = browser.new_context(storage_state=cookies("manager")).new_page()

    def choose(language: str) -> None:
        page.goto(f"{demo.wordpress}/wp-admin/options-general.php")
        page.locator("#WPLANG").select_option(language)
        page.locator("#submit").click()
        page.wait_for_load_state()

    yield choose
    choose("")
    page.context.close()
