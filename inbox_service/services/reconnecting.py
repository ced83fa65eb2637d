"""A mailbox that goes on with new credentials: nothing is read again, the cursors stay."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.errors import Conflict
from inbox_service.ports import Identity
from inbox_service.store import mailboxes, outbox
from inbox_service.store.rows import Row

from .consents import Opened
from .credentials import seal_credentials


def mailbox_of(connection: Connection, flow: Row, kind: str, identity: Identity) -> Row | None:
    """Return the mailbox that this account is, None for a new one.

    raises Conflict `oauth_wrong_account` where another one was to be connected again. The consent
    is not given back then: at Google that would end every consent of this account for the app, and
    it may be another mailbox of ours.
    """
    site_id = flow["site_id"]
    # By what Google says now, never by what the owner typed or the page was asked to offer.
    known = mailboxes.of_address(connection, site_id, kind, identity.address)
    wanted = flow["mailbox_id"]
    if wanted is not None and (known is None or known["id"] != wanted):
        mailbox = mailboxes.get(connection, site_id, wanted)
        expected = mailbox["address"] if mailbox else ""
        raise Conflict(
            f"You chose {identity.address} on Google's page, but this mailbox is {expected}: "
            "connect again and choose that account.",
            code="oauth_wrong_account",
            expected=expected,
            got=identity.address,
        )
    return known if known is not None and known["disconnected_at"] is None else None


def renew(
    deps: Deps, connection: Connection, mailbox: Row, client: Row | None, opened: Opened
) -> None:
    """Give a mailbox its new credentials and let it go on at once."""
    now = deps.clock.now()
    # What the owner said of an app holds for that app only.
    is_same_app = client is not None and mailbox["oauth_client_id"] == client["id"]
    mode = mailbox["testing_mode"] if is_same_app else None
    values = connected_values(deps, mailbox["site_id"], mailbox["id"], client, opened, mode)
    # What the command line may have set stays: quota table, labels.
    values |= {
        "config": {**mailbox["config"], **values["config"]},
        "credentials_version": mailbox["credentials_version"] + 1,
        "state": "syncing",
        "reason": "",
        "since": now,
        "due_at": now,
        # A sync that fails on the old credentials now must not say so of the new ones.
        "lease_holder": None,
        "lease_until": None,
    }
    mailboxes.write(connection, mailbox["site_id"], mailbox["id"], values)
    # Customers have waited for their answers as long as the owner for her mail.
    outbox.hurry(connection, mailbox["site_id"], mailbox["id"], now)


def connected_values(
    deps: Deps,
    site_id: int,
    mailbox_id: int,
    client: Row | None,
    opened: Opened,
    mode: str | None = None,
) -> dict[str, Any]:
    """Return the columns that follow from an account's credentials, and from the client that they
    were given through (None for a service account's key)."""
    consent = deps.connectors.consent(opened.kind)
    project = client["project"] if client else opened.credentials.get("project_id", "")
    return {
        "credentials": seal_credentials(deps.secrets, site_id, mailbox_id, opened.credentials),
        "oauth_client_id": client["id"] if client else None,
        "config": {"project": project},
        "testing_mode": mode,
        "consent_ends_at": consent.consent_ends_at(opened.credentials, mode),
    }
