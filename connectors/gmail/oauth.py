"""Google's token endpoint, and access tokens kept in the mailbox's sealed cell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import google.auth.credentials
import requests

from connectors.gmail.errors import TokenRefused
from connectors.gmail.service_key import ServiceKey
from inbox_service.ports import (
    Clock,
    ConnectorBroken,
    ConnectorError,
    CredentialCell,
    Credentials,
    NeedsReauth,
    RetryLater,
)

GOOGLE_OAUTH_ROOT = "https://oauth2.googleapis.com"
# Renewed this long before its end, a token does not end in the middle of a batch.
_EARLY = 5 * 60 * 1000
_TIMEOUT = (10, 30)
_PAUSE = 30.0


class TokenEndpoint:
    """Google's token endpoint. Its address is a setting of ours, never taken from credentials."""

    def __init__(self, oauth_root: str, clock: Clock) -> None:
        self._root = (oauth_root or GOOGLE_OAUTH_ROOT).rstrip("/")
        self._clock = clock

    def renew(self, stored: Credentials) -> Credentials:
        """Return the credentials with a new access token.

        raises NeedsReauth when the grant is no longer good, RetryLater when Google does not answer.
        """
        return self.credentials(stored, _grant(stored, self._clock.now()))

    def credentials(self, known: Credentials, form: Mapping[str, str]) -> Credentials:
        """Return `known` with the tokens that Google gives for `form` (RFC 6749 5.1).

        raises TokenRefused with Google's code, RetryLater when Google does not answer.
        """
        response = self._post("/token", form)
        # Not every proxy in between answers in JSON, and its words say nothing to an owner.
        answer = _json(response)
        if response.status_code != requests.codes.ok or not answer.get("access_token"):
            raise _refusal(response.status_code, answer)
        return self._with_tokens(known, answer)

    def revoke(self, token: str) -> bool:
        """Give a grant back (RFC 7009); False where Google no longer knew it."""
        status = self._post("/revoke", {"token": token}).status_code
        if status >= requests.codes.server_error:
            raise RetryLater(_PAUSE, f"Google's token server answered {status}.")
        # 400 invalid_token means it was dead before, which is all that was wanted.
        return bool(status == requests.codes.ok)

    def _post(self, path: str, form: Mapping[str, str]) -> requests.Response:
        try:
            # No redirects: the form holds a secret, and nobody but this address shall have it.
            return requests.post(
                self._root + path, data=form, timeout=_TIMEOUT, allow_redirects=False
            )
        except requests.RequestException as error:
            # The exception's text may quote the request, so only its kind is told.
            kind = type(error).__name__
            raise RetryLater(_PAUSE, f"Google's token server cannot be reached: {kind}.") from None

    def _with_tokens(self, known: Credentials, answer: Mapping[str, Any]) -> Credentials:
        now = self._clock.now()
        lifetime = int(answer.get("expires_in", 3600))
        renewed = {
            **known,
            "access_token": str(answer["access_token"]),
            "expires_at": now + lifetime * 1000,
        }
        # RFC 6749 6: the server may hand out another refresh token, and then the old one may end.
        for name in ("refresh_token", "scope"):
            if answer.get(name):
                renewed[name] = str(answer[name])
        # Sent only where the grant ends by itself: an app in Testing, or access for a limited time.
        if "refresh_token_expires_in" in answer:
            renewed["refresh_expires_at"] = now + int(answer["refresh_token_expires_in"]) * 1000
        return renewed


class CellCredentials(google.auth.credentials.Credentials):
    """The credentials in a cell, as Google's HTTP clients want them."""

    token: str | None

    def __init__(self, cell: CredentialCell, endpoint: TokenEndpoint, clock: Clock) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # google-auth has no annotations
        self._cell = cell
        self._endpoint = endpoint
        self._clock = clock
        self._expires_at = 0

    @property
    def valid(self) -> bool:
        """Whether the token is good for the next minutes, by our clock."""
        return self.token is not None and self._is_fresh(self._expires_at)

    def refresh(self, request: object) -> None:  # noqa: ARG002 - we use our own timeouts
        """Take over a token that another worker renewed meanwhile, or renew it ourselves."""
        stored = self._cell.read()
        # Google may end a token before its time: when ours is the stored one, it was refused.
        is_new = stored.get("access_token") != self.token
        if not (is_new and self._is_fresh(stored.get("expires_at", 0))):
            stored = self._cell.renew(stored, self._endpoint.renew)
        self.token = stored["access_token"]
        self._expires_at = stored["expires_at"]

    def _is_fresh(self, expires_at: int) -> bool:
        return self._clock.now() < expires_at - _EARLY


def _grant(stored: Credentials, now: int) -> dict[str, str]:
    """Return the form of the token request: RFC 6749 6, or RFC 7523 for a service account."""
    if stored.get("private_key"):
        return ServiceKey.of(stored).grant(now)
    missing = [n for n in ("client_id", "client_secret", "refresh_token") if not stored.get(n)]
    if missing:
        raise NeedsReauth(f"The stored credentials lack {', '.join(missing)}.")
    return {
        "grant_type": "refresh_token",
        "client_id": str(stored["client_id"]),
        "client_secret": str(stored["client_secret"]),
        "refresh_token": str(stored["refresh_token"]),
    }


def _json(response: requests.Response) -> dict[str, Any]:
    try:
        answer = json.loads(response.content)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _refusal(status: int, answer: Mapping[str, Any]) -> ConnectorError:
    code = str(answer.get("error", ""))
    # All ends of a refresh token come as invalid_grant: revoked, unused for months, password
    # changed, account deleted, or the seven days of an app in Testing.
    if code in TokenRefused.CODES:
        return TokenRefused(code, str(answer.get("error_description", "")))
    if status >= requests.codes.server_error or status == requests.codes.too_many_requests:
        return RetryLater(_PAUSE, f"Google's token server answered {status}.")
    return ConnectorBroken(f"Google's token server answered {status} {code}.".replace(" .", "."))
