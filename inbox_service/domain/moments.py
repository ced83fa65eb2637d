"""Points in time as text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# What four-digit years can say (RFC 3339 5.6); a mail's clock may claim anything.
_EARLIEST = -62_135_596_800_000
_LATEST = 253_402_300_799_999


def from_rfc3339(text: str) -> int:
    """Return the moment (ms UTC) that RFC 3339 text names; raises ValueError for other text."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("it has no time zone")
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def rfc3339(at: int) -> str:
    """Return a moment (ms UTC) as RFC 3339 with milliseconds: 2026-11-21T21:05:00.000Z."""
    whole, part = divmod(min(max(at, _EARLIEST), _LATEST), 1000)
    day = _EPOCH + timedelta(seconds=whole)
    return f"{day:%Y-%m-%dT%H:%M:%S}.{part:03d}Z".rjust(24, "0")
