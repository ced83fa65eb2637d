"""The writes of deleting a ticket for good: its rows keep their ids and lose what they say."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, RowMapping, cast, delete, func, select, update

from . import erasing, mentions, neighbourhoods, previews, search_index
from .rows import all_rows
from .tables import (
    attachments,
    drafts,
    followers,
    form_entries,
    link_grants,
    messages,
    pending_notices,
    sites,
    ticket_tags,
    tickets,
)
from .threads import message_id_hash

# The receipt of a deleted mail is a tombstone: with it the mail never comes back.
DELETED = "deleted for good by the team"
# Who hears of the ticket, what it is called by, and the links that open it.
_GOES = (ticket_tags, followers, pending_notices, link_grants)


def count(connection: Connection, site_id: int, ticket_id: int) -> dict[str, int]:
    """Return how many messages, notes, files and drafts a ticket has."""
    of_kind = (
        select(messages.c.kind, func.count())
        .where(messages.c.site_id == site_id, messages.c.ticket_id == ticket_id)
        .group_by(messages.c.kind)
    )
    by_kind: dict[str, int] = dict(connection.execute(of_kind).all())
    notes = by_kind.pop("note", 0)
    return {
        "messages": sum(by_kind.values()),
        "notes": notes,
        "files": _count(connection, attachments, _files_of(site_id, ticket_id)),
        "drafts": _count(connection, drafts, _of(drafts, site_id, ticket_id)),
    }


def due(connection: Connection, now: int, day: int, limit: int) -> list[tuple[int, int]]:
    """Return (site, ticket) of what is in a trash for longer than its site keeps it there."""
    # As a BIGINT: 30 days in milliseconds are more than PostgreSQL's INTEGER holds.
    kept = cast(sites.c.empty_trash_days, BigInteger) * day
    query = (
        select(tickets.c.site_id, tickets.c.id)
        .join(sites, sites.c.id == tickets.c.site_id)
        .where(
            sites.c.empty_trash_days.is_not(None),
            tickets.c.place == "trash",
            tickets.c.deleted_at.is_(None),
            tickets.c.trashed_at <= now - kept,
        )
        .limit(limit)
    )
    return [(site_id, ticket_id) for site_id, ticket_id in connection.execute(query)]


def empty_messages(
    connection: Connection, site_id: int, ticket_id: int, empty: Mapping[str, Any], at: int
) -> tuple[list[int], set[str]]:
    """Take all they say out of a ticket's messages; return their ids and the blobs they named."""
    here = _of(messages, site_id, ticket_id)
    named = (messages.c.id, messages.c.blob, messages.c.rfc_message_id, messages.c.reference_ids)
    rows = all_rows(connection, select(*named).where(*here))
    for row in rows:
        leads = {message_id_hash(one) for one in (row["rfc_message_id"], *row["reference_ids"])}
        erasing.unlink_ids(connection, site_id, row["id"], leads)
    connection.execute(update(messages).where(*here).values(**empty, erased_at=at))
    ids = [row["id"] for row in rows]
    search_index.forget_messages(connection, site_id, ids)
    return ids, {row["blob"] for row in rows} - {None}


def drop_all(
    connection: Connection, site_id: int, ticket_id: int, message_ids: Collection[int], at: int
) -> set[str]:
    """Delete what hangs on a ticket and its messages; return the blobs that were named there."""
    blobs = {*erasing.bury_receipts(connection, site_id, message_ids, own=False, reason=DELETED)}
    previews.drop(connection, site_id, message_ids, at)
    erasing.drop_attachments(connection, site_id, message_ids)
    mentions.forget(connection, site_id, message_ids)
    blobs.update(erasing.cancel_sends_of_ticket(connection, site_id, ticket_id, at))
    blobs.update(erasing.drop_own(connection, site_id, ticket_id))
    neighbourhoods.forget_people(connection, site_id, ticket_id)
    for table in _GOES:
        connection.execute(delete(table).where(*_of(table, site_id, ticket_id)))
    connection.execute(
        update(form_entries)
        .where(*_of(form_entries, site_id, ticket_id))
        .values(entry={"fields": {}, "files": []})
    )
    return blobs


def merged_into(connection: Connection, site_id: int, ticket_id: int) -> Sequence[RowMapping]:
    """Return the tickets that went into this one, but for itself."""
    query = select(tickets).where(
        tickets.c.site_id == site_id, tickets.c.merged_into == ticket_id, tickets.c.id != ticket_id
    )
    return connection.execute(query.order_by(tickets.c.id).with_for_update()).mappings().all()


def _of(table: Any, site_id: int, ticket_id: int) -> tuple[Any, Any]:
    return table.c.site_id == site_id, table.c.ticket_id == ticket_id


def _files_of(site_id: int, ticket_id: int) -> tuple[Any, ...]:
    ids = select(messages.c.id).where(*_of(messages, site_id, ticket_id))
    shown = ~attachments.c.inline
    return attachments.c.site_id == site_id, attachments.c.message_id.in_(ids), shown


def _count(connection: Connection, table: Any, which: tuple[Any, ...]) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(*which)) or 0
