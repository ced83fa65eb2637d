"""Customers and their tickets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import RowMapping

from inbox_service.deps import Deps
from inbox_service.errors import NotFound, Stale
from inbox_service.store import customer_views, customers, ticket_views

from . import auth
from .views import Page, TicketView, dress

MOST_TICKETS = 20


@dataclass(frozen=True, slots=True)
class Note:
    """What the team knows of a customer, and which version of that this is."""

    text: str
    version: int


@dataclass(frozen=True, slots=True)
class CustomerView:
    """A customer's row with its addresses, and its newest tickets."""

    row: RowMapping
    addresses: Sequence[str]
    tickets: Sequence[TicketView]

    @property
    def note(self) -> Note:
        """What the team knows of the customer."""
        return _note(self.row)


def show_customer(deps: Deps, caller: auth.Caller, customer_id: int) -> CustomerView:
    """Return one customer with the newest tickets the caller sees."""
    with auth.reading(deps, caller) as act:
        row = _visible(act, customer_id)
        addresses = customer_views.addresses_of(act.connection, caller.site_id, [customer_id])
        rows = ticket_views.of_customer(act.connection, act.viewer, customer_id, MOST_TICKETS)
        shown = dress(act.connection, act.viewer, rows)
    return CustomerView(row, addresses.get(customer_id, []), shown)


def write_note(deps: Deps, caller: auth.Caller, customer_id: int, version: int, text: str) -> Note:
    """Change what the team knows of a customer, and return it.

    raises Stale with `note`, as it is by now, where somebody else changed it since `version`.
    """
    with auth.writing(deps, caller) as act:
        _visible(act, customer_id)
        connection, site_id = act.connection, caller.site_id
        is_written = customers.write_note(connection, site_id, customer_id, version, text.strip())
        note = _note(_visible(act, customer_id))
    if not is_written:
        changed = "Somebody changed this note before you."
        raise Stale(changed, code="note_stale", note=asdict(note))
    return note


def _note(row: RowMapping) -> Note:
    return Note(row["note"], row["note_version"])


def _visible(act: auth.Act, customer_id: int) -> RowMapping:
    row = customer_views.get(act.connection, act.viewer, customer_id)
    if row is None:
        raise NotFound("There is no such customer.", code="customer_not_found")
    return row


def find_customers(
    deps: Deps, caller: auth.Caller, query: str, after: tuple[int, ...] | None, limit: int
) -> Page[CustomerView]:
    """Return the customers the caller sees whose name or address holds `query`, newest first."""
    with auth.reading(deps, caller) as act:
        before = after[0] if after else None
        rows = customer_views.find(act.connection, act.viewer, query, before, limit + 1)
        shown = rows[:limit]
        addresses = customer_views.addresses_of(
            act.connection, caller.site_id, [row["id"] for row in shown]
        )
    items = [CustomerView(row, addresses.get(row["id"], []), ()) for row in shown]
    return Page(items, (shown[-1]["id"],) if len(rows) > limit else None)
