"""Searching: tickets by the words of their messages, newest hit first.

A page looks at no more than some thousand hits, whatever was asked for, so that no search takes
long: a page that is not full may have another after it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    exists,
    func,
    not_,
    select,
)

from inbox_service.domain.rights import Viewer
from inbox_service.domain.search_query import Query
from inbox_service.domain.tickets import STATUSES

from . import search_match
from .search_match import Range
from .tables import agent_seen, messages, ticket_tags, tickets
from .ticket_orders import ACTIVITY, Key

# How many hits are looked at, one time after the other, until the page is full.
_STEPS = (200, 1_000, 5_000)


@dataclass(frozen=True, slots=True)
class Properties:
    """What tickets must be. Sets hold what is allowed, empty ones allow all; `no_...` exclude.

    Of assignees 0 is nobody. `unread` and `snoozed` are asked for, excluded, or (None) any.
    """

    places: frozenset[str] = frozenset({"inbox"})
    statuses: frozenset[str] = frozenset()
    no_statuses: frozenset[str] = frozenset()
    inboxes: frozenset[int] = frozenset()
    no_inboxes: frozenset[int] = frozenset()
    assignees: frozenset[int] = frozenset()
    no_assignees: frozenset[int] = frozenset()
    # Each of these is a choice of tags: one of every set must be there.
    tags: tuple[frozenset[int], ...] = ()
    no_tags: frozenset[int] = frozenset()
    unread: bool | None = None
    snoozed: bool | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A ticket, and the newest of its messages that matches."""

    ticket_id: int
    message_id: int


def page(
    connection: Connection,
    viewer: Viewer,
    query: Query,
    properties: Properties,
    within: Range,
    before: int | None,
    limit: int,
) -> tuple[list[Hit], int | None]:
    """Return tickets with a matching message in the range, and where the next page begins.

    `before` is where this page begins: the id of a message that the page before has looked at.
    """
    found: dict[int, int] = {}
    end = min(within.end, before) if before is not None else within.end
    for step in _STEPS:
        ids = search_match.newest(connection, viewer, query, Range(within.first, end), step)
        rows = connection.execute(_with_tickets(viewer, properties, ids)).all()
        fresh = {row.ticket_id for row in rows} - {None, *found}
        if before is not None:
            fresh -= _shown(connection, viewer, query, fresh, Range(before, within.end))
        for row in rows:
            if row.ticket_id in fresh and row.ticket_id not in found:
                if len(found) == limit:
                    return _hits(found), end
                found[row.ticket_id] = row.message_id
            end = row.message_id
        if len(rows) < step:
            return _hits(found), None
    return _hits(found), end


def conditions(viewer: Viewer, wanted: Properties) -> list[ColumnElement[bool]]:
    """Return what the properties ask of a ticket, and that the viewer may see it."""
    asked = [
        tickets.c.place.in_(sorted(wanted.places)),
        tickets.c.merged_into.is_(None),
        *_either(tickets.c.status, wanted.statuses),
        *_neither(tickets.c.status, wanted.no_statuses),
        *_either(tickets.c.inbox_id, wanted.inboxes),
        *_neither(tickets.c.inbox_id, wanted.no_inboxes),
        *_either(_assignee, wanted.assignees),
        *_neither(_assignee, wanted.no_assignees),
        *(_tagged(viewer.site_id, one) for one in wanted.tags),
        *(not_(_tagged(viewer.site_id, one)) for one in [wanted.no_tags] if one),
    ]
    for wish, condition in ((wanted.unread, _unread(viewer)), (wanted.snoozed, _snoozed)):
        if wish is not None:
            asked.append(condition if wish else not_(condition))
    if viewer.inboxes is not None:
        asked.append(tickets.c.inbox_id.in_(sorted(viewer.inboxes)))
    return asked


def listed(
    connection: Connection,
    viewer: Viewer,
    properties: Properties,
    active: tuple[int | None, int | None],
    after: Key | None,
    limit: int,
) -> Sequence[RowMapping]:
    """Return tickets by their properties alone, by last activity, newest first.

    `active` says from when on and before when (ms UTC) something happened last; None is any time.
    """
    inboxes = properties.inboxes or viewer.inboxes or {None}
    scans = [
        _scan(viewer, properties, place, status, inbox_id)
        for place in sorted(properties.places)
        for status in (properties.statuses or STATUSES)
        for inbox_id in inboxes
    ]
    since, until = active
    span = [
        *([tickets.c.last_activity_at >= since] if since is not None else []),
        *([tickets.c.last_activity_at < until] if until is not None else []),
        *([ACTIVITY.following(after)] if after is not None else []),
    ]
    newest = ACTIVITY.first([scan.where(*span) for scan in scans], limit)
    return connection.execute(newest).mappings().all()


def words_of(
    connection: Connection, site_id: int, message_ids: Collection[int]
) -> Sequence[RowMapping]:
    """Return what is shown of messages that were found."""
    query = select(
        messages.c.id,
        messages.c.kind,
        messages.c.author_name,
        messages.c.author_email,
        messages.c.recipients,
        messages.c.copied,
        messages.c.text,
        messages.c.folded_text,
        messages.c.direction,
        messages.c.sent_at,
    ).where(messages.c.site_id == site_id, messages.c.id.in_(sorted(message_ids)))
    return connection.execute(query).mappings().all()


def _scan(
    viewer: Viewer, properties: Properties, place: str, status: str, inbox_id: int | None
) -> Select[Any]:
    # As in `ticket_views`: all but the last two columns of an index are held fixed.
    fixed = [
        tickets.c.site_id == viewer.site_id,
        tickets.c.place == place,
        tickets.c.status == status,
        *([tickets.c.inbox_id == inbox_id] if inbox_id is not None else []),
    ]
    return select(tickets).where(*fixed, *conditions(viewer, properties))


def _with_tickets(viewer: Viewer, properties: Properties, ids: Select[Any]) -> Select[Any]:
    """Return each hit with its ticket, None where that one is not asked for or not to be seen."""
    hits = ids.subquery()
    here = and_(messages.c.site_id == viewer.site_id, messages.c.id == hits.c.id)
    fits = and_(
        tickets.c.site_id == viewer.site_id,
        tickets.c.id == messages.c.ticket_id,
        *conditions(viewer, properties),
    )
    return (
        select(hits.c.id.label("message_id"), tickets.c.id.label("ticket_id"))
        .select_from(hits)
        .outerjoin(messages, here)
        .outerjoin(tickets, fits)
        .order_by(hits.c.id.desc())
    )


def _shown(
    connection: Connection, viewer: Viewer, query: Query, ticket_ids: Collection[int], newer: Range
) -> set[int]:
    """Return those of the tickets that an earlier page has shown, by a newer message."""
    if not ticket_ids:
        return set()
    ids = select(messages.c.id).where(
        messages.c.site_id == viewer.site_id,
        messages.c.ticket_id.in_(sorted(ticket_ids)),
        messages.c.id >= newer.first,
        messages.c.id < newer.end,
    )
    found = search_match.among(connection, viewer, query, ids).subquery()
    of = select(messages.c.ticket_id).where(
        messages.c.site_id == viewer.site_id, messages.c.id.in_(select(found.c.id))
    )
    return set(connection.scalars(of))


def _hits(found: dict[int, int]) -> list[Hit]:
    return [Hit(ticket_id, message_id) for ticket_id, message_id in found.items()]


_assignee = func.coalesce(tickets.c.assignee_id, 0)
_snoozed = tickets.c.snoozed_until.is_not(None)


def _either(column: Any, allowed: Collection[Any]) -> list[ColumnElement[bool]]:
    return [column.in_(sorted(allowed))] if allowed else []


def _neither(column: Any, excluded: Collection[Any]) -> list[ColumnElement[bool]]:
    return [column.not_in(sorted(excluded))] if excluded else []


def _tagged(site_id: int, tag_ids: Collection[int]) -> ColumnElement[bool]:
    # Not EXISTS: SQLite would ask it of every ticket, instead of beginning with a seldom tag's few.
    carrying = select(ticket_tags.c.ticket_id).where(
        ticket_tags.c.site_id == site_id, ticket_tags.c.tag_id.in_(sorted(tag_ids))
    )
    return tickets.c.id.in_(carrying)


def _unread(viewer: Viewer) -> ColumnElement[bool]:
    seen = exists().where(
        agent_seen.c.site_id == tickets.c.site_id,
        agent_seen.c.agent_id == (viewer.agent_id or 0),
        agent_seen.c.ticket_id == tickets.c.id,
        agent_seen.c.message_id >= tickets.c.last_message_id,
    )
    return and_(not_(tickets.c.from_before), not_(seen))
