"""users.drafts: every save makes a new message, as Gmail's do."""

from __future__ import annotations

from connectors.testkit.gmail_simulator import mailbox, messages, rfc822, sending, view
from connectors.testkit.gmail_simulator.errors import invalid, not_found
from connectors.testkit.gmail_simulator.search import Condition
from connectors.testkit.gmail_simulator.store import Row, one
from connectors.testkit.gmail_simulator.wire import Json
from connectors.testkit.gmail_simulator.world import Call, random_token

_DIGITS = "0123456789"
DRAFT_LABELS = frozenset({"DRAFT"})


def create(call: Call) -> Json:
    draft_id = f"r{random_token(18, _DIGITS)}"
    row = _store(call, sending.outgoing(call.body().get("message") or {}))
    call.db.execute("INSERT INTO drafts VALUES (?, ?, ?)", (call.account, draft_id, row["id"]))
    return {"id": draft_id, "message": view.labelled(call.db, row)}


def _store(call: Call, asked: sending.Outgoing) -> Row:
    mail = rfc822.split(asked.raw)
    thread_id = sending.thread_for(call, mail, asked.thread_id)
    # A draft keeps the id it came with; only sending replaces it.
    if not mail.header("Message-ID"):
        mail = mail.replaced("Message-ID", f"<CA{random_token(48)}@mail.gmail.com>")
    new = mailbox.NewMessage(mail.as_bytes(), DRAFT_LABELS, call.now, thread_id)
    return mailbox.add(call.db, call.account, new, call.now)


def list_drafts(call: Call) -> Json:
    where = messages.visible(call)
    joined = "m.id IN (SELECT message_id FROM drafts WHERE account = m.account)"
    rows, token = messages.page(call, Condition(f"{where.sql} AND {joined}", where.values))
    answer: Json = {"resultSizeEstimate": len(rows)}
    if rows:
        answer["drafts"] = [{"id": _id_of(call, row), "message": view.stub(row)} for row in rows]
    return answer | ({"nextPageToken": token} if token else {})


def _id_of(call: Call, row: Row) -> str:
    found = one(
        call.db,
        "SELECT id FROM drafts WHERE account = ? AND message_id = ?",
        *(call.account, row["id"]),
    )
    return found["id"] if found else ""


def get_draft(call: Call) -> Json:
    draft_id = call.params["id"]
    form = call.request.arg("format", "full").lower()
    return {"id": draft_id, "message": view.message(call.db, _message(call, draft_id), form, [])}


def _message(call: Call, draft_id: str) -> Row:
    draft = one(
        call.db,
        "SELECT message_id FROM drafts WHERE account = ? AND id = ?",
        *(call.account, draft_id),
    )
    row = mailbox.get(call.db, call.account, draft["message_id"]) if draft else None
    if row is None:
        raise not_found()
    return row


def update(call: Call) -> Json:
    """Answer drafts.update: the old message goes, a new one comes."""
    draft_id = call.params["id"]
    return {"id": draft_id, "message": view.labelled(call.db, _replace(call, draft_id))}


def _replace(call: Call, draft_id: str) -> Row:
    old = _message(call, draft_id)
    row = _store(call, sending.outgoing(call.body().get("message") or {}))
    # Each save is a new message, and the history shows both halves of it.
    mailbox.delete(call.db, call.account, old["id"], call.now)
    call.db.execute(
        "UPDATE drafts SET message_id = ? WHERE account = ? AND id = ?",
        (row["id"], call.account, draft_id),
    )
    return row


def send(call: Call) -> Json:
    """Answer drafts.send: the draft is gone, the mail is in SENT under a new id."""
    draft_id = str(call.body().get("id") or "")
    if not draft_id:
        raise invalid("Missing draft id")
    row = _message(call, draft_id)
    if (call.body().get("message") or {}).get("raw"):
        row = _replace(call, draft_id)
    raw = mailbox.raw_of(call.db, call.account, row["id"])
    # The thread was settled when the draft was saved; the three conditions are not asked again.
    sent = sending.send(call, rfc822.split(raw), row["thread_id"])
    _remove(call, draft_id, row)
    return view.labelled(call.db, sent)


def _remove(call: Call, draft_id: str, row: Row) -> None:
    mailbox.delete(call.db, call.account, row["id"], call.now)
    call.db.execute("DELETE FROM drafts WHERE account = ? AND id = ?", (call.account, draft_id))


def delete(call: Call) -> None:
    """Answer drafts.delete: gone for good, not trashed."""
    _remove(call, call.params["id"], _message(call, call.params["id"]))
