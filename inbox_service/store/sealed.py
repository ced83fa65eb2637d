"""Every sealed value of the database, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Column, Connection, select, update

from .tables import mailboxes, oauth_clients, oauth_flows, push_channels, site_keys

# What the values of a column are sealed for: "<kind>:<site>:<row>".
SEALED: tuple[tuple[str, Column[bytes]], ...] = (
    ("site_key", site_keys.c.secret),
    ("mailbox", mailboxes.c.credentials),
    ("oauth_client", oauth_clients.c.secret),
    ("oauth_flow", oauth_flows.c.verifier),
    ("oauth_flow", oauth_flows.c.credentials),
    ("push_channel", push_channels.c.key),
)


@dataclass(frozen=True, slots=True)
class SealedValue:
    """A sealed value, where it stands, and what it is sealed for."""

    column: Column[bytes]
    site_id: int
    row_id: int
    context: str
    sealed: bytes


def all_values(connection: Connection) -> Iterator[SealedValue]:
    """Yield every sealed value; credentials that were erased are none."""
    for kind, column in SEALED:
        table = column.table
        for row in connection.execute(select(table.c.site_id, table.c.id, column)).all():
            if row[2]:
                yield SealedValue(column, row[0], row[1], f"{kind}:{row[0]}:{row[1]}", row[2])


def replace(connection: Connection, value: SealedValue, sealed: bytes) -> bool:
    """Store a value sealed anew, unless it was changed meanwhile; tell whether it was stored."""
    table = value.column.table
    here = (table.c.site_id == value.site_id) & (table.c.id == value.row_id)
    changed = update(table).where(here, value.column == value.sealed)
    return connection.execute(changed.values({value.column.name: sealed})).rowcount == 1
