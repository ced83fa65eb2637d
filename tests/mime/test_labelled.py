"""Machines are told from people: recall and specificity on the labelled set."""

from __future__ import annotations

import pytest
from labelled import LETTERS, Letter

from inbox_service.domain.mail import AutomaticKind
from inbox_service.mime import parse

MACHINES = [one for one in LETTERS if one.kind and not one.unmarked]
UNMARKED = [one for one in LETTERS if one.unmarked]
PEOPLE = [one for one in LETTERS if one.kind is None]
BOUNCES = [one for one in LETTERS if one.kind in (AutomaticKind.BOUNCE, AutomaticKind.COMPLAINT)]


@pytest.mark.parametrize("one", MACHINES, ids=lambda one: one.name)
def test_what_a_machine_wrote_is_known_for_what_it_is(one: Letter) -> None:
    assert parse(one.raw).automatic is one.kind


@pytest.mark.parametrize("one", PEOPLE, ids=lambda one: one.name)
def test_what_a_person_wrote_is_never_taken_for_a_machines(one: Letter) -> None:
    assert parse(one.raw).automatic is None


@pytest.mark.parametrize("one", UNMARKED, ids=lambda one: one.name)
def test_what_nothing_marks_counts_as_a_persons(one: Letter) -> None:
    # The price of never hiding a person's words: see docs/automatic-mail.md.
    assert parse(one.raw).automatic is None


@pytest.mark.parametrize("one", BOUNCES, ids=lambda one: one.name)
def test_a_bounce_says_whom_it_is_about_and_why(one: Letter) -> None:
    found = parse(one.raw).bounce
    read = {name: getattr(found, name) for name in one.bounce} if found and one.bounce else None
    assert read == one.bounce


def test_the_set_is_large_enough_to_say_something() -> None:
    assert len({one.name for one in LETTERS}) == len(LETTERS)
    assert len(MACHINES) >= 80
    assert len(PEOPLE) >= 80
