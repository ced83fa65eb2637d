"""Replies that have not left yet, or will not: what the outbox shows of each."""

from __future__ import annotations

from dataclasses import dataclass

from inbox_service.deps import Deps
from inbox_service.store import outbox

from . import auth
from .sending_views import Sending, sending_of

# As many tickets as the list of the outbox shows without asking for more.
MOST = 200


@dataclass(frozen=True, slots=True)
class UnsentReply:
    """How far the mail of a reply has come, and in which ticket it stands."""

    ticket_number: int
    sending: Sending | None


def unsent_replies(deps: Deps, caller: auth.Caller) -> list[UnsentReply]:
    """Return the replies that have not left, of the tickets the caller sees, oldest first."""
    with auth.reading(deps, caller) as act:
        rows = outbox.unsent(act.connection, caller.site_id, act.viewer.inboxes, MOST)
    return [UnsentReply(row["number"], sending_of(row, act.at)) for row in rows]
