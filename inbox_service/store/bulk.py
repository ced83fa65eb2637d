"""One change to many tickets: its row, and one for each ticket it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    bindparam,
    delete,
    func,
    insert,
    literal,
    null,
    select,
    update,
)

from .rows import Row, all_rows, one_row
from .tables import bulk_items, bulks, tickets


def add(connection: Connection, row: Mapping[str, Any]) -> None:
    connection.execute(insert(bulks).values(**row))


def get(connection: Connection, site_id: int, bulk_id: int, *, lock: bool = False) -> Row | None:
    """Return a bulk; locked, it is before all tickets in the lock order."""
    query = select(bulks).where(bulks.c.site_id == site_id, bulks.c.id == bulk_id)
    return one_row(connection, query.with_for_update() if lock else query)


def write(connection: Connection, bulk: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Note how far a bulk is."""
    here = (bulks.c.site_id == bulk["site_id"], bulks.c.id == bulk["id"])
    connection.execute(update(bulks).where(*here).values(**values))


def running(connection: Connection, limit: int) -> list[tuple[int, int]]:
    """Return (site, bulk) of those that are not finished, the oldest first."""
    query = select(bulks.c.site_id, bulks.c.id).where(bulks.c.state == "running")
    return [(row.site_id, row.id) for row in connection.execute(query.limit(limit))]


def add_items(
    connection: Connection, bulk: Mapping[str, Any], chosen: Iterable[Mapping[str, Any]]
) -> int:
    """Note the tickets that were chosen, with `id` and `version`; return how many."""
    own = {"site_id": bulk["site_id"], "bulk_id": bulk["id"]}
    items = {
        one["id"]: {**own, "ticket_id": one["id"], "version": one["version"]} for one in chosen
    }
    if items:
        connection.execute(insert(bulk_items), list(items.values()))
    return len(items)


def add_items_to_undo(
    connection: Connection, bulk: Mapping[str, Any], undone: Mapping[str, Any]
) -> int:
    """Note what another bulk changed, to be as it was before; return how many tickets."""
    made = select(
        literal(bulk["site_id"]),
        literal(bulk["id"]),
        bulk_items.c.ticket_id,
        bulk_items.c.version + 1,
        literal("waiting"),
        literal(""),
        bulk_items.c.before,
        null(),
    ).where(*_of(undone), bulk_items.c.before.is_not(None))
    columns = ["site_id", "bulk_id", "ticket_id", "version", "state", "reason", "changes", "before"]
    connection.execute(insert(bulk_items).from_select(columns, made))
    # PostgreSQL's driver does not count rows for this statement.
    counted = select(func.count()).select_from(bulk_items).where(*_of(bulk))
    return connection.scalar(counted) or 0


def waiting(connection: Connection, bulk: Mapping[str, Any], limit: int) -> list[Row]:
    """Return the next tickets to change, in the order of their ids."""
    query = (
        select(bulk_items)
        .where(*_of(bulk), bulk_items.c.state == "waiting")
        .order_by(bulk_items.c.ticket_id)
        .limit(limit)
    )
    return all_rows(connection, query)


def settle(connection: Connection, items: Sequence[Mapping[str, Any]]) -> None:
    """Note what became of tickets: `state`, `reason` and `before` of each item."""
    key = ("site_id", "bulk_id", "ticket_id")
    values = ("state", "reason", "before")
    statement = (
        update(bulk_items)
        .where(*(bulk_items.c[name] == bindparam(f"of_{name}") for name in key))
        .values({name: bindparam(name) for name in values})
    )
    rows = [
        {f"of_{name}": item[name] for name in key} | {name: item[name] for name in values}
        for item in items
    ]
    if rows:
        connection.execute(statement, rows)


def left_out(connection: Connection, bulk: Mapping[str, Any], limit: int) -> list[Row]:
    """Return number, inbox and reason of tickets that were left out, the oldest first."""
    query = (
        select(tickets.c.number, tickets.c.inbox_id, bulk_items.c.reason)
        .join(
            tickets,
            (tickets.c.site_id == bulk_items.c.site_id) & (tickets.c.id == bulk_items.c.ticket_id),
        )
        .where(*_of(bulk), bulk_items.c.state == "left_out")
        .order_by(bulk_items.c.ticket_id)
        .limit(limit)
    )
    return all_rows(connection, query)


def tickets_of(connection: Connection, bulk: Mapping[str, Any], limit: int) -> list[Row]:
    mine = select(bulk_items.c.ticket_id).where(*_of(bulk)).limit(limit)
    query = select(tickets).where(tickets.c.site_id == bulk["site_id"], tickets.c.id.in_(mine))
    return all_rows(connection, query)


def forget(connection: Connection, before: int) -> int:
    """Delete bulks that were finished before `before`, and what is known of their tickets."""
    old = (bulks.c.state != "running", bulks.c.finished_at < before)
    ids = select(bulks.c.id).where(*old)
    connection.execute(delete(bulk_items).where(bulk_items.c.bulk_id.in_(ids)))
    connection.execute(update(bulks).where(bulks.c.undoes.in_(ids)).values(undoes=None))
    return connection.execute(delete(bulks).where(*old)).rowcount


def _of(bulk: Mapping[str, Any]) -> tuple[Any, Any]:
    return bulk_items.c.site_id == bulk["site_id"], bulk_items.c.bulk_id == bulk["id"]
