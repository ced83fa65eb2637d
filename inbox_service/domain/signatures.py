"""Signatures with variables: what stands below every mail of an inbox or of an agent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

MOST_LETTERS = 5_000
# Each with what it stands for, in the words of the settings.
VARIABLES = (
    "agent.name",
    "agent.email",
    "inbox.name",
    "inbox.address",
    "site.name",
    "site.address",
    "ticket.reference",
    "customer.name",
)

# Other desks write two braces: what was copied from there means the same.
VARIABLE = re.compile(r"\{{1,2}\s*([a-z]+\.[a-z_]+)\s*\}{1,2}")


def fill(signature: str, values: Mapping[str, str]) -> str:
    """Return the signature with its variables filled; one that is not known stays as it is."""
    return VARIABLE.sub(lambda found: values.get(found[1], found[0]), signature).strip()


def lasting(
    agent: Mapping[str, Any], site: Mapping[str, Any], inbox_name: str, inbox_address: str
) -> dict[str, str]:
    """Return what the variables stand for that are the same in every ticket of an inbox."""
    return {
        "agent.name": agent["name"],
        "agent.email": agent["email"],
        "inbox.name": inbox_name,
        "inbox.address": inbox_address,
        "site.name": site["name"],
        "site.address": site["home_url"],
    }


def signature_of(agents_own: str, inboxes_own: str, values: Mapping[str, str]) -> str:
    """Return what stands below a mail: who writes, then for whom."""
    parts = (fill(agents_own, values), fill(inboxes_own, values))
    return "\n".join(part for part in parts if part)
