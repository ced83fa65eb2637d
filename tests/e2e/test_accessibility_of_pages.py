"""The pages of a site's customers before axe-core, in both directions, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe import WIDTHS, faults
from conftest import Demo, Pages
from customers import SUPPORT
from playwright.sync_api import Browser, expect
from visitor import Visitor


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
