"""Tickets as lists show them: scans that follow an index, and what each row is dressed with.

A list is the merge of scans. Each scan holds all but the last columns of one index fixed, so the
database reads it in order, from the cursor on, and stops when the page is full. Where several are
needed (all statuses, or the inboxes an agent is limited to), each gives at most one page, and those
are merged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    RowMapping,
    Select,
    and_,
    case,
    delete,
    func,
    select,
)

from inbox_service.domain.rights import Viewer
from inbox_service.domain.tickets import STATUSES

from . import mentions
from .tables import agent_seen, customer_addresses, customers, tickets
from .ticket_filter import TicketFilter, found_whole, narrowed, sieve
from .ticket_orders import ACTIVITY, ORDERS, Key, Sifted, Stretch

# What a list is ordered by and sifted by.
_LEAN = [
    tickets.c[name]
    for name in (
        "id",
        "last_activity_at",
        "created_at",
        "priority",
        "waiting_since",
        "has_attachments",
        "last_message_id",
        "from_before",
    )
]


# So many rows are read for a page whose conditions no index holds: it may be short, even empty, and
# still have one after it, but takes no longer than others.
LOOKED_AT = 2_000
_COUNTED_AT = 10_000


def page(
    connection: Connection, viewer: Viewer, wanted: TicketFilter, after: Key | None, limit: int
) -> tuple[Sequence[RowMapping], Key | None]:
    """Return tickets the viewer sees, in the filter's order, and where the next page begins.

    A page may be short, even empty, and still have one after it: where it is sifted, and where a
    stretch of the order ends. The key's first part is the stretch.
    """
    begun, key = (after[0], after[1:]) if after else (0, ())
    rows: list[RowMapping] = []
    for place, stretch in enumerate(ORDERS[wanted.order]):
        if place < begun:
            continue
        start = key if place == begun and key else stretch.start
        if len(rows) == limit:
            return rows, (place, *start)
        found, more = _page_of(connection, viewer, wanted, stretch, start, limit - len(rows))
        rows.extend(found)
        if more is not None:
            return rows, (place, *more)
    return rows, None


def _page_of(
    connection: Connection,
    viewer: Viewer,
    wanted: TicketFilter,
    stretch: Stretch,
    after: Key,
    limit: int,
) -> tuple[Sequence[RowMapping], Key | None]:
    # One more than is shown tells whether there is more, without counting.
    statement = list_statement(viewer, wanted, after, limit + 1, stretch)
    if statement is None:
        return [], None
    rows = connection.execute(statement).mappings().all()
    if len(rows) > limit:
        return rows[:limit], stretch.key_of(rows[limit - 1])
    is_sifted = _is_sifted(viewer, wanted)
    return rows, _end_of_window(connection, viewer, wanted, after, stretch) if is_sifted else None


def list_statement(
    viewer: Viewer,
    wanted: TicketFilter,
    after: Key | None,
    limit: int,
    stretch: Stretch = ACTIVITY,
) -> CompoundSelect[Any] | Select[Any] | None:
    """Return the SQL of one stretch of a list, None where nothing can be in it."""
    scans = _scans(viewer, wanted, after, stretch)
    if not scans:
        return None
    if not _is_sifted(viewer, wanted):
        return stretch.first(scans, limit)
    window = stretch.first(scans, LOOKED_AT).subquery()
    fits = sieve(viewer, wanted, lambda name: window.c[name])
    return select(window).where(*fits).order_by(*stretch.sorting(window.c)).limit(limit)


def count_up_to(
    connection: Connection, viewer: Viewer, wanted: TicketFilter, most: int
) -> tuple[int, bool]:
    """Return how many tickets the list has, `most` at most, and whether there may be more."""
    scans = [scan.with_only_columns(*_LEAN) for scan in _scans(viewer, wanted, None, ACTIVITY)]
    if not scans:
        return 0, False
    if not _is_sifted(viewer, wanted):
        listed = ACTIVITY.first(scans, most + 1).subquery()
        found = connection.scalar(select(func.count()).select_from(listed)) or 0
        return min(found, most), found > most
    window = ACTIVITY.first(scans, _COUNTED_AT).subquery()
    fits = and_(*sieve(viewer, wanted, lambda name: window.c[name]))
    query = select(func.count(), func.count(case((fits, 1)))).select_from(window)
    looked_at, found = connection.execute(query).one()
    return min(found, most), found > most or looked_at == _COUNTED_AT


def of_customer(
    connection: Connection, viewer: Viewer, customer_id: int, limit: int
) -> Sequence[RowMapping]:
    """Return the customer's tickets that the viewer sees, newest first."""
    query = (
        select(tickets)
        .where(
            tickets.c.site_id == viewer.site_id,
            tickets.c.customer_id == customer_id,
            tickets.c.merged_into.is_(None),
        )
        .order_by(tickets.c.last_activity_at.desc())
        .limit(limit)
    )
    if viewer.inboxes is not None:
        query = query.where(tickets.c.inbox_id.in_(sorted(viewer.inboxes)))
    return connection.execute(query).mappings().all()


def customers_of(
    connection: Connection, site_id: int, ids: Iterable[int]
) -> dict[int, tuple[str, str]]:
    """Return (name, first address) of each customer."""
    wanted = sorted(set(ids))
    # Addresses come in the order they became known; the first is the one the desk shows.
    query = (
        select(customers.c.id, customers.c.name, customer_addresses.c.email)
        .outerjoin(
            customer_addresses,
            (customer_addresses.c.site_id == site_id)
            & (customer_addresses.c.customer_id == customers.c.id),
        )
        .where(customers.c.site_id == site_id, customers.c.id.in_(wanted))
        .order_by(customer_addresses.c.id)
    )
    found: dict[int, tuple[str, str]] = {}
    for customer_id, name, email in connection.execute(query):
        found.setdefault(customer_id, (name, email or ""))
    return found


def seen_by(
    connection: Connection, site_id: int, agent_id: int, ticket_ids: Iterable[int]
) -> dict[int, int]:
    """Return the newest message that the agent saw of each ticket."""
    query = select(agent_seen.c.ticket_id, agent_seen.c.message_id).where(
        agent_seen.c.site_id == site_id,
        agent_seen.c.agent_id == agent_id,
        agent_seen.c.ticket_id.in_(sorted(set(ticket_ids))),
    )
    return {row.ticket_id: row.message_id for row in connection.execute(query)}


def forget_seen(connection: Connection, site_id: int, agent_id: int, ticket_id: int) -> None:
    """Forget what the agent saw of a ticket, and that he read who mentions him there."""
    mentions.note_unread(connection, site_id, agent_id, ticket_id)
    connection.execute(
        delete(agent_seen).where(
            agent_seen.c.site_id == site_id,
            agent_seen.c.agent_id == agent_id,
            agent_seen.c.ticket_id == ticket_id,
        )
    )


def numbers_of(connection: Connection, viewer: Viewer, ids: Collection[int]) -> dict[int, int]:
    """Return the numbers of those tickets that the viewer sees.

    One that was merged has the number of the ticket it went into.
    """
    if not ids:
        return {}
    now = tickets.alias()
    query = (
        select(tickets.c.id, now.c.number, now.c.inbox_id)
        .join(
            now,
            and_(
                now.c.site_id == tickets.c.site_id,
                now.c.id == func.coalesce(tickets.c.merged_into, tickets.c.id),
            ),
        )
        .where(
            tickets.c.site_id == viewer.site_id,
            tickets.c.id.in_(sorted(ids)),
            tickets.c.deleted_at.is_(None),
        )
    )
    return {row.id: row.number for row in connection.execute(query) if viewer.sees(row.inbox_id)}


def _is_sifted(viewer: Viewer, wanted: TicketFilter) -> bool:
    return not wanted.is_found_whole and bool(sieve(viewer, wanted, lambda name: tickets.c[name]))


def _end_of_window(
    connection: Connection, viewer: Viewer, wanted: TicketFilter, after: Key, stretch: Stretch
) -> Key | None:
    """Return the key of the last row that a full window looked at, None where it was the end."""
    scans = [scan.with_only_columns(*_LEAN) for scan in _scans(viewer, wanted, after, stretch)]
    window = stretch.first(scans, LOOKED_AT).subquery()
    last = select(window.c[stretch.column], window.c.id).order_by(*stretch.sorting(window.c))
    end = connection.execute(last.offset(LOOKED_AT - 1).limit(1)).one_or_none()
    return tuple(end) if end else None


def _scans(
    viewer: Viewer, wanted: TicketFilter, after: Key | None, stretch: Stretch
) -> list[Select[Any]]:
    if wanted.inbox_id is not None and not viewer.sees(wanted.inbox_id):
        return []
    if wanted.is_found_whole:
        whole = select(tickets).where(*found_whole(viewer, wanted))
        return [_bounded(whole, viewer, wanted, after, stretch)]
    statuses = [wanted.status] if wanted.status else STATUSES
    scan = _scan_across if stretch.has_own_index else _scan
    return [
        _bounded(scan(viewer, wanted, inbox_id, status), viewer, wanted, after, stretch)
        for inbox_id in _inboxes_to_scan(viewer, wanted, stretch)
        for status in statuses
    ]


def _bounded(
    scan: Select[Any], viewer: Viewer, wanted: TicketFilter, after: Key | None, stretch: Stretch
) -> Select[Any]:
    scan = scan.where(*narrowed(viewer, wanted), *stretch.fits)
    # `start` is only where the list begins: it bounds nothing.
    is_begun = after is not None and after != stretch.start
    if after is not None and is_begun:
        scan = scan.where(stretch.following(after))
    # What follows a row of a list by activity is older than `until` anyway.
    if wanted.until is None or (is_begun and stretch.column == "last_activity_at"):
        return scan
    return scan.where(tickets.c.last_activity_at < wanted.until)


def _inboxes_to_scan(
    viewer: Viewer, wanted: TicketFilter, stretch: Stretch
) -> Sequence[int | None]:
    """Return the inboxes to scan one by one; [None] is one scan over all of them."""
    if wanted.inbox_id is not None:
        return [wanted.inbox_id]
    if viewer.inboxes is None or stretch.has_own_index or _led_by_person(wanted):
        return [None]
    return sorted(viewer.inboxes)


def _led_by_person(wanted: TicketFilter) -> bool:
    # One person's or team's tickets are few: their own index serves, whatever the inboxes.
    return wanted.assignee_id is not None or wanted.team_id is not None


def _scan(viewer: Viewer, wanted: TicketFilter, inbox_id: int | None, status: str) -> Select[Any]:
    query = _of_status(viewer, wanted, status)
    if inbox_id is not None:
        query = query.where(tickets.c.inbox_id == inbox_id)
    elif viewer.inboxes is not None:
        query = query.where(tickets.c.inbox_id.in_(sorted(viewer.inboxes)))
    return query.where(tickets.c.assignee_id.is_(None)) if wanted.unassigned else query


def _scan_across(
    viewer: Viewer, wanted: TicketFilter, inbox_id: int | None, status: str
) -> Select[Any]:
    """Return the scan of an index that is led by no inbox."""
    query = _of_status(viewer, wanted, status)
    inboxes = viewer.inboxes if inbox_id is None else {inbox_id}
    if inboxes is not None:
        query = query.where(Sifted(tickets.c.inbox_id).in_(sorted(inboxes)))
    return query.where(Sifted(tickets.c.assignee_id).is_(None)) if wanted.unassigned else query


def _of_status(viewer: Viewer, wanted: TicketFilter, status: str) -> Select[Any]:
    query = select(tickets).where(
        _of_site(viewer.site_id, wanted),
        tickets.c.place == wanted.place,
        tickets.c.status == status,
    )
    if wanted.assignee_id is not None:
        query = query.where(tickets.c.assignee_id == wanted.assignee_id)
    if wanted.team_id is not None:
        query = query.where(tickets.c.team_id == wanted.team_id)
    return query


def _of_site(site_id: int, wanted: TicketFilter) -> Any:
    # The few snoozed ones have an index, which leads by their time: every other one leads by the
    # site, and SQLite would read all open tickets to find forty (measured: 64 ms with 60,000).
    return (tickets.c.site_id + 0 if wanted.snoozed else tickets.c.site_id) == site_id
