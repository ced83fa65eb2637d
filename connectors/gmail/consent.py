"""How a Gmail account is connected: by its owner's consent, or by a service account's key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from connectors.gmail import scopes
from connectors.gmail.account import identify
from connectors.gmail.api import GmailApi
from connectors.gmail.config import GmailConfig
from connectors.gmail.errors import TokenRefused
from connectors.gmail.explaining import explain
from connectors.gmail.findings import (
    TESTING_LIFETIME,
    account_found,
    publishing_found,
    scopes_found,
)
from connectors.gmail.oauth import TokenEndpoint
from connectors.gmail.service_key import ServiceKey
from connectors.registry import Endpoints, Setup
from inbox_service.ports import (
    Budget,
    Check,
    Clock,
    ConnectionRefused,
    ConnectorError,
    ConsentAnswer,
    ConsentRequest,
    CredentialCell,
    Credentials,
    Identity,
    OAuthClient,
)

GOOGLE_ACCOUNTS_ROOT = "https://accounts.google.com"
_CONSENT_PATH = "/o/oauth2/v2/auth"
# What the token endpoint says of a code (RFC 6749 5.2) -> our stable code.
_REFUSALS = {
    "redirect_uri_mismatch": "oauth_redirect_mismatch",
    "invalid_client": "oauth_client_invalid",
    "unauthorized_client": "oauth_client_invalid",
    "invalid_grant": "oauth_expired",
}


class GmailConsent:
    """The consent of Gmail accounts.

    By Google's page on web servers: developers.google.com/identity/protocols/oauth2/web-server.
    """

    def __init__(self, endpoints: Endpoints, clock: Clock) -> None:
        self._endpoints = endpoints
        self._clock = clock
        self._tokens = TokenEndpoint(endpoints.google_oauth_root, clock)

    def authorization_url(self, request: ConsentRequest) -> str:
        """Return Google's consent page for this request."""
        query = {
            "client_id": request.client_id,
            "redirect_uri": request.redirect_uri,
            "response_type": "code",
            "scope": " ".join(scopes.NEEDED),
            "state": request.state,
            "code_challenge": request.challenge,
            "code_challenge_method": "S256",
            # Both are needed to be given a refresh token also at the second consent.
            "access_type": "offline",
            "prompt": "consent",
        }
        if request.login_hint:
            query["login_hint"] = request.login_hint
        # Google asks at another host than it gives tokens at; a simulator is both.
        root = (self._endpoints.google_oauth_root or GOOGLE_ACCOUNTS_ROOT).rstrip("/")
        return f"{root}{_CONSENT_PATH}?{urlencode(query)}"

    def exchange(self, client: OAuthClient, answer: ConsentAnswer) -> Credentials:
        """Return the credentials behind a code (RFC 6749 4.1.3, RFC 7636 4.5).

        raises RetryLater when Google does not answer, ConnectionRefused when it says no.
        """
        secrets = {"client_id": client.client_id, "client_secret": client.client_secret}
        # The moment is kept: from it follows when an app in Testing loses the consent.
        known: Credentials = {**secrets, "consented_at": self._clock.now()}
        form = secrets | {
            "grant_type": "authorization_code",
            "code": answer.code,
            "code_verifier": answer.verifier,
            "redirect_uri": answer.redirect_uri,
        }
        try:
            credentials = self._tokens.credentials(known, form)
        except TokenRefused as error:
            raise ConnectionRefused(
                _REFUSALS.get(error.code, "oauth_refused"), str(error)
            ) from error
        # It would work for an hour and then need the owner again, without a word in between.
        if not credentials.get("refresh_token"):
            raise ConnectionRefused("oauth_no_refresh_token", "Google gave no lasting access.")
        return credentials

    def credentials_of_key(self, key: Mapping[str, Any], address: str) -> Credentials:
        """Return the credentials by which a service account acts for `address`."""
        return ServiceKey.read(key, address).credentials()

    def identify(self, cell: CredentialCell, budget: Budget) -> Identity:
        """Ask Gmail whose account the credentials open."""
        setup = Setup({}, cell, budget, self._clock, self._endpoints)
        # Nothing of a config is needed to ask this, and the address is only now learnt.
        return identify(GmailApi(setup, GmailConfig("")), cell)

    def missing_scopes(self, credentials: Credentials) -> list[str]:
        """Return the needed scopes that were not granted; owners can untick them."""
        return scopes.missing(frozenset(str(credentials.get("scope", "")).split()))

    def consent_ends_at(self, credentials: Credentials, mode: str | None) -> int | None:
        """Return when the refresh token ends, by Google's word or by the rule for Testing."""
        told: int | None = credentials.get("refresh_expires_at")
        # Google's own word first: access for a limited time ends whatever the app's status is.
        if told is None and mode == "testing" and "consented_at" in credentials:
            return int(credentials["consented_at"]) + TESTING_LIFETIME
        return told

    def checks(self, credentials: Credentials, identity: Identity, mode: str | None) -> list[Check]:
        """Return what was found at an account that answers."""
        found = [account_found(identity), scopes_found(self.missing_scopes(credentials))]
        # A service account has no consent screen: what it may do is the domain's to say.
        if not credentials.get("private_key"):
            ends_at = self.consent_ends_at(credentials, mode)
            found.append(publishing_found(ends_at, mode, self._clock.now()))
        return found

    def explain(self, error: ConnectorError) -> Check:
        """Return what an error of Google's means."""
        return explain(error)

    def revoke(self, credentials: Credentials) -> bool:
        """Give the consent back; a service account's key is its administrator's to delete."""
        # The refresh token, not the access token: that may have ended, and this ends both.
        token = str(credentials.get("refresh_token", ""))
        return self._tokens.revoke(token) if token else False
