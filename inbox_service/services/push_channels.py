"""Push channels: a project's topic at the provider, and how its notices reach us."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.errors import Invalid, NotFound
from inbox_service.ports import Credentials, SecretBox
from inbox_service.store import push as store
from inbox_service.store import sites
from inbox_service.store.ids import new_id
from inbox_service.store.rows import Row

from . import managers
from .auth import Caller


@dataclass(frozen=True, slots=True)
class NewChannel:
    """A topic, and a subscription to be pulled with a key, or who signs what is pushed for whom.

    `key` is a service account's key file; None keeps the one of a channel that is known.
    """

    topic: str
    subscription: str = ""
    key: Mapping[str, Any] | None = None
    audience: str = ""
    signer: str = ""
    kind: str = "gmail"


def list_channels(deps: Deps, caller: Caller) -> list[Row]:
    """Return the site's channels and how they are doing; for managers."""
    with managers.reading(deps, caller) as act:
        return [
            _view(act.connection, row) for row in store.channels(act.connection, caller.site_id)
        ]


def save_channel(deps: Deps, caller: Caller, new: NewChannel) -> Row:
    """Add the channel of the topic's project, or change it; for managers."""
    values = _checked(deps, new)
    with managers.writing(deps, caller) as act:
        channel_id = _put(deps, act.connection, caller.site_id, new, values, act.at)
        return _view(act.connection, _get(act.connection, caller.site_id, channel_id))


def remove_channel(deps: Deps, caller: Caller, channel_id: int) -> None:
    """Remove a channel: its mailboxes are polled from now on; for managers."""
    with managers.writing(deps, caller) as act:
        _get(act.connection, caller.site_id, channel_id)
        store.remove_channel(act.connection, caller.site_id, channel_id)


def put_channel(deps: Deps, site_id: int, new: NewChannel) -> int:
    """Do as `save_channel`, for whoever has the service's host, and return the channel's id."""
    values = _checked(deps, new)
    with deps.sessions.writing() as connection:
        if sites.get(connection, site_id) is None:
            raise NotFound(f"There is no site {site_id}: see `inbox site list`.", field="site")
        return _put(deps, connection, site_id, new, values, deps.clock.now())


def all_channels(deps: Deps) -> list[Row]:
    with deps.sessions.reading() as connection:
        return [_view(connection, row) for row in store.channels(connection)]


def drop_channel(deps: Deps, channel_id: int) -> None:
    """Remove a channel of any site; raises NotFound."""
    with deps.sessions.writing() as connection:
        found = [row for row in store.channels(connection) if row["id"] == channel_id]
        if not found:
            raise NotFound(f"There is no push channel {channel_id}: see `inbox push list`.")
        store.remove_channel(connection, found[0]["site_id"], channel_id)


def open_key(secrets: SecretBox, row: Mapping[str, Any]) -> Credentials:
    """Return the credentials that pull the channel's subscription."""
    opened: Credentials = json.loads(secrets.open(row["key"], _context(row["site_id"], row["id"])))
    return opened


def _checked(deps: Deps, new: NewChannel) -> Row:
    """Return the columns of a new channel; raises Invalid naming the wrong field."""
    push = deps.connectors.push(new.kind)
    values: Row = {"kind": new.kind, "topic": new.topic.strip()}
    values["project"] = push.project_of(values["topic"])
    values["subscription"] = new.subscription.strip()
    values["audience"], values["signer"] = new.audience.strip(), new.signer.strip().lower()
    if values["subscription"]:
        push.checked_subscription(values["subscription"])
    elif not values["signer"]:
        raise Invalid(
            "Name a subscription to pull, or the service account that signs what is pushed.",
            field="subscription",
        )
    # A signature without an audience could have been made for anybody (RFC 8725 3.9).
    if bool(values["audience"]) != bool(values["signer"]):
        missing = "audience" if values["signer"] else "signer"
        raise Invalid("A push needs both its audience and its service account.", field=missing)
    return values


def _put(
    deps: Deps, connection: Connection, site_id: int, new: NewChannel, values: Row, at: int
) -> int:
    known = store.channel_of_project(connection, site_id, values["kind"], values["project"])
    channel_id = int(known["id"]) if known else new_id(at)
    key = _sealed_key(deps, new, site_id, channel_id) or (known["key"] if known else None)
    if values["subscription"] and key is None:
        raise Invalid(
            "Pulling a subscription needs the key of a service account.", field="service_account"
        )
    values = {**values, "key": key if values["subscription"] else None, "reason": "", "since": at}
    if known:
        store.write_channel(connection, site_id, channel_id, values)
        # Whatever was promised before was promised by the old way.
        store.doubt(connection, site_id, channel_id)
        store.ask_again(connection, site_id, channel_id, at)
    else:
        row = {"site_id": site_id, "id": channel_id, "created_at": at, **values}
        store.add_channel(connection, row)
    return channel_id


def _sealed_key(deps: Deps, new: NewChannel, site_id: int, channel_id: int) -> bytes | None:
    if new.key is None:
        return None
    credentials = deps.connectors.push(new.kind).credentials_of_key(new.key)
    return deps.secrets.seal(json.dumps(dict(credentials)).encode(), _context(site_id, channel_id))


def _get(connection: Connection, site_id: int, channel_id: int) -> Row:
    row = store.channel(connection, site_id, channel_id)
    if row is None:
        raise NotFound("There is no such push channel here.", field="channel_id")
    return row


def _view(connection: Connection, row: Row) -> Row:
    """Return what may be shown of a channel: never its key."""
    count = store.count_watches(connection, row["site_id"]).get(row["id"], 0)
    shown = {name: value for name, value in row.items() if name != "key"}
    return {**shown, "pulls": bool(row["subscription"]), "mailboxes": count}


def _context(site_id: int, channel_id: int) -> str:
    return f"push_channel:{site_id}:{channel_id}"
