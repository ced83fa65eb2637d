"""Customers and their tickets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping

from inbox_service.deps import Deps
from inbox_service.errors import NotFound
from inbox_service.store import customer_views, ticket_views

from . import auth
from .views import Page, TicketView, dress

MOST_TICKETS = 20


@dataclass(frozen=True, slots=True)
class CustomerView:
    """A customer's row with its addresses, and its newest tickets."""

    row: RowMapping
    addresses: Sequence[str]
    tickets: Sequence[TicketView]


def show_customer(deps: Deps, caller: auth.Caller, customer_id: int) -> CustomerView:
    """Return one customer with the newest tickets the caller sees."""
    with auth.reading(deps, caller) as act:
        row = customer_views.get(act.connection, act.viewer, customer_id)
        if row is None:
            raise NotFound("There is no such customer.", code="customer_not_found")
        addresses = customer_views.addresses_of(act.connection, caller.site_id, [customer_id])
        rows = ticket_views.of_customer(act.connection, act.viewer, customer_id, MOST_TICKETS)
        shown = dress(act.connection, act.viewer, rows)
    return CustomerView(row, addresses.get(customer_id, []), shown)


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
