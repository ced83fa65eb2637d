"""Which words are a person's, and what is taken out of those that stay."""

from __future__ import annotations

from typing import Any

import pytest

from inbox_service.domain.erasure import MARK, Person, fate_of, without_quoted_lines

OMAR = Person(5, frozenset({"omar@example.net"}), frozenset({"Omar Haddad"}))


def message(**values: Any) -> dict[str, Any]:
    usual = {"kind": "in", "author_type": "customer", "author_id": 6, "automatic": None}
    return {**usual, "author_email": "rita@example.net", **values}


@pytest.mark.parametrize(
    ("values", "fate"),
    [
        ({"author_id": 5}, "emptied"),
        ({"author_email": "Omar@Example.net"}, "emptied"),
        ({}, "kept"),
        ({"automatic": "auto_reply"}, "emptied"),
        ({"author_type": "system", "automatic": "bounce"}, "emptied"),
        ({"kind": "out", "author_type": "agent", "author_id": 5}, "scrubbed"),
        ({"kind": "note", "author_type": "agent"}, "scrubbed"),
    ],
)
def test_in_his_own_ticket_each_message_has_its_fate(values: dict[str, Any], fate: str) -> None:
    assert fate_of(message(**values), OMAR, own=True) == fate


def test_in_a_ticket_of_another_machines_wrote_about_that_other() -> None:
    bounce = message(author_type="system", automatic="bounce")
    assert fate_of(bounce, OMAR, own=False) == "kept"


def test_somebody_who_was_only_copied_in_wrote_nothing_by_a_missing_id() -> None:
    copied = Person(None, frozenset({"omar@example.net"}))
    assert not copied.wrote(message(author_id=None))


@pytest.mark.parametrize(
    ("text", "scrubbed"),
    [
        ("Dear Omar Haddad,", f"Dear {MARK},"),
        ("Dear OMAR HADDAD,", f"Dear {MARK},"),
        ("Dear Omar,", f"Dear {MARK},"),
        ("Mr. Haddad's order", f"Mr. {MARK}'s order"),
        ("Write to <OMAR@example.net>.", f"Write to <{MARK}>."),
        ("noomar@example.net", "noomar@example.net"),
        ("omar@example.network", "omar@example.network"),
        ("Omarosa", "Omarosa"),
        ("Hello", "Hello"),
    ],
)
def test_names_and_addresses_are_covered(text: str, scrubbed: str) -> None:
    assert OMAR.scrub(text) == scrubbed


def test_a_single_name_is_covered_in_its_own_spelling_only() -> None:
    will = Person(5, frozenset({"w@example.net"}), frozenset({"Will May"}))
    assert will.scrub("Will will pay in may, May.") == f"{MARK} will pay in may, {MARK}."


def test_arabic_names_are_covered() -> None:
    omar = Person(5, frozenset({"w@example.net"}), frozenset({"عمر حداد"}))
    assert omar.scrub("أهلًا عمر، شكرًا") == f"أهلًا {MARK}، شكرًا"


@pytest.mark.parametrize("name", ["", "Al", "The shop at the end of the street"])
def test_what_is_hardly_a_name_covers_no_single_word(name: str) -> None:
    person = Person(5, frozenset({"w@example.net"}), frozenset({name}))
    assert person.scrub("The shop of Al") == "The shop of Al"


def test_a_name_with_signs_of_a_pattern_is_a_name() -> None:
    person = Person(5, frozenset(), frozenset({"O(mar (x"}))
    assert person.scrub("Dear O(mar (x!") == f"Dear {MARK}!"


def test_quoted_lines_go() -> None:
    assert without_quoted_lines("> Where?\nHere.\n>> Who\nMe") == "Here.\nMe"


def test_a_list_of_recipients_loses_him_alone() -> None:
    people = [{"email": "OMAR@example.net", "name": ""}, {"email": "rita@example.net", "name": ""}]
    assert OMAR.is_among(people)
    assert OMAR.without(people) == people[1:]
