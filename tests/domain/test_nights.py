"""Work that nobody waits for is due at night, where the site is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from inbox_service.domain.nights import next_night


def at(*moment: int, zone: str = "UTC") -> int:
    return int(datetime(*moment, tzinfo=ZoneInfo(zone)).timestamp()) * 1000  # type: ignore[misc,arg-type]


def test_work_done_by_day_is_due_in_the_following_night() -> None:
    assert next_night(at(2026, 1, 12, 10, 0), "UTC", 0) == at(2026, 1, 13, 2, 0)


def test_the_night_is_the_sites_own() -> None:
    due = next_night(at(2026, 1, 12, 10, 0), "Asia/Manila", 0)
    assert due == at(2026, 1, 13, 2, 0, zone="Asia/Manila")


def test_work_done_at_night_is_due_in_the_next_one() -> None:
    assert next_night(at(2026, 1, 12, 2, 5), "UTC", 7) == at(2026, 1, 13, 2, 7)


def test_different_mailboxes_are_due_at_different_minutes() -> None:
    nights = {next_night(at(2026, 1, 12, 10, 0), "UTC", spread) for spread in range(1000)}
    assert len(nights) == 180
    assert max(nights) - min(nights) < timedelta(hours=3) / timedelta(milliseconds=1)


@pytest.mark.parametrize("name", ["+03:00", "", "Nowhere/At_All", "../../etc/passwd"])
def test_what_is_no_time_zone_counts_as_utc(name: str) -> None:
    assert next_night(at(2026, 1, 12, 10, 0), name, 0) == at(2026, 1, 13, 2, 0)


def test_a_night_is_neither_at_once_nor_two_days_away_whatever_the_clocks_do() -> None:
    start = datetime(2026, 3, 28, tzinfo=UTC)
    moments = [int((start + timedelta(hours=hour)).timestamp()) * 1000 for hour in range(48)]
    waits = [next_night(moment, "Europe/Berlin", 90) - moment for moment in moments]
    assert min(waits) >= 5 * 3_600_000
    assert max(waits) <= 31 * 3_600_000
