"""Mailboxes: connected, listed, told apart from each other, and what each of them is doing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError

from inbox_service.deps import Deps
from inbox_service.errors import Conflict, Invalid, NotFound
from inbox_service.ports import Credentials
from inbox_service.store import mailboxes as mailbox_store
from inbox_service.store import receipts, reconciliations
from inbox_service.store.ids import new_id
from inbox_service.store.tables import mailboxes, messages, sites
from inbox_service.store.tables import receipts as receipt_rows

from . import push
from .connections import connect
from .credentials import seal_credentials
from .feeding import Feed, checked_address, checked_feeds, place_feeds
from .progress import progress_of
from .push import PushState

DEFAULT_DEPTH_DAYS = 90


def add_mailbox(
    deps: Deps,
    site_id: int,
    kind: str,
    address: str,
    credentials: Credentials,
    inbox_names: Sequence[tuple[str, str]],
    config: Mapping[str, Any] | None = None,
    depth_days: int | None = DEFAULT_DEPTH_DAYS,
) -> int:
    """Connect a mailbox that feeds the named inboxes, (name, address) each, and return its id.

    `depth_days` is how far back to read, None for everything. raises Invalid naming the field,
    Conflict where the mailbox or an address is connected already.
    """
    address = checked_address("address", address)
    feeds = checked_feeds([Feed(name, email) for name, email in inbox_names], "inbox")
    if kind not in deps.connectors.kinds():
        known = ", ".join(deps.connectors.kinds())
        raise Invalid(f"There is no mailbox kind {kind!r}; the kinds are: {known}.", field="kind")
    now = deps.clock.now()
    mailbox_id = _id_for(deps, site_id, kind, address, now)
    row = {
        **new_mailbox(site_id, mailbox_id, kind, address, feeds, now),
        "config": dict(config or {}),
        "credentials": seal_credentials(deps.secrets, site_id, mailbox_id, credentials),
        "depth_days": depth_days,
    }
    # Made once for its checks: a wrong config is refused now, not at the first sync.
    connect(deps, row)
    try:
        with deps.sessions.writing() as connection:
            _must_exist(connection, site_id)
            put_mailbox(connection, row)
            place_feeds(connection, row, feeds, now)
    except IntegrityError as error:
        raise already_connected(address) from error
    deps.queue.hint("sync_mailbox", site_id, mailbox_id)
    return mailbox_id


def new_mailbox(
    site_id: int, mailbox_id: int, kind: str, address: str, feeds: Sequence[Feed], at: int
) -> dict[str, Any]:
    """Return the columns of a mailbox that is to be read from its beginning."""
    return {
        "site_id": site_id,
        "id": mailbox_id,
        "kind": kind,
        "address": address,
        "aliases": [feed.address for feed in feeds if feed.address != address],
        # Gmail delivers local+anything@ to local@, for aliases too.
        "plus_addressing": kind == "gmail",
        "labels": ["INBOX", "SENT"],
        "since": at,
        "connected_at": at,
        "due_at": at,
    }


def put_mailbox(connection: Connection, row: Mapping[str, Any]) -> None:
    """Insert a mailbox, or let the disconnected one with its id come back to life."""
    known = mailbox_store.get(connection, row["site_id"], row["id"])
    if known is None:
        connection.execute(insert(mailboxes).values(**row))
        return
    # Read from the beginning again: the receipts know what there is, and what came while it was
    # away is history.
    again = {
        "credentials_version": known["credentials_version"] + 1,
        "disconnected_at": None,
        "state": "syncing",
        "reason": "",
        "live_cursor": None,
        "live_cursor_at": None,
        "backfill_cursor": None,
        "backfill_state": "pending",
        "backfill_done": 0,
        "backfill_total": None,
        "retry_refs": [],
        "gap_cursor": None,
        "diff_cursor": None,
        "rescoped_at": None,
    }
    mailbox_store.write(connection, row["site_id"], row["id"], {**row, **again})


def already_connected(address: str) -> Conflict:
    """Return the error for an account or an inbox address that is taken."""
    return Conflict(
        f"{address}, or one of its inbox addresses, is connected already: "
        "see `inbox mailbox list`.",
        code="mailbox_exists",
    )


def find_mailbox(deps: Deps, address: str) -> tuple[int, int]:
    """Return (site, mailbox) of an address; raises NotFound."""
    with deps.sessions.reading() as connection:
        rows = mailbox_store.every(connection)
    for row in rows:
        if row["address"] == address.strip().lower():
            return row["site_id"], row["id"]
    raise NotFound(f"No mailbox {address} is connected: see `inbox mailbox list`.")


def status(deps: Deps, site_id: int | None = None) -> list[dict[str, Any]]:
    """Return, per mailbox, what it is doing and what became of its mail."""
    with deps.sessions.reading() as connection:
        return [
            _status_of(deps, connection, row) for row in mailbox_store.every(connection, site_id)
        ]


def _status_of(deps: Deps, connection: Connection, row: Mapping[str, Any]) -> dict[str, Any]:
    noted_at = row["live_cursor_at"]
    mine = (receipt_rows.c.site_id == row["site_id"], receipt_rows.c.mailbox_id == row["id"])
    tickets = select(func.count(receipt_rows.c.ticket_id.distinct())).where(*mine)
    stored = select(func.count()).where(
        messages.c.site_id == row["site_id"], messages.c.mailbox_id == row["id"]
    )
    return {
        "site_id": str(row["site_id"]),
        "id": str(row["id"]),
        "address": row["address"],
        "kind": row["kind"],
        "state": row["state"],
        "reason": row["reason"],
        "since": row["since"],
        "cursor_age_s": None if noted_at is None else (deps.clock.now() - noted_at) // 1000,
        "receipts": receipts.count_outcomes(connection, row["site_id"], row["id"]),
        "tickets": connection.execute(tickets).scalar_one(),
        "messages": connection.execute(stored).scalar_one(),
        "backfill": asdict(progress_of(connection, row["site_id"], row, deps.clock.now())),
        "comparison": _comparison(connection, row),
        "units_per_minute": deps.settings.gmail_units_per_minute,
        "push": asdict(_push_of(connection, row, deps.clock.now())),
    }


def _push_of(connection: Connection, row: Mapping[str, Any], now: int) -> PushState:
    return push.states(connection, row["site_id"], now).get(row["id"], push.OFF)


def _comparison(connection: Connection, row: Mapping[str, Any]) -> dict[str, Any] | None:
    compared = reconciliations.get(connection, row["site_id"], row["id"])
    return compared["result"] if compared else None


def _id_for(deps: Deps, site_id: int, kind: str, address: str, now: int) -> int:
    """Return the id of the account's disconnected mailbox, else a new one."""
    with deps.sessions.reading() as connection:
        known = mailbox_store.of_address(connection, site_id, kind, address)
    is_away = known is not None and known["disconnected_at"] is not None
    return int(known["id"]) if known is not None and is_away else new_id(now)


def _must_exist(connection: Connection, site_id: int) -> None:
    if connection.execute(select(sites.c.id).where(sites.c.id == site_id)).first() is None:
        raise NotFound(f"There is no site {site_id}: see `inbox site list`.", field="site")
