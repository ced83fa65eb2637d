"""Sites and their pairing with WordPress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, RowMapping

from inbox_service.deps import Deps
from inbox_service.errors import Conflict, Forbidden, Invalid, NotFound
from inbox_service.store import mailbox_views, sites
from inbox_service.store.ids import new_id

from . import auth, keys

CODE_LIFE_MS = 15 * 60_000
# The plugin may have requests under way, or fail to store the new key at first.
OLD_KEY_LIFE_MS = 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class SiteKey:
    """A key as the plugin is told it, this once."""

    site_id: int
    key_id: str
    secret: str


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a WordPress site says of itself when it pairs."""

    code: str
    home_url: str
    name: str
    locale: str
    timezone: str


def add_site(deps: Deps, name: str, home_url: str) -> tuple[int, str]:
    """Make the site, or find the one with this address, and return its id and a new pairing code.

    raises Invalid for an address that is none.
    """
    address = keys.normal_url(home_url)
    # The same command is how a lost secret is replaced, so a known address is no error.
    at = deps.clock.now()
    with deps.sessions.writing() as connection:
        site = sites.by_home_url(connection, address)
        site_id = site["id"] if site else new_id(at)
        if site is None:
            row = {"id": site_id, "name": name[:200], "home_url": address, "created_at": at}
            sites.add(connection, row)
        return site_id, _new_code(connection, site_id, at)


def list_sites(deps: Deps) -> list[dict[str, Any]]:
    """Return every site: id, name, home_url, state, created_at."""
    shown = ("id", "name", "home_url", "state", "created_at")
    with deps.sessions.reading() as connection:
        return [{name: row[name] for name in shown} for row in sites.all_sites(connection)]


def rotate_key(deps: Deps, site_id: int) -> SiteKey:
    """Make a new key for the site; its older ones work for another 24 hours."""
    with deps.sessions.writing() as connection:
        if sites.get(connection, site_id) is None:
            raise NotFound(f"There is no site {site_id}: see `inbox site list`.")
        return _rotated(connection, deps, site_id, deps.clock.now())


def rotate_own_key(deps: Deps, caller: auth.Caller) -> SiteKey:
    """Make a new key for the calling plugin's site."""
    with auth.plugin_writing(deps, caller) as (connection, at):
        return _rotated(connection, deps, caller.site_id, at)


def note_status_page(deps: Deps, caller: auth.Caller, url: str) -> None:
    """Note the address of the page where customers see their tickets, "" for none.

    raises Invalid for an address of another host: it goes into mails to customers.
    """
    with auth.plugin_writing(deps, caller) as (connection, _):
        site = sites.get(connection, caller.site_id)
        home = urlsplit(site["home_url"]) if site else urlsplit("")
        page = urlsplit(url)
        if url and (page.scheme not in ("http", "https") or page.netloc != home.netloc):
            raise Invalid("The page must be one of this site.", field="status_page_url")
        sites.write(connection, caller.site_id, {"status_page_url": url})


def settle_move(deps: Deps, caller: auth.Caller, *, moved: bool) -> None:
    """Give the site its new address; a copy changes nothing here and has to pair by itself.

    raises Conflict where another site is paired under that address already, Invalid where it is
    not served over https.
    """
    with auth.plugin_writing(deps, caller) as (connection, _):
        if not moved or not caller.moved_to:
            return
        address = keys.normal_url(caller.moved_to)
        if not keys.is_private_transport(address):
            raise Invalid("The site must be served over https.", code="https_required")
        if sites.by_home_url(connection, address) is not None:
            raise Conflict(f"Another site is paired as {address}.", code="site_exists")
        # The page's address was of the old host; the plugin tells the new one.
        sites.write(connection, caller.site_id, {"home_url": address, "status_page_url": ""})


def pair(deps: Deps, introduction: Introduction) -> SiteKey:
    """Exchange a pairing code for a key.

    raises Invalid `https_required` off loopback, Forbidden `pairing_code_invalid` for a code that
    is wrong, used or past its time, Conflict where it was made for another address.
    """
    address = keys.normal_url(introduction.home_url)
    # The secret goes back in the answer, and every later request carries customers' mail.
    if not keys.is_private_transport(address):
        raise Invalid(
            "The site must be served over https before it can be paired.",
            code="https_required",
            field="home_url",
        )
    at = deps.clock.now()
    with deps.sessions.writing() as connection:
        site, code = _opened(connection, introduction.code, at)
        if site["home_url"] != address:
            raise Conflict(
                f"This code was made for {site['home_url']}: ask for one for {address} "
                "with `inbox site add`.",
                code="pairing_other_site",
            )
        if not sites.use_code(connection, site["id"], code["id"], at):
            raise _wrong_code()
        sites.write(connection, site["id"], {"state": "active", **_described(introduction)})
        # Whoever held an older key is not the one who pairs now.
        sites.end_keys(connection, site["id"], at)
        return _new_key(connection, deps, site["id"], at)


def describe(deps: Deps, caller: auth.Caller) -> dict[str, Any]:
    """Return the site as its plugin sees it, with the state of its mailboxes."""
    with deps.sessions.reading() as connection:
        site = sites.get(connection, caller.site_id)
        boxes = mailbox_views.all_of(connection, caller.site_id)
    if site is None:
        raise NotFound
    return {**site, "mailboxes": boxes, "service_time": deps.clock.now()}


def _opened(connection: Connection, code: str, at: int) -> tuple[RowMapping, RowMapping]:
    site_id = keys.site_of_code(code)
    if site_id is None:
        raise _wrong_code()
    row = sites.open_code(connection, site_id, keys.fingerprint(code), at)
    site = sites.get(connection, site_id)
    if row is None or site is None:
        raise _wrong_code()
    return site, row


def _described(introduction: Introduction) -> Mapping[str, str]:
    return {
        "name": introduction.name,
        "locale": introduction.locale,
        "timezone": introduction.timezone,
    }


def _wrong_code() -> Forbidden:
    return Forbidden(
        "This pairing code does not work (any more). Ask for a new code with `inbox site add`.",
        code="pairing_code_invalid",
        field="code",
    )


def _new_code(connection: Connection, site_id: int, at: int) -> str:
    code = keys.new_code(site_id)
    row = {"site_id": site_id, "id": new_id(at), "code_hash": keys.fingerprint(code)}
    sites.add_code(connection, {**row, "created_at": at, "expires_at": at + CODE_LIFE_MS})
    return code


def _rotated(connection: Connection, deps: Deps, site_id: int, at: int) -> SiteKey:
    sites.end_keys(connection, site_id, at + OLD_KEY_LIFE_MS)
    return _new_key(connection, deps, site_id, at)


def _new_key(connection: Connection, deps: Deps, site_id: int, at: int) -> SiteKey:
    secret = keys.new_secret()
    row: dict[str, Any] = {"site_id": site_id, "id": new_id(at), "kid": keys.new_kid(site_id)}
    # Sealed, not hashed: HMAC needs the secret itself on both sides.
    sealed = deps.secrets.seal(secret.encode(), keys.seal_context(row))
    sites.add_key(connection, {**row, "secret": sealed, "created_at": at})
    return SiteKey(site_id, row["kid"], secret)
