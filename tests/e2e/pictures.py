"""Pictures of every screen, to be looked at: bin/screenshots. Kept out of git."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import SHOTS, Demo, Pages, Person
from playwright.sync_api import Browser, Page, expect
from screens import (
    DESK,
    NARROWED,
    OVER_LIST,
    OVER_TICKET,
    TABS,
    VIEWS,
    choose_language,
    name_of,
    open_looked_at,
    opened,
    see,
)
from visitor import SUPPORT, Visitor

WIDTHS = (1440, 375)
LANGUAGES = {"en": "site-default", "ar": "ar"}


def take(page: Page, name: str, language: str, *, whole: bool = True) -> None:
    """Keep a picture, of the whole page or of what is in view."""
    width = (page.viewport_size or {"width": 0})["width"]
    folder = SHOTS / language / str(width)
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", full_page=whole, animations="disabled")


@pytest.fixture(scope="module", params=LANGUAGES)
def language(
    request: pytest.FixtureRequest,
    demo: Demo,
    browser: Browser,
    cookies: Callable[[str], Any],
    pages: Pages,  # made by a button in English, so before she reads Arabic
) -> Iterator[str]:
    page = browser.new_context(storage_state=cookies("manager")).new_page()
    choose_language(page, demo.wordpress, LANGUAGES[request.param])
    yield request.param
    choose_language(page, demo.wordpress, LANGUAGES["en"])
    page.context.close()


@pytest.fixture
def manager(language: str, sign_in: Callable[..., Person]) -> Person:
    return sign_in("manager", desk=False)


@pytest.mark.parametrize("width", WIDTHS)
def test_screens(demo: Demo, manager: Person, language: str, width: int) -> None:
    for address, sign in (VIEWS | TABS).items():
        see(manager, demo.wordpress + address, width, sign)
        take(manager.page, name_of(address), language)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_ticket(demo: Demo, manager: Person, language: str, width: int) -> None:
    page = manager.page
    see(manager, demo.wordpress + DESK, width, ".uib-row")
    page.locator(".uib-row__open").first.click()
    expect(page.locator(".uib-message").first).to_be_visible()
    take(page, "ticket", language, whole=False)
    manager.words.scroll_into_view_if_needed()
    manager.words.fill("…")
    take(page, "ticket-composer", language, whole=False)
    manager.words.fill("")


@pytest.mark.parametrize("width", WIDTHS)
def test_what_opens(demo: Demo, manager: Person, language: str, width: int) -> None:
    see(manager, demo.wordpress + NARROWED, width, ".uib-row")
    for one in opened(manager, OVER_LIST):
        take(manager.page, f"over-list-{one.name}", language, whole=False)
    open_looked_at(demo, manager, width)
    for one in opened(manager, OVER_TICKET):
        take(manager.page, f"over-ticket-{one.name}", language, whole=False)


@pytest.mark.parametrize("spoken", LANGUAGES)
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
