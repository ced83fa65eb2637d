"""Every screen of the desk before axe-core, in both directions, wide and narrow."""

from __future__ import annotations

import pytest
from axe import WIDTHS, faults
from conftest import Demo, Person
from playwright.sync_api import expect
from screens import DESK, VIEWS, see


@pytest.mark.parametrize("width", WIDTHS)
def test_the_inbox_has_no_serious_fault(demo: Demo, reader: Person, width: int) -> None:
    found = []
    for place, sign in VIEWS.items():
        see(reader, demo.wordpress + place, width, sign)
        found += [f"{place} {one}" for one in faults(reader.page, "#unified-inbox-root")]
    assert found == []


@pytest.mark.parametrize("width", WIDTHS)
def test_an_open_ticket_has_no_serious_fault(demo: Demo, reader: Person, width: int) -> None:
    see(reader, demo.wordpress + DESK, width, ".uib-row")
    reader.page.locator(".uib-row__open").first.click()
    expect(reader.page.locator(".uib-message").first).to_be_visible()
    assert faults(reader.page, "#unified-inbox-root") == []
