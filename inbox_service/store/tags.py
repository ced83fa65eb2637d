"""Tags, and which tickets carry them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, select

from .ids import new_id
from .tables import events, tags, ticket_tags
from .upsert import insert_missing


def id_of(connection: Connection, site_id: int, name: str) -> int | None:
    query = select(tags.c.id).where(tags.c.site_id == site_id, tags.c.name == name)
    return connection.scalar(query)


def count_up_to(connection: Connection, site_id: int, tag_id: int, most: int) -> int:
    """Return how many tickets carry the tag, `most` at most."""
    carrying = (
        select(ticket_tags.c.ticket_id)
        .where(ticket_tags.c.site_id == site_id, ticket_tags.c.tag_id == tag_id)
        .limit(most)
        .subquery()
    )
    return connection.scalar(select(func.count()).select_from(carrying)) or 0


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


def put_on_by_the_system(
    connection: Connection, site_id: int, ticket_ids: Iterable[int]
) -> dict[int, frozenset[str]]:
    """Return the tags that each ticket got from rules and forms, whether it still has them."""
    query = select(events.c.ticket_id, events.c.data).where(
        events.c.site_id == site_id,
        events.c.ticket_id.in_(sorted(set(ticket_ids))),
        events.c.kind == "ticket_tagged",
        events.c.actor_type == "system",
    )
    found: dict[int, frozenset[str]] = {}
    for ticket_id, data in connection.execute(query):
        found[ticket_id] = found.get(ticket_id, frozenset()) | frozenset(data["tags"])
    return found


def tag(
    connection: Connection, site_id: int, ticket_id: int, names: Iterable[str], at: int
) -> None:
    """Put the tags on the ticket, making those that are new to the site."""
    wanted = sorted(set(names))
    ensure(connection, site_id, wanted, at)
    put_on(connection, site_id, ticket_id, wanted)


def ensure(connection: Connection, site_id: int, names: Iterable[str], at: int) -> None:
    """Make the tags that are new to the site.

    Call it once per transaction and before the site's row is locked: two that make the same tag
    wait for each other here.
    """
    # Sorted, and the ids of names that exist already are thrown away: another transaction may have
    # made one a moment ago.
    made = [{"site_id": site_id, "id": new_id(at), "name": name} for name in sorted(set(names))]
    insert_missing(connection, tags, made)


def put_on(connection: Connection, site_id: int, ticket_id: int, names: Iterable[str]) -> None:
    """Put tags that exist on the ticket."""
    put_on_each(connection, site_id, [ticket_id], names)


def put_on_each(
    connection: Connection, site_id: int, ticket_ids: Iterable[int], names: Iterable[str]
) -> None:
    """Put the same tags, which exist, on several tickets."""
    query = select(tags.c.id).where(tags.c.site_id == site_id, tags.c.name.in_(sorted(names)))
    tag_ids = connection.scalars(query).all()
    links = [
        {"site_id": site_id, "ticket_id": ticket_id, "tag_id": tag_id}
        for ticket_id in ticket_ids
        for tag_id in tag_ids
    ]
    insert_missing(connection, ticket_tags, links)


def untag(
    connection: Connection, site_id: int, ticket_ids: Iterable[int], names: Iterable[str]
) -> None:
    """Take the tags off the tickets; the tags themselves stay."""
    ids = select(tags.c.id).where(tags.c.site_id == site_id, tags.c.name.in_(sorted(names)))
    connection.execute(
        delete(ticket_tags).where(
            ticket_tags.c.site_id == site_id,
            ticket_tags.c.ticket_id.in_(sorted(ticket_ids)),
            ticket_tags.c.tag_id.in_(ids),
        )
    )
