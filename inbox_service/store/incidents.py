"""Mailboxes that stopped being read: found, told to managers, ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select, and_, or_, select, update

from .ids import new_id
from .rows import Row, all_rows
from .tables import agents, inbox_addresses, incidents, mailboxes
from .upsert import insert_missing

_SHOWN = (
    incidents.c.site_id,
    incidents.c.id,
    incidents.c.mailbox_id,
    incidents.c.state,
    incidents.c.reason,
    incidents.c.began_at,
    incidents.c.told_at,
    incidents.c.ended_at,
    mailboxes.c.address,
)


def beginning(connection: Connection, quiet_since: int) -> list[Row]:
    """Return the mailboxes that need a person and have no open incident.

    One that is tried again by itself counts when it was not read since `quiet_since`.
    """
    silent = or_(mailboxes.c.live_cursor_at.is_(None), mailboxes.c.live_cursor_at < quiet_since)
    lasting = and_(mailboxes.c.state == "degraded", silent, mailboxes.c.since < quiet_since)
    query = select(mailboxes).where(
        mailboxes.c.disconnected_at.is_(None),
        or_(mailboxes.c.state.in_(["reauth_needed", "stopped"]), lasting),
        ~_open_of_mailbox().exists(),
    )
    return all_rows(connection, query)


def ending(connection: Connection) -> list[Row]:
    """Return the open incidents whose mailbox was read again, or was taken away."""
    works = and_(
        mailboxes.c.state.in_(["syncing", "healthy"]),
        mailboxes.c.live_cursor_at > incidents.c.began_at,
    )
    gone = mailboxes.c.disconnected_at.is_not(None)
    query = _with_mailboxes(mailboxes.c.disconnected_at).where(
        incidents.c.ended_at.is_(None), or_(works, gone)
    )
    return all_rows(connection, query)


def begin(connection: Connection, mailbox: Mapping[str, Any], at: int) -> None:
    """Note that the mailbox is not being read; somebody else may have noted it already."""
    row = {
        "site_id": mailbox["site_id"],
        "id": new_id(at),
        "mailbox_id": mailbox["id"],
        "state": mailbox["state"],
        "reason": mailbox["reason"],
        "began_at": mailbox["since"],
    }
    insert_missing(connection, incidents, [row])


def write(
    connection: Connection,
    site_id: int,
    incident_id: int,
    was_unset: str,
    values: Mapping[str, Any],
) -> bool:
    """Change an incident whose column `was_unset` is; False where somebody else was first."""
    result = connection.execute(
        update(incidents)
        .where(
            incidents.c.site_id == site_id,
            incidents.c.id == incident_id,
            incidents.c[was_unset].is_(None),
        )
        .values(**values)
    )
    return result.rowcount == 1


def open_of(connection: Connection, site_id: int) -> list[Row]:
    """Return the site's open incidents, the oldest first."""
    query = _with_mailboxes().where(incidents.c.site_id == site_id, incidents.c.ended_at.is_(None))
    return all_rows(connection, query.order_by(incidents.c.began_at, incidents.c.id))


def untold(connection: Connection) -> list[Row]:
    """Return the open incidents that no manager was mailed about, of all sites."""
    return all_rows(
        connection,
        _with_mailboxes().where(incidents.c.ended_at.is_(None), incidents.c.told_at.is_(None)),
    )


def untold_recoveries(connection: Connection) -> list[Row]:
    """Return the ended incidents that managers were mailed about, and whose end they were not."""
    query = _with_mailboxes().where(
        incidents.c.ended_at.is_not(None),
        incidents.c.told_at.is_not(None),
        incidents.c.recovery_told_at.is_(None),
    )
    return all_rows(connection, query)


def sending_mailboxes(connection: Connection, site_id: int) -> list[int]:
    """Return the site's mailboxes that work and feed an inbox: those a notice can leave by."""
    query = (
        select(mailboxes.c.id)
        .join(
            inbox_addresses,
            (inbox_addresses.c.site_id == mailboxes.c.site_id)
            & (inbox_addresses.c.mailbox_id == mailboxes.c.id),
        )
        .where(
            mailboxes.c.site_id == site_id,
            mailboxes.c.state.in_(["syncing", "healthy"]),
            mailboxes.c.disconnected_at.is_(None),
        )
        .distinct()
        .order_by(mailboxes.c.id)
    )
    return list(connection.scalars(query))


def managers(connection: Connection, site_id: int) -> list[Row]:
    """Return name, address and locale of the site's active managers."""
    query = (
        select(agents.c.name, agents.c.email, agents.c.locale)
        .where(
            agents.c.site_id == site_id,
            agents.c.role == "manager",
            agents.c.state == "active",
            agents.c.email != "",
        )
        .order_by(agents.c.id)
    )
    return all_rows(connection, query)


def _with_mailboxes(*more: Any) -> Select[Any]:
    return select(*_SHOWN, *more).join(
        mailboxes,
        (mailboxes.c.site_id == incidents.c.site_id) & (mailboxes.c.id == incidents.c.mailbox_id),
    )


def _open_of_mailbox() -> Select[Any]:
    return select(incidents.c.id).where(
        incidents.c.site_id == mailboxes.c.site_id,
        incidents.c.mailbox_id == mailboxes.c.id,
        incidents.c.ended_at.is_(None),
    )
