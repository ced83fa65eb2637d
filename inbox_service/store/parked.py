"""The parked shelf: receipts of mail that became nothing yet, and of what was discarded from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, func, select, tuple_, update

from .rows import Row, all_rows
from .tables import receipts, tickets


def page(
    connection: Connection,
    site_id: int,
    mailbox_id: int,
    outcome: str,
    after: tuple[int, ...] | None,
    limit: int,
) -> list[Row]:
    """Return the mailbox's receipts with this outcome, newest first, after (received_at, id)."""
    query = (
        select(receipts)
        .where(
            receipts.c.site_id == site_id,
            receipts.c.mailbox_id == mailbox_id,
            receipts.c.outcome == outcome,
        )
        .order_by(receipts.c.received_at.desc(), receipts.c.id.desc())
        .limit(limit)
    )
    if after is not None:
        query = query.where(tuple_(receipts.c.received_at, receipts.c.id) < tuple_(*after))
    return all_rows(connection, query)


def chosen(
    connection: Connection, site_id: int, mailbox_id: int, receipt_ids: Iterable[int]
) -> list[Row]:
    """Return those of the mailbox's receipts that are parked, oldest first."""
    # One whose bytes were erased for a customer's sake has nothing left to make a ticket of.
    query = select(receipts).where(
        *_these(site_id, mailbox_id, receipt_ids, "parked"), receipts.c.blob.is_not(None)
    )
    return all_rows(connection, query.order_by(receipts.c.received_at, receipts.c.id))


def move(
    connection: Connection,
    site_id: int,
    mailbox_id: int,
    receipt_ids: Iterable[int],
    before: str,
    after: str,
) -> list[int]:
    """Give the receipts with outcome `before` the outcome `after`; return which they were."""
    moved = connection.execute(
        update(receipts)
        .where(*_these(site_id, mailbox_id, receipt_ids, before))
        .values(outcome=after)
        .returning(receipts.c.id)
    )
    return sorted(moved.scalars())


def settle(
    connection: Connection, site_id: int, receipt_id: int, values: Mapping[str, Any]
) -> bool:
    """Say what became of a parked mail; False where it is not parked any more."""
    result = connection.execute(
        update(receipts)
        .where(
            receipts.c.site_id == site_id,
            receipts.c.id == receipt_id,
            receipts.c.outcome == "parked",
        )
        .values(**values)
    )
    return result.rowcount == 1


def numbers(
    connection: Connection, site_id: int, mailbox_id: int, receipt_ids: Iterable[int]
) -> dict[int, int]:
    """Return the number of the ticket each of these receipts belongs to, where it does."""
    query = (
        select(receipts.c.id, tickets.c.number)
        .join(
            tickets,
            (tickets.c.site_id == receipts.c.site_id) & (tickets.c.id == receipts.c.ticket_id),
        )
        .where(
            receipts.c.site_id == site_id,
            receipts.c.mailbox_id == mailbox_id,
            receipts.c.id.in_(sorted(set(receipt_ids))),
        )
    )
    return {row.id: row.number for row in connection.execute(query)}


def count(connection: Connection, site_id: int, mailbox_id: int, most: int) -> int:
    """Return how many mails of the mailbox are parked, counted up to `most`."""
    some = (
        select(receipts.c.id)
        .where(
            receipts.c.site_id == site_id,
            receipts.c.mailbox_id == mailbox_id,
            receipts.c.outcome == "parked",
        )
        .limit(most)
    )
    return int(connection.execute(select(func.count()).select_from(some.subquery())).scalar_one())


def _these(
    site_id: int, mailbox_id: int, receipt_ids: Iterable[int], outcome: str
) -> tuple[Any, ...]:
    return (
        receipts.c.site_id == site_id,
        receipts.c.mailbox_id == mailbox_id,
        receipts.c.id.in_(sorted(set(receipt_ids))),
        receipts.c.outcome == outcome,
    )
