"""Which inboxes acknowledge what comes in, and in whose words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, and_, select

from . import upsert
from .rows import Row, all_rows, one_row
from .tables import acknowledgements, customers, inboxes, messages, sites, tickets


def of_inboxes(connection: Connection, site_id: int) -> list[Row]:
    """Return every inbox with its acknowledgement; one that has none is off."""
    query = (
        select(inboxes.c.id, inboxes.c.name, acknowledgements.c.enabled, acknowledgements.c.texts)
        .outerjoin(
            acknowledgements,
            and_(
                acknowledgements.c.site_id == inboxes.c.site_id,
                acknowledgements.c.inbox_id == inboxes.c.id,
            ),
        )
        .where(inboxes.c.site_id == site_id)
        .order_by(inboxes.c.position, inboxes.c.id)
    )
    rows = all_rows(connection, query)
    return [row | {"enabled": bool(row["enabled"]), "texts": row["texts"] or {}} for row in rows]


def put(connection: Connection, row: Mapping[str, Any]) -> None:
    """Write an inbox's acknowledgement."""
    upsert.put(connection, acknowledgements, row)


def request(connection: Connection, site_id: int, ticket_id: int) -> Row | None:
    """Return the mail that opened a ticket, with all that an answer to it has to know.

    None where the inbox acknowledges nothing, or where no mail opened the ticket.
    """
    query = (
        select(
            tickets.c.inbox_id,
            tickets.c.reference,
            tickets.c.subject,
            tickets.c.from_before,
            messages.c.author_email,
            messages.c.author_name,
            messages.c.automatic,
            messages.c.sender_proven,
            messages.c.text,
            messages.c.rfc_message_id,
            messages.c.reference_ids,
            customers.c.locale,
            sites.c.locale.label("site_locale"),
            sites.c.name.label("site_name"),
            inboxes.c.name.label("inbox_name"),
            acknowledgements.c.texts,
        )
        .join(messages, _same(messages.c.ticket_id, tickets.c.id, messages))
        .join(customers, _same(customers.c.id, tickets.c.customer_id, customers))
        .join(inboxes, _same(inboxes.c.id, tickets.c.inbox_id, inboxes))
        .join(
            acknowledgements,
            _same(acknowledgements.c.inbox_id, tickets.c.inbox_id, acknowledgements),
        )
        .join(sites, sites.c.id == tickets.c.site_id)
        .where(
            tickets.c.site_id == site_id,
            tickets.c.id == ticket_id,
            tickets.c.erased_at.is_(None),
            acknowledgements.c.enabled,
            # A form's entry came through no mailbox, and its page confirms it already.
            messages.c.mailbox_id.is_not(None),
            messages.c.kind == "in",
        )
        .order_by(messages.c.id)
        .limit(1)
    )
    return one_row(connection, query)


def _same(column: Any, wanted: Any, table: Any) -> Any:
    return and_(table.c.site_id == tickets.c.site_id, column == wanted)
