"""What may still be done with a reply's mail: take it back, give it another time, say what is so.

All of it is possible until a worker has begun to send the mail; who comes later is told so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inbox_service.deps import Deps
from inbox_service.domain import sending
from inbox_service.domain.events import Actor
from inbox_service.domain.sending import SendState, WaitReason
from inbox_service.errors import Conflict, NotFound
from inbox_service.ports import SentRef
from inbox_service.store import messages, outbox, tickets

from . import auth, drafts
from .desk import Desk, Row
from .queueing import check_time
from .settling import settle
from .views import visible_ticket


@dataclass(frozen=True, slots=True)
class _Send:
    """A reply's outbox row in the desk of the transaction that changes it."""

    desk: Desk
    actor: Actor
    ticket: Row
    row: Row
    message: Row


def withdraw(deps: Deps, caller: auth.Caller, number: int, message_id: int) -> Mapping[str, Any]:
    """Take a reply back: its mail is not sent, and its text is its writer's draft again.

    Returns what was written, as it was sent. What came with it (status, assignee, people in copy)
    is undone unless somebody changed it since. raises Conflict `too_late`.
    """
    with auth.writing(deps, caller) as act:
        send = _load(act, number, message_id)
        undo = send.row["undo"] or {
            "ticket": {},
            "people": [],
            "content": _as_written(send.message),
        }
        if not outbox.withdraw(act.connection, send.row, act.at):
            raise _too_late()
        undone = _take_out(act, send, undo)
        send.desk.record("reply_withdrawn", send.actor, send.ticket, None, **undone)
        send.desk.flush()
        messages.remove(act.connection, caller.site_id, message_id)
        drafts.bring_back(act.connection, send.message, undo["content"], act.at)
    if send.row["claims"]:
        deps.queue.hint("tidy_draft", caller.site_id, send.row["id"])
    return dict(undo["content"])


def reschedule(
    deps: Deps, caller: auth.Caller, number: int, message_id: int, send_at: int | None
) -> None:
    """Give a reply that has not left another time, None for now; also one that was refused.

    raises Conflict `too_late`, Invalid for a time that is past.
    """
    check_time(send_at, deps.clock.now())
    with auth.writing(deps, caller) as act:
        send = _load(act, number, message_id)
        times = {"due_at": send_at or act.at, "scheduled_at": send_at or send.row["scheduled_at"]}
        told = {"state": "waiting", "reason": "", "error": "", "settled_at": None}
        if not outbox.change(act.connection, send.row, outbox.WITHDRAWABLE, {**times, **told}):
            raise _too_late()
        kind = "reply_scheduled" if send_at else "reply_hurried"
        send.desk.record(kind, send.actor, send.ticket, message_id)
        send.desk.flush()
    deps.queue.hint("deliver", caller.site_id, send.row["id"])


def resolve(
    deps: Deps, caller: auth.Caller, number: int, message_id: int, *, went_out: bool
) -> None:
    """Take an agent's word for a mail of which nobody knows whether it went out.

    raises Conflict `not_unsure` where it is known by now.
    """
    with auth.writing(deps, caller) as act:
        send = _load(act, number, message_id)
        if send.row["state"] != "unsure":
            raise Conflict("It is known by now what became of it: look again.", code="not_unsure")
        if went_out:
            settle(send.desk, send.row, SentRef("", "", ""))
        else:
            _say_not_sent(act, send)
        send.desk.record("send_resolved", send.actor, send.ticket, message_id, went_out=went_out)
        send.desk.flush()


def _load(act: auth.Act, number: int, message_id: int) -> _Send:
    site_id = act.viewer.site_id
    ticket_id = visible_ticket(act, number)["id"]
    desk = Desk(act.connection, site_id, act.at)
    desk.load([ticket_id])
    row = outbox.of_message(act.connection, site_id, message_id)
    message = messages.get_many(act.connection, site_id, [message_id]).get(message_id)
    is_reply = message is not None and message["kind"] == "out"
    if row is None or message is None or not is_reply or message["ticket_id"] != ticket_id:
        raise NotFound("No mail belongs to this message.", code="sending_not_found")
    actor = Actor("agent", act.viewer.agent_id)
    return _Send(desk, actor, desk.tickets[ticket_id], row, message)


def _take_out(act: auth.Act, send: _Send, undo: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Take the message out of its ticket's row; return what was undone, for the event."""
    site_id, ticket, message_id = act.viewer.site_id, send.ticket, send.message["id"]
    before = dict(ticket)
    answered = messages.has_later_reply(act.connection, site_id, ticket["id"], message_id)
    ticket.update(sending.taken_back(ticket, undo["ticket"], answered_since=answered))
    ticket["message_count"] -= 1
    tickets.remove_participants(act.connection, site_id, ticket["id"], undo["people"])
    outbox.cancel_archiving(act.connection, site_id, ticket["id"], act.at)
    names = [name for name in ("status", "assignee_id") if before[name] != ticket[name]]
    return {name: [_word(before[name]), _word(ticket[name])] for name in names}


def _say_not_sent(act: auth.Act, send: _Send) -> None:
    # Its draft may be gone: the next try makes another.
    values = {"state": "failed", "delivering_since": None, "memo": None, "settled_at": act.at}
    told = {
        "reason": WaitReason.SAID_NOT_SENT.value,
        "error": "Somebody looked: it did not go out.",
    }
    if not outbox.change(act.connection, send.row, ["unsure"], {**values, **told}):
        raise Conflict("It is known by now what became of it: look again.", code="not_unsure")


def _as_written(message: Row) -> dict[str, Any]:
    # Of a reply that was queued before replies could be taken back.
    emails = {name: [one["email"] for one in message[name]] for name in ("recipients", "copied")}
    return {"text": message["text"], "to": emails["recipients"], "cc": emails["copied"]}


def _too_late() -> Conflict:
    return Conflict(
        "It is being sent already and cannot be changed any more.",
        code="too_late",
        state=SendState.SENDING.value,
    )


def _word(value: Any) -> str | None:
    # Ids leave as text: JavaScript would round them.
    return None if value is None else str(value)
