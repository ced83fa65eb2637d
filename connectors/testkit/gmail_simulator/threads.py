"""users.threads: list, get, change, delete."""

from __future__ import annotations

from html import escape

from connectors.testkit.gmail_simulator import labels, mailbox, messages, view
from connectors.testkit.gmail_simulator.errors import ApiError, invalid, not_found
from connectors.testkit.gmail_simulator.store import Row, many, one
from connectors.testkit.gmail_simulator.wire import Json
from connectors.testkit.gmail_simulator.world import Call

_LATEST_FIRST = "max(m.internal_date) DESC, max(m.id) DESC"


def list_threads(call: Call) -> Json:
    """Answer threads.list: threads with a message that fits, by their latest one."""
    where = messages.visible(call)
    size = call.request.number("maxResults", messages.PAGE, messages.LARGEST_PAGE)
    # A thread moves to the top with a new message, so its pages may shift, as Gmail's do.
    token = call.request.arg("pageToken") or "0"
    if not token.isdigit():
        raise invalid("Invalid pageToken")
    grouped = f"SELECT m.thread_id FROM messages m WHERE {where.sql} GROUP BY m.thread_id"  # noqa: S608
    rows = many(
        call.db,
        f"{grouped} ORDER BY {_LATEST_FIRST} LIMIT ? OFFSET ?",
        *(*where.values, size + 1, int(token)),
    )
    total = one(call.db, f"SELECT count(*) AS n FROM ({grouped})", *where.values)  # noqa: S608
    answer: Json = {"resultSizeEstimate": total["n"] if total else 0}
    if rows:
        answer["threads"] = [_stub(call, row["thread_id"]) for row in rows[:size]]
    if len(rows) > size:
        answer["nextPageToken"] = str(int(token) + size)
    return answer


def _stub(call: Call, thread_id: str) -> Json:
    rows = mailbox.thread(call.db, call.account, thread_id)
    return {
        "id": thread_id,
        "snippet": escape(rows[-1]["snippet"]),
        "historyId": _history_id(rows),
    }


def _history_id(rows: list[Row]) -> str:
    return str(max(row["history_id"] for row in rows))


def get_thread(call: Call) -> Json:
    """Answer threads.get; there is no raw format for threads."""
    form = call.request.arg("format", "full").lower()
    if form == "raw":
        raise invalid("Invalid value at 'format' (TYPE_ENUM), \"raw\"")
    if form == "full" and messages.only_metadata(call):
        raise ApiError(403, "forbidden", "Metadata scope doesn't allow format FULL")
    rows = _wanted(call)
    names = call.request.args("metadataHeaders")
    return {
        "id": call.params["id"],
        "historyId": _history_id(rows),
        "messages": [view.message(call.db, row, form, names) for row in rows],
    }


def _wanted(call: Call) -> list[Row]:
    messages.check_id(call.params["id"])
    rows = mailbox.thread(call.db, call.account, call.params["id"])
    seen = [row for row in rows if row["visible_at"] <= call.now]
    if not seen:
        raise not_found()
    return seen


def modify(call: Call) -> Json:
    """Answer threads.modify: the labels of every message of the thread change."""
    return _relabel(call, labels.change(call, call.body()))


def trash(call: Call) -> Json:
    return _relabel(call, labels.TRASHED)


def untrash(call: Call) -> Json:
    return _relabel(call, labels.UNTRASHED)


def _relabel(call: Call, change: labels.Change) -> Json:
    rows = _wanted(call)
    for row in rows:
        mailbox.relabel(call.db, call.account, row["id"], *change, call.now)
    fresh = mailbox.thread(call.db, call.account, call.params["id"])
    return {
        "id": call.params["id"],
        "historyId": _history_id(fresh),
        "messages": [view.labelled(call.db, row) for row in fresh],
    }


def delete(call: Call) -> None:
    for row in _wanted(call):
        mailbox.delete(call.db, call.account, row["id"], call.now)
