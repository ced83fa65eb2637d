"""An agent answers a notice by mail: what he wrote goes to the customer, as if from the desk.

It goes there only where the notice was his, is not older than a week, and his provider vouches for
him; and as in the desk, only where nobody wrote meanwhile and one mail holds its files. Else it is
a note that says why, and who surely wrote it is told by mail too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.domain.events import SYSTEM
from inbox_service.domain.mail import Address
from inbox_service.errors import InboxError, NotFound, Stale
from inbox_service.store import agents, mailboxes, messages, parked, receipts, sites, tickets
from inbox_service.store.rows import Row
from inbox_service.texts import languages, text

from . import replies, uploads
from .agent_notices import ticket_url
from .answer_files import files_of
from .answer_tokens import Answerable
from .desk import Desk
from .mail_reading import Mail, read_stored
from .message_rows import Author, attachment_rows, message_row
from .notices import Notice, PreparedNotice, prepare_notice, queue_notice


@dataclass(frozen=True, slots=True)
class _Answer:
    """The mail, who is said to have written it, and what it answers."""

    receipt: Row
    mail: Mail
    agent: Row
    ticket: Row
    answered: Answerable

    @property
    def sender(self) -> Address:
        """Who the mail says wrote it."""
        parsed = self.mail.parsed
        return parsed.sender if parsed and parsed.sender else Address("", "")


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Why an answer may not go to the customer in the agent's name; `values` go into the words."""

    why: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_about_agent(self) -> bool:
        """Whether it is not even sure that the agent wrote it: then he is told nothing."""
        return self.why in ("stranger", "unproven")


def take(deps: Deps, site_id: int, event: Mapping[str, Any]) -> None:
    """Take in the answer that a `notice_answered` event tells of; a second time changes nothing."""
    answered = Answerable(
        int(event["ticket_id"]), int(event["agent_id"]), int(event["told_at"]), event["lives"]
    )
    with deps.sessions.reading() as connection:
        mailbox = mailboxes.get(connection, site_id, int(event["mailbox_id"]))
        known = receipts.known(connection, site_id, int(event["mailbox_id"]), [event["mail"]])
        agent = agents.get(connection, site_id, answered.agent_id)
        ticket = tickets.get_many(connection, site_id, [answered.ticket_id])[answered.ticket_id]
    receipt = known.get(event["mail"])
    if receipt is None or receipt["outcome"] != "parked" or agent is None or mailbox is None:
        return
    try:
        mail = read_stored(deps, dict(receipt))
    except NotFound:
        return
    answer = _Answer(dict(receipt), mail, dict(agent), dict(ticket), answered)
    doubt = _doubt(answer) or _reply(deps, answer)
    if doubt:
        _note(deps, answer, doubt)


def said(mail: Mail) -> str:
    """Return what the agent wrote himself, without the notice below it."""
    shown = mail.visible.text if mail.visible else ""
    markers = {text(language, "agent_notice_marker") for language in languages()}
    lines = shown.splitlines()
    # Programs that nobody listed leave the quote's marks, or a line above that tells of it.
    end = next((at for at, line in enumerate(lines) if line.strip("> \t") in markers), len(lines))
    return "\n".join(lines[:end]).rstrip("> \n\t")


def _doubt(answer: _Answer) -> _Doubt | None:
    parsed = answer.mail.parsed
    if parsed is None or answer.sender.email != answer.agent["email"].lower():
        return _Doubt("stranger")
    if not parsed.authentication.aligned:
        return _Doubt("unproven")
    return None if answer.answered.lives else _Doubt("late")


def _reply(deps: Deps, answer: _Answer) -> _Doubt | None:
    """Send it as if written in the desk; return why that cannot be, None where it is done."""
    site_id, agent_id, ticket = answer.receipt["site_id"], answer.agent["id"], answer.ticket
    with deps.sessions.reading() as connection:
        viewer = agents.viewer(connection, agents.get(connection, site_id, agent_id))  # type: ignore[arg-type]
        told_at = answer.answered.told_at
        seen = messages.newest_until(connection, site_id, ticket["id"], told_at)
    if not viewer.can_reply or not viewer.sees(ticket["inbox_id"]):
        return _Doubt("unsendable")
    files = files_of(deps, answer.receipt, answer.mail)
    brought = uploads.bring(deps, site_id, agent_id, ticket["id"], files)
    ids = tuple(one["id"] for one in brought)
    draft = replies.ReplyDraft(said(answer.mail), uploads=ids, seen_up_to=seen)
    try:
        prepared = replies.prepare_reply(
            deps, site_id, agent_id, ticket["number"], draft, brought=brought
        )
        with deps.sessions.writing() as connection:
            if _claim(connection, answer.receipt, "reply"):
                uploads.put_in(connection, brought)
                message_id = replies.add_reply(connection, deps, prepared)
                _link(connection, answer.receipt, ticket["id"], message_id)
    except InboxError as error:
        return _refusal(error)
    return None


def _refusal(error: InboxError) -> _Doubt:
    if isinstance(error, Stale):
        return _Doubt("unseen")
    if error.code != "mail_too_large":
        return _Doubt("unsendable")
    sizes = {name: f"{error.details[name] / 1e6:.1f}" for name in ("size", "limit")}
    return _Doubt("large", sizes)


def _note(deps: Deps, answer: _Answer, doubt: _Doubt) -> None:
    receipt, parsed = answer.receipt, answer.mail.parsed
    name = f"answered_by_mail_{doubt.why}"
    why = text(answer.agent["locale"], name, sender=answer.sender.email, **doubt.values)
    # A stranger may have written in the agent's name, and his own caps are for true news.
    told = None if doubt.is_about_agent else _told(deps, answer, why)
    with deps.sessions.writing() as connection:
        if parsed is None or not _claim(connection, receipt, "reply"):
            return
        desk = Desk(connection, receipt["site_id"], deps.clock.now())
        desk.load([answer.ticket["id"]])
        row = desk.tickets[answer.ticket["id"]]
        note = message_row(
            answer.mail,
            parsed,
            row,
            Author(SYSTEM, answer.sender),
            mailbox_id=receipt["mailbox_id"],
            kind="note",
            now=desk.now,
        )
        note |= {"text": f"{why}\n\n{said(answer.mail)}"}
        note |= {"html": "", "folded_html": "", "folded_text": ""}
        files = attachment_rows(parsed, desk.site_id, note["id"], answer.mail.received_at)
        desk.attach(row, note, files, side=None)
        desk.record("note_added", SYSTEM, row, note["id"])
        desk.flush()
        _link(connection, receipt, row["id"], note["id"])
        row_id = queue_notice(connection, deps, told) if told else None
    if row_id is not None:
        deps.queue.hint("deliver", receipt["site_id"], row_id)


def _told(deps: Deps, answer: _Answer, why: str) -> PreparedNotice | None:
    """Return the mail that tells the agent: else he would believe that it was sent."""
    agent, ticket, site_id = answer.agent, answer.ticket, answer.receipt["site_id"]
    with deps.sessions.reading() as connection:
        site = sites.get(connection, site_id)
    if site is None:
        return None
    url, locale = ticket_url(site["home_url"], ticket["number"]), agent["locale"]
    notice = Notice(
        "agent_notice",
        Address(agent["email"], agent["name"]),
        text(
            locale,
            "unsent_answer_subject",
            number=ticket["number"],
            subject=ticket["subject"][:900],
        ),
        text(locale, "unsent_answer_body", why=why, url=url),
        locale,
    )
    return prepare_notice(deps, site_id, ticket["inbox_id"], notice)


def _claim(connection: Connection, receipt: Row, outcome: str) -> bool:
    """Take the mail off the shelf, where it lies until it is taken in; False where it is gone."""
    values = {"outcome": outcome, "reason": "answer to a notice"}
    return parked.settle(connection, receipt["site_id"], receipt["id"], values)


def _link(connection: Connection, receipt: Row, ticket_id: int, message_id: int) -> None:
    values = {"ticket_id": ticket_id, "message_id": message_id}
    receipts.revise(connection, receipt["site_id"], receipt["id"], values)
