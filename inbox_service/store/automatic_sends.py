"""Every automatic mail that was queued, so that the caps can be kept."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, func, insert, select

from .ids import new_id
from .tables import address_suppressions, automatic_sends


def email_hash(email: str) -> str:
    """Return the key of an address: what is counted need not be readable."""
    return hashlib.sha256(email.strip().lower().encode("utf-8", "replace")).hexdigest()


def hold(connection: Connection, site_id: int, email: str) -> None:
    """Wait for whoever else queues mail to the address: a cap that is read twice is no cap.

    SQLite's write transactions wait for each other anyway.
    """
    if connection.dialect.name == "postgresql":
        key = int(email_hash(f"{site_id}:{email}")[:15], 16)
        connection.execute(select(func.pg_advisory_xact_lock(key)))


def count_since(
    connection: Connection, site_id: int, email: str, since: int, kind: str | None = None
) -> int:
    """Return how many automatic mails, of one kind or of any, went to the address since then."""
    query = select(func.count()).where(
        automatic_sends.c.site_id == site_id,
        automatic_sends.c.email_hash == email_hash(email),
        automatic_sends.c.sent_at > since,
    )
    if kind is not None:
        query = query.where(automatic_sends.c.kind == kind)
    return int(connection.execute(query).scalar_one())


def note(connection: Connection, site_id: int, email: str, kind: str, at: int) -> None:
    """Note that an automatic mail was queued."""
    row = {"site_id": site_id, "id": new_id(at), "kind": kind, "sent_at": at}
    connection.execute(insert(automatic_sends).values(**row, email_hash=email_hash(email)))


def is_suppressed(connection: Connection, site_id: int, email: str) -> bool:
    """Tell whether mail to the address has bounced for good."""
    query = select(address_suppressions.c.email).where(
        address_suppressions.c.site_id == site_id,
        address_suppressions.c.email == email.strip().lower(),
    )
    return connection.execute(query).first() is not None
