"""INSERT ... ON CONFLICT, which both databases know and SQLAlchemy spells per dialect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_into(connection: Connection, table: Table) -> Any:
    """Return the dialect's INSERT on `table`."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def insert_missing(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows whose key is not there yet; leave the others as they are."""
    if rows:
        connection.execute(
            insert_into(connection, table).on_conflict_do_nothing(), [dict(row) for row in rows]
        )


def claim(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert the row and return True, or False where one of its keys is taken.

    Whoever comes second waits here until the first has committed or failed.
    """
    # RETURNING, not rowcount: PostgreSQL's driver does not count rows for this statement.
    inserted = connection.execute(
        insert_into(connection, table)
        .values(**row)
        .on_conflict_do_nothing()
        .returning(table.c.site_id)
    )
    return inserted.first() is not None


def put(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert the row, or overwrite the other columns of the one with its primary key."""
    key = list(table.primary_key.columns)
    changes = {name: value for name, value in row.items() if name not in {c.name for c in key}}
    connection.execute(
        insert_into(connection, table)
        .values(**row)
        .on_conflict_do_update(index_elements=key, set_=changes)
    )
