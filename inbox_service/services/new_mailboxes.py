"""Accounts that become mailboxes: by a consent that was given, or by a service account's key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError

from inbox_service.deps import Deps
from inbox_service.errors import Conflict, InboxError, NotFound
from inbox_service.ports import Check, Identity
from inbox_service.store import connecting as flow_store
from inbox_service.store import mailboxes as mailbox_store
from inbox_service.store.ids import new_id
from inbox_service.store.rows import Row

from . import managers
from .auth import Act, Caller
from .connecting import kept_credentials
from .connections import connect
from .consents import Opened, open_by_key
from .feeding import Feed, checked_address, checked_feeds, place_feeds
from .mailboxes import already_connected, new_mailbox, put_mailbox
from .oauth_clients import get_client
from .reconnecting import connected_values, renew


@dataclass(frozen=True, slots=True)
class KeyAccount:
    """A mailbox that a service account may act for, and its key as it was pasted."""

    kind: str
    key: dict[str, Any]
    address: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a mailbox's mail goes, and how many days back to read; None reads everything."""

    feeds: Sequence[Feed]
    depth_days: int | None


@dataclass(frozen=True, slots=True)
class KeyTest:
    """What a service account's key opens: `identity` is None where it opens nothing."""

    ok: bool
    identity: Identity | None
    checks: list[Check]


def connect_consented(deps: Deps, caller: Caller, flow_id: int, wanted: Reading) -> int:
    """Make the account of a consent a mailbox, and return its id.

    raises NotFound, Conflict `oauth_expired` where the consent was used or is past its time, and
    as `checked_feeds` and `place_feeds`.
    """
    feeds = checked_feeds(wanted.feeds, "inboxes")
    with managers.writing(deps, caller) as act:
        flow = _waiting_flow(act, caller, flow_id)
        client = get_client(act.connection, caller.site_id, flow["oauth_client_id"])
        identity = Identity(**flow["identity"])
        opened = Opened(client["kind"], kept_credentials(deps, flow), identity, [])
        mailbox_id = _connect(deps, act, opened, client, feeds, wanted.depth_days)
        # In the same transaction: credentials stand in one place only.
        flow_store.spend_flow(act.connection, caller.site_id, flow_id, mailbox_id)
    deps.queue.hint("sync_mailbox", caller.site_id, mailbox_id)
    return mailbox_id


def connect_by_key(deps: Deps, caller: Caller, account: KeyAccount, wanted: Reading) -> int:
    """Make a mailbox that a service account's key opens, and return its id.

    One that is connected already goes on with this key, and feeds the inboxes named now.
    """
    feeds = checked_feeds(wanted.feeds, "inboxes")
    address = checked_address("address", account.address)
    with managers.reading(deps, caller):
        pass  # asked before Google is: who may not connect shall not try keys either
    opened = open_by_key(deps, account.kind, account.key, address)
    with managers.writing(deps, caller) as act:
        known = mailbox_store.of_address(
            act.connection, caller.site_id, opened.kind, opened.identity.address
        )
        if known is not None and known["disconnected_at"] is None:
            mailbox_id = int(known["id"])
            renew(deps, act.connection, known, None, opened)
            place_feeds(act.connection, known, feeds, act.at)
        else:
            mailbox_id = _connect(deps, act, opened, None, feeds, wanted.depth_days)
    deps.queue.hint("sync_mailbox", caller.site_id, mailbox_id)
    return mailbox_id


def try_key(deps: Deps, caller: Caller, account: KeyAccount) -> KeyTest:
    """Try a service account's key; raises Invalid for a key or an address that is none."""
    address = checked_address("address", account.address)
    with managers.writing(deps, caller):
        pass  # spends the request's token: a key is tried once per request
    try:
        opened = open_by_key(deps, account.kind, account.key, address)
    except InboxError as error:
        # A key that is none is the caller's mistake; one that opens nothing is what was asked.
        if "check" not in error.details:
            raise
        return KeyTest(ok=False, identity=None, checks=[Check(**error.details["check"])])
    return KeyTest(ok=True, identity=opened.identity, checks=opened.checks)


def _waiting_flow(act: Act, caller: Caller, flow_id: int) -> Row:
    flow = flow_store.flow(act.connection, caller.site_id, flow_id)
    if flow is None or str(flow["wp_user_id"]) != caller.subject:
        raise NotFound("There is no such consent here.", field="flow_id")
    if flow["credentials"] is None or flow["expires_at"] < act.at:
        raise Conflict(
            "This consent was used or has expired: begin again with Connect.",
            code="oauth_expired",
        )
    return flow


def _connect(
    deps: Deps,
    act: Act,
    opened: Opened,
    client: Row | None,
    feeds: Sequence[Feed],
    depth_days: int | None,
) -> int:
    """Store the mailbox and what it feeds; one that was disconnected comes back to life."""
    site_id, address = act.viewer.site_id, opened.identity.address
    known = mailbox_store.of_address(act.connection, site_id, opened.kind, address)
    if known is not None and known["disconnected_at"] is None:
        raise already_connected(address)
    mailbox_id = known["id"] if known else new_id(act.at)
    row = new_mailbox(site_id, mailbox_id, opened.kind, address, feeds, act.at)
    row |= connected_values(deps, site_id, mailbox_id, client, opened)
    row["depth_days"] = depth_days
    # Made once for its checks: a wrong topic is refused now, not at the first sync.
    connect(deps, row)
    try:
        # A savepoint: PostgreSQL takes nothing more after a failed statement without one.
        with act.connection.begin_nested():
            put_mailbox(act.connection, row)
            place_feeds(act.connection, row, feeds, act.at)
    except IntegrityError as error:
        raise already_connected(address) from error
    return int(mailbox_id)
