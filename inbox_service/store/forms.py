"""Forms and their entries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from .rows import Row, all_rows, one_row
from .tables import form_entries, forms, outbox, tickets
from .upsert import claim


def of_site(connection: Connection, site_id: int) -> list[Row]:
    """Return the site's forms, oldest first."""
    return all_rows(
        connection, select(forms).where(forms.c.site_id == site_id).order_by(forms.c.id)
    )


def get(connection: Connection, site_id: int, form_id: int) -> Row | None:
    query = select(forms).where(forms.c.site_id == site_id, forms.c.id == form_id)
    return one_row(connection, query)


def add(connection: Connection, row: Mapping[str, Any]) -> None:
    connection.execute(insert(forms).values(**row))


def add_once(connection: Connection, row: Mapping[str, Any]) -> None:
    """Insert a form unless its id is taken."""
    claim(connection, forms, row)


def write(connection: Connection, site_id: int, form_id: int, values: Mapping[str, Any]) -> None:
    """Change a form and count its version up."""
    connection.execute(
        update(forms)
        .where(forms.c.site_id == site_id, forms.c.id == form_id)
        .values(**values, version=forms.c.version + 1)
    )


def remove(connection: Connection, site_id: int, form_id: int) -> None:
    """Delete a form that no entry names."""
    connection.execute(delete(forms).where(forms.c.site_id == site_id, forms.c.id == form_id))


def has_entries(connection: Connection, site_id: int, form_id: int) -> bool:
    """Tell whether anything came in by the form."""
    query = select(form_entries.c.id).where(
        form_entries.c.site_id == site_id, form_entries.c.form_id == form_id
    )
    return connection.execute(query.limit(1)).first() is not None


def entry(connection: Connection, site_id: int, entry_key: str) -> Row | None:
    """Return the entry that was stored under the key."""
    query = select(form_entries).where(
        form_entries.c.site_id == site_id, form_entries.c.entry_key == entry_key
    )
    return one_row(connection, query)


def claim_entry(connection: Connection, row: Mapping[str, Any]) -> bool:
    """Insert the entry; False where its key or its reference is taken."""
    return claim(connection, form_entries, row)


def reference_is_taken(connection: Connection, site_id: int, reference: str) -> bool:
    """Tell whether a ticket has this reference already."""
    query = select(tickets.c.id).where(
        tickets.c.site_id == site_id, tickets.c.reference == reference
    )
    return connection.execute(query).first() is not None


def link_entry(connection: Connection, site_id: int, entry_id: int, ticket_id: int) -> None:
    """Note which ticket an entry became."""
    connection.execute(
        update(form_entries)
        .where(form_entries.c.site_id == site_id, form_entries.c.id == entry_id)
        .values(ticket_id=ticket_id)
    )


def has_notice(connection: Connection, site_id: int, ticket_id: int) -> bool:
    """Tell whether an automatic mail was queued for the ticket."""
    query = select(outbox.c.id).where(
        outbox.c.site_id == site_id, outbox.c.ticket_id == ticket_id, outbox.c.kind == "notice"
    )
    return connection.execute(query.limit(1)).first() is not None
