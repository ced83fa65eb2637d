"""Ticket rows: found, made and changed together with their counters."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, delete, insert, select, update

from . import counters, search_index
from .tables import participants, sites, tickets
from .upsert import insert_missing

# Crockford's alphabet without the letters people misread: no I, L, O, U.
_REFERENCE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def get(
    connection: Connection, site_id: int, ticket_id: int, *, lock: bool = False
) -> RowMapping | None:
    """Return the ticket's row, locked until the end of the transaction where `lock` says so."""
    query = select(tickets).where(tickets.c.site_id == site_id, tickets.c.id == ticket_id)
    return _one(connection, query, lock)


def by_number(
    connection: Connection, site_id: int, number: int, *, lock: bool = False
) -> RowMapping | None:
    """Return the ticket's row by the number agents see; nobody finds one that was deleted."""
    query = _kept(site_id).where(tickets.c.number == number)
    return _one(connection, query, lock)


def get_many(
    connection: Connection, site_id: int, ids: Iterable[int], *, lock: bool = False
) -> dict[int, RowMapping]:
    """Return rows by id; locked in the order of their ids, which is the lock order."""
    query = (
        select(tickets)
        .where(tickets.c.site_id == site_id, tickets.c.id.in_(sorted(set(ids))))
        .order_by(tickets.c.id)
    )
    if lock:
        query = query.with_for_update()
    return {row["id"]: row for row in connection.execute(query).mappings()}


def with_numbers(
    connection: Connection, site_id: int, numbers: Collection[int]
) -> Sequence[RowMapping]:
    """Return the rows of the tickets that have these numbers."""
    query = _kept(site_id).where(tickets.c.number.in_(sorted(numbers)))
    return connection.execute(query).mappings().all()


def take_numbers(connection: Connection, site_id: int, count: int) -> int:
    """Reserve `count` ticket numbers and return the first of them."""
    last: int = connection.execute(
        update(sites)
        .where(sites.c.id == site_id)
        .values(last_ticket_number=sites.c.last_ticket_number + count)
        .returning(sites.c.last_ticket_number)
    ).scalar_one()
    return last - count + 1


def new_reference() -> str:
    """Return a random reference for a customer: 8 characters, 40 bits."""
    return "".join(secrets.choice(_REFERENCE_ALPHABET) for _ in range(8))


def add(connection: Connection, row: Mapping[str, Any]) -> None:
    """Insert a ticket; its counter is the caller's to apply, with the others of its batch."""
    connection.execute(insert(tickets).values(**row))


def write(connection: Connection, site_id: int, ticket_id: int, values: Mapping[str, Any]) -> None:
    """Change columns of a ticket and count its version up."""
    write_same(connection, site_id, [ticket_id], values)


def write_same(
    connection: Connection, site_id: int, ticket_ids: Collection[int], values: Mapping[str, Any]
) -> None:
    """Give columns of several tickets the same values, and count their versions up."""
    connection.execute(
        update(tickets)
        .where(tickets.c.site_id == site_id, tickets.c.id.in_(sorted(ticket_ids)))
        .values(**values, version=tickets.c.version + 1)
    )
    if not search_index.SEARCHED.isdisjoint(values):
        search_index.index_tickets(connection, site_id, ticket_ids)


def change(
    connection: Connection, site_id: int, before: RowMapping, values: Mapping[str, Any]
) -> None:
    """Change columns of a locked ticket, and move it between the counters."""
    write(connection, site_id, before["id"], values)
    deltas: Counter[counters.Bucket] = Counter()
    counters.shift(deltas, before, {**before, **values})
    counters.apply(connection, site_id, deltas)


def note_looked_at(connection: Connection, site_id: int, ticket_id: int) -> None:
    """Note that a ticket which came back from a snooze was looked at: no change to it."""
    connection.execute(
        update(tickets)
        .where(tickets.c.site_id == site_id, tickets.c.id == ticket_id)
        .values(returned_at=None)
    )


def snoozed_until(connection: Connection, at: int, limit: int) -> list[tuple[int, int]]:
    """Return (site, ticket) of those whose snooze ends by `at`, the longest past first."""
    query = (
        select(tickets.c.site_id, tickets.c.id)
        .where(tickets.c.snoozed_until <= at)
        .order_by(tickets.c.snoozed_until)
        .limit(limit)
    )
    return [(site_id, ticket_id) for site_id, ticket_id in connection.execute(query)]


def add_participants(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Note who takes part; someone who already does keeps the role he has."""
    insert_missing(connection, participants, list(rows))


def remove_participants(
    connection: Connection, site_id: int, ticket_id: int, emails: Iterable[str]
) -> None:
    """Forget people who came into the ticket by a mistake that was undone."""
    connection.execute(
        delete(participants).where(
            participants.c.site_id == site_id,
            participants.c.ticket_id == ticket_id,
            participants.c.email.in_(sorted(emails)),
        )
    )


def participants_of(
    connection: Connection, site_id: int, ticket_ids: Iterable[int]
) -> dict[int, dict[str, str]]:
    """Return, per ticket, the role of each participant by address."""
    query = select(participants.c.ticket_id, participants.c.email, participants.c.role).where(
        participants.c.site_id == site_id, participants.c.ticket_id.in_(sorted(set(ticket_ids)))
    )
    found: dict[int, dict[str, str]] = {}
    for ticket_id, email, role in connection.execute(query):
        found.setdefault(ticket_id, {})[email] = role
    return found


def _kept(site_id: int) -> Select[Any]:
    return select(tickets).where(tickets.c.site_id == site_id, tickets.c.deleted_at.is_(None))


def _one(connection: Connection, query: Select[Any], lock: bool) -> RowMapping | None:
    # SQLite ignores FOR UPDATE: a write transaction there holds the whole database anyway.
    if lock:
        query = query.with_for_update()
    return connection.execute(query).mappings().one_or_none()
