"""Tickets and the desk as somebody may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, RowMapping

from inbox_service.deps import Deps
from inbox_service.domain.rights import Viewer
from inbox_service.errors import NotFound
from inbox_service.store import (
    agents,
    drafts,
    followers,
    mailbox_views,
    tags,
    ticket_views,
    tickets,
)

from . import auth
from .asked import Asked, filter_of
from .tallies import Tallies, tally

Item = TypeVar("Item")
TicketRow = Mapping[str, Any] | RowMapping


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """A part of a list, and the key of its last row where there is more."""

    items: list[Item]
    next_key: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody by id and name."""

    id: int
    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class TicketView:
    """A ticket's row, and what stands beside it."""

    row: TicketRow
    customer: Named
    assignee: Named | None
    tags: Sequence[str]
    followers: Sequence[Named]
    unread: bool
    has_draft: bool
    suggestion: int | None
    merged_into: int | None


def list_tickets(
    deps: Deps,
    caller: auth.Caller,
    asked: Asked,
    after: tuple[int, ...] | None,
    limit: int,
) -> Page[TicketView]:
    """Return tickets the caller sees, in the order that is asked for.

    A page may be short, even empty, and have one after it, as `ticket_views.page` says.
    """
    with auth.reading(deps, caller) as act:
        wanted = filter_of(act, asked)
        rows, more = ticket_views.page(act.connection, act.viewer, wanted, after, limit)
        return Page(dress(act.connection, act.viewer, rows), more)


def show_ticket(deps: Deps, caller: auth.Caller, number: int) -> TicketView:
    with auth.reading(deps, caller) as act:
        return view_of(act, visible_ticket(act, number))


def mark_unread(deps: Deps, caller: auth.Caller, number: int) -> None:
    """Forget how far the caller read a ticket: it is set in bold for him again."""
    with auth.noting(deps, caller) as act:
        ticket = visible_ticket(act, number)
        agent_id = act.viewer.agent_id or 0
        ticket_views.forget_seen(act.connection, caller.site_id, agent_id, ticket["id"])


def view_of(act: auth.Act, row: TicketRow) -> TicketView:
    """Return one ticket's view inside an open transaction."""
    return dress(act.connection, act.viewer, [row])[0]


def visible_ticket(act: auth.Act, number: int, *, lock: bool = False) -> RowMapping:
    """Return a ticket's row; raises NotFound also for one the viewer may not see."""
    # The same words for both: whether a number exists is nothing a limited agent should learn.
    row = tickets.by_number(act.connection, act.viewer.site_id, number, lock=lock)
    if row is None or not act.viewer.sees(row["inbox_id"]):
        raise NotFound(f"There is no ticket {number} here.", code="ticket_not_found")
    return row


def dress(connection: Connection, viewer: Viewer, rows: Sequence[TicketRow]) -> list[TicketView]:
    """Return the rows with people, tags and read marks, in a fixed number of queries."""
    # Each of these asks for all rows at once: a page of 100 costs what a page of one costs.
    site_id, ids = viewer.site_id, [row["id"] for row in rows]
    if not ids:
        return []
    people = ticket_views.customers_of(connection, site_id, _ids(rows, "customer_id"))
    following = followers.of_tickets(connection, site_id, ids)
    agent_ids = {one for found in following.values() for one in found}
    names = agents.names(connection, site_id, {*agent_ids, *_ids(rows, "assignee_id")})
    tagged = tags.of_tickets(connection, site_id, ids)
    seen = ticket_views.seen_by(connection, site_id, viewer.agent_id or 0, ids)
    begun = drafts.tickets_with(connection, site_id, viewer.agent_id or 0, ids)
    named = [*_ids(rows, "suggested_ticket_id"), *_ids(rows, "merged_into")]
    numbers = ticket_views.numbers_of(connection, viewer, named)
    return [
        TicketView(
            row,
            Named(row["customer_id"], *people.get(row["customer_id"], ("", ""))),
            _named(row["assignee_id"], names),
            tagged.get(row["id"], []),
            [Named(one, names.get(one, "")) for one in following.get(row["id"], ())],
            _is_unread(row, seen.get(row["id"], 0)),
            row["id"] in begun,
            numbers.get(row["suggested_ticket_id"]),
            numbers.get(row["merged_into"]),
        )
        for row in rows
    ]


def list_inboxes(deps: Deps, caller: auth.Caller) -> tuple[list[dict[str, Any]], Tallies]:
    """Return the inboxes the caller sees with their addresses, and what stands in each."""
    with auth.reading(deps, caller) as act:
        rows = mailbox_views.inboxes_seen_by(act.connection, act.viewer)
        addresses = mailbox_views.addresses_of(act.connection, caller.site_id)
        tallies = tally(act.connection, act.viewer)
    boxes = [
        {**row, "addresses": addresses.get(row["id"], []), "counts": tallies.of_inbox(row["id"])}
        for row in rows
    ]
    return boxes, tallies


def list_forms(deps: Deps, caller: auth.Caller) -> Sequence[RowMapping]:
    """Return the forms that feed what the caller sees."""
    with auth.reading(deps, caller) as act:
        return mailbox_views.forms_seen_by(act.connection, act.viewer)


def _ids(rows: Iterable[TicketRow], name: str) -> list[int]:
    return [row[name] for row in rows if row[name] is not None]


def _named(agent_id: int | None, names: Mapping[int, str]) -> Named | None:
    return None if agent_id is None else Named(agent_id, names.get(agent_id, ""))


def _is_unread(row: TicketRow, seen: int) -> bool:
    # Ids sort by time, so a newer message has a greater one.
    return not row["from_before"] and (row["last_message_id"] or 0) > seen
