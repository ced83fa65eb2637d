"""A mail as it came: the headers people look for, and its text as far as it is readable."""

from __future__ import annotations

from inbox_service.mime.headers import text_value
from inbox_service.mime.tree import MAX_HEADER_BYTES, split

MAX_SHOWN_HEADER = 2_000
# As they are spelled where they are told, in the order in which they are read.
SHOWN_HEADERS = (
    "From",
    "Sender",
    "Reply-To",
    "To",
    "Cc",
    "Bcc",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "List-ID",
    "Return-Path",
)


def shown_headers(raw: bytes) -> list[tuple[str, str]]:
    """Return (name, decoded value) of the headers that tell what a mail is, in reading order.

    One that stands there twice is told twice, as that is what somebody looks for.
    """
    found = split(raw[:MAX_HEADER_BYTES]).headers
    return [
        (name, text_value(value)[:MAX_SHOWN_HEADER])
        for name in SHOWN_HEADERS
        for key, value in found
        if key == name.lower()
    ]


def header_values(raw: bytes, name: str) -> list[str]:
    """Return the decoded values of every header of this name, topmost first."""
    found = split(raw[:MAX_HEADER_BYTES]).headers
    return [text_value(value) for key, value in found if key == name.lower()]


def raw_text(raw: bytes, most: int) -> str:
    """Return the first `most` bytes as they are, with what is no UTF-8 marked as such."""
    return raw[:most].decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
