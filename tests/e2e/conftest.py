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
from corners import EVERY, OPPOSITE
from playwright.sync_api import (
    Browser,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)
from playwright.sync_api import TimeoutError as NeverCame

LOOPBACK_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
SHOTS = Path(os.environ.get("E2E_SHOTS", Path(__file__).parents[2] / ".test" / "shots"))

# Milliseconds: long enough for a machine with ten times as much to do as it can.
PATIENCE = 60_000

# Language -> what it is called in a profile of WordPress.
LOCALES = {"en": "site-default", "ar": "ar"}

expect.set_options(timeout=PATIENCE)


def pytest_addoption(parser: pytest.Parser) -> None:
    """By default a journey is gone in two corners, which show what four would in half the time."""
    parser.addoption(
        "--every-corner", action="store_true", help="journeys in each language at each width"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Go each journey in two opposite corners, or in all four."""
    if "corner" in metafunc.fixturenames:
        corners = EVERY if metafunc.config.getoption("every_corner", False) else OPPOSITE
        metafunc.parametrize("corner", corners, ids=str)


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

    def ask(self, path: str, body: dict[str, Any] | None = None, method: str | None = None) -> Any:
        """Ask the simulated Google's control API, by GET or with a body by POST unless told."""
        data = json.dumps(body).encode() if body is not None else None
        address, headers = f"{self.gmail}/_sim/{path}", {"Content-Type": "application/json"}
        request = Request(address, data, headers, method=method)
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

    @property
    def send_button(self) -> Any:
        """What sends the answer, or keeps the note."""
        return self.page.locator(".uib-send > button").first

    def message(self, text: str) -> Any:
        """The message of the open ticket that says this in plain words."""
        return self.page.get_by_role("article").filter(has_text=text)

    def show_list(self) -> None:
        """Leave the ticket, where the list is behind it."""
        back = self.page.locator(".uib-ticket__back")
        if back.is_visible():
            back.click()

    def show_view(self, name: str) -> None:
        """Show a view or an inbox by its column, or by the menu where that has no room."""
        self.show_list()
        views = self.page.locator(".uib-views")
        if not views.is_visible():
            self.page.locator(".uib-viewsmenu button").click()
            views = self.page.locator(".uib-viewsmenu__lists")
        views.get_by_role("button", name=name).first.click()

    def open_ticket(self, subject: str) -> None:
        """Wait until the ticket stands in the list, and open it."""
        self.show_list()
        row = self.row(subject)
        self.show_news_until(row)
        try:
            row.click(timeout=5_000)
        except NeverCame:
            # A list that was read anew under the pointer keeps the row behind the bar of news.
            self.show_news_until(row)
            row.click()
        expect(self.ticket.get_by_role("heading", name=subject)).to_be_visible()

    def leave_field(self) -> None:
        """Let keys be commands again."""
        self.page.evaluate("document.activeElement.blur()")

    def row(self, subject: str) -> Any:
        """Return the ticket's row in the list."""
        return (
            self.page.locator("section, [role=region]")
            .get_by_role("button", name=re.compile(re.escape(subject)))
            .first
        )

    def come_back(self) -> None:
        """Look at the page again: it asks at once what it asks every few seconds."""
        self.page.evaluate("window.dispatchEvent(new Event('focus'))")

    def hurry_until(self, look: Callable[[], bool]) -> None:
        """Come back to the page until something is there that it learns by asking."""
        for _ in range(120):
            if look():
                return
            self.come_back()
            self.page.wait_for_timeout(500)
        raise AssertionError("it never came")

    def show_news_until(self, row: Any, *, hurries: bool = True) -> None:
        """Press the bar of news until the row is there; news never moves rows by itself."""
        bar = self.page.locator(".uib-news")
        for _ in range(120):
            if row.count() and row.is_visible():
                return
            if bar.is_visible():
                bar.click()
            if hurries:
                self.come_back()
            self.page.wait_for_timeout(500)
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


def choose_language(page: Page, home: str, locale: str) -> None:
    """Choose the language of the screens, as people do it in their profile."""
    page.goto(f"{home}/wp-admin/profile.php")
    page.locator("#locale").select_option(locale)
    page.locator("#submit").click()
    page.wait_for_load_state()


@pytest.fixture(scope="module", params=LOCALES)
def language(
    request: pytest.FixtureRequest,
    demo: Demo,
    browser: Browser,
    cookies: Callable[[str], Any],
    pages: Pages,  # made by a button in English, so before she reads Arabic
) -> Iterator[str]:
    """The language in which the manager reads, one after the other; English again at the end."""
    page = browser.new_context(storage_state=cookies("manager")).new_page()
    choose_language(page, demo.wordpress, LOCALES[request.param])
    yield request.param
    choose_language(page, demo.wordpress, LOCALES["en"])
    page.context.close()


@pytest.fixture
def reader(language: str, sign_in: Callable[..., Person]) -> Person:
    """A manager who reads from the left, and then from the right."""
    return sign_in("manager", desk=False)


@pytest.fixture
def time_to_undo(sign_in: Callable[..., Person]) -> Iterator[None]:
    """Twelve seconds to take a reply back, whatever the demo gives: a busy machine takes some."""
    page = sign_in("manager").page

    def allow(seconds: int | None) -> None:
        call = "{path: '/unified-inbox/v1/api/sending', method: 'PUT', data: {undo_seconds: %s}}"
        page.evaluate(f"wp.apiFetch({call % json.dumps(seconds)})")

    allow(12)
    yield
    allow(None)
