"""Receipts: what became of every provider message in scope."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, exists, func, or_, select, update

from .rows import Row, all_rows
from .tables import blobs, mailboxes, receipts, waiting_ids
from .upsert import insert_missing

OWN_MAIL = "own mail that belongs to no ticket yet"
IN_SPAM = "in spam or trash at the provider"
UNKNOWN_BOUNCE = "bounce of a mail that the desk did not send"
ANSWERS_NOTICE = "answer to a notice; it is being taken in"
BLOCKED = "its sender is blocked"
LONELY_AUTO_REPLY = "automatic reply that belongs to no ticket"
# These may still find their ticket, when more of their thread is read: back-fill reads a bounce
# before the mail that bounced.
WAITING = (OWN_MAIL, UNKNOWN_BOUNCE, LONELY_AUTO_REPLY)
# Receipts with these reasons are not the last word on their message.
REVISABLE = (*WAITING, IN_SPAM)


def known(
    connection: Connection, site_id: int, mailbox_id: int, provider_ids: Iterable[str]
) -> dict[str, RowMapping]:
    """Return the receipts of these provider messages, by provider id."""
    query = select(receipts).where(
        receipts.c.site_id == site_id,
        receipts.c.mailbox_id == mailbox_id,
        receipts.c.provider_id.in_(sorted(set(provider_ids))),
    )
    return {row["provider_id"]: row for row in connection.execute(query).mappings()}


def waiting_for(
    connection: Connection,
    site_id: int,
    mailbox_id: int,
    thread_ids: Iterable[str],
    hashes: Iterable[str],
) -> list[Row]:
    """Return the receipts, with bytes, that may find their ticket by mail just read.

    They are in one of these provider threads, or have or name one of these Message-IDs.
    """
    tied = select(waiting_ids.c.receipt_id).where(
        waiting_ids.c.site_id == site_id, waiting_ids.c.hash.in_(sorted(hashes))
    )
    is_there = or_(receipts.c.provider_thread_id.in_(sorted(thread_ids)), receipts.c.id.in_(tied))
    query = select(receipts).where(
        receipts.c.site_id == site_id,
        receipts.c.mailbox_id == mailbox_id,
        is_there,
        receipts.c.outcome.in_(["filtered", "parked"]),
        receipts.c.reason.in_(WAITING),
        receipts.c.blob.is_not(None),
    )
    return all_rows(connection, query)


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert receipts; the unique key (mailbox, provider id) refuses a second one."""
    if rows:
        connection.execute(receipts.insert(), [dict(row) for row in rows])


def keep_waiting(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Let those of these receipts that wait be found by the ids they have and name."""
    keys = [
        {"site_id": row["site_id"], "receipt_id": row["id"], "hash": one}
        for row in rows
        if row["reason"] in WAITING
        for one in sorted({row["message_id_hash"], *row["reference_hashes"]} - {""})
    ]
    insert_missing(connection, waiting_ids, keys)


def forget_waiting(connection: Connection) -> int:
    """Delete the ids of what waits no more; return how many."""
    waits = exists().where(
        receipts.c.site_id == waiting_ids.c.site_id,
        receipts.c.id == waiting_ids.c.receipt_id,
        receipts.c.reason.in_(WAITING),
    )
    return connection.execute(delete(waiting_ids).where(~waits)).rowcount


def revise(
    connection: Connection, site_id: int, receipt_id: int, values: Mapping[str, Any]
) -> None:
    """Change what became of a message: pulled in, made a ticket, gone."""
    connection.execute(
        update(receipts)
        .where(receipts.c.site_id == site_id, receipts.c.id == receipt_id)
        .values(**values)
    )


def relabel(
    connection: Connection,
    site_id: int,
    mailbox_id: int,
    labels: Mapping[str, frozenset[str]],
) -> None:
    """Store the labels that messages have now."""
    for provider_id, now in sorted(labels.items()):
        connection.execute(
            update(receipts)
            .where(
                receipts.c.site_id == site_id,
                receipts.c.mailbox_id == mailbox_id,
                receipts.c.provider_id == provider_id,
            )
            .values(labels=sorted(now))
        )


def mark_deleted(
    connection: Connection, site_id: int, mailbox_id: int, provider_ids: Iterable[str]
) -> None:
    """Note that messages are gone at the provider.

    A message that became part of a ticket stays there and its receipt keeps its outcome, and what
    is parked stays on the shelf with its bytes: only a person settles that. Any other receipt
    becomes a tombstone. None of them ever comes back.
    """
    connection.execute(
        update(receipts)
        .where(
            receipts.c.site_id == site_id,
            receipts.c.mailbox_id == mailbox_id,
            receipts.c.provider_id.in_(sorted(set(provider_ids))),
            receipts.c.message_id.is_(None),
            receipts.c.outcome.in_(["filtered", "duplicate"]),
        )
        .values(outcome="deleted", reason="deleted at the provider")
    )


def to_archive(connection: Connection, site_id: int, ticket_ids: Collection[int]) -> list[Row]:
    """Return the tickets' receipts in mailboxes that archive what is solved."""
    archives = select(mailboxes.c.id).where(
        mailboxes.c.site_id == site_id,
        mailboxes.c.archive_on_solve,
        mailboxes.c.disconnected_at.is_(None),
    )
    query = select(receipts).where(
        receipts.c.site_id == site_id,
        receipts.c.ticket_id.in_(sorted(ticket_ids)),
        receipts.c.mailbox_id.in_(archives),
    )
    return all_rows(connection, query.order_by(receipts.c.received_at))


def count_outcomes(connection: Connection, site_id: int, mailbox_id: int) -> dict[str, int]:
    """Return how many receipts of the mailbox have each outcome."""
    query = (
        select(receipts.c.outcome, func.count().label("receipts"))
        .where(receipts.c.site_id == site_id, receipts.c.mailbox_id == mailbox_id)
        .group_by(receipts.c.outcome)
    )
    return {row.outcome: row.receipts for row in connection.execute(query)}


def count_some(connection: Connection, site_id: int, mailbox_id: int, most: int) -> int:
    """Return how many receipts the mailbox has, counted up to `most`."""
    some = (
        select(receipts.c.provider_id)
        .where(receipts.c.site_id == site_id, receipts.c.mailbox_id == mailbox_id)
        .limit(most)
    )
    return int(connection.execute(select(func.count()).select_from(some.subquery())).scalar_one())


def note_blobs(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Note stored blobs; one that is known already stays as it is."""
    insert_missing(connection, blobs, rows)
