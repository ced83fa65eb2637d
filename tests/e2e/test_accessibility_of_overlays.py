"""What opens over the desk before axe-core, once in either direction and at either width."""

from __future__ import annotations

import pytest
from axe import faults
from conftest import Demo, Person
from screens import (
    NARROWED,
    OVER_LIST,
    OVER_TICKET,
    OVER_TRASHED,
    open_looked_at,
    open_trashed,
    opened,
    see,
)
from stages import stages

PAIRS = {"en": 1440, "ar": 390}


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


@pytest.mark.usefixtures("time_to_undo")
def test_a_reply_on_its_way_has_no_serious_fault(demo: Demo, reader: Person, language: str) -> None:
    found = []
    for name, part in stages(demo, reader, PAIRS[language]):
        found += [f"{name} {fault}" for fault in faults(reader.page, part)]
    assert found == []
