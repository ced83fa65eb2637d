"""users.messages: list, get, change, delete, insert; and attachments."""

from __future__ import annotations

import re
from email import message_from_bytes
from typing import Any

from connectors.testkit.gmail_simulator import labels, mailbox, rfc822, search, sending, view
from connectors.testkit.gmail_simulator.errors import ApiError, invalid, known, not_found
from connectors.testkit.gmail_simulator.search import Condition
from connectors.testkit.gmail_simulator.store import Row, many, one
from connectors.testkit.gmail_simulator.wire import Json
from connectors.testkit.gmail_simulator.world import Call

_ID = re.compile(r"[0-9a-f]{1,16}")
MOST_IN_BATCH = 1000
PAGE, LARGEST_PAGE = 100, 500


def list_messages(call: Call) -> Json:
    where = visible(call)
    rows, token = page(call, where)
    if call.world.settings.loose_order:
        # Neighbours change places: Gmail's lists are not strictly newest first.
        rows = [row for at in range(0, len(rows), 2) for row in reversed(rows[at : at + 2])]
    found = one(
        call.db,
        f"SELECT count(*) AS n FROM messages m WHERE {where.sql}",  # noqa: S608 - own SQL
        *where.values,
    )
    answer: Json = {"resultSizeEstimate": found["n"] if found else 0}
    if rows:
        answer["messages"] = [view.stub(row) for row in rows]
    return answer | ({"nextPageToken": token} if token else {})


def visible(call: Call) -> Condition:
    """Return which messages the list parameters of this call ask for."""
    query = call.request.arg("q")
    if query and only_metadata(call):
        raise ApiError(403, "forbidden", "Metadata scope does not support 'q' parameter")
    found = search.parse(call.db, call.account, query)
    labels.require_known(call, set(call.request.args("labelIds")))
    asked = [search.has_label(label) for label in call.request.args("labelIds")]
    wanted = search.both([found, *asked])
    owned = Condition("m.account = ? AND m.visible_at <= ?", (call.account, call.now))
    # Spam and trash are hidden unless the call or its query asks for them.
    if wanted.everywhere or call.request.flag("includeSpamTrash"):
        return search.both([owned, wanted])
    hidden = [search.negated(search.has_label(label)) for label in ("SPAM", "TRASH")]
    return search.both([owned, wanted, *hidden])


def page(call: Call, where: Condition) -> tuple[list[Row], str]:
    """Return one page of messages, newest first, and the token of the next page."""
    size = call.request.number("maxResults", PAGE, LARGEST_PAGE)
    after = ""
    # The token names the last message shown: what arrives meanwhile shifts no page.
    values: list[Any] = list(where.values)
    token = call.request.arg("pageToken")
    if token:
        date, _, last_id = token.partition(".")
        if not date.lstrip("-").isdigit() or not _ID.fullmatch(last_id):
            raise invalid("Invalid pageToken")
        after = " AND (m.internal_date, m.id) < (?, ?)"
        values += [int(date), last_id]
    rows = many(
        call.db,
        f"SELECT * FROM messages m WHERE {where.sql}{after}"  # noqa: S608 - own SQL
        " ORDER BY m.internal_date DESC, m.id DESC LIMIT ?",
        *(*values, size + 1),
    )
    if len(rows) <= size:
        return rows, ""
    last = rows[size - 1]
    return rows[:size], f"{last['internal_date']}.{last['id']}"


def only_metadata(call: Call) -> bool:
    """Tell whether the token reads nothing but metadata."""
    return call.scopes == {"https://www.googleapis.com/auth/gmail.metadata"}


def get_message(call: Call) -> Json:
    form = call.request.arg("format", "full").lower()
    if form in ("full", "raw") and only_metadata(call):
        raise ApiError(403, "forbidden", f"Metadata scope doesn't allow format {form.upper()}")
    row = wanted(call, call.params["id"])
    return view.message(call.db, row, form, call.request.args("metadataHeaders"))


def wanted(call: Call, message_id: str) -> Row:
    """Return the message with this id; 400 for no id at all, 404 for one that is not there."""
    check_id(message_id)
    row = mailbox.get(call.db, call.account, message_id)
    # Not there *yet* looks like gone: byeokim/gmailpush#10 waited three seconds.
    if row is None or row["visible_at"] > call.now:
        raise not_found()
    return row


def check_id(text: str) -> None:
    """Refuse what cannot be the id of a message or a thread."""
    if not _ID.fullmatch(text):
        raise invalid("Invalid id value")


def modify(call: Call) -> Json:
    add, remove = labels.change(call, call.body())
    row = wanted(call, call.params["id"])
    mailbox.relabel(call.db, call.account, row["id"], add, remove, call.now)
    return view.labelled(call.db, row)


def batch_modify(call: Call) -> None:
    body = call.body()
    add, remove = labels.change(call, body)
    for row in _batch(call, body):
        mailbox.relabel(call.db, call.account, row["id"], add, remove, call.now)


def batch_delete(call: Call) -> None:
    for row in _batch(call, call.body()):
        mailbox.delete(call.db, call.account, row["id"], call.now)


def _batch(call: Call, body: Json) -> list[Row]:
    """Return the messages a batch names; unknown ids are passed over, as the API promises."""
    ids = body.get("ids") or []
    if not ids:
        raise invalid("No message ids specified.")
    if len(ids) > MOST_IN_BATCH:
        raise invalid(f"Too many message ids: {len(ids)}, the most is {MOST_IN_BATCH}.")
    if not all(isinstance(entry, str) and _ID.fullmatch(entry) for entry in ids):
        raise invalid("Invalid id value")
    found = [mailbox.get(call.db, call.account, entry) for entry in ids]
    return [row for row in found if row is not None]


def trash(call: Call) -> Json:
    row = wanted(call, call.params["id"])
    mailbox.relabel(call.db, call.account, row["id"], *labels.TRASHED, call.now)
    return view.labelled(call.db, row)


def untrash(call: Call) -> Json:
    row = wanted(call, call.params["id"])
    mailbox.relabel(call.db, call.account, row["id"], *labels.UNTRASHED, call.now)
    return view.labelled(call.db, row)


def delete(call: Call) -> None:
    row = wanted(call, call.params["id"])
    mailbox.delete(call.db, call.account, row["id"], call.now)


def insert(call: Call) -> Json:
    """Answer messages.insert: as IMAP APPEND, dated now unless asked otherwise."""
    return _put(call, call.request.arg("internalDateSource", "receivedTime"))


def import_message(call: Call) -> Json:
    """Answer messages.import: as a delivery, dated by its Date field unless asked otherwise."""
    return _put(call, call.request.arg("internalDateSource", "dateHeader"))


def _put(call: Call, date_source: str) -> Json:
    body = call.body()
    raw = view.decode(str(body.get("raw") or ""))
    if not raw:
        raise invalid("'raw' RFC822 payload message string or uploading message via /upload/* URL"
                      " required")  # fmt: skip
    chosen = set(body.get("labelIds") or [])
    labels.require_known(call, chosen)
    mail = rfc822.split(raw)
    date = rfc822.date_of(mail, call.now) if date_source == "dateHeader" else call.now
    asked = str(body.get("threadId") or "")
    thread_id = (
        sending.thread_for(call, mail, asked)
        if asked
        else mailbox.thread_by_headers(call.db, call.account, mail)
    )
    new = mailbox.NewMessage(raw, frozenset(chosen), date, thread_id)
    return view.labelled(call.db, mailbox.add(call.db, call.account, new, call.now))


def get_attachment(call: Call) -> Json:
    row = wanted(call, call.params["messageId"])
    parsed = message_from_bytes(mailbox.raw_of(call.db, call.account, row["id"]))
    part = view.attached_part(parsed, call.params["id"])
    if part is None:
        raise known("invalidArgument", "Invalid attachment token")
    content = view.part_bytes(part)
    return {"size": len(content), "data": view.encode(content)}
