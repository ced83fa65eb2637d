"""OAuth clients and tokens: issued, looked up, revoked."""

from __future__ import annotations

import json
from dataclasses import dataclass

from connectors.testkit.gmail_simulator.errors import ApiError, OAuthError
from connectors.testkit.gmail_simulator.settings import DAY, Settings
from connectors.testkit.gmail_simulator.store import Db, Row, many, one
from connectors.testkit.gmail_simulator.world import random_token

DEFAULT_CLIENT = "100000000001-simulator.apps.googleusercontent.com"
DEFAULT_PROJECT = "simulated-project"
MOST_REFRESH_TOKENS = 100  # per account and client; the oldest dies silently
TESTING_LIFETIME = 7 * DAY

# Why a refresh token is dead -> what the token endpoint says; all come as invalid_grant, so that a
# client must not tell them apart by the code.
DEAD = {
    "revoked": "Token has been expired or revoked.",
    "expired": "Token has been expired or revoked.",
    "password": "Token has been expired or revoked.",
    "deleted": "Account has been deleted",
    "policy": "reauth related error (invalid_rapt)",
}


@dataclass(frozen=True, slots=True)
class Client:
    """An OAuth client; without redirect addresses it takes any."""

    client_id: str
    secret: str
    project: str
    redirect_uris: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grant:
    """What an access token stands for; `account` "" is a service account's own."""

    account: str
    project: str
    scopes: frozenset[str]


def add_client(db: Db, client: Client) -> Client:
    db.execute(
        "INSERT OR REPLACE INTO clients VALUES (?, ?, ?, ?)",
        (client.client_id, client.secret, client.project, json.dumps(client.redirect_uris)),
    )
    return client


def default_client(db: Db) -> Client:
    """Return the client that accounts are connected with, made on first use."""
    known = client(db, DEFAULT_CLIENT)
    made = Client(DEFAULT_CLIENT, f"GOCSPX-{random_token(28)}", DEFAULT_PROJECT)
    return known or add_client(db, made)


def client(db: Db, client_id: str) -> Client | None:
    row = one(db, "SELECT * FROM clients WHERE client_id = ?", client_id)
    if row is None:
        return None
    redirects = tuple(json.loads(row["redirect_uris"]))
    return Client(row["client_id"], row["secret"], row["project"], redirects)


def refresh_token(
    db: Db, account: str, client_id: str, scopes: frozenset[str], settings: Settings, now: int
) -> str:
    token = f"1//0{random_token(60)}"
    # An app whose consent screen is in Testing gets a week; everybody else no end (0).
    expires_at = now + TESTING_LIFETIME if settings.testing_app else 0
    db.execute(
        "INSERT INTO refresh_tokens (token, account, client_id, scopes, issued_at, expires_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (token, account, client_id, " ".join(sorted(scopes)), now, expires_at),
    )
    db.execute(
        "UPDATE refresh_tokens SET dead = 'expired' WHERE token IN (SELECT token"
        " FROM refresh_tokens WHERE account = ? AND client_id = ? AND dead = ''"
        " ORDER BY issued_at DESC, rowid DESC LIMIT -1 OFFSET ?)",
        (account, client_id, MOST_REFRESH_TOKENS),
    )
    return token


def live_refresh_token(db: Db, token: str, client_id: str, now: int) -> Row:
    """Return a refresh token; raises OAuthError invalid_grant when it is dead."""
    row = one(db, "SELECT * FROM refresh_tokens WHERE token = ?", token)
    # Another client's token is unknown, not forbidden: the answer must not tell that it exists.
    if row is None or row["client_id"] != client_id:
        raise OAuthError("invalid_grant", "Bad Request")
    if row["dead"]:
        raise OAuthError("invalid_grant", DEAD[row["dead"]])
    if row["expires_at"] and row["expires_at"] <= now:
        raise OAuthError("invalid_grant", DEAD["expired"])
    return row


def access_token(db: Db, grant: Grant, refresh: str, settings: Settings, now: int) -> str:
    token = f"ya29.a0{random_token(100)}"
    db.execute(
        "INSERT INTO access_tokens VALUES (?, ?, ?, ?, ?, ?)",
        (
            *(token, grant.account, grant.project, " ".join(sorted(grant.scopes)), refresh),
            now + settings.token_lifetime,
        ),
    )
    return token


def grant_of(db: Db, authorization: str, now: int) -> Grant:
    """Return what a bearer token stands for; raises ApiError 401 for a dead or unknown one."""
    kind, _, token = authorization.partition(" ")
    row = one(db, "SELECT * FROM access_tokens WHERE token = ?", token.strip())
    if kind.lower() != "bearer" or row is None or row["expires_at"] <= now:
        raise ApiError(
            401,
            "authError",
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login"
            " cookie or other valid authentication credential. See"
            " https://developers.google.com/identity/sign-in/web/devconsole-project.",
        )
    return Grant(row["account"], row["project"], frozenset(row["scopes"].split()))


def revoke_account(db: Db, account: str, reason: str) -> None:
    """Kill every token of an account; `reason` is one of DEAD."""
    assert reason in DEAD
    db.execute("UPDATE refresh_tokens SET dead = ? WHERE account = ?", (reason, account))
    db.execute("DELETE FROM access_tokens WHERE account = ?", (account,))


def expire_access(db: Db, account: str) -> None:
    """End the account's access tokens; its refresh tokens stay."""
    db.execute("DELETE FROM access_tokens WHERE account = ?", (account,))


def revoke_token(db: Db, token: str) -> bool:
    """Kill a refresh token and what came of it, or the refresh token behind an access token."""
    rows = many(db, "SELECT refresh_token FROM access_tokens WHERE token = ?", token)
    # Revoking an access token takes its refresh token along (Google's OAuth guide).
    refresh = rows[0]["refresh_token"] if rows else token
    killed = db.execute(
        "UPDATE refresh_tokens SET dead = 'revoked' WHERE token = ? AND dead = ''", (refresh,)
    ).rowcount
    gone = db.execute(
        "DELETE FROM access_tokens WHERE token = ? OR (refresh_token = ? AND refresh_token <> '')",
        (token, refresh),
    ).rowcount
    return bool(killed or gone)
