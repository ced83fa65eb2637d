"""How an account is connected: consents, keys, and what was found on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from .connector import ConnectorError, Identity
from .outsides import Budget, CredentialCell, Credentials


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `ok` is None where nobody can tell; `words` and `remedy` are sentences.

    `code` is stable, for programs, and says what is wrong; "" where nothing is.
    """

    name: str
    ok: bool | None
    words: str
    remedy: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """The owner's own app at the provider."""

    client_id: str
    client_secret: str


@dataclass(frozen=True, slots=True)
class ConsentRequest:
    """What an owner is sent to the provider with; `challenge` is the S256 one of RFC 7636.

    `login_hint` names the account to offer first, "" for none.
    """

    client_id: str
    redirect_uri: str
    state: str
    challenge: str
    login_hint: str = ""


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """What the owner came back with, and what was kept here meanwhile."""

    code: str
    verifier: str
    redirect_uri: str


class Consent(Protocol):
    """How accounts of one kind are connected: by their owner's consent, or by a service's key."""

    def authorization_url(self, request: ConsentRequest) -> str:
        """Return the provider's page that asks the owner."""

    def exchange(self, client: OAuthClient, answer: ConsentAnswer) -> Credentials:
        """Return the credentials behind a code. raises RetryLater and ConnectionRefused."""

    def credentials_of_key(self, key: Mapping[str, Any], address: str) -> Credentials:
        """Return the credentials by which a service account acts for `address`.

        raises Invalid naming the wrong field of `key`.
        """

    def identify(self, cell: CredentialCell, budget: Budget) -> Identity:
        """Return whose credentials these are; it asks the provider."""

    def missing_scopes(self, credentials: Credentials) -> list[str]:
        """Return the scopes that are needed and were not granted."""

    def consent_ends_at(self, credentials: Credentials, mode: str | None) -> int | None:
        """Return when the consent ends (ms UTC), None where nobody knows of an end.

        The provider may have said so, or it follows from `mode`: what the owner said of the app,
        "testing", "production", "internal", or None.
        """

    def checks(self, credentials: Credentials, identity: Identity, mode: str | None) -> list[Check]:
        """Return what is to be said of an account that answers."""

    def explain(self, error: ConnectorError) -> Check:
        """Return in an owner's words what an error means and what to do about it."""

    def revoke(self, credentials: Credentials) -> bool:
        """Give the consent back; False where there is none to give back. raises RetryLater."""


class ConnectionRefused(ConnectorError):
    """The provider refused the connection; `code` is stable and names the reason."""

    def __init__(self, code: str, message: str = "") -> None:
        """Take the code and the provider's words."""
        super().__init__(message)
        self.code = code


@runtime_checkable
class Examinable(Protocol):
    """A connector that can try what its provider's documents leave open, on the real account."""

    def examine(self, *, send: bool) -> Iterator[Check]:
        """Yield a finding per open point; with `send` also those that need a mail to oneself."""
