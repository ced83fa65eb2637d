"""Mailboxes: connected, listed, told apart from each other, and what each of them is doing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError

from inbox_service.deps import Deps
from inbox_service.errors import Conflict, Invalid, NotFound
from inbox_service.ports import Credentials
from inbox_service.store import mailboxes as mailbox_store
from inbox_service.store import receipts
from inbox_service.store.ids import new_id
from inbox_service.store.tables import inbox_addresses, inboxes, mailboxes, messages, sites
from inbox_service.store.tables import receipts as receipt_rows

from .connections import connect
from .credentials import seal_credentials

# Quiet and told apart at a glance, readable beside WordPress's own colours.
_COLOURS = ("#3858e9", "#00a32a", "#dba617", "#d63638", "#8c5fd0", "#00838f", "#b35900", "#50575e")
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
    address = _checked_address("address", address)
    feeds = [(name.strip(), _checked_address("inbox", email)) for name, email in inbox_names]
    if kind not in deps.connectors.kinds():
        known = ", ".join(deps.connectors.kinds())
        raise Invalid(f"There is no mailbox kind {kind!r}; the kinds are: {known}.", field="kind")
    if not feeds or any(not name for name, _ in feeds):
        raise Invalid("Name an inbox for the mailbox: NAME=ADDRESS.", field="inbox")
    now = deps.clock.now()
    mailbox_id = new_id(now)
    row = {
        "site_id": site_id,
        "id": mailbox_id,
        "kind": kind,
        "address": address,
        "config": dict(config or {}),
        "credentials": seal_credentials(deps.secrets, site_id, mailbox_id, credentials),
        "aliases": [email for _, email in feeds if email != address],
        # Gmail delivers local+anything@ to local@, for aliases too.
        "plus_addressing": kind == "gmail",
        "depth_days": depth_days,
        "labels": ["INBOX", "SENT"],
        "since": now,
        "connected_at": now,
        "due_at": now,
    }
    # Made once for its checks: a wrong config is refused now, not at the first sync.
    connect(deps, row)
    try:
        with deps.sessions.writing() as connection:
            _must_exist(connection, site_id)
            connection.execute(insert(mailboxes).values(**row))
            for position, (name, email) in enumerate(feeds):
                _feed(connection, row, name, email, default=position == 0)
    except IntegrityError as error:
        raise Conflict(
            f"{address}, or one of its inbox addresses, is connected already: "
            "see `inbox mailbox list`.",
            code="mailbox_exists",
        ) from error
    deps.queue.hint("sync_mailbox", site_id, mailbox_id)
    return mailbox_id


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
        "backfill": {
            "state": row["backfill_state"],
            "done": row["backfill_done"],
            "total": row["backfill_total"],
        },
        "units_per_minute": deps.settings.gmail_units_per_minute,
    }


def _feed(
    connection: Connection, mailbox: Mapping[str, Any], name: str, email: str, *, default: bool
) -> None:
    site_id, now = mailbox["site_id"], mailbox["connected_at"]
    query = select(inboxes.c.id).where(inboxes.c.site_id == site_id, inboxes.c.name == name)
    inbox_id = connection.execute(query).scalar_one_or_none()
    if inbox_id is None:
        inbox_id = new_id(now)
        count = select(func.count()).where(inboxes.c.site_id == site_id)
        position = connection.execute(count).scalar_one()
        connection.execute(
            insert(inboxes).values(
                site_id=site_id,
                id=inbox_id,
                name=name,
                colour=_COLOURS[position % len(_COLOURS)],
                position=position,
                created_at=now,
            )
        )
    connection.execute(
        insert(inbox_addresses).values(
            site_id=site_id,
            id=new_id(now),
            inbox_id=inbox_id,
            mailbox_id=mailbox["id"],
            email=email,
            is_default=default,
        )
    )


def _must_exist(connection: Connection, site_id: int) -> None:
    if connection.execute(select(sites.c.id).where(sites.c.id == site_id)).first() is None:
        raise NotFound(f"There is no site {site_id}: see `inbox site list`.", field="site")


def _checked_address(field: str, address: str) -> str:
    email = address.strip().lower()
    local, at, domain = email.partition("@")
    if not (local and at and domain) or any(sign in email for sign in " ,;<>\r\n"):
        raise Invalid(f"{address!r} is not an e-mail address.", field=field)
    return email
