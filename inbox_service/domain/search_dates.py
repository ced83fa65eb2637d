"""The days that people name in a search."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

from .search_words import fold

_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_AGO = re.compile(r"(\d{1,4})([dwmy])")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def day_named(text: str, today: date) -> date | None:
    """Return the day: 2026-03-14, the first of 2026-03 or 2026, today, yesterday, 7d (days ago).

    d, w, m and y are days, weeks, months of 30 days and years of 365. None for anything else.
    """
    value = fold(text)
    if value in ("today", "yesterday"):
        return today - timedelta(days=value == "yesterday")
    try:
        if ago := _AGO.fullmatch(value):
            return today - timedelta(days=int(ago[1]) * _DAYS[ago[2]])
        if found := _DATE.fullmatch(value):
            return date(*(int(number or 1) for number in found.groups()))
    except (ValueError, OverflowError):
        return None
    return None


def today_at(at: int, zone: tzinfo) -> date:
    """Return the day that the moment (ms UTC) is in the time zone."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(zone).date()


def start_of(day: date, zone: tzinfo) -> int:
    """Return the moment (ms UTC) at which the day begins in the time zone."""
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1000)
