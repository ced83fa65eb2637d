"""An agent answers a notice by mail: what he wrote goes to the customer, as if from the desk.

It goes there only where the notice was his, is not older than a week, and his provider vouches for
him; and as in the desk, only where nobody wrote meanwhile. Else it is a note that says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.domain.events import SYSTEM
from inbox_service.domain.mail import Address
from inbox_service.errors import InboxError, NotFound, Stale
from inbox_service.store import agents, mailboxes, messages, parked, receipts, tickets
from inbox_service.store.rows import Row
from inbox_service.texts import languages, text

from . import replies
from .answer_tokens import Answerable
from .desk import Desk
from .mail_reading import Mail, read_stored
from .message_rows import Author, attachment_rows, message_row


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
    written = said(mail)
    doubt = _doubt(mail, dict(agent), answered)
    if not doubt:
        doubt = _reply(deps, dict(receipt), dict(agent), dict(ticket), answered, written)
    if doubt:
        _note(deps, dict(receipt), mail, dict(agent), dict(ticket), written, doubt)


def said(mail: Mail) -> str:
    """Return what the agent wrote himself, without the notice below it."""
    shown = mail.visible.text if mail.visible else ""
    markers = {text(language, "agent_notice_marker") for language in languages()}
    lines = shown.splitlines()
    # Programs that nobody listed leave the quote's marks, or a line above that tells of it.
    end = next((at for at, line in enumerate(lines) if line.strip("> \t") in markers), len(lines))
    return "\n".join(lines[:end]).rstrip("> \n\t")


def _doubt(mail: Mail, agent: Row, answered: Answerable) -> str:
    """Return why this may not go to the customer in the agent's name, "" where it may."""
    parsed = mail.parsed
    if parsed is None or parsed.sender is None or parsed.sender.email != agent["email"].lower():
        return "stranger"
    if not parsed.authentication.aligned:
        return "unproven"
    if not answered.lives:
        return "late"
    # The answer is composed anew: files would be lost without a word.
    return "files" if any(not one.inline for one in parsed.attachments) else ""


def _reply(
    deps: Deps, receipt: Row, agent: Row, ticket: Row, answered: Answerable, written: str
) -> str:
    """Send it as if written in the desk; return why that cannot be, "" where it is done."""
    site_id, agent_id = receipt["site_id"], agent["id"]
    with deps.sessions.reading() as connection:
        viewer = agents.viewer(connection, agents.get(connection, site_id, agent_id))  # type: ignore[arg-type]
        seen = messages.newest_until(connection, site_id, ticket["id"], answered.told_at)
    if not viewer.can_reply or not viewer.sees(ticket["inbox_id"]):
        return "unsendable"
    try:
        draft = replies.ReplyDraft(written, seen_up_to=seen)
        prepared = replies.prepare_reply(deps, site_id, agent_id, ticket["number"], draft)
        with deps.sessions.writing() as connection:
            if not _claim(connection, receipt, "reply"):
                return ""
            message_id = replies.add_reply(connection, deps, prepared)
            _link(connection, receipt, ticket["id"], message_id)
    except Stale:
        return "unseen"
    except InboxError:
        return "unsendable"
    return ""


def _note(
    deps: Deps, receipt: Row, mail: Mail, agent: Row, ticket: Row, written: str, doubt: str
) -> None:
    sender = mail.parsed.sender if mail.parsed and mail.parsed.sender else Address("", "")
    why = text(agent["locale"], f"answered_by_mail_{doubt}", sender=sender.email)
    with deps.sessions.writing() as connection:
        if mail.parsed is None or not _claim(connection, receipt, "reply"):
            return
        desk = Desk(connection, receipt["site_id"], deps.clock.now())
        desk.load([ticket["id"]])
        row = desk.tickets[ticket["id"]]
        author = Author(SYSTEM, sender)
        note = message_row(
            mail,
            mail.parsed,
            row,
            author,
            mailbox_id=receipt["mailbox_id"],
            kind="note",
            now=desk.now,
        )
        note |= {"text": f"{why}\n\n{written}", "html": "", "folded_html": "", "folded_text": ""}
        files = attachment_rows(mail.parsed, desk.site_id, note["id"], mail.received_at)
        desk.attach(row, note, files, side=None)
        desk.record("note_added", SYSTEM, row, note["id"])
        desk.flush()
        _link(connection, receipt, row["id"], note["id"])


def _claim(connection: Connection, receipt: Row, outcome: str) -> bool:
    """Take the mail off the shelf, where it lies until it is taken in; False where it is gone."""
    values = {"outcome": outcome, "reason": "answer to a notice"}
    return parked.settle(connection, receipt["site_id"], receipt["id"], values)


def _link(connection: Connection, receipt: Row, ticket_id: int, message_id: int) -> None:
    values = {"ticket_id": ticket_id, "message_id": message_id}
    receipts.revise(connection, receipt["site_id"], receipt["id"], values)
