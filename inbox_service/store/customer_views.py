"""Customers as the desk shows them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, exists, func, select

from inbox_service.domain.rights import Viewer

from .tables import customer_addresses, customers, tickets


def get(connection: Connection, viewer: Viewer, customer_id: int) -> RowMapping | None:
    query = select(customers).where(
        customers.c.site_id == viewer.site_id, customers.c.id == customer_id
    )
    return connection.execute(_seen_by(query, viewer)).mappings().one_or_none()


def find(
    connection: Connection, viewer: Viewer, words: str, before: int | None, limit: int
) -> Sequence[RowMapping]:
    """Return customers whose name or address holds `words`, the newest first."""
    query = (
        select(customers)
        .where(customers.c.site_id == viewer.site_id, customers.c.erased_at.is_(None))
        .order_by(customers.c.id.desc())
        .limit(limit)
    )
    if words:
        query = query.where(_holds(viewer, words.lower()))
    if before is not None:
        query = query.where(customers.c.id < before)
    return connection.execute(_seen_by(query, viewer)).mappings().all()


def addresses_of(
    connection: Connection, site_id: int, customer_ids: Collection[int]
) -> dict[int, list[str]]:
    """Return the addresses of each customer, the first known one first."""
    query = (
        select(customer_addresses.c.customer_id, customer_addresses.c.email)
        .where(
            customer_addresses.c.site_id == site_id,
            customer_addresses.c.customer_id.in_(sorted(customer_ids)),
        )
        .order_by(customer_addresses.c.id)
    )
    found: dict[int, list[str]] = {}
    for customer_id, email in connection.execute(query):
        found.setdefault(customer_id, []).append(email)
    return found


def _holds(viewer: Viewer, words: str) -> Any:
    # EXISTS, not a join: a customer with three addresses is found once.
    address = exists().where(
        customer_addresses.c.site_id == viewer.site_id,
        customer_addresses.c.customer_id == customers.c.id,
        customer_addresses.c.email.contains(words, autoescape=True),
    )
    return func.lower(customers.c.name).contains(words, autoescape=True) | address


def _seen_by(query: Select[Any], viewer: Viewer) -> Select[Any]:
    # Whoever is limited to some inboxes knows the customers who wrote there, and no others.
    if viewer.inboxes is None:
        return query
    return query.where(
        exists().where(
            tickets.c.site_id == viewer.site_id,
            tickets.c.customer_id == customers.c.id,
            tickets.c.inbox_id.in_(sorted(viewer.inboxes)),
        )
    )
