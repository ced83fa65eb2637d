"""What the database holds about one person, found by his addresses."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, RowMapping, Text, cast, null, select, union_all

from inbox_service.domain.erasure import Person

from .rows import Row, all_rows
from .tables import (
    customer_addresses,
    customers,
    form_entries,
    forms,
    outbox,
    participants,
    receipts,
    tickets,
)


def person(connection: Connection, site_id: int, email: str, *, lock: bool = False) -> Person:
    """Return the customer whose address this is, with all addresses and names he goes by.

    `lock` keeps others from using his addresses until the end of the transaction.
    """
    same_customer = select(customer_addresses.c.customer_id).where(
        customer_addresses.c.site_id == site_id, customer_addresses.c.email == email
    )
    query = (
        select(customer_addresses.c.customer_id, customer_addresses.c.email)
        .where(
            customer_addresses.c.site_id == site_id,
            customer_addresses.c.customer_id.in_(same_customer),
        )
        .order_by(customer_addresses.c.email)
    )
    rows = connection.execute(query.with_for_update() if lock else query).all()
    emails = frozenset({email, *(row.email for row in rows)})
    customer_id = rows[0].customer_id if rows else None
    return Person(customer_id, emails, _names(connection, site_id, customer_id, emails))


def tickets_with(connection: Connection, site_id: int, who: Person, limit: int) -> Sequence[int]:
    """Return tickets that still hold something of the person, the oldest first."""
    took_part = select(participants.c.ticket_id).where(
        participants.c.site_id == site_id, participants.c.email.in_(sorted(who.emails))
    )
    own = select(tickets.c.id).where(
        tickets.c.site_id == site_id,
        tickets.c.customer_id == (who.customer_id or 0),
        tickets.c.erased_at.is_(None),
    )
    both = took_part.union(own).subquery()
    return connection.scalars(select(both.c[0]).order_by(both.c[0]).limit(limit)).all()


def tickets_after(
    connection: Connection, site_id: int, who: Person, after: int, limit: int
) -> list[Row]:
    """Return the rows of tickets the person filed or took part in, by id from `after` on."""
    took_part = select(participants.c.ticket_id).where(
        participants.c.site_id == site_id, participants.c.email.in_(sorted(who.emails))
    )
    own = tickets.c.customer_id == (who.customer_id or 0)
    query = (
        select(tickets)
        .where(
            tickets.c.site_id == site_id,
            tickets.c.id > after,
            tickets.c.deleted_at.is_(None),
            own | tickets.c.id.in_(took_part),
        )
        .order_by(tickets.c.id)
        .limit(limit)
    )
    return all_rows(connection, query)


def entries_of(
    connection: Connection, site_id: int, ticket_ids: Collection[int]
) -> dict[int, RowMapping]:
    """Return submitted_at and the form's name of each ticket that came in by a form."""
    same_form = (forms.c.site_id == form_entries.c.site_id) & (forms.c.id == form_entries.c.form_id)
    query = (
        select(form_entries.c.ticket_id, form_entries.c.submitted_at, forms.c.name)
        .join_from(form_entries, forms, same_form)
        .where(form_entries.c.site_id == site_id, form_entries.c.ticket_id.in_(sorted(ticket_ids)))
    )
    return {row["ticket_id"]: row for row in connection.execute(query).mappings()}


def parked_entries(connection: Connection, site_id: int) -> list[Row]:
    """Return the site's entries that became no ticket; there are few of them."""
    query = select(form_entries).where(
        form_entries.c.site_id == site_id, form_entries.c.state == "parked"
    )
    return all_rows(connection, query.order_by(form_entries.c.id))


def is_entry_of(entry: Mapping[str, Any], who: Person) -> bool:
    """Tell whether the person filed a parked entry."""
    return who.has(str(entry["entry"].get("fields", {}).get("email", "")))


def loose_mail(
    connection: Connection, site_id: int, after: int, limit: int
) -> Sequence[RowMapping]:
    """Return stored mail that belongs to no ticket, by id from `after` on.

    id, table ("receipts" or "outbox"), blob, and received_at of received mail. Whose it is stands
    in its bytes alone.
    """
    received = select(
        receipts.c.id,
        cast("receipts", Text).label("kind"),
        receipts.c.blob,
        receipts.c.received_at,
    ).where(
        receipts.c.site_id == site_id,
        receipts.c.id > after,
        receipts.c.message_id.is_(None),
        receipts.c.blob.is_not(None),
    )
    queued = select(
        outbox.c.id, cast("outbox", Text), outbox.c.blob, cast(null(), BigInteger)
    ).where(
        outbox.c.site_id == site_id,
        outbox.c.id > after,
        outbox.c.ticket_id.is_(None),
        outbox.c.blob != "",
    )
    parts = [part.order_by(part.selected_columns.id).limit(limit) for part in (received, queued)]
    merged = union_all(*(select(part.subquery()) for part in parts))
    query = merged.order_by(merged.selected_columns.id).limit(limit)
    return connection.execute(query).mappings().all()


def _names(
    connection: Connection, site_id: int, customer_id: int | None, emails: frozenset[str]
) -> frozenset[str]:
    known = select(customers.c.name).where(
        customers.c.site_id == site_id, customers.c.id == (customer_id or 0)
    )
    used = select(participants.c.name).where(
        participants.c.site_id == site_id, participants.c.email.in_(sorted(emails))
    )
    names: set[Any] = set(connection.scalars(known.union(used)))
    return frozenset(name.strip() for name in names) - {""}
