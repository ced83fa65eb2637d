"""The event log: appended late in a transaction, numbered per site without gaps."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, update

from inbox_service.domain.events import NewEvent

from .tables import events, sites


def append(connection: Connection, site_id: int, new: Sequence[NewEvent], at: int) -> int:
    """Append the events at time `at` and return the site's last seq.

    Call it last in the transaction: it locks the site's row, so that numbers become visible in
    their order (a database sequence would show 8 before 7 and a feed would skip 7).
    """
    last: int = connection.execute(
        update(sites)
        .where(sites.c.id == site_id)
        .values(last_seq=sites.c.last_seq + len(new))
        .returning(sites.c.last_seq)
    ).scalar_one()
    rows = [
        {
            "site_id": site_id,
            "seq": last - len(new) + place,
            "kind": event.kind,
            "actor_type": event.actor.type,
            "actor_id": event.actor.id,
            "ticket_id": event.ticket_id,
            "message_id": event.message_id,
            "inbox_id": event.inbox_id,
            "data": dict(event.data),
            "at": at,
        }
        for place, event in enumerate(new, start=1)
    ]
    if rows:
        connection.execute(insert(events), rows)
    return last
