"""Cursors: where a list goes on, as opaque text that names its list and its version."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from marshmallow import Schema, fields, validate

from inbox_service.errors import Invalid

from .fields import LARGEST_ID

_VERSION = "1"
DEFAULT_LIMIT = 50
LARGEST_LIMIT = 100


class PageQuery(Schema):
    """Which part of a list to return."""

    cursor = fields.String(metadata={"description": "`next_cursor` of the page before"})
    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(1, LARGEST_LIMIT))


def write(of: str, key: Sequence[int] | None) -> str | None:
    """Return the cursor after the row with this key in the list named `of`, None at the end."""
    if key is None:
        return None
    plain = ":".join([of + _VERSION, *map(str, key)])
    return base64.urlsafe_b64encode(plain.encode()).rstrip(b"=").decode()


def read(of: str, query: dict[str, Any], parts: int) -> tuple[int, ...] | None:
    """Return the key in the query's cursor, None where there is none.

    raises Invalid `invalid_cursor` for one that is not of this list.
    """
    cursor: str | None = query.get("cursor")
    if cursor is None:
        return None
    try:
        # validate=True, else foreign letters are skipped and any text is some cursor.
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        plain = base64.b64decode(padded, b"-_", validate=True).decode("ascii")
        name, *numbers = plain.split(":")
        key = tuple(int(number) for number in numbers if len(number) <= 20)
    except (ValueError, binascii.Error) as error:
        raise _malformed() from error
    # Written again it must be the same text: one position has one cursor.
    well_formed = (name, len(key)) == (of + _VERSION, parts) and write(of, key) == cursor
    if not well_formed or any(abs(number) > LARGEST_ID for number in key):
        raise _malformed()
    return key


def _malformed() -> Invalid:
    return Invalid(
        "The cursor is not one of this list: start again without it.",
        code="invalid_cursor",
        field="cursor",
    )
