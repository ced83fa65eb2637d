"""The cursors of the Gmail connector."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.gmail.cursors import DAY, Place, history_id, live_cursor
from inbox_service.ports import CursorExpired

NOW = 1_780_000_000_000
LABELS = ["INBOX", "SENT"]


def windows(since: int | None) -> list[tuple[int | None, int | None]]:
    place, found = Place(NOW, label="INBOX"), []
    while not place.done:
        if place.label == "INBOX":
            found.append(place.window(since))
        place = place.after_page("", LABELS, since)
    return found


def test_a_live_cursor_is_read_back():
    assert live_cursor(2**64 - 1) == "h1:18446744073709551615"
    assert history_id("h1:18446744073709551615") == 2**64 - 1


@pytest.mark.parametrize("text", ["", "h1:", "h2:5", "5", "h1:-5", "h1:5x", "h1:٣", "b1:{}"])
def test_text_that_is_no_live_cursor_has_expired(text):
    with pytest.raises(CursorExpired):
        history_id(text)


def test_a_place_is_read_back():
    place = Place(NOW, step=3, label="SENT", page="0815", total=12)
    assert Place.read(place.cursor()) == place


@pytest.mark.parametrize("text", [None, "b2:{}", "b1:", "b1:{}", 'b1:{"what":1}', "b1:3", "b1:[1]"])
def test_text_that_is_no_place_starts_again(text):
    assert Place.read(text) is None


def test_all_labels_of_a_window_come_before_the_next_window():
    place, seen = Place(NOW, label="INBOX"), []
    for _ in range(4):
        seen.append((place.step, place.label))
        place = place.after_page("", LABELS, None)
    assert seen == [(0, "INBOX"), (0, "SENT"), (1, "INBOX"), (1, "SENT")]


def test_a_further_page_comes_first():
    assert Place(NOW, label="INBOX").after_page("p2", LABELS, None).page == "p2"


def test_without_a_start_all_of_the_past_is_covered():
    found = windows(None)
    assert found[0] == (NOW - DAY, None)
    assert found[-1][0] is None
    assert len(found) == 14


@given(since=st.integers(0, NOW + DAY))
def test_the_windows_touch_each_other_from_now_to_the_start(since):
    found = windows(since)
    assert found[0][1] is None
    assert found[-1][0] == since
    assert all(newer[0] == older[1] for newer, older in pairwise(found))
    assert all(first > since for first, _ in found[:-1])
