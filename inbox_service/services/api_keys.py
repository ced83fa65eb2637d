"""API keys: how programs other than the plugin read a site's desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.errors import Invalid, NotFound
from inbox_service.store import sites
from inbox_service.store.ids import new_id
from inbox_service.store.rows import Row

from . import keys

SCOPES = ("read",)


@dataclass(frozen=True, slots=True)
class NewApiKey:
    """A key as its owner is told it, this once; `id` names it afterwards."""

    id: int
    key: str


def add_api_key(deps: Deps, site_id: int, name: str, scopes: Iterable[str]) -> NewApiKey:
    """Make a key for a program; only its hash is kept. raises Invalid, NotFound for the site."""
    wanted = sorted(set(scopes))
    if not set(wanted) <= set(SCOPES):
        raise Invalid(f"The scopes are: {', '.join(SCOPES)}.", field="scopes")
    at, key = deps.clock.now(), keys.new_api_key(site_id)
    key_id = new_id(at)
    row = {"site_id": site_id, "id": key_id, "name": name[:200], "scopes": wanted}
    with deps.sessions.writing() as connection:
        _require_site(connection, site_id)
        sites.add_api_key(connection, {**row, "key_hash": keys.fingerprint(key), "created_at": at})
    return NewApiKey(key_id, key)


def list_api_keys(deps: Deps, site_id: int) -> list[Row]:
    """Return the site's keys, revoked ones too: id, name, scopes, created_at, revoked_at."""
    with deps.sessions.reading() as connection:
        _require_site(connection, site_id)
        return sites.api_keys_of(connection, site_id)


def revoke_api_key(deps: Deps, site_id: int, key_id: int) -> None:
    """Let a key open nothing any more, from the next request on; raises NotFound."""
    with deps.sessions.writing() as connection:
        if not sites.revoke_api_key(connection, site_id, key_id, deps.clock.now()):
            raise NotFound(f"Site {site_id} has no live API key {key_id}: see `inbox apikey list`.")


def _require_site(connection: Connection, site_id: int) -> None:
    if sites.get(connection, site_id) is None:
        raise NotFound(f"There is no site {site_id}: see `inbox site list`.")
