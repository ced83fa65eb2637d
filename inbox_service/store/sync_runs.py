"""What each sync of a mailbox did: what support looks at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from .ids import new_id
from .rows import Row, all_rows
from .tables import sync_runs


def add(connection: Connection, mailbox: Mapping[str, Any], **values: Any) -> None:
    row = {
        "site_id": mailbox["site_id"],
        "id": new_id(values["started_at"]),
        "mailbox_id": mailbox["id"],
        **values,
    }
    connection.execute(insert(sync_runs).values(**row))


def since(connection: Connection, site_id: int, mailbox_id: int, at: int) -> list[Row]:
    """Return the runs of a mailbox that began at `at` or later, oldest first."""
    query = (
        select(sync_runs)
        .where(
            sync_runs.c.site_id == site_id,
            sync_runs.c.mailbox_id == mailbox_id,
            sync_runs.c.started_at >= at,
        )
        .order_by(sync_runs.c.started_at)
    )
    return all_rows(connection, query)


def forget(connection: Connection, before: int) -> int:
    """Delete the runs that began before `before`; return how many."""
    return connection.execute(delete(sync_runs).where(sync_runs.c.started_at < before)).rowcount
