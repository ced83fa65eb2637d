"""The token endpoint: codes, refresh tokens, service accounts; and revocation."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

import jwt

from connectors.testkit.gmail_simulator import accounts, tokens
from connectors.testkit.gmail_simulator.errors import OAuthError
from connectors.testkit.gmail_simulator.store import Db, Row, one
from connectors.testkit.gmail_simulator.tokens import Client, Grant
from connectors.testkit.gmail_simulator.wire import Json, Request, Response, json_response
from connectors.testkit.gmail_simulator.world import World

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
GOOGLE_AUDIENCES = (
    "https://oauth2.googleapis.com/token",
    "https://accounts.google.com/o/oauth2/token",
)
ISSUER = "https://accounts.google.com"


def token(world: World, request: Request) -> Response:
    """Answer the token endpoint (RFC 6749 4.1.3 and 6, RFC 7523)."""
    form = request.form()
    exchanges = {
        "authorization_code": _by_code,
        "refresh_token": _by_refresh_token,
        JWT_BEARER: _by_assertion,
    }
    kind = form.get("grant_type", "")
    if kind not in exchanges:
        raise OAuthError("unsupported_grant_type", f"Invalid grant_type: {kind}")
    with world.store.open() as db:
        return json_response(exchanges[kind](world, db, request))


def _client(db: Db, request: Request) -> Client:
    """Authenticate the client by the form or by HTTP Basic."""
    form = request.form()
    client_id, secret = form.get("client_id", ""), form.get("client_secret", "")
    kind, _, encoded = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "basic":
        client_id, _, secret = base64.b64decode(encoded).decode("utf-8", "replace").partition(":")
    known = tokens.client(db, client_id)
    if known is None:
        raise OAuthError("invalid_client", "The OAuth client was not found.", 401)
    if not hmac.compare_digest(known.secret.encode(), secret.encode()):
        raise OAuthError("invalid_client", "Unauthorized", 401)
    return known


def _answer(world: World, db: Db, grant: Grant, refresh: str) -> Json:
    return {
        "access_token": tokens.access_token(db, grant, refresh, world.settings, world.now()),
        "expires_in": world.settings.token_lifetime // 1000,
        "scope": " ".join(sorted(grant.scopes)),
        "token_type": "Bearer",
    }


def _by_refresh_token(world: World, db: Db, request: Request) -> Json:
    client = _client(db, request)
    given = request.form().get("refresh_token", "")
    if not given:
        raise OAuthError("invalid_request", "Missing required parameter: refresh_token")
    row = tokens.live_refresh_token(db, given, client.client_id, world.now())
    grant = Grant(row["account"], client.project, frozenset(row["scopes"].split()))
    return _answer(world, db, grant, given) | _remaining(row["expires_at"], world.now())


def _remaining(expires_at: int, now: int) -> Json:
    """Tell how long the refresh token lives: only apps in Testing are told."""
    return {"refresh_token_expires_in": (expires_at - now) // 1000} if expires_at else {}


def _by_code(world: World, db: Db, request: Request) -> Json:
    client = _client(db, request)
    row = _spend_code(world, db, client, request.form())
    scopes = frozenset(row["scopes"].split())
    grant = Grant(row["account"], client.project, scopes)
    refresh, extra = "", {}
    if row["offline"]:
        refresh = tokens.refresh_token(
            db, row["account"], client.client_id, scopes, world.settings, world.now()
        )
        ends = world.now() + tokens.TESTING_LIFETIME if world.settings.testing_app else 0
        extra = {"refresh_token": refresh} | _remaining(ends, world.now())
    if "openid" in scopes:
        world.keep_key(db)
        extra["id_token"] = _id_token(world, client, row["account"])
    return _answer(world, db, grant, refresh) | extra


def _spend_code(world: World, db: Db, client: Client, form: dict[str, str]) -> Row:
    """Check a code and its PKCE verifier (RFC 7636 4.6); it works once."""
    row = one(db, "SELECT * FROM codes WHERE code = ?", form.get("code", ""))
    if row is None or row["client_id"] != client.client_id or row["expires_at"] <= world.now():
        raise OAuthError("invalid_grant", "Malformed auth code.")
    # RFC 6749 4.1.3: the redirect address of the exchange is that of the consent.
    if row["redirect_uri"] != form.get("redirect_uri", ""):
        raise OAuthError("redirect_uri_mismatch", "Bad Request")
    verifier = form.get("code_verifier", "")
    # A wrong verifier does not use the code up: the owner of the code may still come.
    if row["challenge"] and not verifier:
        raise OAuthError("invalid_grant", "Missing code verifier.")
    if row["challenge"] and s256(verifier) != row["challenge"]:
        raise OAuthError("invalid_grant", "Invalid code verifier.")
    # RFC 6749 4.1.2: a code works once.
    db.execute("DELETE FROM codes WHERE code = ?", (row["code"],))
    return row


def s256(verifier: str) -> str:
    """Return the S256 challenge of a PKCE verifier (RFC 7636 4.2)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _id_token(world: World, client: Client, account: str) -> str:
    now = world.now() // 1000
    return world.key.sign(
        {
            "iss": ISSUER,
            "aud": client.client_id,
            "azp": client.client_id,
            "sub": str(int(hashlib.sha256(account.encode()).hexdigest()[:16], 16)),
            "email": account,
            "email_verified": True,
            "iat": now,
            "exp": now + 3600,
        }
    )


def _by_assertion(world: World, db: Db, request: Request) -> Json:
    """Take a service account's signed claim; `sub` makes it act for that account."""
    claims, owner = _verified(world, db, request)
    scopes = frozenset(str(claims.get("scope", "")).split())
    subject = str(claims.get("sub", ""))
    # Without `sub` the token is good, but opens no mailbox: Gmail itself refuses it later.
    if not subject or subject == owner["email"]:
        return _answer(world, db, Grant("", owner["project"], scopes), "")
    account = accounts.find(db, subject)
    if account is None:
        raise OAuthError("invalid_grant", "Invalid email or User ID")
    if not scopes <= frozenset(owner["scopes"].split()):
        raise OAuthError(
            "unauthorized_client",
            "Client is unauthorized to retrieve access tokens using this method, or client not"
            " authorized for any of the scopes requested.",
            401,
        )
    return _answer(world, db, Grant(account["email"], owner["project"], scopes), "")


def _verified(world: World, db: Db, request: Request) -> tuple[dict[str, Any], Row]:
    assertion = request.form().get("assertion", "")
    try:
        issuer = jwt.decode(assertion, options={"verify_signature": False}).get("iss", "")
        owner = one(db, "SELECT * FROM service_accounts WHERE email = ?", issuer)
        if owner is None:
            raise OAuthError("invalid_grant", "Invalid grant: account not found")
        claims = jwt.decode(
            assertion,
            owner["public_key"],
            algorithms=["RS256"],
            # Clients that read the key file of a real project send Google's own address.
            audience=[f"{request.root}/token", *GOOGLE_AUDIENCES],
            # The times are compared with the simulated clock below.
            options={"verify_exp": False, "verify_iat": False},
        )
    except jwt.InvalidTokenError as error:
        raise OAuthError("invalid_grant", "Invalid JWT Signature.") from error
    if not claims.get("iat", 0) - 600 <= world.now() / 1000 <= claims.get("exp", 0):
        raise OAuthError(
            "invalid_grant",
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable"
            " timeframe. Check your iat and exp values in the JWT claim.",
        )
    return claims, owner


def revoke(world: World, request: Request) -> Response:
    """Answer the revocation endpoint (RFC 7009)."""
    given = request.form().get("token") or request.arg("token")
    with world.store.open() as db:
        if not tokens.revoke_token(db, given):
            raise OAuthError("invalid_token", "Token expired or revoked")
    return json_response({})


def certs(world: World, request: Request) -> Response:
    """Answer the address of Google's public keys, as a JWK set."""
    del request  # the keys are the same for everybody
    with world.store.open() as db:
        world.keep_key(db)
    return json_response(world.key.jwks())
