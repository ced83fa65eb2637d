"""Signed plus-addresses: `support+t…@shop.example` in Reply-To brings an answer to its ticket."""

from __future__ import annotations

import base64
import hmac
import re

from inbox_service.ports import SecretBox

_TOKEN = re.compile(r"\+t([a-z2-7]{13})([a-z2-7]{16})@")


def address_for(secrets: SecretBox, site_id: int, ticket_id: int, address: str) -> str:
    """Return `address` with the ticket's token as its plus tag (RFC 5233)."""
    ticket = _base32(ticket_id.to_bytes(8, "big"))
    return with_tag(address, f"t{ticket}{_signatures(secrets, site_id, ticket_id)[0]}")


def with_tag(address: str, tag: str) -> str:
    """Return `address` with a plus tag; without one where its local part would grow too long."""
    local, _, domain = address.partition("@")
    # RFC 5321 4.5.3.1.1: a local part has 64 octets at most.
    return f"{local}+{tag}@{domain}" if tag and len(local) + 1 + len(tag) <= 64 else address


def ticket_of(secrets: SecretBox, site_id: int, address: str) -> int | None:
    """Return the ticket whose token `address` carries; None for none or a forged one."""
    found = _TOKEN.search(address.lower())
    if found is None:
        return None
    ticket_id = int.from_bytes(base64.b32decode(found[1].upper() + "==="), "big")
    # Any of our keys: an answer may come months after the key was replaced.
    known = _signatures(secrets, site_id, ticket_id)
    return ticket_id if any(hmac.compare_digest(found[2], one) for one in known) else None


def _signatures(secrets: SecretBox, site_id: int, ticket_id: int) -> list[str]:
    # Local parts may be lower-cased on their way and hold 64 characters: base32, 80 bits.
    signed = secrets.signatures(f"{site_id}:{ticket_id}".encode(), "reply-token")
    return [_base32(base64.urlsafe_b64decode(one + "=" * (-len(one) % 4))[:10]) for one in signed]


def _base32(value: bytes) -> str:
    return base64.b32encode(value).decode().lower().rstrip("=")
