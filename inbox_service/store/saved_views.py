"""Lists of tickets that agents have saved: their own, and those that are shared with all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from .rows import Row, all_rows, one_row
from .tables import saved_views


def seen_by(connection: Connection, site_id: int, agent_id: int | None) -> list[Row]:
    """Return the agent's own views and the shared ones, in their order."""
    query = (
        select(saved_views)
        .where(
            saved_views.c.site_id == site_id,
            saved_views.c.removed_at.is_(None),
            or_(saved_views.c.shared, saved_views.c.agent_id == (agent_id or 0)),
        )
        .order_by(saved_views.c.position, saved_views.c.id)
    )
    return all_rows(connection, query)


def get(connection: Connection, site_id: int, view_id: int) -> Row | None:
    """Return a view, removed or not, locked until the end of the transaction."""
    return one_row(connection, select(saved_views).where(_here(site_id, view_id)).with_for_update())


def count(connection: Connection, site_id: int, agent_id: int, *, shared: bool) -> int:
    """Return how many views are shared, or are the agent's alone."""
    query = select(func.count()).where(
        saved_views.c.site_id == site_id,
        saved_views.c.removed_at.is_(None),
        saved_views.c.shared.is_(shared),
    )
    if not shared:
        query = query.where(saved_views.c.agent_id == agent_id)
    return int(connection.execute(query).scalar_one())


def add(connection: Connection, row: Mapping[str, Any]) -> None:
    """Insert a view behind all others."""
    last = select(func.max(saved_views.c.position)).where(saved_views.c.site_id == row["site_id"])
    position = (connection.scalar(last) or 0) + 1
    connection.execute(insert(saved_views).values(position=position, version=1, **row))


def change(connection: Connection, site_id: int, view_id: int, values: Mapping[str, Any]) -> None:
    """Write some of a view's columns, and count its version up."""
    connection.execute(
        update(saved_views)
        .where(_here(site_id, view_id))
        .values(version=saved_views.c.version + 1, **values)
    )


def remove(connection: Connection, site_id: int, view_id: int, at: int) -> None:
    """Let a view be gone; its version stays, so that this can be taken back by it."""
    connection.execute(update(saved_views).where(_here(site_id, view_id)).values(removed_at=at))


def forget_removed(connection: Connection, site_id: int, before: int) -> None:
    """Delete the views that went before a moment (ms UTC)."""
    connection.execute(
        delete(saved_views).where(
            saved_views.c.site_id == site_id, saved_views.c.removed_at < before
        )
    )


def reorder(connection: Connection, site_id: int, ids: Sequence[int]) -> None:
    """Give the views the order of `ids`."""
    for position, view_id in enumerate(ids, start=1):
        query = update(saved_views).where(_here(site_id, view_id)).values(position=position)
        connection.execute(query)


def _here(site_id: int, view_id: int | None) -> Any:
    return (saved_views.c.site_id == site_id) & (saved_views.c.id == view_id)
