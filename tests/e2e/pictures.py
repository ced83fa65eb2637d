"""Pictures of every screen, to be looked at: bin/screenshots. Kept out of git."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import LOCALES, SHOTS, Demo, Pages, Person
from customers import SUPPORT
from playwright.sync_api import Browser, Page, expect
from screens import (
    DESK,
    NARROWED,
    OVER_LIST,
    OVER_TICKET,
    OVER_TRASHED,
    TABS,
    VIEWS,
    name_of,
    open_looked_at,
    open_trashed,
    opened,
    see,
)
from stages import stages
from visitor import Visitor

WIDTHS = (1440, 375)


def take(page: Page, name: str, language: str, *, whole: bool = True) -> None:
    """Keep a picture, of the whole page or of what is in view."""
    width = (page.viewport_size or {"width": 0})["width"]
    folder = SHOTS / language / str(width)
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", full_page=whole, animations="disabled")


@pytest.mark.parametrize("width", WIDTHS)
def test_screens(demo: Demo, reader: Person, language: str, width: int) -> None:
    for address, sign in (VIEWS | TABS).items():
        see(reader, demo.wordpress + address, width, sign)
        take(reader.page, name_of(address), language)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_ticket(demo: Demo, reader: Person, language: str, width: int) -> None:
    page = reader.page
    see(reader, demo.wordpress + DESK, width, ".uib-row")
    page.locator(".uib-row__open").first.click()
    expect(page.locator(".uib-message").first).to_be_visible()
    take(page, "ticket", language, whole=False)
    reader.words.scroll_into_view_if_needed()
    reader.words.fill("…")
    take(page, "ticket-composer", language, whole=False)
    reader.words.fill("")


@pytest.mark.parametrize("width", WIDTHS)
def test_what_opens(demo: Demo, reader: Person, language: str, width: int) -> None:
    see(reader, demo.wordpress + NARROWED, width, ".uib-row")
    for one in opened(reader, OVER_LIST):
        take(reader.page, f"over-list-{one.name}", language, whole=False)
    open_looked_at(demo, reader, width)
    for one in opened(reader, OVER_TICKET):
        take(reader.page, f"over-ticket-{one.name}", language, whole=False)
    open_trashed(demo, reader, width)
    for one in opened(reader, OVER_TRASHED):
        take(reader.page, f"over-ticket-{one.name}", language, whole=False)


@pytest.mark.usefixtures("time_to_undo")
@pytest.mark.parametrize("width", WIDTHS)
def test_a_reply_on_its_way(demo: Demo, reader: Person, language: str, width: int) -> None:
    for name, _ in stages(demo, reader, width):
        take(reader.page, f"reply-{name}", language, whole=False)


@pytest.mark.parametrize("spoken", LOCALES)
def test_pages_of_customers(
    demo: Demo, browser: Browser, pages: Pages, speak: Callable[[str], None], spoken: str
) -> None:
    speak("" if spoken == "en" else spoken)
    visitor = Visitor.arrive(demo, browser)
    page = visitor.page
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(pages.form)
        take(page, "form", spoken)
        visitor.send()
        expect(page.locator(".unified-inbox-errors")).to_be_visible()
        take(page, "form-refused", spoken)
        page.goto(pages.status)
        take(page, "status-door", spoken)
    visitor.file(pages.form, "Is the blue pot back?", "I would like two.")
    take(page, "form-sent", spoken)
    page.goto(visitor.link(SUPPORT))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        take(page, "status", spoken)
