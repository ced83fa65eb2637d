"""Days as people name them."""

from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest

from inbox_service.domain.search_dates import day_named, start_of, today_at
from inbox_service.testing import START

TODAY = date(2026, 3, 14)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-02-03", date(2026, 2, 3)),
        ("2026/2/3", date(2026, 2, 3)),
        ("2026-02", date(2026, 2, 1)),
        ("2025", date(2025, 1, 1)),
        ("٢٠٢٥-١٢", date(2025, 12, 1)),
        ("today", TODAY),
        ("Yesterday", date(2026, 3, 13)),
        ("7d", date(2026, 3, 7)),
        ("2w", date(2026, 2, 28)),
    ],
)
def test_a_day_has_many_names(text: str, day: date) -> None:
    assert day_named(text, TODAY) == day


@pytest.mark.parametrize("text", ["", "soon", "2026-13", "2026-02-30", "0000", "9999y", "3.4.2026"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_named(text, TODAY) is None


def test_a_day_begins_where_the_shop_is() -> None:
    manila = ZoneInfo("Asia/Manila")
    assert start_of(date(2026, 1, 12), UTC) - start_of(date(2026, 1, 12), manila) == 8 * 3_600_000
    late = start_of(date(2026, 1, 12), UTC) - 1
    assert (today_at(late, UTC), today_at(late, manila)) == (date(2026, 1, 11), date(2026, 1, 12))
    assert today_at(START, UTC) == date(2026, 1, 12)
