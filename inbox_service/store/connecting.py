"""OAuth clients, and consents under way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select, update

from .rows import Row, all_rows, one_row
from .tables import mailboxes, oauth_clients, oauth_flows


def clients(connection: Connection, site_id: int) -> list[Row]:
    """Return the site's OAuth clients, the oldest first."""
    query = (
        select(oauth_clients)
        .where(oauth_clients.c.site_id == site_id)
        .order_by(oauth_clients.c.created_at, oauth_clients.c.id)
    )
    return all_rows(connection, query)


def client(connection: Connection, site_id: int, row_id: int) -> Row | None:
    """Return one OAuth client by the id of its row."""
    query = select(oauth_clients).where(
        oauth_clients.c.site_id == site_id, oauth_clients.c.id == row_id
    )
    return one_row(connection, query)


def client_named(connection: Connection, site_id: int, kind: str, client_id: str) -> Row | None:
    """Return one OAuth client by the id that the provider gave it."""
    query = select(oauth_clients).where(
        oauth_clients.c.site_id == site_id,
        oauth_clients.c.kind == kind,
        oauth_clients.c.client_id == client_id,
    )
    return one_row(connection, query)


def add_client(connection: Connection, row: Mapping[str, Any]) -> None:
    connection.execute(insert(oauth_clients).values(**row))


def write_client(
    connection: Connection, site_id: int, row_id: int, values: Mapping[str, Any]
) -> None:
    connection.execute(
        update(oauth_clients)
        .where(oauth_clients.c.site_id == site_id, oauth_clients.c.id == row_id)
        .values(**values)
    )


def mailboxes_of_client(connection: Connection, site_id: int, row_id: int) -> list[Row]:
    """Return the mailboxes that were connected through this client and still are."""
    query = select(mailboxes).where(
        mailboxes.c.site_id == site_id,
        mailboxes.c.oauth_client_id == row_id,
        mailboxes.c.disconnected_at.is_(None),
    )
    return all_rows(connection, query)


def add_flow(connection: Connection, row: Mapping[str, Any]) -> None:
    connection.execute(insert(oauth_flows).values(**row))


def flow(connection: Connection, site_id: int, flow_id: int) -> Row | None:
    """Return one consent under way."""
    query = select(oauth_flows).where(oauth_flows.c.site_id == site_id, oauth_flows.c.id == flow_id)
    return one_row(connection, query)


def flow_of_state(connection: Connection, site_id: int, state_hash: str) -> Row | None:
    """Return the consent that was begun with this state."""
    query = select(oauth_flows).where(
        oauth_flows.c.site_id == site_id, oauth_flows.c.state_hash == state_hash
    )
    return one_row(connection, query)


def use_flow(connection: Connection, site_id: int, flow_id: int, at: int) -> bool:
    """Note that the owner came back; False where somebody did before."""
    # The row count decides between two answers at once; neither needs to read first.
    result = connection.execute(
        update(oauth_flows)
        .where(
            oauth_flows.c.site_id == site_id,
            oauth_flows.c.id == flow_id,
            oauth_flows.c.used_at.is_(None),
        )
        .values(used_at=at)
    )
    return result.rowcount == 1


def write_flow(
    connection: Connection, site_id: int, flow_id: int, values: Mapping[str, Any]
) -> None:
    connection.execute(
        update(oauth_flows)
        .where(oauth_flows.c.site_id == site_id, oauth_flows.c.id == flow_id)
        .values(**values)
    )


def spend_flow(connection: Connection, site_id: int, flow_id: int, mailbox_id: int) -> bool:
    """Turn a kept consent into a mailbox and forget its credentials; False where it was done."""
    result = connection.execute(
        update(oauth_flows)
        .where(
            oauth_flows.c.site_id == site_id,
            oauth_flows.c.id == flow_id,
            oauth_flows.c.credentials.is_not(None),
        )
        .values(mailbox_id=mailbox_id, credentials=None)
    )
    return result.rowcount == 1
