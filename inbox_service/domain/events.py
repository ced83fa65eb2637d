"""Facts that happened at the desk: past tense, ids only, never a body or an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

ActorType = Literal["agent", "customer", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it; the system has no id."""

    type: ActorType
    id: int | None = None


SYSTEM = Actor("system")


@dataclass(frozen=True, slots=True)
class NewEvent:
    """A fact to append; its number and time are given when it is."""

    kind: str
    actor: Actor
    ticket_id: int | None = None
    message_id: int | None = None
    inbox_id: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
