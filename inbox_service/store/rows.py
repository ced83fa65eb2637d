"""Rows as plain dictionaries, so that callers can change what they decide about."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select

Row = dict[str, Any]


def one_row(connection: Connection, query: Select[Any]) -> Row | None:
    """Return the only row of `query`, None where there is none."""
    found = connection.execute(query).mappings().one_or_none()
    return dict(found) if found is not None else None


def all_rows(connection: Connection, query: Select[Any]) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]
