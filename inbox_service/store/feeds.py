"""Which addresses of a mailbox feed which inbox."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from .ids import new_id
from .rows import Row, all_rows, one_row
from .tables import inbox_addresses, inboxes

# Quiet and told apart at a glance, readable beside WordPress's own colours.
_COLOURS = ("#3858e9", "#00a32a", "#dba617", "#d63638", "#8c5fd0", "#00838f", "#b35900", "#50575e")


def inbox(connection: Connection, site_id: int, inbox_id: int) -> Row | None:
    query = select(inboxes).where(inboxes.c.site_id == site_id, inboxes.c.id == inbox_id)
    return one_row(connection, query)


def inbox_named(connection: Connection, site_id: int, name: str) -> Row | None:
    query = select(inboxes).where(inboxes.c.site_id == site_id, inboxes.c.name == name)
    return one_row(connection, query)


def add_inbox(connection: Connection, site_id: int, name: str, colour: str, at: int) -> int:
    """Insert an inbox behind the others, in a colour of its own where none is given."""
    inbox_id = new_id(at)
    count = select(func.count()).where(inboxes.c.site_id == site_id)
    # Colours repeat only when all are taken.
    position = connection.execute(count).scalar_one()
    connection.execute(
        insert(inboxes).values(
            site_id=site_id,
            id=inbox_id,
            name=name,
            colour=colour or _COLOURS[position % len(_COLOURS)],
            position=position,
            created_at=at,
        )
    )
    return inbox_id


def change_inbox(connection: Connection, site_id: int, inbox_id: int, **values: Any) -> None:
    connection.execute(
        update(inboxes)
        .where(inboxes.c.site_id == site_id, inboxes.c.id == inbox_id)
        .values(**values)
    )


def of_address(connection: Connection, site_id: int, email: str) -> Row | None:
    """Return what an address feeds."""
    query = select(inbox_addresses).where(
        inbox_addresses.c.site_id == site_id, inbox_addresses.c.email == email
    )
    return one_row(connection, query)


def count_addresses(connection: Connection, site_id: int, inbox_id: int) -> int:
    """Return how many addresses feed an inbox."""
    query = select(func.count()).where(
        inbox_addresses.c.site_id == site_id, inbox_addresses.c.inbox_id == inbox_id
    )
    return int(connection.execute(query).scalar_one())


def of_site(connection: Connection, site_id: int) -> list[Row]:
    """Return every address that feeds an inbox, with the inbox's name and colour, each
    mailbox's default one first."""
    query = (
        select(inbox_addresses, inboxes.c.name, inboxes.c.colour)
        .join_from(
            inbox_addresses,
            inboxes,
            (inbox_addresses.c.site_id == inboxes.c.site_id)
            & (inbox_addresses.c.inbox_id == inboxes.c.id),
        )
        .where(inbox_addresses.c.site_id == site_id)
        .order_by(inbox_addresses.c.is_default.desc(), inbox_addresses.c.id)
    )
    return all_rows(connection, query)


def put(
    connection: Connection,
    site_id: int,
    mailbox_id: int,
    email: str,
    inbox_id: int,
    at: int,
    *,
    default: bool,
) -> None:
    """Let a mailbox's address feed an inbox, instead of the one it fed before."""
    values = {"inbox_id": inbox_id, "is_default": default}
    # Changed in place where it is known: its id is its place among the inbox's addresses.
    changed = connection.execute(
        update(inbox_addresses)
        .where(
            inbox_addresses.c.site_id == site_id,
            inbox_addresses.c.mailbox_id == mailbox_id,
            inbox_addresses.c.email == email,
        )
        .values(**values)
    )
    if changed.rowcount == 0:
        own = {"site_id": site_id, "id": new_id(at), "mailbox_id": mailbox_id, "email": email}
        connection.execute(insert(inbox_addresses).values(**own, **values))


def drop_others(
    connection: Connection, site_id: int, mailbox_id: int, kept: Collection[str]
) -> None:
    """Let no other address than these of the mailbox feed an inbox; inboxes and tickets stay."""
    connection.execute(
        delete(inbox_addresses).where(
            inbox_addresses.c.site_id == site_id,
            inbox_addresses.c.mailbox_id == mailbox_id,
            inbox_addresses.c.email.not_in(sorted(kept)),
        )
    )
