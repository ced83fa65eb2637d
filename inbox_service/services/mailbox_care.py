"""A connected mailbox in its owner's hands: changed, checked, read at once, taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.errors import InboxError, NotFound
from inbox_service.ports import Check, ConnectorError, Credentials
from inbox_service.store import feeds as feed_store
from inbox_service.store import mailboxes as mailbox_store
from inbox_service.store.rows import Row

from . import managers
from .auth import Act, Caller
from .connections import connect
from .credentials import MailboxCredentials, open_credentials, seal_credentials
from .feeding import Feed, checked_feeds, place_feeds
from .scopes import rescoped

_log = structlog.get_logger()

# Whoever syncs the mailbox now loses it, and stores nothing of what it began under the old terms.
_RELEASED = {"lease_holder": None, "lease_until": None}


def change(
    deps: Deps,
    caller: Caller,
    mailbox_id: int,
    settings: Mapping[str, Any],
    wanted: Sequence[Feed] | None = None,
) -> None:
    """Change what a mailbox feeds, what of it is read, and what the owner says of the app.

    `settings` holds any of depth_days (None: everything), labels, archive_on_solve and
    testing_mode. More to read begins the back-fill anew; less leaves what was read.
    """
    feeds = None if wanted is None else checked_feeds(wanted, "inboxes")
    with managers.writing(deps, caller) as act:
        row = connected(act.connection, caller.site_id, mailbox_id)
        values: dict[str, Any] = {}
        if feeds is not None:
            place_feeds(act.connection, row, feeds, act.at)
            own = row["address"]
            values["aliases"] = [feed.address for feed in feeds if feed.address != own]
        values |= rescoped(row, settings, act.at)
        if "archive_on_solve" in settings:
            values["archive_on_solve"] = settings["archive_on_solve"]
        if "testing_mode" in settings:
            values |= _publishing(deps, row, settings["testing_mode"])
        if values:
            mailbox_store.write(act.connection, caller.site_id, mailbox_id, values)
    deps.queue.hint("sync_mailbox", caller.site_id, mailbox_id)


def disconnect(deps: Deps, caller: Caller, mailbox_id: int) -> None:
    """Stop a mailbox for good, forget its credentials, and give the consent back.

    Tickets and inboxes stay. The consent is given back only where no other mailbox of the service
    is this account: at Google that ends every consent of an account for an app.
    """
    _end_push(deps, caller, mailbox_id)
    with managers.writing(deps, caller) as act:
        row = connected(act.connection, caller.site_id, mailbox_id)
        credentials = open_credentials(deps.secrets, caller.site_id, mailbox_id, row["credentials"])
        mailbox_store.write(act.connection, caller.site_id, mailbox_id, _emptied(deps, row, act))
        feed_store.drop_others(act.connection, caller.site_id, mailbox_id, ())
        is_shared = mailbox_store.connected_elsewhere(act.connection, row)
    # After the commit: the mailbox is stopped whatever Google answers.
    if not is_shared:
        _give_back(deps, row, credentials)


def check(deps: Deps, caller: Caller, mailbox_id: int) -> list[Check]:
    """Look whether a mailbox can be read and answered from, and say what is wrong."""
    with managers.writing(deps, caller) as act:
        row = connected(act.connection, caller.site_id, mailbox_id)
        feeds = mailbox_store.addresses(act.connection, caller.site_id, mailbox_id)
    return look(deps, row, [feed["email"] for feed in feeds])


def look(deps: Deps, row: Row, addresses: Sequence[str]) -> list[Check]:
    """Ask the provider about a mailbox; an error becomes a check that failed."""
    try:
        consent = deps.connectors.consent(row["kind"])
        cell = MailboxCredentials(deps, row["site_id"], row["id"])
        try:
            identity = connect(deps, row).identify()
        except ConnectorError as error:
            return [consent.explain(error)]
        # Read again: asking may have renewed the token, and told of its end.
        found = consent.checks(cell.read(), identity, row["testing_mode"])
    except InboxError as error:
        return [Check("mailbox", ok=False, words=str(error), code=error.code)]
    own = {identity.address, *identity.aliases}
    return [*found, *(_not_own(one) for one in addresses if one not in own)]


def sync_now(deps: Deps, caller: Caller, mailbox_id: int) -> None:
    """Read a mailbox at once; one that was stopped tries again.

    What was found stands in the mailbox's look (`progress.look_of`) when that is done.
    """
    with managers.writing(deps, caller) as act:
        row = connected(act.connection, caller.site_id, mailbox_id)
        values: dict[str, Any] = {"due_at": act.at, "asked_at": act.at}
        # A sync takes only mailboxes that are at work; the trouble comes back if it is still there.
        if row["state"] in ("stopped", "reauth_needed"):
            values |= {"state": "syncing", "reason": "", "since": act.at}
        mailbox_store.write(act.connection, caller.site_id, mailbox_id, values)
    deps.queue.hint("sync_mailbox", caller.site_id, mailbox_id)


def connected(connection: Connection, site_id: int, mailbox_id: int) -> Row:
    """Return the row of a mailbox that is connected; raises NotFound."""
    row = mailbox_store.get(connection, site_id, mailbox_id)
    if row is None or row["disconnected_at"] is not None:
        raise NotFound("There is no such mailbox here.", code="mailbox_not_found")
    return row


def _publishing(deps: Deps, row: Row, mode: str) -> dict[str, Any]:
    credentials = open_credentials(deps.secrets, row["site_id"], row["id"], row["credentials"])
    consent = deps.connectors.consent(row["kind"])
    return {"testing_mode": mode, "consent_ends_at": consent.consent_ends_at(credentials, mode)}


def _emptied(deps: Deps, row: Row, act: Act) -> dict[str, Any]:
    return {
        "credentials": seal_credentials(deps.secrets, row["site_id"], row["id"], {}),
        # A renewal under way finds another version and stores nothing.
        "credentials_version": row["credentials_version"] + 1,
        "oauth_client_id": None,
        "consent_ends_at": None,
        "disconnected_at": act.at,
        "state": "stopped",
        "reason": "Disconnected by its owner.",
        "since": act.at,
        **_RELEASED,
    }


def _end_push(deps: Deps, caller: Caller, mailbox_id: int) -> None:
    """Let the provider tell no more of the mailbox, while there are credentials to ask with.

    What does not succeed ends by itself within days, and until then nobody listens.
    """
    with managers.reading(deps, caller) as act:
        row = connected(act.connection, caller.site_id, mailbox_id)
        # A provider keeps one watch per account and app: it may be the other mailbox's as well.
        is_shared = mailbox_store.connected_elsewhere(act.connection, row)
    if row["push_until"] is None or is_shared:
        return
    try:
        connect(deps, row).unwatch()
    except (ConnectorError, InboxError, OSError) as error:
        _log.warning("push_not_ended", mailbox_id=row["id"], error=type(error).__name__)


def _give_back(deps: Deps, row: Row, credentials: Credentials) -> None:
    try:
        deps.connectors.consent(row["kind"]).revoke(credentials)
    except (ConnectorError, InboxError) as error:
        # The credentials are gone from here whatever the provider says; its owner can take the
        # consent back there too.
        _log.warning("consent_not_given_back", mailbox_id=row["id"], error=type(error).__name__)


def _not_own(address: str) -> Check:
    return Check(
        "address",
        ok=False,
        words=f"The account may not write as {address}: answers would leave under its own name.",
        remedy=f"Add {address} in Gmail > Settings > Accounts > Send mail as, and confirm it.",
        code="address_not_own",
    )
