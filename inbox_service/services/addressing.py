"""What a composer shows before a word is written: to whom, as whom, with how much room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inbox_service.deps import Deps
from inbox_service.domain.recipients import Recipients, answer, answer_to_all

from . import auth, uploads
from .reply_context import read_context
from .reply_mail import signature_below
from .views import visible_ticket


@dataclass(frozen=True, slots=True)
class Addressing:
    """Whom an answer goes to and who may be its sender, the usual one first.

    `is_list` warns that a mailing list would get it. `uninvited` wrote here by a token that was
    passed on to them: no answer goes to them unasked. `room` is in bytes of files.
    """

    answer: Recipients
    answer_to_all: Recipients
    senders: Sequence[str]
    is_list: bool
    uninvited: Sequence[str]
    room: int
    signature: str


def addressing(deps: Deps, caller: auth.Caller, number: int) -> Addressing:
    """Return how the next answer of the calling agent is addressed.

    raises Conflict where no mailbox feeds the ticket's inbox, or the customer was erased.
    """
    with auth.reading(deps, caller) as act:
        ticket = visible_ticket(act, number)
        agent_id = act.viewer.agent_id or 0
        context = read_context(act.connection, caller.site_id, agent_id, number)
        room = uploads.room_in(deps, act.connection, caller.site_id, ticket["inbox_id"])
    return Addressing(
        answer(context.answered, context.circle),
        answer_to_all(context.answered, context.circle),
        context.senders,
        context.is_list,
        sorted(context.circle.uninvited),
        room,
        signature_below(context),
    )
