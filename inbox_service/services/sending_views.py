"""How far a reply's mail has come, as its writer sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping

from inbox_service.domain.sending import SendState, state_of

_BEFORE = (SendState.HELD, SendState.SCHEDULED, SendState.WAITING)


@dataclass(frozen=True, slots=True)
class Sending:
    """How far a mail has come, and why no further; times are ms UTC.

    `reason` is a word for programs, `detail` what the provider said. `due_at` is when it is tried
    next, None where nobody waits for that.
    """

    state: str
    reason: str
    detail: str
    since: int
    due_at: int | None


def sending_of(row: Mapping[str, Any] | RowMapping | None, now: int) -> Sending | None:
    """Return how far an outbox row has come; None for a message that is no mail of ours."""
    if row is None:
        return None
    state = state_of(dict(row), now)
    since = row["settled_at"] or row["delivering_since"] or row["created_at"]
    due_at = row["due_at"] if state in _BEFORE else None
    return Sending(state.value, row["reason"], row["error"], since, due_at)
