"""Answers already given, by the key their caller chose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from . import upsert
from .tables import idempotency


def claim(connection: Connection, row: Mapping[str, Any]) -> bool:
    """Take the key for this request; False where it is taken."""
    return upsert.claim(connection, idempotency, row)


def find(connection: Connection, site_id: int, actor: str, key: str) -> RowMapping | None:
    query = select(idempotency).where(*_at(site_id, actor, key))
    return connection.execute(query).mappings().one_or_none()


def answer(
    connection: Connection, site_id: int, actor: str, key: str, response: Mapping[str, Any]
) -> None:
    """Keep the answer that was given under the key."""
    connection.execute(
        update(idempotency).where(*_at(site_id, actor, key)).values(response=dict(response))
    )


def _at(site_id: int, actor: str, key: str) -> tuple[Any, Any, Any]:
    return (
        idempotency.c.site_id == site_id,
        idempotency.c.actor == actor,
        idempotency.c.key == key,
    )
