"""Inboxes and the addresses that feed them."""

from __future__ import annotations

from sqlalchemy import Connection, select

from . import mailboxes
from .rows import Row, all_rows
from .tables import inbox_addresses, inboxes, sites


def feeds(connection: Connection, site_id: int, inbox_id: int | None) -> list[Row]:
    """Return the addresses that feed the inbox, or any inbox of the site, oldest first."""
    query = (
        select(inbox_addresses)
        .where(inbox_addresses.c.site_id == site_id)
        .order_by(inbox_addresses.c.id)
    )
    if inbox_id is not None:
        query = query.where(inbox_addresses.c.inbox_id == inbox_id)
    return all_rows(connection, query)


def own_addresses(connection: Connection, site_id: int) -> frozenset[str]:
    """Return every address that mail to the site is sent to, or comes from."""
    boxes = mailboxes.every(connection, site_id)
    own = {email for box in boxes for email in (box["address"], *box["aliases"])}
    return frozenset(own | {feed["email"] for feed in feeds(connection, site_id, None)})


def first(connection: Connection, site_id: int) -> int | None:
    """Return the site's first inbox, None where there is none."""
    query = (
        select(inboxes.c.id)
        .where(inboxes.c.site_id == site_id)
        .order_by(inboxes.c.position, inboxes.c.id)
        .limit(1)
    )
    return connection.execute(query).scalar_one_or_none()


def site_name(connection: Connection, site_id: int) -> str:
    return str(connection.execute(select(sites.c.name).where(sites.c.id == site_id)).scalar_one())
