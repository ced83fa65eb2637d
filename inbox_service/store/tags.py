"""Tags, and which tickets carry them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, RowMapping, delete, select

from .ids import new_id
from .tables import tags, ticket_tags
from .upsert import insert_missing


def all_of(connection: Connection, site_id: int) -> Sequence[RowMapping]:
    query = select(tags).where(tags.c.site_id == site_id).order_by(tags.c.name)
    return connection.execute(query).mappings().all()


def of_tickets(
    connection: Connection, site_id: int, ticket_ids: Iterable[int]
) -> dict[int, list[str]]:
    """Return the names of the tags of each ticket, sorted."""
    query = (
        select(ticket_tags.c.ticket_id, tags.c.name)
        .join(tags, (tags.c.site_id == site_id) & (tags.c.id == ticket_tags.c.tag_id))
        .where(
            ticket_tags.c.site_id == site_id, ticket_tags.c.ticket_id.in_(sorted(set(ticket_ids)))
        )
        .order_by(tags.c.name)
    )
    found: dict[int, list[str]] = {}
    for ticket_id, name in connection.execute(query):
        found.setdefault(ticket_id, []).append(name)
    return found


def tag(
    connection: Connection, site_id: int, ticket_id: int, names: Iterable[str], at: int
) -> None:
    """Put the tags on the ticket, making those that are new to the site."""
    wanted = sorted(set(names))
    # Ids of names that exist already are thrown away; the names are looked up again below,
    # because another agent may have made one a moment ago.
    made = [{"site_id": site_id, "id": new_id(at), "name": name} for name in wanted]
    insert_missing(connection, tags, made)
    query = select(tags.c.id).where(tags.c.site_id == site_id, tags.c.name.in_(wanted))
    links = [
        {"site_id": site_id, "ticket_id": ticket_id, "tag_id": tag_id}
        for tag_id in connection.scalars(query)
    ]
    insert_missing(connection, ticket_tags, links)


def untag(connection: Connection, site_id: int, ticket_id: int, names: Iterable[str]) -> None:
    """Take the tags off the ticket; the tags themselves stay."""
    ids = select(tags.c.id).where(tags.c.site_id == site_id, tags.c.name.in_(sorted(names)))
    connection.execute(
        delete(ticket_tags).where(
            ticket_tags.c.site_id == site_id,
            ticket_tags.c.ticket_id == ticket_id,
            ticket_tags.c.tag_id.in_(ids),
        )
    )
