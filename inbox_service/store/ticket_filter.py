"""What a list of tickets is narrowed to, and how its conditions meet the indexes.

Place, status, inbox, assignee and team lead the indexes of the lists. A customer, or a tag that few
tickets carry, has an index of its own that finds all there is. Everything else is sifted: the rows
of an index are read in order, and those that fit are kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from inbox_service.domain.rights import Viewer
from inbox_service.domain.tickets import STATUSES

from . import mentions
from .outbox import unsent_of
from .tables import agent_seen, ticket_tags, tickets


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """Which tickets a list shows. `unassigned` asks for those of no assignee.

    `unsent` asks for those with a reply that has not left: for later, waiting, refused or unsure.
    `snoozed`, `unread` and `has_attachments` ask for those that are, or that are not; None for
    both. `since` and `until` bound the last activity, `waiting_before` is when a customer who
    waits began to at the latest; ms UTC. `is_seldom` says that few tickets carry the tag.
    `mentioned` asks for those with a note that names the viewer and that he has not read; `order`
    is one of domain.tickets.ORDERS.
    """

    place: str = "inbox"
    status: str | None = None
    inbox_id: int | None = None
    assignee_id: int | None = None
    unassigned: bool = False
    team_id: int | None = None
    unsent: bool = False
    snoozed: bool | None = None
    tag_id: int | None = None
    is_seldom: bool = False
    priority: str | None = None
    customer_id: int | None = None
    since: int | None = None
    until: int | None = None
    waiting_before: int | None = None
    has_attachments: bool | None = None
    unread: bool | None = None
    mentioned: bool = False
    order: str = "activity"

    @property
    def is_found_whole(self) -> bool:
        """Whether an index finds all of them, and few enough to be sorted."""
        return self.customer_id is not None or self.is_seldom or self.mentioned


# A column of the tickets by its name: of the table itself, or of rows that were read from it.
Columns = Callable[[str], ColumnElement[Any]]


def sieve(viewer: Viewer, wanted: TicketFilter, column: Columns) -> list[ColumnElement[bool]]:
    """Return the conditions that no index of the lists holds."""
    asked: list[tuple[Any, Callable[[], ColumnElement[bool]]]] = [
        (wanted.tag_id, lambda: _tagged(viewer.site_id, wanted, column)),
        (wanted.priority, lambda: column("priority") == wanted.priority),
        (wanted.waiting_before, lambda: column("waiting_since") < wanted.waiting_before),
        (wanted.has_attachments, lambda: column("has_attachments").is_(wanted.has_attachments)),
        (wanted.unread, lambda: _unread(viewer, column).is_(wanted.unread)),
    ]
    return [condition() for value, condition in asked if value is not None]


def found_whole(viewer: Viewer, wanted: TicketFilter) -> list[ColumnElement[bool]]:
    """Return all conditions of a filter whose customer or tag is what the index is asked for."""
    # `|| ''` and `+ 0` keep SQLite from an index of the lists, which holds more of the conditions
    # and would read every open ticket for the three of one customer.
    asked = [
        tickets.c.site_id == viewer.site_id,
        tickets.c.place + "" == wanted.place,
        (tickets.c.status + "").in_([wanted.status] if wanted.status else STATUSES),
        *sieve(viewer, wanted, lambda name: tickets.c[name]),
    ]
    inboxes = viewer.inboxes if wanted.inbox_id is None else {wanted.inbox_id}
    if inboxes is not None:
        asked.append((tickets.c.inbox_id + 0).in_(sorted(inboxes)))
    if wanted.customer_id is not None:
        asked.append(tickets.c.customer_id == wanted.customer_id)
    if wanted.mentioned:
        asked.append(tickets.c.id.in_(mentions.unread_of(viewer.site_id, viewer.agent_id or 0)))
    if wanted.unassigned:
        asked.append(tickets.c.assignee_id.is_(None))
    if wanted.assignee_id is not None:
        asked.append(tickets.c.assignee_id + 0 == wanted.assignee_id)
    if wanted.team_id is not None:
        asked.append(tickets.c.team_id + 0 == wanted.team_id)
    return asked


def narrowed(viewer: Viewer, wanted: TicketFilter) -> list[ColumnElement[bool]]:
    """Return what every scan of a list asks beside what its index is led by."""
    asked: list[ColumnElement[bool]] = [tickets.c.merged_into.is_(None)]
    if wanted.snoozed is not None:
        is_snoozed = tickets.c.snoozed_until > 0
        asked.append(is_snoozed if wanted.snoozed else tickets.c.snoozed_until.is_(None))
    if wanted.unsent:
        asked.append(tickets.c.id.in_(unsent_of(viewer.site_id)))
    if wanted.since is not None:
        asked.append(tickets.c.last_activity_at >= wanted.since)
    return asked


def _tagged(site_id: int, wanted: TicketFilter, column: Columns) -> ColumnElement[bool]:
    carry = (ticket_tags.c.site_id == site_id) & (ticket_tags.c.tag_id == wanted.tag_id)
    if wanted.is_seldom:
        return column("id").in_(select(ticket_tags.c.ticket_id).where(carry))
    return exists().where(carry, ticket_tags.c.ticket_id == column("id"))


def _unread(viewer: Viewer, column: Columns) -> ColumnElement[bool]:
    seen = (
        select(agent_seen.c.message_id)
        .where(
            agent_seen.c.site_id == viewer.site_id,
            agent_seen.c.agent_id == (viewer.agent_id or 0),
            agent_seen.c.ticket_id == column("id"),
        )
        .scalar_subquery()
    )
    newest = func.coalesce(column("last_message_id"), 0)
    return column("from_before").is_(False) & (newest > func.coalesce(seen, 0))
