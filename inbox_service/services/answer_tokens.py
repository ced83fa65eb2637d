"""Tokens by which an agent answers a notice by mail: bound to him, to the ticket, and to a week."""

from __future__ import annotations

import base64
import hmac
import re
from dataclasses import dataclass

from inbox_service.deps import Deps
from inbox_service.ports import SecretBox

MINUTE_MS = 60_000
LIFE_MINUTES = 7 * 24 * 60
# n, then in base32: ticket and agent (8 octets each), the minute it ends (4), 80 bits of signature.
_TOKEN = re.compile(r"\+n([a-z2-7]{13})([a-z2-7]{13})([a-z2-7]{7})([a-z2-7]{16})@")


@dataclass(frozen=True, slots=True)
class Answerable:
    """A ticket that an agent was told of, and when that was; `lives` for a week."""

    ticket_id: int
    agent_id: int
    told_at: int
    lives: bool


def token_for(deps: Deps, site_id: int, agent_id: int, ticket_id: int) -> str:
    """Return the plus tag of an address to which this agent may answer in this ticket."""
    ends = deps.clock.now() // MINUTE_MS + LIFE_MINUTES
    signature = _signatures(deps.secrets, site_id, ticket_id, agent_id, ends)[0]
    return f"n{_base32(ticket_id, 8)}{_base32(agent_id, 8)}{_base32(ends, 4)}{signature}"


def answerable(secrets: SecretBox, site_id: int, address: str, now: int) -> Answerable | None:
    """Return what the address's token stands for, None for none or a forged one."""
    found = _TOKEN.search(address.lower())
    if found is None:
        return None
    ticket_id, agent_id, ends = (_number(part) for part in found.groups()[:3])
    known = _signatures(secrets, site_id, ticket_id, agent_id, ends)
    if not any(hmac.compare_digest(found[4], one) for one in known):
        return None
    told_at = (ends - LIFE_MINUTES) * MINUTE_MS
    return Answerable(ticket_id, agent_id, told_at, now < ends * MINUTE_MS)


def _signatures(
    secrets: SecretBox, site_id: int, ticket_id: int, agent_id: int, ends: int
) -> list[str]:
    signed = secrets.signatures(f"{site_id}:{ticket_id}:{agent_id}:{ends}".encode(), "answer-token")
    decoded = (base64.urlsafe_b64decode(one + "=" * (-len(one) % 4))[:10] for one in signed)
    return [base64.b32encode(one).decode().lower() for one in decoded]


def _base32(value: int, octets: int) -> str:
    return base64.b32encode(value.to_bytes(octets, "big")).decode().lower().rstrip("=")


def _number(text: str) -> int:
    padded = text.upper() + "=" * (-len(text) % 8)
    return int.from_bytes(base64.b32decode(padded), "big")
