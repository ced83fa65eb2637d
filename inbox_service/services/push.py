"""Push: a notice of the provider makes a mailbox due, and nothing else.

What it says is not believed beyond that: whoever forged one would cause a look into a mailbox.
Polling goes on, so that a notice which never comes costs a minute.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.errors import Forbidden, Unavailable
from inbox_service.ports import Notice, PushProof, PushRefused, RetryLater, Subscription
from inbox_service.store import push as store
from inbox_service.store import sites
from inbox_service.store.rows import Row

from .auth import Caller, plugin_writing
from .push_channels import open_key

# A token of Google's lives an hour; after it and its leeway no replay of it is taken anyway.
_REMEMBERED_MS = 2 * 3_600_000
# A notice is followed by a second look after so long; looked for a little longer than the second
# between two calls, as those may come late.
_AGAIN_MS = 1_500
_AGAIN_FOR_MS = 1_200
# What was asked for comes within seconds; after this long something is wrong.
_QUIET_MS = 10 * 60_000
_SILENT = "Google was asked to tell of new mail, but no word came: the mailbox is polled."


@dataclass(frozen=True, slots=True)
class Source:
    """A subscription to be pulled, and the channels, (site, id) each, that it serves."""

    kind: str
    name: str
    channels: tuple[store.Key, ...]
    # Whenever it changes, the subscription is to be opened anew.
    key: bytes


@dataclass(frozen=True, slots=True)
class PushState:
    """What is to be said of a mailbox's push: `reason` is a sentence where it failed.

    `heard_at` is when the provider last told of this mailbox, through the channel.
    """

    state: Literal["off", "asked", "works", "failed"]
    reason: str = ""
    until: int | None = None
    heard_at: int | None = None
    channel_id: int | None = None


OFF = PushState("off")


def sources(deps: Deps) -> list[Source]:
    """Return every subscription to be pulled, each once: sites may share a project."""
    with deps.sessions.reading() as connection:
        rows = [row for row in store.channels(connection) if row["subscription"]]
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        found.setdefault((row["kind"], row["subscription"]), []).append(row)
    return [
        Source(*name, tuple((row["site_id"], row["id"]) for row in group), group[0]["key"])
        for name, group in found.items()
    ]


def open_source(deps: Deps, source: Source) -> Subscription:
    """Return the subscription, ready to be pulled."""
    site_id, channel_id = source.channels[0]
    row = {"site_id": site_id, "id": channel_id, "key": source.key}
    push = deps.connectors.push(source.kind)
    return push.subscription(source.name, open_key(deps.secrets, row))


def take_pulled(deps: Deps, source: Source, notices: Collection[Notice]) -> int:
    """Let the mailboxes that notices tell of be due, and return how many they are.

    When it returns, that is stored: the notices may be acknowledged. A pull that worked and brought
    none still says that the channel is well.
    """
    now = deps.clock.now()
    addresses = {notice.address for notice in notices if notice.address}
    with deps.sessions.writing() as connection:
        told = _make_due(connection, source.channels, addresses, now)
        _note_heard(connection, source.channels, now)
    _hint(deps, told)
    return len(told)


def take_pushed(deps: Deps, caller: Caller, kind: str, token: str, body: bytes) -> None:
    """Take a notice that was pushed to the site, with the token that proves whose it is.

    raises Forbidden `push_refused`, and Unavailable where it should be pushed again later. A notice
    that was taken before is passed over.
    """
    push = deps.connectors.push(kind)
    try:
        proof, notice = push.proof(token), push.notice(body)
    except PushRefused as error:
        raise Forbidden(str(error), code="push_refused") from error
    except RetryLater as error:
        raise Unavailable(str(error), code="push_unproven") from error
    with plugin_writing(deps, caller) as (connection, now):
        keys = _proven_channels(connection, caller.site_id, kind, proof)
        told: list[Row] = []
        if _is_new(connection, caller.site_id, kind, notice, now):
            told = _make_due(connection, keys, {notice.address}, now)
            _note_heard(connection, keys, now)
    _hint(deps, told)


def look_again(deps: Deps) -> int:
    """Let mailboxes be due once more that were told of some moments ago; return how many.

    To be called every second. Gmail's guide: notices that come more than once a second for a user
    are dropped, so that the second of two mails at once may be told of by nobody.
    """
    now = deps.clock.now()
    with deps.sessions.reading() as connection:
        told = store.heard_between(connection, now - _AGAIN_MS - _AGAIN_FOR_MS, now - _AGAIN_MS)
    if told:
        with deps.sessions.writing() as connection:
            for watch in told:
                store.make_due(connection, watch, now)
        _hint(deps, told)
    return len(told)


def note_failure(deps: Deps, source: Source, reason: str) -> None:
    """Note that a subscription cannot be pulled; its mailboxes are polled at the full pace."""
    now = deps.clock.now()
    with deps.sessions.writing() as connection:
        for site_id, channel_id in source.channels:
            row = store.channel(connection, site_id, channel_id)
            if row and row["reason"] != reason:
                values = {"reason": reason[:500], "since": now}
                store.write_channel(connection, site_id, channel_id, values)
                store.doubt(connection, site_id, channel_id)


def states(connection: Connection, site_id: int, now: int) -> dict[int, PushState]:
    """Return what is to be said of each mailbox that a provider was asked to watch."""
    channels = {row["id"]: row for row in store.channels(connection, site_id)}
    return {
        row["mailbox_id"]: _state(row, channels[row["channel_id"]], now)
        for row in store.watches(connection, site_id)
    }


def _state(watch: Mapping[str, Any], channel: Mapping[str, Any], now: int) -> PushState:
    known = partial(PushState, heard_at=watch["heard_at"], channel_id=channel["id"])
    if reason := watch["reason"] or channel["reason"]:
        return known("failed", reason)
    until = watch["until"]
    if until and until > now and (watch["heard_at"] or 0) >= watch["asked_at"]:
        return known("works", until=until)
    if now - watch["asked_at"] > _QUIET_MS:
        return known("failed", _SILENT)
    return known("asked")


def _make_due(
    connection: Connection, keys: Iterable[store.Key], addresses: Collection[str], now: int
) -> list[Row]:
    told = store.watched(connection, keys, addresses)
    for watch in told:
        store.make_due(connection, watch, now)
        store.note_heard(connection, watch, now)
    return told


def _note_heard(connection: Connection, keys: Iterable[store.Key], now: int) -> None:
    """Note that a channel works; one that did not is to prove it for each of its mailboxes."""
    for site_id, channel_id in keys:
        row = store.channel(connection, site_id, channel_id)
        if row is None:
            continue
        if row["reason"]:
            values = {"reason": "", "since": now, "heard_at": now}
            store.write_channel(connection, site_id, channel_id, values)
            store.ask_again(connection, site_id, channel_id, now)
        else:
            store.write_channel(connection, site_id, channel_id, {"heard_at": now})


def _proven_channels(
    connection: Connection, site_id: int, kind: str, proof: PushProof
) -> list[store.Key]:
    found = [
        (row["site_id"], row["id"])
        for row in store.channels(connection, site_id)
        if row["kind"] == kind
        and row["signer"]
        and (row["audience"], row["signer"]) == (proof.audience, proof.signer.lower())
    ]
    if not found:
        raise Forbidden("Nobody here expects this push.", code="push_refused")
    return found


def _is_new(connection: Connection, site_id: int, kind: str, notice: Notice, now: int) -> bool:
    # Hashed: its length is the sender's choice, and our column's is not.
    name = "push:" + hashlib.sha256(f"{kind}:{notice.id}".encode()).hexdigest()[:40]
    return sites.spend_token(connection, site_id, name, now + _REMEMBERED_MS)


def _hint(deps: Deps, told: Iterable[Row]) -> None:
    for watch in told:
        deps.queue.hint("sync_mailbox", watch["site_id"], watch["mailbox_id"])
