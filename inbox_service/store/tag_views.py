"""Tags as somebody may see them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, and_, exists, not_, select

from inbox_service.domain.rights import Viewer

from .tables import tags, ticket_tags, tickets


def seen_by(connection: Connection, viewer: Viewer) -> Sequence[RowMapping]:
    """Return the tags of the tickets that the viewer sees, and those of no ticket, by name.

    What somebody called a ticket says something of it, so other tags stay unknown.
    """
    query = select(tags).where(tags.c.site_id == viewer.site_id).order_by(tags.c.name)
    if viewer.inboxes is not None:
        carried = and_(ticket_tags.c.site_id == viewer.site_id, ticket_tags.c.tag_id == tags.c.id)
        shown = and_(
            carried,
            tickets.c.site_id == viewer.site_id,
            tickets.c.id == ticket_tags.c.ticket_id,
            tickets.c.inbox_id.in_(sorted(viewer.inboxes)),
        )
        query = query.where(exists().where(shown) | not_(exists().where(carried)))
    return connection.execute(query).mappings().all()
