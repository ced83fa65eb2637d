"""Cloud Pub/Sub, as much of it as Gmail's pushes need: topics, subscriptions, pull, push."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from time import monotonic

from connectors.testkit.gmail_simulator import tokens
from connectors.testkit.gmail_simulator.errors import ApiError, invalid, known
from connectors.testkit.gmail_simulator.store import Db, Row, many, one
from connectors.testkit.gmail_simulator.wire import Json, Request, Response, json_response, segments
from connectors.testkit.gmail_simulator.world import World, random_token

ACK_DEADLINE = 10_000
SCOPES = {
    "https://www.googleapis.com/auth/pubsub",
    "https://www.googleapis.com/auth/cloud-platform",
}
_SUBSCRIPTION = re.compile(r"projects/[^/]+/subscriptions/[^/:]+")
_TOPIC = re.compile(r"projects/[^/]+/topics/[^/:]+")


def add_topic(db: Db, name: str) -> None:
    """Make a topic, "projects/P/topics/T"."""
    if not _TOPIC.fullmatch(name):
        raise invalid(f"Invalid resource name given (name={name}).")
    db.execute("INSERT OR IGNORE INTO topics VALUES (?)", (name,))


def require_topic(db: Db, name: str) -> None:
    """Refuse a topic that was not made."""
    if one(db, "SELECT 1 FROM topics WHERE name = ?", name) is None:
        raise _no_resource(name)


def _no_resource(name: str) -> ApiError:
    return ApiError(404, "notFound", f"Resource not found (resource={name.rpartition('/')[2]}).")


def subscribe(
    db: Db, name: str, topic: str, endpoint: str = "", audience: str = "", account: str = ""
) -> None:
    """Make a subscription; with `endpoint` messages are pushed there, signed for `audience`."""
    if not _SUBSCRIPTION.fullmatch(name):
        raise invalid(f"Invalid resource name given (name={name}).")
    if one(db, "SELECT 1 FROM topics WHERE name = ?", topic) is None:
        raise ApiError(
            404, "notFound", f"Resource not found (resource={topic.rpartition('/')[2]})."
        )
    signer = account or "push@simulated-project.iam.gserviceaccount.com"
    row = (name, topic, endpoint, audience or endpoint, signer)
    db.execute("INSERT OR REPLACE INTO subscriptions VALUES (?, ?, ?, ?, ?)", row)


def publish(db: Db, topic: str, data: str, now: int) -> None:
    """Put a message (base64) into every subscription of the topic."""
    db.execute(
        "INSERT INTO notifications (subscription, data, published_at, due_at)"
        " SELECT name, ?, ?, ? FROM subscriptions WHERE topic = ?",
        (data, now, now, topic),
    )


def message_view(row: Row) -> Json:
    """Return a message as pull and push show it."""
    moment = datetime.fromtimestamp(row["published_at"] / 1000, UTC)
    return {
        "data": row["data"],
        "messageId": str(row["id"]),
        "publishTime": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }


def serve(world: World, request: Request) -> Response:
    """Answer a Pub/Sub v1 call: pull, acknowledge, modifyAckDeadline, create."""
    _, *parts = segments(request.path)
    resource, _, verb = "/".join(parts).partition(":")
    with world.store.open() as db:
        grant = tokens.grant_of(db, request.headers.get("authorization", ""), world.now())
        if not grant.scopes & SCOPES:
            raise known("insufficientPermissions")
        if request.verb == "PUT":
            return _create(db, resource, request.json())
        if one(db, "SELECT 1 FROM subscriptions WHERE name = ?", resource) is None:
            raise _no_resource(resource)
    actions = {
        "pull": _pull,
        "acknowledge": _acknowledge,
        "modifyAckDeadline": _modify_deadline,
    }
    if verb not in actions or request.verb != "POST":
        raise ApiError(404, "notFound", "Not Found")
    return json_response(actions[verb](world, resource, request.json()))


def _create(db: Db, name: str, body: Json) -> Response:
    if _TOPIC.fullmatch(name):
        add_topic(db, name)
        return json_response({"name": name})
    push = body.get("pushConfig") or {}
    signed = push.get("oidcToken") or {}
    subscribe(
        *(db, name, str(body.get("topic") or ""), str(push.get("pushEndpoint") or "")),
        *(str(signed.get("audience") or ""), str(signed.get("serviceAccountEmail") or "")),
    )
    return json_response({"name": name, "topic": body["topic"], "pushConfig": push})


def _pull(world: World, name: str, body: Json) -> Json:
    """Wait for messages, unless asked to return immediately."""
    most = int(body.get("maxMessages") or 0)
    if most < 1:
        raise invalid("You have passed an invalid argument to the service (argument=max_messages).")
    until = monotonic() + (
        0 if body.get("returnImmediately") else world.settings.longest_pull / 1000
    )
    while not (received := _lease(world, name, most)) and world.open:
        left = until - monotonic()
        if left <= 0:
            break
        # Half a second at most: a lease that runs out wakes nobody.
        with world.published:
            world.published.wait(min(left, 0.5))
    return {"receivedMessages": received} if received else {}


def _lease(world: World, name: str, most: int) -> list[Json]:
    now = world.now()
    with world.store.open() as db:
        rows = many(
            db,
            "SELECT * FROM notifications WHERE subscription = ? AND due_at <= ?"
            " ORDER BY id LIMIT ?",
            *(name, now, most),
        )
        return [_leased(db, row, now) for row in rows]


def _leased(db: Db, row: Row, now: int) -> Json:
    # Each delivery has its own ack id; the older one no longer settles anything.
    ack_id = random_token(60)
    db.execute(
        "UPDATE notifications SET ack_id = ?, due_at = ?, attempts = attempts + 1 WHERE id = ?",
        (ack_id, now + ACK_DEADLINE, row["id"]),
    )
    return {"ackId": ack_id, "message": message_view(row)}


def _acknowledge(world: World, name: str, body: Json) -> Json:
    ids = [str(entry) for entry in body.get("ackIds") or []]
    if not ids:
        raise invalid("You have passed an invalid argument to the service (argument=ack_ids).")
    with world.store.open() as db:
        db.execute(
            "DELETE FROM notifications WHERE subscription = ?"
            " AND ack_id IN (SELECT value FROM json_each(?))",
            (name, json.dumps(ids)),
        )
    return {}


def _modify_deadline(world: World, name: str, body: Json) -> Json:
    ids = [str(entry) for entry in body.get("ackIds") or []]
    due_at = world.now() + int(body.get("ackDeadlineSeconds") or 0) * 1000
    with world.store.open() as db:
        db.execute(
            "UPDATE notifications SET due_at = ? WHERE subscription = ?"
            " AND ack_id IN (SELECT value FROM json_each(?))",
            (due_at, name, json.dumps(ids)),
        )
    return {}
