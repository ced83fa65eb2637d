"""The date of a mail that was composed before it leaves."""

from __future__ import annotations

import re

from inbox_service.mime.headers import date_value

# Ours stands on one line: we wrote it.
_DATE = re.compile(rb"^Date:[^\r\n]*", re.MULTILINE | re.IGNORECASE)
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")


def redated(raw: bytes, at: int) -> bytes:
    """Return a mail of ours with the moment `at` (ms UTC) as its date; the rest stays as it is."""
    end = _END_OF_HEADERS.search(raw)
    headers = raw[: end.start()] if end else raw
    return _DATE.sub(b"Date: " + date_value(at).encode(), headers, count=1) + raw[len(headers) :]
