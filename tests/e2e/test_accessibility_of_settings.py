"""Every screen of the settings before axe-core, in both directions, wide and narrow."""

from __future__ import annotations

import pytest
from axe import WIDTHS, faults
from conftest import Demo, Person
from playwright.sync_api import expect
from screens import SETTINGS, TABS, see


@pytest.mark.parametrize("width", WIDTHS)
def test_the_settings_have_no_serious_fault(demo: Demo, reader: Person, width: int) -> None:
    found = []
    for place, sign in TABS.items():
        see(reader, demo.wordpress + place, width, sign)
        found += [f"{place} {one}" for one in faults(reader.page, "#wpbody-content")]
    assert found == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_mailbox_that_is_being_checked_has_no_serious_fault(
    demo: Demo, reader: Person, width: int
) -> None:
    see(reader, f"{demo.wordpress}{SETTINGS}#/mailboxes", width, ".uibs-mailbox")
    reader.page.locator(".uibs-card__title a").first.click()
    reader.page.locator(".uibs-selfcheck button").first.click()
    expect(reader.page.locator(".uibs-checks").first).to_be_visible()
    assert faults(reader.page, "#wpbody-content") == []
