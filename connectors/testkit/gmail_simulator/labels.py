"""users.labels, and which labels a change may touch."""

from __future__ import annotations

import json

from connectors.testkit.gmail_simulator import mailbox
from connectors.testkit.gmail_simulator.errors import ApiError, invalid, not_found
from connectors.testkit.gmail_simulator.store import Row, many, one
from connectors.testkit.gmail_simulator.wire import Json
from connectors.testkit.gmail_simulator.world import Call

Change = tuple[set[str], set[str]]  # labels to add, labels to remove

_HIDDEN = {"messageListVisibility": "hide", "labelListVisibility": "labelHide"}
SYSTEM: dict[str, Json] = {
    "CHAT": _HIDDEN,
    "SENT": {},
    "INBOX": {},
    "IMPORTANT": _HIDDEN,
    "TRASH": _HIDDEN,
    "DRAFT": {},
    "SPAM": _HIDDEN,
    "CATEGORY_FORUMS": _HIDDEN,
    "CATEGORY_UPDATES": _HIDDEN,
    "CATEGORY_PERSONAL": _HIDDEN,
    "CATEGORY_PROMOTIONS": _HIDDEN,
    "CATEGORY_SOCIAL": _HIDDEN,
    "STARRED": {},
    "UNREAD": {},
}
# developers.google.com/workspace/gmail/api/guides/labels: these cannot be applied by hand.
FIXED = {"SENT", "DRAFT", "CHAT"}
TRASHED: Change = ({"TRASH"}, {"INBOX", "SPAM"})
UNTRASHED: Change = (set(), {"TRASH"})
MOST_LABELS, MOST_IN_CHANGE = 10_000, 100
_FIELDS = ("messageListVisibility", "labelListVisibility", "color")


def change(call: Call, body: Json) -> Change:
    """Read a change of labels and refuse what Gmail refuses."""
    add, remove = set(body.get("addLabelIds") or []), set(body.get("removeLabelIds") or [])
    if not add and not remove:
        raise invalid("No label add or removes specified")
    if max(len(add), len(remove)) > MOST_IN_CHANGE:
        raise invalid(f"Cannot change more than {MOST_IN_CHANGE} labels at once.")
    if add & remove:
        raise invalid("Cannot both add and remove the same label")
    for label in sorted((add | remove) & FIXED):
        raise invalid(f"Invalid label: {label}")
    require_known(call, add | remove)
    # A message lies in one place only: the spam and trash labels take it out of the inbox.
    if add & {"SPAM", "TRASH"}:
        remove = remove | {"INBOX"}
    return add, remove


def require_known(call: Call, label_ids: set[str]) -> None:
    """Refuse labels the account does not have."""
    for label_id in sorted(label_ids - set(SYSTEM)):
        if _row(call, label_id) is None:
            raise invalid(f"labelId not found: {label_id}")


def _row(call: Call, label_id: str) -> Row | None:
    return one(call.db, "SELECT * FROM labels WHERE account = ? AND id = ?", call.account, label_id)


def list_labels(call: Call) -> Json:
    rows = many(call.db, "SELECT * FROM labels WHERE account = ? ORDER BY name", call.account)
    return {"labels": [_system(label_id) for label_id in SYSTEM] + [_user(row) for row in rows]}


def _system(label_id: str) -> Json:
    return {"id": label_id, "name": label_id, "type": "system"} | SYSTEM[label_id]


def _user(row: Row) -> Json:
    fields: Json = json.loads(row["fields"])
    return {"id": row["id"], "name": row["name"], "type": "user"} | fields


def get_label(call: Call) -> Json:
    """Answer labels.get, which unlike the list counts."""
    label_id = call.params["id"]
    shown = _system(label_id) if label_id in SYSTEM else _user(_wanted(call))
    return shown | _counts(call, label_id)


def _wanted(call: Call) -> Row:
    row = _row(call, call.params["id"])
    if row is None:
        if call.params["id"] in SYSTEM:
            raise invalid("Invalid request to change a system label")
        raise not_found()
    return row


def _counts(call: Call, label_id: str) -> Json:
    row = one(
        call.db,
        "SELECT count(*) AS messages, count(DISTINCT m.thread_id) AS threads,"
        " count(u.label_id) AS unread,"
        " count(DISTINCT CASE WHEN u.label_id IS NOT NULL THEN m.thread_id END) AS unread_threads"
        " FROM message_labels l"
        " JOIN messages m ON m.account = l.account AND m.id = l.message_id"
        " LEFT JOIN message_labels u ON u.account = l.account AND u.message_id = l.message_id"
        " AND u.label_id = 'UNREAD'"
        " WHERE l.account = ? AND l.label_id = ?",
        *(call.account, label_id),
    )
    assert row is not None
    return {
        "messagesTotal": row["messages"],
        "messagesUnread": row["unread"],
        "threadsTotal": row["threads"],
        "threadsUnread": row["unread_threads"],
    }


def create(call: Call) -> Json:
    body = call.body()
    name = _free_name(call, str(body.get("name") or ""), "")
    count = one(call.db, "SELECT count(*) AS n FROM labels WHERE account = ?", call.account)
    if count and count["n"] >= MOST_LABELS:
        raise invalid("Too many labels")
    numbered = call.db.execute(
        "UPDATE accounts SET next_label = next_label + 1 WHERE email = ? RETURNING next_label",
        (call.account,),
    ).fetchone()
    fields = {"messageListVisibility": "show", "labelListVisibility": "labelShow"} | _fields(body)
    row = (call.account, f"Label_{numbered['next_label'] - 1}", name, json.dumps(fields))
    call.db.execute("INSERT INTO labels VALUES (?, ?, ?, ?)", row)
    return {"id": row[1], "name": name, "type": "user"} | fields


def _fields(body: Json) -> Json:
    return {name: body[name] for name in _FIELDS if name in body}


def _free_name(call: Call, name: str, own_id: str) -> str:
    if not name.strip():
        raise invalid("Invalid label name")
    if name.upper() in SYSTEM:
        raise invalid("Invalid label name")
    taken = one(
        call.db,
        "SELECT id FROM labels WHERE account = ? AND lower(name) = ? AND id <> ?",
        *(call.account, name.lower(), own_id),
    )
    # Names are unique without regard to case.
    if taken:
        raise ApiError(409, "aborted", "Label name exists or conflicts")
    return name


def update(call: Call) -> Json:
    """Answer labels.update and labels.patch; the id stays, the name may change."""
    row, body = _wanted(call), call.body()
    name = _free_name(call, str(body.get("name") or row["name"]), row["id"])
    fields: Json = json.loads(row["fields"]) | _fields(body)
    call.db.execute(
        "UPDATE labels SET name = ?, fields = ? WHERE account = ? AND id = ?",
        (name, json.dumps(fields), call.account, row["id"]),
    )
    return {"id": row["id"], "name": name, "type": "user"} | fields


def delete(call: Call) -> None:
    """Answer labels.delete: the label leaves every message."""
    label_id = _wanted(call)["id"]
    # One record for every message: a client learns of it by the history only.
    held = many(
        call.db,
        "SELECT message_id FROM message_labels WHERE account = ? AND label_id = ?",
        *(call.account, label_id),
    )
    for row in held:
        mailbox.relabel(call.db, call.account, row["message_id"], set(), {label_id}, call.now)
    call.db.execute("DELETE FROM labels WHERE account = ? AND id = ?", (call.account, label_id))
