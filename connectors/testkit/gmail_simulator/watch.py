"""users.watch and users.stop, and what they publish."""

from __future__ import annotations

import base64
import json
import re

from connectors.testkit.gmail_simulator import accounts, pubsub
from connectors.testkit.gmail_simulator.errors import invalid
from connectors.testkit.gmail_simulator.settings import DAY
from connectors.testkit.gmail_simulator.store import Db, Row, many, one
from connectors.testkit.gmail_simulator.wire import Json
from connectors.testkit.gmail_simulator.world import Call, World

LIFETIME = 7 * DAY
_TOPIC = re.compile(r"projects/([^/]+)/topics/[^/]+")


def watch(call: Call) -> Json:
    """Answer watch: mailbox changes go to a topic of the client's project for seven days."""
    body = call.body()
    topic = str(body.get("topicName") or "")
    found = _TOPIC.fullmatch(topic)
    # The topic's project must be that of the OAuth client (reference of watch).
    if not found or found[1] != call.project:
        raise invalid(f"Invalid topicName does not match projects/{call.project}/topics/*")
    pubsub.require_topic(call.db, topic)
    _refuse_second(call, topic)
    history_id, expires_at = _history_id(call.db, call.account), call.now + LIFETIME
    behavior = str(body.get("labelFilterBehavior") or body.get("labelFilterAction") or "include")
    call.db.execute(
        "INSERT OR REPLACE INTO watches VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
        (
            *(call.account, call.project, topic, json.dumps(body.get("labelIds") or [])),
            *(behavior.lower(), expires_at, history_id),
        ),
    )
    # Gmail announces the present state at once.
    pubsub.publish(call.db, topic, _notice(call.account, history_id), call.now)
    return {"historyId": str(history_id), "expiration": str(expires_at)}


def _refuse_second(call: Call, topic: str) -> None:
    held = one(
        call.db,
        "SELECT topic FROM watches WHERE account = ? AND project = ? AND expires_at > ?",
        *(call.account, call.project, call.now),
    )
    if held and held["topic"] != topic:
        raise invalid(
            "Only one user push notification client allowed per developer (call /stop then try"
            " again)"
        )


def _history_id(db: Db, account: str) -> int:
    owner = accounts.find(db, account)
    return int(owner["history_id"]) if owner else 0


def _notice(account: str, history_id: int) -> str:
    content = json.dumps({"emailAddress": account, "historyId": history_id})
    return base64.b64encode(content.encode()).decode()


def stop(call: Call) -> None:
    call.db.execute(
        "DELETE FROM watches WHERE account = ? AND project = ?", (call.account, call.project)
    )


def announce(world: World, db: Db) -> bool:
    """Publish what changed since the last look; tell whether anything was.

    Gmail sends at most one notice a second and user and drops the others.
    """
    now = world.now()
    rows = many(
        db,
        "SELECT w.*, a.history_id FROM watches w JOIN accounts a ON a.email = w.account"
        " WHERE w.expires_at > ? AND a.history_id > w.seen_history",
        now,
    )
    published = [_announce_one(world, db, row, now) for row in rows]
    return any(published)


def _announce_one(world: World, db: Db, row: Row, now: int) -> bool:
    key = (row["account"], row["project"])
    db.execute(
        "UPDATE watches SET seen_history = ? WHERE account = ? AND project = ?",
        (row["history_id"], *key),
    )
    # What is dropped stays dropped: the next change announces the id that is current then.
    if not _interesting(db, row) or now - row["notified_at"] < world.settings.notify_interval:
        return False
    db.execute("UPDATE watches SET notified_at = ? WHERE account = ? AND project = ?", (now, *key))
    pubsub.publish(db, row["topic"], _notice(row["account"], row["history_id"]), now)
    return True


def _interesting(db: Db, watched: Row) -> bool:
    """Tell whether a new record passes the watch's label filter."""
    records = many(
        db,
        "SELECT labels, changed FROM history WHERE account = ? AND id > ? AND kind <> ''",
        *(watched["account"], watched["seen_history"]),
    )
    chosen = set(json.loads(watched["labels"]))
    touched = [set(json.loads(r["labels"])) | set(json.loads(r["changed"])) for r in records]
    if not chosen:
        return bool(touched)
    if watched["behavior"] == "exclude":
        return any(not labels & chosen for labels in touched)
    return any(labels & chosen for labels in touched)
