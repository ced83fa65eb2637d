"""The parked shelf: mail that became no ticket, why not, and what a manager makes of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.exc import DataError, IntegrityError

from inbox_service.deps import Deps
from inbox_service.domain.events import Actor, NewEvent
from inbox_service.errors import NotFound
from inbox_service.ports import Fetched, MessageRef
from inbox_service.store import agents, events, mailboxes
from inbox_service.store import parked as shelf
from inbox_service.store.rows import Row

from . import managers
from .auth import Act, Caller
from .ingest import ingest_wanted
from .mail_reading import Mail, read_mail
from .unreadable import wrapped
from .views import Page

# What a person needs to recognise a mail; the ticket shows the whole of it.
_PREVIEW = 600
# Empty lines are of no use in the three lines that a screen has for it.
_BREAKS = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class ParkedMail:
    """A mail on the shelf. Sender, subject and preview are "" where it cannot be read."""

    id: int
    reason: str
    received_at: int
    size: int
    is_readable: bool = False
    sender_name: str = ""
    sender_email: str = ""
    subject: str = ""
    direction: str = "ltr"
    preview: str = ""


@dataclass(frozen=True, slots=True)
class MadeTicket:
    """A parked mail's receipt and the number of the ticket it belongs to now."""

    receipt_id: int
    ticket_number: int


def list_parked(
    deps: Deps,
    caller: Caller,
    mailbox_id: int,
    state: str,
    after: tuple[int, ...] | None,
    limit: int,
) -> Page[ParkedMail]:
    """Return what is "parked" or was "discarded", newest first, read again for its preview."""
    with managers.reading(deps, caller) as act:
        _mailbox(act, mailbox_id)
        rows = shelf.page(act.connection, caller.site_id, mailbox_id, state, after, limit + 1)
    shown = [_shown(deps, row) for row in rows[:limit]]
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(shown, (last["received_at"], last["id"]) if last else None)


def make_tickets(
    deps: Deps, caller: Caller, mailbox_id: int, receipt_ids: Sequence[int]
) -> list[MadeTicket]:
    """Make tickets of parked mails; return those that were parked, with their tickets' numbers.

    A mail that cannot be read, or that the database refuses, comes as a file in a ticket that says
    so. raises Stale where somebody else settled one of them in this moment.
    """
    with managers.reading(deps, caller) as act:
        mailbox = _mailbox(act, mailbox_id)
        rows = shelf.chosen(act.connection, caller.site_id, mailbox_id, receipt_ids)
        locale = _locale(act)
    read = [_read(deps, row) for row in rows]
    mails = [
        mail if mail.parsed else wrapped(deps, mail, row, locale)
        for mail, row in zip(read, rows, strict=True)
    ]
    try:
        return _make(deps, caller, mailbox, mails, rows)
    except (DataError, IntegrityError):
        # What the database refused once it refuses again: its file is all that can be had of it.
        files = [wrapped(deps, mail, row, locale) for mail, row in zip(read, rows, strict=True)]
        return _make(deps, caller, mailbox, files, rows)


def discard(deps: Deps, caller: Caller, mailbox_id: int, receipt_ids: Sequence[int]) -> list[int]:
    """Take mails off the shelf; they keep their receipt and bytes. Return which were parked."""
    return _move(deps, caller, mailbox_id, receipt_ids, ("parked", "discarded"), "mail_discarded")


def restore(deps: Deps, caller: Caller, mailbox_id: int, receipt_ids: Sequence[int]) -> list[int]:
    """Put discarded mails back on the shelf; return which."""
    return _move(deps, caller, mailbox_id, receipt_ids, ("discarded", "parked"), "mail_restored")


def _make(
    deps: Deps, caller: Caller, mailbox: Row, mails: Sequence[Mail], rows: Sequence[Row]
) -> list[MadeTicket]:
    ids = [row["id"] for row in rows]
    with managers.writing(deps, caller) as act:
        by = Actor("agent", act.viewer.agent_id)
        ingest_wanted(act.connection, deps.secrets, mailbox, mails, act.at, by)
        found = shelf.numbers(act.connection, caller.site_id, mailbox["id"], ids)
    return [MadeTicket(receipt_id, found[receipt_id]) for receipt_id in ids if receipt_id in found]


def _move(
    deps: Deps,
    caller: Caller,
    mailbox_id: int,
    receipt_ids: Sequence[int],
    outcomes: tuple[str, str],
    kind: str,
) -> list[int]:
    with managers.writing(deps, caller) as act:
        _mailbox(act, mailbox_id)
        moved = shelf.move(act.connection, caller.site_id, mailbox_id, receipt_ids, *outcomes)
        if moved:
            data = {"receipts": [str(one) for one in moved]}
            event = NewEvent(kind, Actor("agent", act.viewer.agent_id), data=data)
            events.append(act.connection, caller.site_id, [event], act.at)
    return moved


def _mailbox(act: Act, mailbox_id: int) -> Row:
    # A disconnected mailbox keeps its shelf: what is parked there came before.
    row = mailboxes.get(act.connection, act.viewer.site_id, mailbox_id)
    if row is None:
        raise NotFound("There is no such mailbox here.", code="mailbox_not_found")
    return row


def _locale(act: Act) -> str:
    agent = agents.get(act.connection, act.viewer.site_id, act.viewer.agent_id or 0)
    return str(agent["locale"]) if agent else "en"


def _read(deps: Deps, row: Row) -> Mail:
    raw = deps.blobs.get(row["site_id"], str(row["blob"]))
    ref = MessageRef(row["provider_id"], row["provider_thread_id"])
    return read_mail(
        deps, row["site_id"], Fetched(ref, raw, frozenset(row["labels"]), row["received_at"])
    )


def _shown(deps: Deps, row: Row) -> ParkedMail:
    facts = (row["id"], row["reason"], row["received_at"])
    try:
        mail = _read(deps, row)
    except NotFound:
        return ParkedMail(*facts, size=0)
    if mail.parsed is None or mail.visible is None:
        return ParkedMail(*facts, size=mail.size)
    sender = mail.parsed.sender
    return ParkedMail(
        *facts,
        size=mail.size,
        is_readable=True,
        sender_name=sender.name if sender else "",
        sender_email=sender.email if sender else "",
        subject=mail.parsed.subject,
        direction=mail.visible.direction,
        preview=_BREAKS.sub("\n", (mail.visible.text or mail.visible.folded_text).strip())[
            :_PREVIEW
        ],
    )
