"""What each sync of a mailbox did: what support looks at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert

from .ids import new_id
from .tables import sync_runs


def add(connection: Connection, mailbox: Mapping[str, Any], **values: Any) -> None:
    """Insert a run of the mailbox."""
    row = {
        "site_id": mailbox["site_id"],
        "id": new_id(values["started_at"]),
        "mailbox_id": mailbox["id"],
        **values,
    }
    connection.execute(insert(sync_runs).values(**row))
