"""Addresses that mail must not go to, because it bounced for good."""

from __future__ import annotations

from sqlalchemy import Connection

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
