"""The documents that search looks into, made in the transaction that writes what they hold.

Whoever adds, moves, empties or removes messages, or changes what of a ticket is searched, calls
this; `reindex` makes all of them anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, insert, select

from inbox_service.domain.search_documents import document
from inbox_service.domain.search_words import BREAK

from .rows import Row, all_rows
from .tables import attachments, messages, search_documents, tickets

# What a document holds of its ticket.
SEARCHED = frozenset({"subject", "reference", "inbox_id"})
_AT_ONCE = 500


def index_messages(connection: Connection, site_id: int, message_ids: Iterable[int]) -> None:
    """Make the documents of these messages, in place of those they have."""
    wanted = sorted(set(message_ids))
    for start in range(0, len(wanted), _AT_ONCE):
        ids = wanted[start : start + _AT_ONCE]
        forget_messages(connection, site_id, ids)
        _add(connection, site_id, _read(connection, site_id, messages.c.id.in_(ids)))


def index_ticket(connection: Connection, site_id: int, ticket_id: int) -> None:
    """Make the documents of all of a ticket's messages anew."""
    index_tickets(connection, site_id, [ticket_id])


def index_tickets(connection: Connection, site_id: int, ticket_ids: Collection[int]) -> None:
    """Make the documents of all messages of several tickets anew."""
    query = select(messages.c.id).where(
        messages.c.site_id == site_id, messages.c.ticket_id.in_(sorted(ticket_ids))
    )
    index_messages(connection, site_id, connection.scalars(query).all())


def forget_messages(connection: Connection, site_id: int, message_ids: Collection[int]) -> None:
    """Delete the documents of messages."""
    connection.execute(
        delete(search_documents).where(
            search_documents.c.site_id == site_id, search_documents.c.message_id.in_(message_ids)
        )
    )


def ids_after(connection: Connection, key: tuple[int, int], limit: int) -> list[tuple[int, int]]:
    """Return (site, message) of the messages that follow this key, in order, of all sites."""
    site_id, message_id = key
    after = (messages.c.site_id == site_id) & (messages.c.id > message_id)
    query = (
        select(messages.c.site_id, messages.c.id)
        .where(after | (messages.c.site_id > site_id))
        .order_by(messages.c.site_id, messages.c.id)
        .limit(limit)
    )
    return [(row.site_id, row.id) for row in connection.execute(query)]


def tickets_of(connection: Connection, site_id: int, message_ids: Collection[int]) -> set[int]:
    query = select(messages.c.ticket_id).where(
        messages.c.site_id == site_id, messages.c.id.in_(message_ids)
    )
    return set(connection.scalars(query))


def count_messages(connection: Connection) -> int:
    """Return how many messages there are; it reads all their keys."""
    return connection.execute(select(func.count()).select_from(messages)).scalar_one()


def _read(connection: Connection, site_id: int, which: Any) -> list[Row]:
    here: Select[Any] = (
        select(
            messages.c.id,
            messages.c.site_id,
            messages.c.subject,
            messages.c.author_name,
            messages.c.author_email,
            messages.c.recipients,
            messages.c.copied,
            messages.c.blind_copied,
            messages.c.text,
            messages.c.folded_text,
            tickets.c.subject.label("ticket_subject"),
            tickets.c.reference,
            tickets.c.inbox_id,
        )
        .join(tickets, and_(tickets.c.site_id == site_id, tickets.c.id == messages.c.ticket_id))
        .where(messages.c.site_id == site_id, which)
    )
    return all_rows(connection, here)


def _add(connection: Connection, site_id: int, rows: Sequence[Row]) -> None:
    files = filenames_of(connection, site_id, [row["id"] for row in rows])
    made = [
        {
            "site_id": site_id,
            "message_id": row["id"],
            "words": _stored(connection, _document(row, files.get(row["id"], []))),
        }
        for row in rows
    ]
    if made:
        connection.execute(insert(search_documents), made)


def filenames_of(
    connection: Connection, site_id: int, message_ids: Collection[int]
) -> dict[int, list[str]]:
    """Return the names of the files of each message, pictures in the text left out."""
    query = (
        select(attachments.c.message_id, attachments.c.filename)
        .where(
            attachments.c.site_id == site_id,
            attachments.c.message_id.in_(message_ids),
            ~attachments.c.inline,
        )
        .order_by(attachments.c.part)
    )
    found: dict[int, list[str]] = {}
    for message_id, filename in connection.execute(query):
        found.setdefault(message_id, []).append(filename)
    return found


def _document(row: Mapping[str, Any], filenames: Sequence[str]) -> list[str]:
    return document({**row, "subject": row["ticket_subject"]}, row, filenames)


def _stored(connection: Connection, tokens: Sequence[str]) -> str:
    return _tsvector(tokens) if connection.dialect.name == "postgresql" else " ".join(tokens)


def _tsvector(tokens: Sequence[str]) -> str:
    """Return the tokens as PostgreSQL writes a tsvector; none holds a quote or a backslash."""
    places: dict[str, list[str]] = {}
    for place, token in enumerate(tokens, start=1):
        places.setdefault(token, []).append(str(place))
    places.pop(BREAK, None)
    return " ".join(f"'{token}':{','.join(found)}" for token, found in places.items())
