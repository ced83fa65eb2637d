"""Points in time as text, and who may see what."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_service.domain.moments import rfc3339
from inbox_service.domain.rights import Viewer


@given(st.integers(0, 4_102_444_800_000))
def test_a_moment_reads_back_as_itself(at: int) -> None:
    read = datetime.fromisoformat(rfc3339(at))
    assert round(read.timestamp() * 1000) == at
    assert read.tzinfo is not None
    assert read.utcoffset() == UTC.utcoffset(read)


@given(st.integers())
def test_any_number_is_some_moment(at: int) -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", rfc3339(at))


def test_who_is_not_limited_sees_every_inbox() -> None:
    assert Viewer(1, "agent").sees(5)


def test_who_is_limited_sees_those_and_what_belongs_to_none() -> None:
    viewer = Viewer(1, "agent", inboxes=frozenset({5}))
    assert [viewer.sees(inbox) for inbox in (5, 6, None)] == [True, False, True]


@pytest.mark.parametrize(
    ("role", "replies", "manages"),
    [
        ("manager", True, True),
        ("lead", True, False),
        ("agent", True, False),
        ("viewer", False, False),
    ],
)
def test_a_role_says_what_one_may_do(role: str, replies: bool, manages: bool) -> None:
    viewer = Viewer(1, role)
    assert (viewer.can_reply, viewer.can_manage) == (replies, manages)
