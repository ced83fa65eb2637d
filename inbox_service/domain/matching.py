"""Which ticket does a mail belong to? Threading is a security boundary: a key alone never joins.

A mail joins a ticket when a key points there AND its sender already takes part in it, with
authentication that aligns where the provider tells. Our own signed token lets a new person join,
marked as such. Everything else is a new ticket, with the likeliest other as a suggestion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from .mail import Authentication


class Tier(IntEnum):
    """How a candidate was found; the surest first."""

    TOKEN = 0
    PROVIDER_THREAD = 1
    REFERENCE = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ticket a key points to, and who takes part in it: role by address.

    `named` tells whether the mail's own headers lead to it, and not only the provider's thread.
    """

    ticket_id: int
    tier: Tier
    participants: Mapping[str, str]
    named: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """The verdict: the ticket to join, or None with the ticket it looks like."""

    ticket_id: int | None
    new_person: bool = False
    suggestion: int | None = None


def match(sender: str, candidates: Sequence[Candidate], *, believed: bool) -> Match:
    """Choose among the candidates, which stand nearest first within their tier."""
    ordered = sorted(candidates, key=lambda candidate: _remoteness(candidate, sender))
    if believed:
        for candidate in ordered:
            takes_part = candidate.participants.get(sender, "guest") != "guest"
            if takes_part or candidate.tier is Tier.TOKEN:
                return Match(candidate.ticket_id, new_person=not takes_part)
    return Match(None, suggestion=ordered[0].ticket_id if ordered else None)


def is_believed(authentication: Authentication) -> bool:
    """Tell whether the sender counts as who he says: proven, or nobody examined him."""
    return authentication.aligned or not authentication.present


def match_own(candidates: Sequence[Candidate]) -> int | None:
    """Return the ticket of a mail that our side sent: the provider vouches for its sender."""
    ordered = sorted(candidates, key=lambda candidate: (candidate.tier, not candidate.named))
    return ordered[0].ticket_id if ordered else None


def _remoteness(candidate: Candidate, sender: str) -> tuple[Tier, int]:
    # One provider thread may hold several tickets, some of them a stranger's who copied our
    # customer in: what the customer answers decides, and else where he asked himself.
    if candidate.named:
        return candidate.tier, 0
    return candidate.tier, 1 if candidate.participants.get(sender) == "customer" else 2
