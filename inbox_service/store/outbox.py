"""Outbox rows: claimed by conditional UPDATE, so that one worker at a time holds one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, insert, or_, select, update

from .rows import Row, all_rows, one_row
from .tables import outbox, tickets

OPEN_STATES = ("waiting", "claimed", "unsure")
# No worker has begun to send such a row, or the provider refused it.
WITHDRAWABLE = ("waiting", "failed")
# At each look for what is due: more than a provider lets one mailbox send meanwhile.
_MOST_OF_ONE = 10
_TIDY_FOR_MS = 24 * 3600 * 1000
# A notice notes no number: it has one reader.
_RECIPIENTS = case((outbox.c.recipients == 0, 1), else_=outbox.c.recipients)


def add(connection: Connection, row: Mapping[str, Any]) -> None:
    """Insert a row that waits."""
    connection.execute(insert(outbox).values(**row))


def get(connection: Connection, site_id: int, outbox_id: int) -> Row | None:
    query = select(outbox).where(outbox.c.site_id == site_id, outbox.c.id == outbox_id)
    return one_row(connection, query)


def due(connection: Connection, now: int, limit: int = 200) -> list[tuple[int, int]]:
    """Return (site, id) of rows whose time has come, and of those whose claim ran out.

    They come the oldest first of each mailbox, and no mailbox has many: what it may not send yet
    shall not stand before what others may.
    """
    own = (outbox.c.site_id, outbox.c.mailbox_id)
    place = func.row_number().over(partition_by=own, order_by=outbox.c.id).label("place")
    waiting = select(outbox.c.site_id, outbox.c.id, place).where(_claimable(now)).subquery()
    query = (
        select(waiting.c.site_id, waiting.c.id)
        .where(waiting.c.place <= _MOST_OF_ONE)
        .order_by(waiting.c.place, waiting.c.id)
        .limit(limit)
    )
    return [(site_id, row_id) for site_id, row_id in connection.execute(query)]


def claim(
    connection: Connection, site_id: int, outbox_id: int, holder: str, now: int, until: int
) -> bool:
    """Take the row until `until`; False when it is not due or another holds it."""
    result = connection.execute(
        update(outbox)
        .where(outbox.c.site_id == site_id, outbox.c.id == outbox_id, _claimable(now))
        .values(state="claimed", claim_holder=holder, claim_until=until, claims=outbox.c.claims + 1)
    )
    return result.rowcount == 1


def write_claimed(
    connection: Connection, row: Mapping[str, Any], holder: str, values: Mapping[str, Any]
) -> bool:
    """Change a row that `holder` still holds; False when it lost it."""
    result = connection.execute(
        update(outbox)
        .where(
            outbox.c.site_id == row["site_id"],
            outbox.c.id == row["id"],
            outbox.c.state == "claimed",
            outbox.c.claim_holder == holder,
        )
        .values(**values)
    )
    return result.rowcount == 1


def hurry(connection: Connection, site_id: int, mailbox_id: int, now: int) -> None:
    """Let what waits for this mailbox be tried at once, whatever pause its last try asked for.

    What its writer may still take back, or wants to leave later, was never tried and stays.
    """
    connection.execute(
        update(outbox)
        .where(
            outbox.c.site_id == site_id,
            outbox.c.mailbox_id == mailbox_id,
            outbox.c.state.in_(["waiting", "unsure"]),
            outbox.c.error != "",
        )
        .values(due_at=now)
    )


def of_message(connection: Connection, site_id: int, message_id: int) -> Row | None:
    query = select(outbox).where(outbox.c.site_id == site_id, outbox.c.message_id == message_id)
    return one_row(connection, query)


def unsent_of(site_id: int) -> Select[tuple[int]]:
    """Return the query for the tickets with a reply that has not left; these are always few."""
    return select(outbox.c.ticket_id).where(
        outbox.c.site_id == site_id,
        outbox.c.kind == "send",
        outbox.c.state.in_([*OPEN_STATES, "failed"]),
    )


def unsent(
    connection: Connection, site_id: int, inboxes: Collection[int] | None, most: int
) -> list[Row]:
    """Return rows of replies that have not left, with their ticket's `number`, oldest first.

    `inboxes` narrows to tickets of these, None to none.
    """
    same = (outbox.c.site_id == tickets.c.site_id) & (outbox.c.ticket_id == tickets.c.id)
    query = (
        select(outbox, tickets.c.number)
        .join_from(outbox, tickets, same)
        .where(
            outbox.c.site_id == site_id,
            outbox.c.kind == "send",
            outbox.c.state.in_([*OPEN_STATES, "failed"]),
        )
        .order_by(outbox.c.id)
        .limit(most)
    )
    if inboxes is not None:
        query = query.where(tickets.c.inbox_id.in_(sorted(inboxes)))
    return all_rows(connection, query)


def count_unsent(
    connection: Connection, site_id: int, inboxes: Collection[int] | None, most: int
) -> int:
    """Return how many tickets have a reply that has not left, counted to `most`.

    `inboxes` narrows to tickets of these, None to none.
    """
    # Mostly there are none, and this is asked every few seconds.
    waiting = set(connection.scalars(unsent_of(site_id).distinct().limit(most)))
    if not waiting:
        return 0
    query = select(tickets.c.id).where(
        tickets.c.site_id == site_id,
        tickets.c.place == "inbox",
        tickets.c.id.in_(sorted(waiting)),
    )
    if inboxes is not None:
        query = query.where(tickets.c.inbox_id.in_(sorted(inboxes)))
    return len(connection.execute(query).all())


def sent_since(
    connection: Connection, site_id: int, mailbox_id: int, since: int
) -> list[tuple[int, int]]:
    """Return (when, to how many) of the mails that the mailbox sent since then, oldest first."""
    query = (
        select(outbox.c.settled_at, _RECIPIENTS)
        .where(*_sent_by(site_id, mailbox_id, since))
        .order_by(outbox.c.settled_at)
    )
    return [(at, recipients) for at, recipients in connection.execute(query)]


def recipients_since(connection: Connection, site_id: int, mailbox_id: int, since: int) -> int:
    """Return how many people got mail that the mailbox sent since then."""
    total = func.coalesce(func.sum(_RECIPIENTS), 0)
    query = select(total).where(*_sent_by(site_id, mailbox_id, since))
    return int(connection.execute(query).scalar_one())


def change(
    connection: Connection,
    row: Mapping[str, Any],
    states: Collection[str],
    values: Mapping[str, Any],
) -> bool:
    """Change a row that is in one of these states; False where a worker was faster.

    `states` must name none in which a worker may be sending it.
    """
    result = connection.execute(
        update(outbox)
        .where(
            outbox.c.site_id == row["site_id"],
            outbox.c.id == row["id"],
            outbox.c.state.in_(sorted(states)),
        )
        .values(**values)
    )
    return result.rowcount == 1


def withdraw(connection: Connection, row: Mapping[str, Any], now: int) -> bool:
    """Cancel what surely did not go out, and let go of its message; False where that is too late.

    The memo stays, "" where there may be one that nobody noted: a draft is left at the provider.
    """
    values = {
        "state": "cancelled",
        "message_id": None,
        "blob": "",
        "undo": None,
        "memo": (row["memo"] or "") if row["claims"] else None,
        "due_at": now,
        "settled_at": now,
    }
    return change(connection, row, WITHDRAWABLE, values)


def to_tidy(connection: Connection, now: int, limit: int = 200) -> list[tuple[int, int]]:
    """Return (site, id) of cancelled rows whose draft may still be there, for a day."""
    query = (
        select(outbox.c.site_id, outbox.c.id)
        .where(
            outbox.c.state == "cancelled",
            outbox.c.due_at <= now,
            outbox.c.due_at > now - _TIDY_FOR_MS,
            outbox.c.memo.is_not(None),
        )
        .limit(limit)
    )
    return [(site_id, row_id) for site_id, row_id in connection.execute(query)]


def cancel_archiving(connection: Connection, site_id: int, ticket_id: int, now: int) -> None:
    """Leave the ticket's mail in the provider's inbox, as far as nobody moves it already."""
    connection.execute(
        update(outbox)
        .where(
            outbox.c.site_id == site_id,
            outbox.c.ticket_id == ticket_id,
            outbox.c.kind == "archive",
            outbox.c.state == "waiting",
        )
        .values(state="cancelled", settled_at=now)
    )


def by_send_key(connection: Connection, site_id: int, keys: Iterable[str]) -> dict[str, Row]:
    """Return rows by the value of X-Unified-Inbox-Send-Id."""
    query = select(outbox).where(
        outbox.c.site_id == site_id, outbox.c.send_key.in_(sorted(set(keys)))
    )
    return {row["send_key"]: row for row in all_rows(connection, query)}


def settle(connection: Connection, site_id: int, outbox_id: int, provider_id: str, at: int) -> bool:
    """Mark a row sent, whoever holds it; False when it was settled before."""
    result = connection.execute(
        update(outbox)
        .where(
            outbox.c.site_id == site_id,
            outbox.c.id == outbox_id,
            outbox.c.state.in_(["waiting", "claimed", "unsure", "failed"]),
        )
        .values(
            state="sent",
            provider_id=provider_id,
            settled_at=at,
            error="",
            reason="",
            undo=None,
            claim_holder=None,
            claim_until=None,
        )
    )
    return result.rowcount == 1


def _sent_by(site_id: int, mailbox_id: int, since: int) -> tuple[ColumnElement[bool], ...]:
    return (
        outbox.c.site_id == site_id,
        outbox.c.mailbox_id == mailbox_id,
        outbox.c.kind != "archive",
        outbox.c.state == "sent",
        outbox.c.settled_at > since,
    )


def _claimable(now: int) -> Any:
    # An unsure row is looked at again when due, to find out; it is never delivered again.
    waiting = outbox.c.state.in_(["waiting", "unsure"]) & (outbox.c.due_at <= now)
    abandoned = (outbox.c.state == "claimed") & (outbox.c.claim_until <= now)
    return or_(waiting, abandoned)
