"""When it is night where a site is: work that nobody waits for is done then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_HOUR = 2
# What is due at night is spread over these minutes, so that it does not all begin at once.
_SPREAD_MINUTES = 180
# Work done in the small hours is not done again before the next night.
_LEAST = timedelta(hours=6)


def next_night(now: int, timezone: str, spread: int) -> int:
    """Return a moment (ms UTC) of the next night in `timezone`; `spread` is any number.

    A name that is no time zone counts as UTC: WordPress also knows plain offsets.
    """
    here = datetime.fromtimestamp(now / 1000, zone(timezone))
    night = here.replace(hour=_HOUR, minute=0, second=0, microsecond=0)
    night += timedelta(minutes=spread % _SPREAD_MINUTES)
    while night - here < _LEAST:
        night += timedelta(days=1)
    return int(night.timestamp()) * 1000


def zone(name: str) -> tzinfo:
    """Return the time zone of this name, UTC where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
