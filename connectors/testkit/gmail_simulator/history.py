"""users.history, and the profile whose history id starts a sync."""

from __future__ import annotations

import json

from connectors.testkit.gmail_simulator import accounts, mailbox, view
from connectors.testkit.gmail_simulator.errors import invalid, not_found
from connectors.testkit.gmail_simulator.store import Db, Row, many, one
from connectors.testkit.gmail_simulator.wire import Json
from connectors.testkit.gmail_simulator.world import Call

# The names of `historyTypes`, and the field each shows its records in.
TYPES = {
    "messageAdded": mailbox.ADDED,
    "messageDeleted": mailbox.DELETED,
    "labelAdded": mailbox.LABELS_ADDED,
    "labelRemoved": mailbox.LABELS_REMOVED,
}
QUIET = 3_600_000  # after an hour without changes the id moves on by itself
PAGE, LARGEST_PAGE = 100, 500


def get_profile(call: Call) -> Json:
    counts = one(
        call.db,
        "SELECT count(*) AS messages, count(DISTINCT thread_id) AS threads"
        " FROM messages WHERE account = ?",
        call.account,
    )
    assert counts is not None
    return {
        "emailAddress": call.account,
        "messagesTotal": counts["messages"],
        "threadsTotal": counts["threads"],
        "historyId": str(current(call.db, call.account, call.now)),
    }


def current(db: Db, account: str, now: int) -> int:
    """Return the mailbox's history id, moved on if nothing happened for long."""
    last = one(db, "SELECT at FROM history WHERE account = ? ORDER BY id DESC LIMIT 1", account)
    # Without this a mailbox that rests for a week would let its pollers expire.
    if last and last["at"] < now - QUIET:
        return mailbox.tick(db, account, now)
    owner = accounts.find(db, account)
    assert owner is not None
    return int(owner["history_id"])


def list_history(call: Call, *, blank: bool = False) -> Json:
    """Answer history.list; `blank` makes it a page without records that has a successor.

    A page holds `maxResults` records *before* the filters, as Gmail's do: one that is filtered
    away whole has a token and no `history` key.
    """
    newest = current(call.db, call.account, call.now)
    start = _start(call)
    after = _number(call.request.arg("pageToken") or str(start), "pageToken")
    if blank:
        return {"historyId": str(newest), "nextPageToken": str(after)}
    size = call.request.number("maxResults", PAGE, LARGEST_PAGE)
    rows = many(
        call.db,
        "SELECT * FROM history WHERE account = ? AND id > ? AND kind <> ? ORDER BY id LIMIT ?",
        *(call.account, after, mailbox.TICK, size + 1),
    )
    shown = [row for row in rows[:size] if _fits(call, row)]
    if call.world.settings.repeat_history:
        # Records may come twice: whoever counts instead of keying by id is found out.
        shown = [row for row in shown for _ in range(2)]
    if call.world.settings.silent_history:
        # "Records may sometimes be unavailable in rare cases" (guide on synchronising clients).
        shown = []
    answer: Json = {"historyId": str(newest)}
    if shown:
        answer["history"] = [_record(row) for row in shown]
    if len(rows) > size:
        answer["nextPageToken"] = str(rows[size - 1]["id"])
    return answer


def _start(call: Call) -> int:
    text = call.request.arg("startHistoryId")
    if not text:
        raise invalid("Missing required parameter: startHistoryId")
    start = _number(text, "startHistoryId")
    owner = accounts.find(call.db, call.account)
    assert owner is not None
    # An id from the future is another mailbox's: as unknown as one that was forgotten.
    floor = max(owner["history_floor"], _aged(call), accounts.FIRST_HISTORY_ID)
    if start > owner["history_id"] or start < floor:
        raise not_found()
    return start


def _number(text: str, name: str) -> int:
    if not text.isdigit():
        raise invalid(f"Invalid value at '{name}' (TYPE_UINT64), \"{text}\"")
    return int(text)


def _aged(call: Call) -> int:
    """Return the first id that is still young enough."""
    # "Typically valid for at least a week" (reference of history.list).
    limit = call.now - call.world.settings.history_lifetime
    row = one(
        call.db,
        "SELECT max(id) AS id FROM history WHERE account = ? AND at < ?",
        *(call.account, limit),
    )
    return int(row["id"]) + 1 if row and row["id"] else 0


def expire(db: Db, account: str, now: int) -> None:
    """Forget the history up to now: every id given out before is too old."""
    floor = mailbox.tick(db, account, now)
    db.execute("UPDATE accounts SET history_floor = ? WHERE email = ?", (floor, account))


def _fits(call: Call, row: Row) -> bool:
    kinds = [TYPES.get(name, "") for name in call.request.args("historyTypes")]
    if kinds and row["kind"] not in kinds:
        return False
    label = call.request.arg("labelId")
    return not label or label in json.loads(row["labels"])


def _record(row: Row) -> Json:
    message = {"id": row["message_id"], "threadId": row["thread_id"]}
    # `messages` repeats what the specific fields say; a client needs only those.
    entry: Json = {"message": view.with_labels(message, json.loads(row["labels"]))}
    if row["kind"] in (mailbox.LABELS_ADDED, mailbox.LABELS_REMOVED):
        entry["labelIds"] = json.loads(row["changed"])
    return {"id": str(row["id"]), "messages": [message], row["kind"]: [entry]}
