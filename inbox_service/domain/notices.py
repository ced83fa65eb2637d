"""Whom to tell of what happened in a ticket, and whom to tell that his mail has come in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .rights import Viewer

# What an agent may be told of by mail; "answered" is a customer's answer in a ticket of his, or
# in one that he follows, "returned" the end of the time that a ticket of his was snoozed for.
KINDS = ("opened", "assigned", "mentioned", "answered", "returned")
DEFAULT_KINDS = ("assigned", "mentioned", "answered", "returned")

# Nobody reads what is sent to these, and some answer by a machine (RFC 2142 has no name for them).
_NO_REPLY = re.compile(
    r"^(no|do|never|non)[._-]?(not|t)?[._-]?(re(ply|spond|sponder)|responda?|mail)"
    r"|^(mailer-daemon|postmaster|bounces?|notifications?|noreply)([+._-]|$)"
)


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, and the ticket as it is now; `opens` where the message opened the ticket."""

    kind: str
    actor_type: str
    actor_id: int | None
    data: Mapping[str, Any]
    inbox_id: int
    team_id: int | None
    assignee_id: int | None
    opens: bool = False
    followers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reader:
    """An agent who may be told: what he sees, his teams, and what he wants to hear of."""

    agent_id: int
    viewer: Viewer
    teams: frozenset[int]
    kinds: frozenset[str]


def notices_of(event: Happened, readers: Collection[Reader]) -> Iterator[tuple[int, str]]:
    """Yield (agent, kind) of everybody who is to be told of the event; never its own actor."""
    if event.data.get("history"):
        return
    for reader in readers:
        kind = _kind_for(event, reader)
        acted = event.actor_type == "agent" and event.actor_id == reader.agent_id
        if kind in reader.kinds and not acted and reader.viewer.sees(event.inbox_id):
            yield reader.agent_id, kind


def may_acknowledge(email: str, automatic: str | None, *, proven: bool) -> bool:
    """Tell whether an automatic answer may go to the sender of a mail.

    Never to what a machine wrote (RFC 3834 2), nor to an address that the provider does not vouch
    for: it may be a stranger's, whom somebody else's spam would then reach in our name.
    """
    return automatic is None and proven and not _NO_REPLY.search(email.partition("@")[0].lower())


def _kind_for(event: Happened, reader: Reader) -> str:
    """Return what the event is for this reader, "" for nothing."""
    if event.kind == "ticket_assigned":
        return "assigned" if _new(event.data, "assignee_id") == str(reader.agent_id) else ""
    if event.kind == "agents_mentioned":
        return "mentioned" if str(reader.agent_id) in event.data.get("agent_ids", ()) else ""
    if event.kind == "ticket_opened":
        is_for_him = event.team_id is None or event.team_id in reader.teams
        return "opened" if is_for_him else ""
    if event.kind == "ticket_returned":
        # What a customer's message brought back is told as his answer.
        is_over = event.data.get("by") == "time"
        return "returned" if is_over and event.assignee_id == reader.agent_id else ""
    if event.kind == "message_received" and not event.opens:
        is_his = event.assignee_id == reader.agent_id or reader.agent_id in event.followers
        return "answered" if is_his else ""
    return ""


def _new(data: Mapping[str, Any], name: str) -> Any:
    values = data.get(name)
    return values[1] if isinstance(values, list) and len(values) == 2 else None
