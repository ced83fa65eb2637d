"""Tickets as their customers find them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, func, select

from .rows import Row, all_rows, one_row
from .tables import customer_addresses, customers, form_entries, messages, tickets


def by_reference(
    connection: Connection, site_id: int, reference: str, *, lock: bool = False
) -> Row | None:
    """Return the ticket's row by the reference customers know; one in the trash is gone."""
    query = _kept(site_id).where(tickets.c.reference == reference)
    if lock:
        query = query.with_for_update()
    return one_row(connection, query)


def by_id(connection: Connection, site_id: int, ticket_id: int) -> Row | None:
    """Return the ticket's row; one in the trash is gone."""
    query = _kept(site_id).where(tickets.c.id == ticket_id)
    return one_row(connection, query)


def of_customer(connection: Connection, site_id: int, customer_id: int, limit: int) -> list[Row]:
    """Return the customer's tickets, the last active first."""
    query = _kept(site_id).where(tickets.c.customer_id == customer_id)
    return all_rows(connection, _newest(query, limit))


def filed_by(connection: Connection, site_id: int, wp_user_id: int, limit: int) -> list[Row]:
    """Return the tickets that the user filed while logged in, the last active first."""
    query = _kept(site_id).where(tickets.c.id.in_(_filed(site_id, wp_user_id)))
    return all_rows(connection, _newest(query, limit))


def first_mail_in(connection: Connection, site_id: int, ticket_id: int) -> int | None:
    """Return the ticket's first message that came in by mail, not by a form or a page."""
    query = select(func.min(messages.c.id)).where(
        messages.c.site_id == site_id,
        messages.c.ticket_id == ticket_id,
        messages.c.kind == "in",
        messages.c.mailbox_id.is_not(None),
    )
    return connection.execute(query).scalar_one_or_none()


def is_filed_by(connection: Connection, site_id: int, wp_user_id: int, ticket_id: int) -> bool:
    """Tell whether the user filed this ticket while logged in."""
    query = _filed(site_id, wp_user_id).where(form_entries.c.ticket_id == ticket_id)
    return connection.execute(query.limit(1)).first() is not None


def answered(connection: Connection, site_id: int, ticket_ids: Iterable[int]) -> set[int]:
    """Return those of the tickets in which our side has written to somebody."""
    query = (
        select(messages.c.ticket_id)
        .where(
            messages.c.site_id == site_id,
            messages.c.ticket_id.in_(sorted(set(ticket_ids))),
            messages.c.kind == "out",
        )
        .distinct()
    )
    return set(connection.execute(query).scalars())


def customer_of(connection: Connection, site_id: int, email: str) -> int | None:
    """Return the customer whose address this is."""
    query = select(customer_addresses.c.customer_id).where(
        customer_addresses.c.site_id == site_id, customer_addresses.c.email == email
    )
    return connection.execute(query).scalar_one_or_none()


def name_and_addresses(
    connection: Connection, site_id: int, customer_id: int
) -> tuple[str, list[str]]:
    """Return the customer's name, and his addresses in the order they became known."""
    name = select(customers.c.name).where(
        customers.c.site_id == site_id, customers.c.id == customer_id
    )
    addresses = (
        select(customer_addresses.c.email)
        .where(
            customer_addresses.c.site_id == site_id,
            customer_addresses.c.customer_id == customer_id,
        )
        .order_by(customer_addresses.c.id)
    )
    found = connection.execute(name).scalar_one()
    return found, list(connection.execute(addresses).scalars())


def answer_addresses(
    connection: Connection, site_id: int, ticket_id: int, customer_id: int
) -> set[str]:
    """Return the addresses that the customer asked in this ticket to be answered at (Reply-To)."""
    query = select(messages.c.reply_to).where(
        messages.c.site_id == site_id,
        messages.c.ticket_id == ticket_id,
        messages.c.author_type == "customer",
        messages.c.author_id == customer_id,
        messages.c.new_person.is_(False),
    )
    return {one["email"] for people in connection.execute(query).scalars() for one in people}


def _kept(site_id: int) -> Select[Any]:
    # Mail taken for spam looks untouched to who sent it: he may be a customer whom we misjudged.
    # What had gone into a ticket that was deleted is gone with it, wherever it lay.
    there = (tickets.c.place != "trash", tickets.c.deleted_at.is_(None))
    return select(tickets).where(tickets.c.site_id == site_id, *there)


def _filed(site_id: int, wp_user_id: int) -> Select[Any]:
    return select(form_entries.c.ticket_id).where(
        form_entries.c.site_id == site_id,
        form_entries.c.wp_user_id == wp_user_id,
        form_entries.c.ticket_id.is_not(None),
    )


def _newest(query: Select[Any], limit: int) -> Select[Any]:
    # What went into another ticket is shown there.
    query = query.where(tickets.c.merged_into.is_(None))
    return query.order_by(tickets.c.last_activity_at.desc(), tickets.c.id.desc()).limit(limit)
