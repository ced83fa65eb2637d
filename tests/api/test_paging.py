"""Cursors."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_service.api import paging
from inbox_service.errors import Invalid

NUMBERS = st.integers(-(2**63) + 1, 2**63 - 1)


def encoded(plain: str) -> str:
    return base64.urlsafe_b64encode(plain.encode()).rstrip(b"=").decode()


@given(st.tuples(NUMBERS, NUMBERS))
def test_a_cursor_reads_back_as_the_key_it_was_made_of(key: tuple[int, int]) -> None:
    assert paging.read("tickets", {"cursor": paging.write("tickets", key)}, 2) == key


@given(st.text())
def test_any_text_is_a_cursor_or_invalid(text: str) -> None:
    try:
        key = paging.read("tickets", {"cursor": text}, 2)
    except Invalid:
        return
    assert key is not None
    assert paging.write("tickets", key) == text


def test_the_first_page_has_no_cursor_and_the_last_none_either() -> None:
    assert paging.read("tickets", {}, 2) is None
    assert paging.write("tickets", None) is None


@pytest.mark.parametrize(
    "plain",
    [
        "tickets1:1",
        "tickets1:1:2:3",
        "tickets2:1:2",
        "events1:1:2",
        "tickets1:01:2",
        "tickets1:1_0:2",
        "tickets1: 1:2",
        "tickets1:1:9223372036854775808",
        "tickets1:1:" + "9" * 400,
        "tickets1:1:\u0662",
        ":",
        "",
    ],
)
def test_what_no_list_ever_gave_out_is_refused(plain: str) -> None:
    with pytest.raises(Invalid, match="start again"):
        paging.read("tickets", {"cursor": encoded(plain)}, 2)
