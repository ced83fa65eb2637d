"""Files on their way into a mail, and the pieces that have come of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update

from .rows import Row, all_rows, one_row
from .tables import drafts, outbox, uploads


def add(connection: Connection, row: Mapping[str, Any]) -> None:
    """Insert an upload that begins."""
    connection.execute(uploads.insert().values(**row))


def get(connection: Connection, site_id: int, agent_id: int, upload_id: int) -> Row | None:
    """Return the agent's upload that no message has taken yet."""
    return one_row(connection, select(uploads).where(*_waiting(site_id, agent_id, [upload_id])))


def of_ticket(connection: Connection, site_id: int, agent_id: int, ticket_id: int) -> list[Row]:
    """Return what the agent uploaded for the ticket's next mail, oldest first."""
    query = select(uploads).where(
        uploads.c.site_id == site_id,
        uploads.c.ticket_id == ticket_id,
        uploads.c.agent_id == agent_id,
        uploads.c.message_id.is_(None),
    )
    return all_rows(connection, query.order_by(uploads.c.id))


def add_piece(connection: Connection, row: Row, piece: Mapping[str, Any], at: int) -> bool:
    """Add a piece behind those of `row`; False where another one came first, or it was removed."""
    changed = connection.execute(
        update(uploads)
        .where(uploads.c.site_id == row["site_id"], uploads.c.id == row["id"])
        .where(uploads.c.received == row["received"], uploads.c.message_id.is_(None))
        .values(
            received=row["received"] + piece["size"],
            pieces=[*row["pieces"], dict(piece)],
            updated_at=at,
        )
    )
    return changed.rowcount == 1


def remove(connection: Connection, site_id: int, agent_id: int, upload_id: int) -> bool:
    """Remove the agent's upload; False where there was none."""
    here = _waiting(site_id, agent_id, [upload_id])
    return connection.execute(delete(uploads).where(*here)).rowcount == 1


def take(
    connection: Connection, rows: Sequence[Mapping[str, Any]], message_id: int, leaves_at: int
) -> int:
    """Let a message have these uploads; return how many were still there.

    `leaves_at` is when it goes out: taken back until then, they count as used at that moment.
    """
    taken = 0
    for row in rows:
        here = _waiting(row["site_id"], row["agent_id"], [row["id"]])
        values = {"message_id": message_id, "updated_at": leaves_at}
        taken += connection.execute(update(uploads).where(*here).values(**values)).rowcount
    return taken


def expired(connection: Connection, before: int, limit: int) -> list[Row]:
    """Return uploads that nobody went on with since `before`, and those whose mail is settled.

    As long as there is a draft of the mail that they are for, they are in use.
    """
    settled = select(outbox.c.message_id).where(
        outbox.c.site_id == uploads.c.site_id, outbox.c.state.in_(["sent", "cancelled"])
    )
    drafted = (
        select(drafts.c.ticket_id)
        .where(drafts.c.site_id == uploads.c.site_id, drafts.c.agent_id == uploads.c.agent_id)
        .where(drafts.c.ticket_id == uploads.c.ticket_id, drafts.c.kind == "reply")
        .exists()
    )
    unused = and_(uploads.c.message_id.is_(None), uploads.c.updated_at < before, ~drafted)
    done = uploads.c.message_id.in_(settled)
    return all_rows(connection, select(uploads).where(or_(unused, done)).limit(limit))


def delete_rows(connection: Connection, rows: Iterable[Row]) -> None:
    """Delete these uploads."""
    for row in rows:
        here = (uploads.c.site_id == row["site_id"], uploads.c.id == row["id"])
        connection.execute(delete(uploads).where(*here))


def blobs_of(rows: Sequence[Row]) -> list[str]:
    """Return the blobs of all the pieces, in order."""
    return [piece["blob"] for row in rows for piece in row["pieces"]]


def _waiting(site_id: int, agent_id: int, ids: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    return (
        uploads.c.site_id == site_id,
        uploads.c.agent_id == agent_id,
        uploads.c.id.in_(sorted(ids)),
        uploads.c.message_id.is_(None),
    )
