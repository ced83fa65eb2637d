"""API keys: how programs other than the plugin read a site's desk."""

from __future__ import annotations

from collections.abc import Iterable

from inbox_service.deps import Deps
from inbox_service.errors import Invalid, NotFound
from inbox_service.store import sites
from inbox_service.store.ids import new_id

from . import keys

SCOPES = ("read",)


def add_api_key(deps: Deps, site_id: int, name: str, scopes: Iterable[str]) -> str:
    """Make a key for a program and return it; it is told this once, only its hash is kept."""
    wanted = sorted(set(scopes))
    if not set(wanted) <= set(SCOPES):
        raise Invalid(f"The scopes are: {', '.join(SCOPES)}.", field="scopes")
    at, key = deps.clock.now(), keys.new_api_key(site_id)
    row = {"site_id": site_id, "id": new_id(at), "name": name[:200], "scopes": wanted}
    with deps.sessions.writing() as connection:
        if sites.get(connection, site_id) is None:
            raise NotFound(f"There is no site {site_id}: see `inbox site list`.")
        sites.add_api_key(connection, {**row, "key_hash": keys.fingerprint(key), "created_at": at})
    return key


def revoke_api_key(deps: Deps, site_id: int, key: str) -> None:
    """Let a key open nothing any more, from the next request on."""
    with deps.sessions.writing() as connection:
        sites.revoke_api_key(connection, site_id, keys.fingerprint(key), deps.clock.now())
