"""OAuth clients: the owner's own apps at the provider, whose secrets are never shown again."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.errors import Invalid, NotFound
from inbox_service.ports import OAuthClient
from inbox_service.store import connecting, mailboxes
from inbox_service.store.ids import new_id
from inbox_service.store.rows import Row

from . import managers
from .auth import Caller
from .credentials import open_credentials, seal_credentials


@dataclass(frozen=True, slots=True)
class NewClient:
    """An OAuth client as its owner copies it from the provider's console."""

    client_id: str
    client_secret: str
    project: str = ""
    kind: str = "gmail"


def list_clients(deps: Deps, caller: Caller) -> list[Row]:
    """Return the site's OAuth clients."""
    with managers.reading(deps, caller) as act:
        return connecting.clients(act.connection, caller.site_id)


def save_client(deps: Deps, caller: Caller, new: NewClient) -> Row:
    """Add an OAuth client, or replace the secret of a known one, also for its mailboxes."""
    client_id, secret = new.client_id.strip(), new.client_secret.strip()
    # People copy from a table in the console, often with a line break at the end.
    for name, value in (("client_id", client_id), ("client_secret", secret)):
        if not value or any(letter.isspace() for letter in value):
            raise Invalid("Copy it whole, without spaces in it.", field=name)
    with managers.writing(deps, caller) as act:
        known = connecting.client_named(act.connection, caller.site_id, new.kind, client_id)
        row_id = known["id"] if known else new_id(act.at)
        values = {
            "secret": deps.secrets.seal(secret.encode(), _context(caller.site_id, row_id)),
            "project": new.project.strip(),
        }
        # Whoever pastes a new secret is about to switch the old one off, mailboxes and all.
        if known:
            connecting.write_client(act.connection, caller.site_id, row_id, values)
            _tell_mailboxes(deps, act.connection, caller.site_id, row_id, secret, act.at)
        else:
            row = {"site_id": caller.site_id, "id": row_id, "kind": new.kind}
            row |= {"client_id": client_id, "created_at": act.at, **values}
            connecting.add_client(act.connection, row)
        return get_client(act.connection, caller.site_id, row_id)


def get_client(connection: Connection, site_id: int, row_id: int) -> Row:
    """Return the client's row; raises NotFound."""
    row = connecting.client(connection, site_id, row_id)
    if row is None:
        raise NotFound("There is no such OAuth client here.", field="oauth_client_id")
    return row


def open_client(deps: Deps, row: Row) -> OAuthClient:
    secret = deps.secrets.open(row["secret"], _context(row["site_id"], row["id"])).decode()
    return OAuthClient(row["client_id"], secret)


def _tell_mailboxes(
    deps: Deps, connection: Connection, site_id: int, row_id: int, secret: str, at: int
) -> None:
    """Give a replaced secret to the mailboxes that use it; one that waited tries again."""
    for mailbox in connecting.mailboxes_of_client(connection, site_id, row_id):
        stored = open_credentials(deps.secrets, site_id, mailbox["id"], mailbox["credentials"])
        renewed = {**stored, "client_secret": secret}
        values = {
            "credentials": seal_credentials(deps.secrets, site_id, mailbox["id"], renewed),
            "credentials_version": mailbox["credentials_version"] + 1,
        }
        if mailbox["state"] == "reauth_needed":
            values |= {"state": "syncing", "reason": "", "since": at, "due_at": at}
        mailboxes.write(connection, site_id, mailbox["id"], values)


def _context(site_id: int, row_id: int) -> str:
    return f"oauth_client:{site_id}:{row_id}"
