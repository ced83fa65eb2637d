"""The key of a service account with domain-wide delegation, acting for one mailbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from connectors.gmail.scopes import NEEDED
from inbox_service.errors import Invalid
from inbox_service.ports import Credentials

# Google checks this name, not the address the request came to; a simulator takes it too.
_AUDIENCE = "https://oauth2.googleapis.com/token"
_JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_LIFETIME_S = 3600
_LONGEST = 10_000
_FIELD = "service_account"


@dataclass(frozen=True, slots=True)
class ServiceKey:
    """A checked key; `subject` is the mailbox that it acts for.

    Of the pasted file only these fields are kept: its `token_uri` in particular is an address that
    whoever wrote the file chose, and our signed claims go to Google alone.
    """

    client_email: str
    private_key: str
    private_key_id: str
    client_id: str
    project_id: str
    subject: str

    @classmethod
    def read(cls, key: Mapping[str, Any], subject: str) -> ServiceKey:
        """Check a pasted key file; raises Invalid naming the wrong field."""
        _require_service_account(key)
        client_email = _text(key, "client_email")
        if "@" not in client_email:
            raise _wrong("client_email", "is no address of a service account")
        private_key = _text(key, "private_key")
        _require_rsa(private_key)
        return cls(
            client_email,
            private_key,
            private_key_id=_text(key, "private_key_id", ""),
            client_id=_text(key, "client_id", ""),
            project_id=_text(key, "project_id", ""),
            subject=subject,
        )

    @classmethod
    def of(cls, stored: Credentials) -> ServiceKey:
        """Return the key of stored credentials."""
        return cls(**{name: str(stored.get(name, "")) for name in cls.__slots__})

    def credentials(self) -> Credentials:
        """Return what is stored of the key."""
        return {name: getattr(self, name) for name in self.__slots__}

    def grant(self, now: int, scopes: Sequence[str] = NEEDED) -> dict[str, str]:
        """Return the form that asks for a token (RFC 7523 2.1); `now` is ms UTC.

        Without a subject it is a token of the service account itself.
        """
        at = now // 1000
        claims = {
            "iss": self.client_email,
            "scope": " ".join(scopes),
            "aud": _AUDIENCE,
            "iat": at,
            "exp": at + _LIFETIME_S,
        }
        # RFC 7523 3: `sub` is whom it acts for; without it Gmail answers failedPrecondition.
        if self.subject:
            claims["sub"] = self.subject
        header = {"kid": self.private_key_id} if self.private_key_id else None
        signed = jwt.encode(claims, self.private_key, algorithm="RS256", headers=header)
        return {"grant_type": _JWT_BEARER, "assertion": signed}


def _require_service_account(key: Mapping[str, Any]) -> None:
    # The console offers several files for download, and this is the one most often mistaken.
    if "web" in key or "installed" in key:
        raise _wrong("type", "is that of an OAuth client: use it for the consent, or make a key")
    if key.get("type") != "service_account":
        raise _wrong("type", 'must be "service_account": paste the key file as it was downloaded')


def _text(key: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = key.get(name, default)
    if not isinstance(value, str) or (not value.strip() and default is None):
        raise _wrong(name, "is missing")
    # Longer than any real key: the parser below need not see it.
    if len(value) > _LONGEST:
        raise _wrong(name, "is too long")
    return value.strip()


def _require_rsa(pem: str) -> None:
    try:
        # Parsed now, so that a damaged key is told at the form and not by the first sync.
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        # The library's words may quote the key, so they are not passed on.
        words = "is damaged: paste the whole key file, with its line breaks as \\n"
        raise _wrong("private_key", words) from error
    if not isinstance(key, RSAPrivateKey):
        raise _wrong("private_key", "is no RSA key")


def _wrong(name: str, what: str) -> Invalid:
    return Invalid(f"The key's {name} {what}.", field=f"{_FIELD}.{name}")
