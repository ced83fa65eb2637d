"""Doing a thing once, however often it is asked for under the same key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.errors import Invalid
from inbox_service.store import idempotency

from .auth import Act


@dataclass(frozen=True, slots=True)
class Key:
    """The caller's Idempotency-Key, and a hash of the request it stands for."""

    value: str
    request_hash: str


def answered(deps: Deps, site_id: int, agent_id: int, key: Key) -> bool:
    """Tell whether the agent's request under this key was answered before."""
    return is_answered(deps, site_id, f"agent:{agent_id}", key)


def is_answered(deps: Deps, site_id: int, actor: str, key: Key) -> bool:
    """Tell whether the request of `actor` under this key was answered before."""
    with deps.sessions.reading() as connection:
        return idempotency.find(connection, site_id, actor, key.value) is not None


def once(act: Act, key: Key, action: Callable[[], int]) -> int:
    """Return what `action` returned the first time this agent used the key."""
    actor = f"agent:{act.viewer.agent_id}"
    return once_for(act.connection, act.viewer.site_id, actor, key, act.at, action)


def once_for(
    connection: Connection, site_id: int, actor: str, key: Key, at: int, action: Callable[[], int]
) -> int:
    """Return what `action` returned the first time `actor` used the key.

    Key and action share the open transaction: both happen or neither, and of two requests at once
    the second waits for the first. Only an id is kept, never a body.
    """
    row = {
        "site_id": site_id,
        "actor": actor,
        "key": key.value,
        "request_hash": key.request_hash,
        "status": 201,
        "response": {},
        "created_at": at,
    }
    # Claimed before the action: whoever comes second waits for this row, not for the action's.
    if idempotency.claim(connection, row):
        made = action()
        idempotency.answer(connection, site_id, actor, key.value, {"id": str(made)})
        return made
    # Who edits the text and sends it under the old key must not be told it was sent.
    before = idempotency.find(connection, site_id, actor, key.value)
    if before is None or before["request_hash"] != key.request_hash:
        raise Invalid(
            "This Idempotency-Key was used for another request.",
            code="idempotency_key_reused",
            field="Idempotency-Key",
        )
    return int(before["response"]["id"])
