"""Mailbox rows: leases, cursors, states; and the inboxes a mailbox feeds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, or_, select, update

from .rows import Row, all_rows, one_row
from .tables import inbox_addresses, mailboxes

ACTIVE_STATES = ("syncing", "healthy", "degraded")
_CURSORS = ("live_cursor", "gap_cursor", "backfill_cursor", "diff_cursor")


def get(connection: Connection, site_id: int, mailbox_id: int) -> Row | None:
    query = select(mailboxes).where(mailboxes.c.site_id == site_id, mailboxes.c.id == mailbox_id)
    return one_row(connection, query)


def of_address(connection: Connection, site_id: int, kind: str, address: str) -> Row | None:
    """Return the site's mailbox of this account, connected or not."""
    query = select(mailboxes).where(
        mailboxes.c.site_id == site_id, mailboxes.c.kind == kind, mailboxes.c.address == address
    )
    return one_row(connection, query)


def connected_elsewhere(connection: Connection, row: Mapping[str, Any]) -> bool:
    """Tell whether another connected mailbox, of any site, is the same account."""
    query = select(mailboxes.c.id).where(
        mailboxes.c.kind == row["kind"],
        mailboxes.c.address == row["address"],
        mailboxes.c.id != row["id"],
        mailboxes.c.disconnected_at.is_(None),
    )
    return connection.execute(query.limit(1)).first() is not None


def every(connection: Connection, site_id: int | None = None) -> list[Row]:
    """Return all connected mailboxes, of one site or of all."""
    query = (
        select(mailboxes)
        .where(mailboxes.c.disconnected_at.is_(None))
        .order_by(mailboxes.c.site_id, mailboxes.c.address)
    )
    if site_id is not None:
        query = query.where(mailboxes.c.site_id == site_id)
    return all_rows(connection, query)


def due(connection: Connection, now: int, watched: Collection[int] = ()) -> list[tuple[int, int]]:
    """Return (site, id) of the mailboxes that should be looked into now.

    Those of `watched` sites, where an agent has the inbox open, are due sooner than others.
    """
    is_watched = mailboxes.c.site_id.in_(sorted(watched))
    query = (
        select(mailboxes.c.site_id, mailboxes.c.id)
        .where(
            mailboxes.c.state.in_(ACTIVE_STATES),
            or_(
                mailboxes.c.due_at <= now,
                and_(is_watched, mailboxes.c.watched_due_at <= now),
            ),
            _free(now),
        )
        .order_by(mailboxes.c.due_at)
    )
    return [(site_id, mailbox_id) for site_id, mailbox_id in connection.execute(query)]


def take_lease(
    connection: Connection, site_id: int, mailbox_id: int, holder: str, now: int, until: int
) -> bool:
    """Take the mailbox for one sync until `until`; False when another holds it."""
    result = connection.execute(
        update(mailboxes)
        .where(
            mailboxes.c.site_id == site_id,
            mailboxes.c.id == mailbox_id,
            mailboxes.c.state.in_(ACTIVE_STATES),
            or_(_free(now), mailboxes.c.lease_holder == holder),
        )
        .values(lease_holder=holder, lease_until=until)
    )
    return result.rowcount == 1


def write_held(
    connection: Connection, row: Mapping[str, Any], holder: str, values: Mapping[str, Any]
) -> bool:
    """Change a mailbox whose lease `holder` still has; False when it lost it.

    Its cursors must still stand where `row` says, so that none ever goes back.
    """
    unmoved = [mailboxes.c[name].is_not_distinct_from(row[name]) for name in _CURSORS]
    result = connection.execute(
        update(mailboxes).where(*_held(row, holder), *unmoved).values(**values)
    )
    return result.rowcount == 1


def release(
    connection: Connection,
    row: Mapping[str, Any],
    holder: str,
    values: Mapping[str, Any],
    due_at: tuple[int, int],
) -> bool:
    """Give a lease back with a last change; False when it was lost.

    `due_at` is when the mailbox was due and when it shall be next. Somebody who made it due in
    between wants it looked into again, and the earlier of the two counts.
    """
    was, shall = due_at
    column = mailboxes.c.due_at
    next_due = case((column == was, shall), (column < shall, column), else_=shall)
    free = {"lease_holder": None, "lease_until": None, "due_at": next_due}
    result = connection.execute(
        update(mailboxes).where(*_held(row, holder)).values(**{**values, **free})
    )
    return result.rowcount == 1


def write(connection: Connection, site_id: int, mailbox_id: int, values: Mapping[str, Any]) -> None:
    """Change a mailbox, whoever holds its lease."""
    connection.execute(
        update(mailboxes)
        .where(mailboxes.c.site_id == site_id, mailboxes.c.id == mailbox_id)
        .values(**values)
    )


def replace_credentials(
    connection: Connection, site_id: int, mailbox_id: int, version: int, sealed: bytes
) -> bool:
    """Store renewed credentials; False when others did since `version` was read."""
    result = connection.execute(
        update(mailboxes)
        .where(
            mailboxes.c.site_id == site_id,
            mailboxes.c.id == mailbox_id,
            mailboxes.c.credentials_version == version,
        )
        .values(credentials=sealed, credentials_version=version + 1)
    )
    return result.rowcount == 1


def addresses(connection: Connection, site_id: int, mailbox_id: int) -> list[Row]:
    """Return the addresses of the mailbox that feed inboxes, the default inbox's first."""
    query = (
        select(inbox_addresses)
        .where(inbox_addresses.c.site_id == site_id, inbox_addresses.c.mailbox_id == mailbox_id)
        .order_by(inbox_addresses.c.is_default.desc(), inbox_addresses.c.id)
    )
    return all_rows(connection, query)


def _held(row: Mapping[str, Any], holder: str) -> tuple[ColumnElement[bool], ...]:
    return (
        mailboxes.c.site_id == row["site_id"],
        mailboxes.c.id == row["id"],
        mailboxes.c.lease_holder == holder,
    )


def _free(now: int) -> Any:
    return or_(mailboxes.c.lease_until.is_(None), mailboxes.c.lease_until <= now)
