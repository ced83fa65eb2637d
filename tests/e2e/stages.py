"""A reply on its way, stopped where something stands that no button alone opens."""

from __future__ import annotations

from collections.abc import Iterator

from conftest import Demo, Person
from customers import SUPPORT, eventually, unique
from playwright.sync_api import expect
from screens import DESK, MENU, see

COMPOSER = ".uib-composer"


def stages(demo: Demo, person: Person, width: int) -> Iterator[tuple[str, str]]:
    """Write to two people, be held back, send, pass it on, be logged out: name and part of each."""
    page, subject = person.page, unique("Shall we all meet?")
    asked = demo.deliver(SUPPORT, subject, "On Monday?", Cc="Tom <tom@customer.example>")
    page.emulate_media(reduced_motion="reduce")
    see(person, demo.wordpress + DESK, width, ".uib-row")
    person.open_ticket(subject)
    page.locator(".uib-to__all").press("Space")
    page.locator(".uib-to").press("Space")
    expect(page.locator(".uib-to__field").first).to_be_visible()
    yield "reply-all", COMPOSER
    person.words.fill("Monday is fine.")
    page.locator(".uib-send__more").press("Space")
    expect(page.locator(MENU)).to_be_visible()
    yield "send-menu", MENU
    page.keyboard.press("Escape")
    write_meanwhile(demo, person, subject, asked)
    person.send_button.click()
    expect(page.locator(".uib-unseen")).to_be_visible()
    expect(person.message("Or on Tuesday?")).to_have_count(2)
    yield "held-back", COMPOSER
    person.send_button.click()
    expect(page.locator(".uib-notice__seconds")).to_be_visible()
    yield "undo", ".uib-notices"
    # Nobody answers what was taken back: an agent's hour of notices is for other tests.
    page.locator(".uib-notice__action").last.click()
    expect(person.words).to_have_text("Monday is fine.")
    page.locator(".uib-message__forward").first.press("Space")
    expect(page.locator(".uib-to__forward")).to_be_visible()
    yield "forward", COMPOSER
    page.context.clear_cookies()
    person.words.fill("Please have a look.")
    expect(page.locator("#wp-auth-check")).to_be_visible()
    yield "session-over", COMPOSER


def write_meanwhile(demo: Demo, person: Person, subject: str, asked: str) -> None:
    """Let the customer write again while this screen hears of nothing."""
    page = person.page
    number = page.locator(".uib-ticket__number").inner_text().strip().lstrip("#")
    count = (
        f"wp.apiFetch({{path: '/unified-inbox/v1/api/tickets/{number}'}})"
        ".then(ticket => ticket.message_count)"
    )
    page.route("**/live*", lambda route: route.abort())
    demo.deliver(SUPPORT, f"Re: {subject}", "Or on Tuesday?", References=asked)
    eventually(lambda: page.evaluate(count) == 2)
