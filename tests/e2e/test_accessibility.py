"""Every screen of the desk before axe-core, in both directions, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe import WIDTHS, faults
from conftest import Demo, Person
from playwright.sync_api import expect
from screens import (
    DESK,
    NARROWED,
    OVER_LIST,
    OVER_TICKET,
    OVER_TRASHED,
    VIEWS,
    open_looked_at,
    open_trashed,
    opened,
    see,
)
from stages import stages

# What opens over a screen is judged once in either direction and at either width.
PAIRS = {"en": 1440, "ar": 390}

SignIn = Callable[..., Person]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_inbox_has_no_serious_fault(demo: Demo, reader: Person, width: int) -> None:
    found = []
    for place, sign in VIEWS.items():
        see(reader, demo.wordpress + place, width, sign)
        found += [f"{place} {one}" for one in faults(reader.page, "#unified-inbox-root")]
    assert found == []


def test_what_opens_over_the_list_has_no_serious_fault(
    demo: Demo, reader: Person, language: str
) -> None:
    see(reader, demo.wordpress + NARROWED, PAIRS[language], ".uib-row")
    found = []
    for one in opened(reader, OVER_LIST):
        found += [f"{one.name} {fault}" for fault in faults(reader.page, one.part)]
    assert found == []


def test_what_opens_over_a_ticket_has_no_serious_fault(
    demo: Demo, reader: Person, language: str
) -> None:
    open_looked_at(demo, reader, PAIRS[language])
    found = []
    for one in opened(reader, OVER_TICKET):
        found += [f"{one.name} {fault}" for fault in faults(reader.page, one.part)]
    assert found == []


def test_what_opens_in_the_trash_has_no_serious_fault(
    demo: Demo, reader: Person, language: str
) -> None:
    open_trashed(demo, reader, PAIRS[language])
    found = []
    for one in opened(reader, OVER_TRASHED):
        found += [f"{one.name} {fault}" for fault in faults(reader.page, one.part)]
    assert found == []


@pytest.mark.usefixtures("half_a_minute")
def test_a_reply_on_its_way_has_no_serious_fault(demo: Demo, reader: Person, language: str) -> None:
    found = []
    for name, part in stages(demo, reader, PAIRS[language]):
        found += [f"{name} {fault}" for fault in faults(reader.page, part)]
    assert found == []


@pytest.mark.parametrize("width", WIDTHS)
def test_an_open_ticket_has_no_serious_fault(demo: Demo, reader: Person, width: int) -> None:
    see(reader, demo.wordpress + DESK, width, ".uib-row")
    reader.page.locator(".uib-row__open").first.click()
    expect(reader.page.locator(".uib-message").first).to_be_visible()
    assert faults(reader.page, "#unified-inbox-root") == []
