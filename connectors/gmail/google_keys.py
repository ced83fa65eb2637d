"""Google's public keys, and what the tokens signed with them prove."""

from __future__ import annotations

import threading
from typing import Any

import jwt
import requests

from inbox_service.ports import Clock, PushProof, PushRefused, RetryLater

CERTS_URL = "https://www.googleapis.com/oauth2/v3/certs"
_ISSUERS = ("https://accounts.google.com", "accounts.google.com")
_TIMEOUT = (5, 10)
_PAUSE = 15.0
# Google changes its keys about weekly and announces a new one a day before it signs with it.
_KEPT_MS = 3_600_000
# Anybody can name a key that does not exist: that asks Google once a minute at most.
_ASKED_AGAIN_MS = 60_000
_LEEWAY_MS = 30_000
# A token that names a longer life is not one of Pub/Sub's, which last an hour.
_LONGEST_LIFE_MS = 2 * 3_600_000


class GoogleKeys:
    """The keys of a process, kept for an hour; google-auth asks for them at every token."""

    def __init__(self, url: str, clock: Clock) -> None:
        self._url = url or CERTS_URL
        self._clock = clock
        self._lock = threading.Lock()
        self._keys: dict[str, jwt.PyJWK] = {}
        self._asked_at: int | None = None

    def proof(self, token: str) -> PushProof:
        """Return what the OIDC token of a push proves.

        By cloud.google.com/pubsub/docs/authenticate-push-subscriptions. raises PushRefused, and
        RetryLater where the keys cannot be had now.
        """
        claims = self._verified(token)
        if claims["iss"] not in _ISSUERS or claims.get("email_verified") is not True:
            raise PushRefused("The token was not made for a push.")
        self._check_time(claims)
        return PushProof(str(claims["aud"]), str(claims.get("email", "")))

    def _verified(self, token: str) -> dict[str, Any]:
        # RS256 is pinned: a token that names its own algorithm could name none (RFC 8725 3.1). The
        # audience is the caller's to compare, and the times are compared with our own clock.
        options: Any = {
            "require": ["iss", "aud", "iat", "exp", "email"],
            "verify_aud": False,
            "verify_exp": False,
            "verify_iat": False,
            "verify_nbf": False,
        }
        try:
            key = self._key(str(jwt.get_unverified_header(token).get("kid")))
            claims: dict[str, Any] = jwt.decode(token, key, algorithms=["RS256"], options=options)
        except jwt.PyJWTError as error:
            raise PushRefused("The token is not signed by Google.") from error
        return claims

    def _check_time(self, claims: dict[str, Any]) -> None:
        now = self._clock.now()
        try:
            made_at, ends_at = int(claims["iat"]) * 1000, int(claims["exp"]) * 1000
        except (TypeError, ValueError) as error:
            raise PushRefused("The token names no time.") from error
        if ends_at - made_at > _LONGEST_LIFE_MS or not (
            made_at - _LEEWAY_MS <= now <= ends_at + _LEEWAY_MS
        ):
            raise PushRefused("The token is not of this time.")

    def _key(self, name: str) -> jwt.PyJWK:
        with self._lock:
            age = _KEPT_MS if self._asked_at is None else self._clock.now() - self._asked_at
            if age >= (_ASKED_AGAIN_MS if name not in self._keys else _KEPT_MS):
                self._renew()
            if name not in self._keys:
                raise PushRefused("The token is signed with a key that is none of Google's.")
            return self._keys[name]

    def _renew(self) -> None:
        try:
            answer = requests.get(self._url, timeout=_TIMEOUT, allow_redirects=False)
            answer.raise_for_status()
            found = jwt.PyJWKSet.from_dict(answer.json()).keys
        except (requests.RequestException, jwt.PyJWTError, ValueError, KeyError) as error:
            if not self._keys:
                raise RetryLater(_PAUSE, "Google's keys cannot be had now.") from error
            # Those we have are better than none: a key that left the list is rare, and no secret.
            found = list(self._keys.values())
        self._keys = {str(key.key_id): key for key in found}
        self._asked_at = self._clock.now()
