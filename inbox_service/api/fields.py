"""The kinds of values the contract knows: ids, moments, and text a database can hold."""

# ruff: noqa: ARG002  (the signatures are marshmallow's)

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from inbox_service.domain.moments import from_rfc3339, rfc3339
from inbox_service.domain.search_dates import day_named

LARGEST_ID = 2**63 - 1
# Numbers in JSON and in paths stay where JavaScript counts exactly.
LARGEST_NUMBER = 2**53 - 1
_ANY_DAY = date(2026, 1, 1)


class Id(fields.Field[int]):
    """An id: a decimal string outside, an integer inside."""

    def _serialize(
        self, value: int | None, attr: str | None, obj: Any, **kwargs: Any
    ) -> str | None:
        return None if value is None else str(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        # A number is refused: above 2**53 JavaScript has rounded it already.
        text = value if isinstance(value, str) else ""
        if not (text.isascii() and text.isdigit()) or len(text) > 19 or int(text) > LARGEST_ID:
            raise ValidationError("Not an id: a string of digits is expected.")
        return int(text)


class Assignee(Id):
    """An agent's id, or one of the words me and none."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return value if value in ("me", "none") else super()._deserialize(value, attr, data)


class Moment(fields.Field[int]):
    """A point in time: RFC 3339 outside, milliseconds since the epoch inside."""

    def _serialize(
        self, value: int | None, attr: str | None, obj: Any, **kwargs: Any
    ) -> str | None:
        return None if value is None else rfc3339(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        try:
            return from_rfc3339(str(value))
        except ValueError as error:
            raise ValidationError("Not a time: 2026-11-21T21:05:00.000Z is one.") from error


class Text(fields.String):
    """A string that every database can hold: no NUL, no half of a surrogate pair."""

    def __init__(self, *, most: int = 1000, least: int = 0, **options: Any) -> None:
        """Allow `least` to `most` characters."""
        super().__init__(validate=validate.Length(least, most), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not _can_be_stored(text):
            raise ValidationError("Holds characters that cannot be stored.")
        return text


class Day(Text):
    """A day as search takes it: 2026-03-14, today, yesterday, or 7d for seven days ago."""

    def __init__(self, **options: Any) -> None:
        """Allow what names a day."""
        super().__init__(most=20, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        # Which day that is only its site's time zone says; that it is one can be said of any.
        if day_named(text, _ANY_DAY) is None:
            raise ValidationError("Not a day: 2026-11-21, today, yesterday and 7d are some.")
        return text


def _can_be_stored(text: str) -> bool:
    # By its bytes and not letter by letter: a file in a form's entry is 30 million of them.
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


@cache
def page_of(item: type[Schema]) -> type[Schema]:
    """Return the schema of a page of a list."""
    # Cached, because a schema class that is made twice is two schemas to the document.
    name = item.__name__.removesuffix("Schema")
    parts: dict[str, fields.Field[Any]] = {
        "items": fields.List(fields.Nested(item)),
        "next_cursor": fields.String(allow_none=True),
    }
    return Schema.from_dict(parts, name=f"{name}PageSchema")
