"""Outbox rows: claimed by conditional UPDATE, so that one worker at a time holds one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update

from .rows import Row, all_rows, one_row
from .tables import outbox

OPEN_STATES = ("waiting", "claimed", "unsure")


def add(connection: Connection, row: Mapping[str, Any]) -> None:
    """Insert a row that waits."""
    connection.execute(insert(outbox).values(**row))


def get(connection: Connection, site_id: int, outbox_id: int) -> Row | None:
    """Return a row."""
    query = select(outbox).where(outbox.c.site_id == site_id, outbox.c.id == outbox_id)
    return one_row(connection, query)


def due(connection: Connection, now: int, limit: int = 200) -> list[tuple[int, int]]:
    """Return (site, id) of rows whose time has come, and of those whose claim ran out."""
    query = (
        select(outbox.c.site_id, outbox.c.id)
        .where(_claimable(now))
        .order_by(outbox.c.due_at)
        .limit(limit)
    )
    return [(site_id, row_id) for site_id, row_id in connection.execute(query)]


def claim(
    connection: Connection, site_id: int, outbox_id: int, holder: str, now: int, until: int
) -> bool:
    """Take the row until `until`; False when it is not due or another holds it."""
    result = connection.execute(
        update(outbox)
        .where(outbox.c.site_id == site_id, outbox.c.id == outbox_id, _claimable(now))
        .values(state="claimed", claim_holder=holder, claim_until=until)
    )
    return result.rowcount == 1


def write_claimed(
    connection: Connection, row: Mapping[str, Any], holder: str, values: Mapping[str, Any]
) -> bool:
    """Change a row that `holder` still holds; False when it lost it."""
    result = connection.execute(
        update(outbox)
        .where(
            outbox.c.site_id == row["site_id"],
            outbox.c.id == row["id"],
            outbox.c.state == "claimed",
            outbox.c.claim_holder == holder,
        )
        .values(**values)
    )
    return result.rowcount == 1


def hurry(connection: Connection, site_id: int, mailbox_id: int, now: int) -> None:
    """Let what waits for this mailbox be tried at once, whatever pause its last try asked for."""
    connection.execute(
        update(outbox)
        .where(
            outbox.c.site_id == site_id,
            outbox.c.mailbox_id == mailbox_id,
            outbox.c.state.in_(["waiting", "unsure"]),
        )
        .values(due_at=now)
    )


def by_send_key(connection: Connection, site_id: int, keys: Iterable[str]) -> dict[str, Row]:
    """Return rows by the value of X-Unified-Inbox-Send-Id."""
    query = select(outbox).where(
        outbox.c.site_id == site_id, outbox.c.send_key.in_(sorted(set(keys)))
    )
    return {row["send_key"]: row for row in all_rows(connection, query)}


def settle(connection: Connection, site_id: int, outbox_id: int, provider_id: str, at: int) -> bool:
    """Mark a row sent, whoever holds it; False when it was settled before."""
    result = connection.execute(
        update(outbox)
        .where(
            outbox.c.site_id == site_id,
            outbox.c.id == outbox_id,
            outbox.c.state.in_(["waiting", "claimed", "unsure", "failed"]),
        )
        .values(
            state="sent",
            provider_id=provider_id,
            settled_at=at,
            error="",
            claim_holder=None,
            claim_until=None,
        )
    )
    return result.rowcount == 1


def _claimable(now: int) -> Any:
    # An unsure row is looked at again when due, to find out; it is never delivered again.
    waiting = outbox.c.state.in_(["waiting", "unsure"]) & (outbox.c.due_at <= now)
    abandoned = (outbox.c.state == "claimed") & (outbox.c.claim_until <= now)
    return or_(waiting, abandoned)
