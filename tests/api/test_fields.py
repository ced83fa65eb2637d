"""Values at the border: ids, moments, text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError

from inbox_service.api.fields import Assignee, Id, Moment, Text, page_of


class Thing(Schema):
    """One of each."""

    id = Id(allow_none=True)
    at = Moment()
    text = Text(most=5, least=1)
    assignee = Assignee()


@given(st.integers(0, 2**63 - 1))
def test_an_id_leaves_as_text_and_comes_back(number: int) -> None:
    shown = Thing().dump({"id": number})
    assert shown == {"id": str(number)}
    assert Thing().load(shown) == {"id": number}


@pytest.mark.parametrize(
    "value", [5, 5.0, True, "", "x", "-1", "+1", "1.0", " 1", "1_0", "\u0661", "9" * 19, [], {}]
)
def test_what_is_no_id_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        Thing().load({"id": value})


@given(st.text())
def test_any_text_is_an_assignee_or_refused(text: str) -> None:
    try:
        assignee = Thing().load({"assignee": text})["assignee"]
    except ValidationError:
        return
    assert assignee in ("me", "none") or isinstance(assignee, int)


def test_no_moment_is_null() -> None:
    assert Thing().dump({"at": None, "id": None}) == {"at": None, "id": None}


def test_a_moment_has_milliseconds_and_a_zone() -> None:
    assert Thing().dump({"at": 1_768_204_800_007}) == {"at": "2026-01-12T08:00:00.007Z"}


@pytest.mark.parametrize("value", ["", "123456", "a\0", "\ud800", 5, None])
def test_text_that_cannot_be_stored_or_is_too_long_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        Thing().load({"text": value})


@pytest.mark.parametrize("value", ["a", "مرحبا", "\U0001f642", "a\nb", "\u200f"])
def test_text_of_any_script_is_taken_as_it_is(value: str) -> None:
    assert Thing().load({"text": value}) == {"text": value}


def test_a_page_has_one_schema_however_often_it_is_asked_for() -> None:
    assert page_of(Thing) is page_of(Thing)
    shown = page_of(Thing)().dump({"items": [{"id": 1}], "next_cursor": None})
    assert shown == {"items": [{"id": "1"}], "next_cursor": None}
