"""The conversation in a ticket: its messages and events, and writing into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping

from inbox_service.deps import Deps
from inbox_service.errors import Forbidden, Invalid, NotFound, Stale
from inbox_service.store import messages, tickets, timeline

from . import auth, drafts, files, mentions, pictures, previews, replies
from .idempotency import Key, answered, once
from .previews import Preview
from .replies import ReplyDraft
from .sending_views import Sending, sending_of
from .views import Page, visible_ticket

MessageRow = Mapping[str, Any] | RowMapping


@dataclass(frozen=True, slots=True)
class FileView:
    """An attachment's row, the token that fetches its content for a while, and its preview."""

    row: RowMapping
    token: str
    preview: Preview | None = None


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message's row, and what stands beside it."""

    row: MessageRow
    attachments: Sequence[FileView]
    sending: Sending | None
    shows_images: bool


def list_messages(
    deps: Deps, caller: auth.Caller, number: int, after: tuple[int, ...] | None, limit: int
) -> Page[MessageView]:
    """Return the ticket's messages, oldest first."""
    with auth.reading(deps, caller) as act:
        ticket = visible_ticket(act, number)
        start = after[0] if after else 0
        rows = timeline.messages_of(act.connection, caller.site_id, ticket["id"], start, limit + 1)
        shown = _dress(deps, act, rows[:limit])
    return Page(shown, (rows[limit - 1]["id"],) if len(rows) > limit else None)


def list_newest_messages(
    deps: Deps, caller: auth.Caller, number: int, before: tuple[int, ...] | None, limit: int
) -> Page[MessageView]:
    """Return the ticket's messages from its end, newest first."""
    with auth.reading(deps, caller) as act:
        ticket = visible_ticket(act, number)
        end = before[0] if before else None
        rows = timeline.newest_messages_of(
            act.connection, caller.site_id, ticket["id"], end, limit + 1
        )
        shown = _dress(deps, act, rows[:limit])
    return Page(shown, (rows[limit - 1]["id"],) if len(rows) > limit else None)


def write_message(
    deps: Deps,
    caller: auth.Caller,
    number: int,
    kind: str,
    draft: ReplyDraft,
    key: Key,
    kept: int | None = None,
) -> MessageView:
    """Write a reply or a note, once per key, and return it.

    `kept` is the version of the draft that the service kept of it, which goes with it. raises Stale
    `unseen_messages` with `unseen`, the messages somebody else wrote since, and what `drafts.end`
    and `mentions.add_note` raise.
    """
    agent_id = _author(deps, caller, number)
    # A retry composes nothing: its mail would be a blob that no message ever names.
    if answered(deps, caller.site_id, agent_id, key) or kind == "note":
        prepared = None
    else:
        drafts.check_unsent(deps, caller, number, kind, kept)
        prepared = replies.prepare_reply(deps, caller.site_id, agent_id, number, draft)
    try:
        with auth.writing(deps, caller) as act:
            ticket = visible_ticket(act, number)

            def write() -> int:
                drafts.end(act.connection, (caller.site_id, agent_id, ticket["id"], kind), kept)
                if prepared is None:
                    return mentions.add_note(act, deps, number, draft)
                return replies.add_reply(act.connection, deps, prepared)

            # Again, now that the row cannot change: the ticket may have moved to another inbox.
            message_id = once(act, key, write)
            _saw(act, ticket["id"], message_id)
            shown = _dress(deps, act, [_row(act, message_id)])[0]
            queued = timeline.sending_of(act.connection, caller.site_id, [message_id])
    except Stale as stale:
        raise _with_messages(deps, caller, stale) from stale
    # After the commit: a worker that came sooner would not find the row.
    for row in queued.values():
        deps.queue.hint("deliver", caller.site_id, row["id"])
    return shown


def mark_seen(deps: Deps, caller: auth.Caller, number: int, message_id: int) -> None:
    """Note that the agent saw the ticket up to this message."""
    with auth.noting(deps, caller) as act:
        ticket = visible_ticket(act, number)
        if not timeline.message_exists(act.connection, caller.site_id, ticket["id"], message_id):
            raise Invalid("The ticket has no such message.", field="message_id")
        if ticket["returned_at"] is not None and _is_his(act, ticket):
            tickets.note_looked_at(act.connection, caller.site_id, ticket["id"])
        _saw(act, ticket["id"], message_id)


def _is_his(act: auth.Act, ticket: RowMapping) -> bool:
    """Tell whether the ticket is the agent's, or nobody's and so everybody's."""
    return ticket["assignee_id"] in (None, act.viewer.agent_id)


def _author(deps: Deps, caller: auth.Caller, number: int) -> int:
    """Return the agent who writes; asked before a mail is composed, and again when written."""
    with auth.reading(deps, caller) as act:
        if act.viewer.agent_id is None or not act.viewer.can_reply:
            raise Forbidden("Your role may read only.", code="read_only")
        visible_ticket(act, number)
        return act.viewer.agent_id


def _row(act: auth.Act, message_id: int) -> MessageRow:
    row = messages.get_many(act.connection, act.viewer.site_id, [message_id]).get(message_id)
    if row is None:
        raise NotFound("The message is gone.", code="message_not_found")
    return row


def _saw(act: auth.Act, ticket_id: int, message_id: int) -> None:
    agent_id = act.viewer.agent_id or 0
    timeline.note_seen(act.connection, act.viewer.site_id, agent_id, ticket_id, message_id, act.at)


def _with_messages(deps: Deps, caller: auth.Caller, stale: Stale) -> Stale:
    """Return the error with the unseen messages themselves instead of their ids."""
    with auth.reading(deps, caller) as act:
        rows = messages.get_many(act.connection, caller.site_id, stale.details.get("unseen", ()))
        unseen = _dress(deps, act, [row for _, row in sorted(rows.items())])
    return Stale(str(stale), code=stale.code, unseen=unseen)


def _dress(deps: Deps, act: auth.Act, rows: Sequence[MessageRow]) -> list[MessageView]:
    site_id, ids = act.viewer.site_id, [row["id"] for row in rows]
    if not ids:
        return []
    attached = timeline.attachments_of(act.connection, site_id, ids)
    sending = timeline.sending_of(act.connection, site_id, ids)
    pictured = pictures.with_pictures(act.connection, site_id, rows)
    every_file = [file for found in attached.values() for file in found]
    seen = previews.of_files(deps, act.connection, site_id, every_file, act.at)
    return [
        MessageView(
            row,
            [
                FileView(file, files.token(deps, site_id, file["id"], act.at), seen.get(file["id"]))
                for file in attached.get(row["id"], ())
            ],
            sending_of(sending.get(row["id"]), act.at),
            row["id"] in pictured,
        )
        for row in rows
    ]
