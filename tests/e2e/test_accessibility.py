"""Every screen and page before axe-core, in both directions, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Demo, Pages, Person
from playwright.sync_api import Browser, Page, expect
from screens import (
    DESK,
    NARROWED,
    OVER_LIST,
    OVER_TICKET,
    SETTINGS,
    TABS,
    VIEWS,
    choose_language,
    open_looked_at,
    opened,
    see,
)
from visitor import SUPPORT, Visitor

AXE = Path(__file__).parents[2] / "wp-plugin" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (1440, 390)
LOCALES = ("site-default", "ar")
# What opens over a screen is judged once in either direction and at either width.
PAIRS = dict(zip(LOCALES, WIDTHS, strict=True))

SignIn = Callable[..., Person]


def faults(page: Page, part: str) -> list[str]:
    """Return what axe finds serious or critical in a part of the page, one line per element."""
    expect(page.locator(part)).to_have_count(1)
    page.add_script_tag(path=AXE)
    # Mails are shown in frames without scripts, where axe cannot run.
    found: dict[str, Any] = page.evaluate(
        "part => axe.run(part, { iframes: false, resultTypes: ['violations'] })", part
    )
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.fixture(scope="module", params=LOCALES)
def language(
    request: pytest.FixtureRequest,
    demo: Demo,
    browser: Browser,
    cookies: Callable[[str], Any],
    pages: Pages,  # made by a button in English, so before she reads Arabic
) -> Iterator[str]:
    page = browser.new_context(storage_state=cookies("manager")).new_page()
    choose_language(page, demo.wordpress, request.param)
    yield request.param
    choose_language(page, demo.wordpress, LOCALES[0])
    page.context.close()


@pytest.fixture
def manager(language: str, sign_in: SignIn) -> Person:
    """A manager who reads from the left, and then from the right."""
    return sign_in("manager", desk=False)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_inbox_has_no_serious_fault(demo: Demo, manager: Person, width: int) -> None:
    found = []
    for place, sign in VIEWS.items():
        see(manager, demo.wordpress + place, width, sign)
        found += [f"{place} {one}" for one in faults(manager.page, "#unified-inbox-root")]
    assert found == []


def test_what_opens_over_the_list_has_no_serious_fault(
    demo: Demo, manager: Person, language: str
) -> None:
    see(manager, demo.wordpress + NARROWED, PAIRS[language], ".uib-row")
    found = []
    for one in opened(manager, OVER_LIST):
        found += [f"{one.name} {fault}" for fault in faults(manager.page, one.part)]
    assert found == []


def test_what_opens_over_a_ticket_has_no_serious_fault(
    demo: Demo, manager: Person, language: str
) -> None:
    open_looked_at(demo, manager, PAIRS[language])
    found = []
    for one in opened(manager, OVER_TICKET):
        found += [f"{one.name} {fault}" for fault in faults(manager.page, one.part)]
    assert found == []


@pytest.mark.parametrize("width", WIDTHS)
def test_an_open_ticket_has_no_serious_fault(demo: Demo, manager: Person, width: int) -> None:
    see(manager, demo.wordpress + DESK, width, ".uib-row")
    manager.page.locator(".uib-row__open").first.click()
    expect(manager.page.locator(".uib-message").first).to_be_visible()
    assert faults(manager.page, "#unified-inbox-root") == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_settings_have_no_serious_fault(demo: Demo, manager: Person, width: int) -> None:
    found = []
    for place, sign in TABS.items():
        see(manager, demo.wordpress + place, width, sign)
        found += [f"{place} {one}" for one in faults(manager.page, "#wpbody-content")]
    assert found == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_mailbox_that_is_being_checked_has_no_serious_fault(
    demo: Demo, manager: Person, width: int
) -> None:
    see(manager, f"{demo.wordpress}{SETTINGS}#/mailboxes", width, ".uibs-mailbox")
    manager.page.locator(".uibs-card__title a").first.click()
    manager.page.locator(".uibs-selfcheck button").first.click()
    expect(manager.page.locator(".uibs-checks").first).to_be_visible()
    assert faults(manager.page, "#wpbody-content") == []


@pytest.mark.parametrize("language", ["", "ar"])
def test_the_form_and_what_it_says_have_no_serious_fault(
    demo: Demo, browser: Browser, pages: Pages, speak: Callable[[str], None], language: str
) -> None:
    speak(language)
    visitor = Visitor.arrive(demo, browser)
    found = []
    for width in WIDTHS:
        visitor.page.set_viewport_size({"width": width, "height": 900})
        visitor.page.goto(pages.form)
        found += faults(visitor.page, ".unified-inbox")
        visitor.send()
        expect(visitor.page.locator(".unified-inbox-errors")).to_be_visible()
        found += faults(visitor.page, ".unified-inbox")
    assert found == []


@pytest.mark.parametrize("language", ["", "ar"])
def test_the_status_page_has_no_serious_fault(
    demo: Demo, browser: Browser, pages: Pages, speak: Callable[[str], None], language: str
) -> None:
    speak(language)
    visitor = Visitor.arrive(demo, browser)
    visitor.page.goto(pages.status)
    found = faults(visitor.page, ".unified-inbox")
    visitor.file(pages.form, "Is this easy to read?", "I cannot see well.")
    found += faults(visitor.page, ".unified-inbox")
    visitor.page.goto(visitor.link(SUPPORT))
    for width in WIDTHS:
        visitor.page.set_viewport_size({"width": width, "height": 900})
        found += faults(visitor.page, ".unified-inbox")
    assert found == []
