"""Who is calling: signed requests of WordPress, API keys, and the transaction each call acts in."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import jwt
from sqlalchemy import Connection, RowMapping

from inbox_service.deps import Deps
from inbox_service.domain.moments import rfc3339
from inbox_service.domain.rights import Viewer
from inbox_service.errors import Conflict, Forbidden, Unauthenticated
from inbox_service.services import keys
from inbox_service.store import agents, sites

CallerType = Literal["agent", "plugin", "customer", "guest", "program"]

AUDIENCE = "unified-inbox"
LEEWAY_MS = 30_000
# Tokens are made for 60 s; the rest is room for a plugin that rounds.
LONGEST_LIFE_MS = 120_000
_CLAIMS = ("iss", "aud", "iat", "exp", "jti", "typ", "sub", "method", "path", "body_sha256")
_SIGNED_TYPES = ("agent", "plugin", "customer", "guest")


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """The parts of a request that its token vouches for; `path` is path and query as sent."""

    authorization: str
    method: str
    path: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Caller:
    """A proven caller. `token_id` is the jti to spend on a write, "" for an API key.

    `key_id` is the site's key that signed the request, for answers signed with the same key;
    `email` the address that a customer's WordPress account has at this moment.
    """

    site_id: int
    type: CallerType
    subject: str
    token_id: str = ""
    token_expires_at: int = 0
    scopes: frozenset[str] = frozenset()
    key_id: str = ""
    email: str = ""
    # The address the request came from, where the site signs under another than it was paired.
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One call's transaction, who acts in it, and when."""

    connection: Connection
    viewer: Viewer
    at: int


def identify(deps: Deps, request: SignedRequest, *, may_have_moved: bool = False) -> Caller:
    """Return who signed the request.

    raises Unauthenticated, with the server's time so that a wrong clock can be told from a wrong
    key, and Conflict `site_moved` where the site signs under another address than it was paired.
    """
    scheme, _, token = request.authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise _refused(deps, "token_missing", "The request carries no token.")
    if token.startswith(keys.API_KEY_PREFIX):
        return _program(deps, token.strip())
    return _signed_caller(deps, request, token.strip(), may_have_moved=may_have_moved)


@contextmanager
def reading(deps: Deps, caller: Caller) -> Iterator[Act]:
    """Open a read transaction for the caller; a GET spends no token."""
    with deps.sessions.reading() as connection:
        yield Act(connection, _viewer(connection, caller), deps.clock.now())


@contextmanager
def writing(deps: Deps, caller: Caller) -> Iterator[Act]:
    """Open the write transaction of one call and spend its token in it; raises `read_only`.

    A call that fails rolls its token back with everything else, so it may be sent again; one that
    succeeded cannot be replayed.
    """
    with noting(deps, caller) as act:
        if not act.viewer.can_reply:
            raise Forbidden("Your role may read only.", code="read_only")
        yield act


@contextmanager
def noting(deps: Deps, caller: Caller) -> Iterator[Act]:
    """Open a write transaction as `writing` does, for any role.

    It is for what nobody else could miss, such as how far the caller has read.
    """
    with deps.sessions.writing() as connection:
        _spend(deps, connection, caller)
        yield Act(connection, _viewer(connection, caller), deps.clock.now())


@contextmanager
def plugin_writing(deps: Deps, caller: Caller) -> Iterator[tuple[Connection, int]]:
    """Open a write transaction for a caller who is no agent, yielding it and the time.

    That is the site's plugin, or a customer or guest: `access.visitor` tells what he may write to.
    """
    with deps.sessions.writing() as connection:
        _spend(deps, connection, caller)
        yield connection, deps.clock.now()


def _program(deps: Deps, key: str) -> Caller:
    site_id = keys.site_of_api_key(key)
    with deps.sessions.reading() as connection:
        row = sites.api_key(connection, site_id, keys.fingerprint(key)) if site_id else None
        site = sites.get(connection, site_id) if site_id else None
    if row is None or site is None:
        raise _refused(deps, "token_invalid", "The API key is not known or was revoked.")
    _require_running(site)
    return Caller(row["site_id"], "program", str(row["id"]), scopes=frozenset(row["scopes"]))


def _signed_caller(
    deps: Deps, request: SignedRequest, token: str, *, may_have_moved: bool
) -> Caller:
    site_id, secret, home_url = _key_of(deps, token)
    claims = _verified(deps, token, secret)
    # Only after the signature: a stranger must not learn which address a key belongs to. A copy
    # of the site signs with the same key, and must not answer the real site's customers.
    at_home = keys.same_url(claims["iss"], home_url)
    if not at_home and not may_have_moved:
        raise Conflict(
            "This site was paired under another address: say whether it moved or is a copy.",
            code="site_moved",
            paired=home_url,
        )
    _check_time(deps, claims)
    _check_request(deps, claims, request)
    expires_at = claims["exp"] * 1000 + LEEWAY_MS
    key_id = str(jwt.get_unverified_header(token)["kid"])
    return Caller(
        site_id,
        claims["typ"],
        claims["sub"],
        claims["jti"],
        expires_at,
        key_id=key_id,
        email=claims.get("email", ""),
        moved_to="" if at_home else claims["iss"],
    )


def _key_of(deps: Deps, token: str) -> tuple[int, bytes, str]:
    """Return the site, secret and home address that belong to the token's key id."""
    unknown = _refused(deps, "token_invalid", "The token is not signed with a key of ours.")
    try:
        kid = jwt.get_unverified_header(token).get("kid")
    except jwt.InvalidTokenError as error:
        raise unknown from error
    site_id = keys.site_of_kid(kid) if isinstance(kid, str) else None
    if site_id is None:
        raise unknown
    with deps.sessions.reading() as connection:
        key = sites.live_key(connection, site_id, str(kid), deps.clock.now())
        site = sites.get(connection, site_id)
    if key is None or site is None:
        raise unknown
    _require_running(site)
    return site_id, deps.secrets.open(key["secret"], keys.seal_context(key)), site["home_url"]


def _require_running(site: RowMapping) -> None:
    if site["state"] == "paused":
        raise Forbidden("This site is paused: its owner can take it up again.", code="site_paused")


def _verified(deps: Deps, token: str, secret: bytes) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            secret,
            # Pinned: a token that names its own algorithm could name none (RFC 8725 3.1).
            algorithms=["HS256"],
            audience=AUDIENCE,
            # Times are checked against our own clock, below, which tests can set.
            options={"require": list(_CLAIMS), "verify_exp": False, "verify_iat": False},
        )
    except jwt.InvalidTokenError as error:
        raise _refused(deps, "token_invalid", "The token is not valid.") from error
    # PyJWT checks that claims are there, not what they are; the code below relies on both.
    texts = ("iss", "jti", "typ", "sub", "method", "path", "body_sha256")
    well_formed = (
        all(isinstance(claims[name], str) for name in texts)
        and all(type(claims[name]) is int for name in ("iat", "exp"))
        and 16 <= len(claims["jti"]) <= 64
        and claims["typ"] in _SIGNED_TYPES
        and isinstance(claims.get("email", ""), str)
    )
    if not well_formed:
        raise _refused(deps, "token_invalid", "The token's claims are not well formed.")
    return claims


def _check_time(deps: Deps, claims: dict[str, Any]) -> None:
    now, issued, expires = deps.clock.now(), claims["iat"] * 1000, claims["exp"] * 1000
    # A used jti is remembered until its token ends, so a long life would be a long memory.
    if expires - issued > LONGEST_LIFE_MS:
        raise _refused(deps, "token_invalid", "The token claims to live too long.")
    if now > expires + LEEWAY_MS or issued > now + LEEWAY_MS:
        raise _refused(
            deps, "token_expired", "The token is outside its time: compare the servers' clocks."
        )


def _check_request(deps: Deps, claims: dict[str, Any], request: SignedRequest) -> None:
    # In constant time, all three of them: it costs nothing to give nothing away.
    signed = (claims["method"], claims["path"], claims["body_sha256"])
    sent = (request.method, request.path, hashlib.sha256(request.body).hexdigest())
    same = [hmac.compare_digest(a.encode(), b.encode()) for a, b in zip(signed, sent, strict=True)]
    if not all(same):
        raise _refused(deps, "token_mismatch", "The token was made for another request.")


def _spend(deps: Deps, connection: Connection, caller: Caller) -> None:
    if caller.token_id and not sites.spend_token(
        connection, caller.site_id, caller.token_id, caller.token_expires_at
    ):
        raise _refused(deps, "token_replayed", "The token was used before.")


def _viewer(connection: Connection, caller: Caller) -> Viewer:
    if caller.type == "program":
        return Viewer(caller.site_id, "viewer")
    # isascii first: str.isdigit also takes Arabic digits, which int() would read as a user.
    known = caller.type == "agent" and caller.subject.isascii() and caller.subject.isdigit()
    wp_user_id = int(caller.subject) if known and len(caller.subject) < 19 else None
    agent = (
        agents.active(connection, caller.site_id, wp_user_id) if wp_user_id is not None else None
    )
    if agent is None:
        raise Forbidden("You are not known to the inbox service yet.", code="agent_unknown")
    return agents.viewer(connection, agent)


def _refused(deps: Deps, code: str, message: str) -> Unauthenticated:
    return Unauthenticated(message, code=code, server_time=rfc3339(deps.clock.now()))
