"""The lock on a mailbox's credentials: one process renews them, the others take the result."""

from __future__ import annotations

from sqlalchemy import Connection, or_, update

from .tables import mailboxes


def claim(
    connection: Connection, site_id: int, mailbox_id: int, version: int, now: int, until: int
) -> bool:
    """Take the lock until `until`; False where another has it, or `version` is no longer stored."""
    result = connection.execute(
        update(mailboxes)
        .where(
            mailboxes.c.site_id == site_id,
            mailboxes.c.id == mailbox_id,
            mailboxes.c.credentials_version == version,
            or_(mailboxes.c.renewing_until.is_(None), mailboxes.c.renewing_until <= now),
        )
        .values(renewing_until=until)
    )
    return result.rowcount == 1


def release(connection: Connection, site_id: int, mailbox_id: int, until: int) -> None:
    """Give back the lock that was taken until `until`, unless it ran out and is another's now."""
    connection.execute(
        update(mailboxes)
        .where(
            mailboxes.c.site_id == site_id,
            mailboxes.c.id == mailbox_id,
            mailboxes.c.renewing_until == until,
        )
        .values(renewing_until=None)
    )
