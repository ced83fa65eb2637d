"""Addresses that mail must not go to, because it bounced for good."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from .rows import Row, all_rows
from .tables import address_suppressions
from .upsert import put


def suppress(
    connection: Connection, site_id: int, email: str, reason: str, message_id: int, at: int
) -> None:
    """Mark the address; a later bounce replaces the reason."""
    row = {
        "site_id": site_id,
        "email": email[:320],
        "reason": reason[:500],
        "message_id": message_id,
        "since": at,
    }
    put(connection, address_suppressions, row)


def among(connection: Connection, site_id: int, emails: Iterable[str]) -> list[Row]:
    """Return the marks of those of the addresses that have one."""
    wanted = sorted({email.strip().lower() for email in emails})
    query = (
        select(address_suppressions)
        .where(address_suppressions.c.site_id == site_id, address_suppressions.c.email.in_(wanted))
        .order_by(address_suppressions.c.email)
    )
    return all_rows(connection, query)
