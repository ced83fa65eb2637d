"""The settings of one Gmail mailbox, checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connectors.gmail.units import UNITS
from inbox_service.domain.mail import INBOX, SENT
from inbox_service.errors import Invalid

# One @, no blanks or control characters; whether it exists is Google's to say.
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")


@dataclass(frozen=True, slots=True)
class GmailConfig:
    """What a Gmail mailbox needs besides its credentials.

    `project` is the Google Cloud project whose quota it spends, `units` the project's quota table
    ("2026", or "2025" for projects from before May 2026), and `labels` the ids of the labels whose
    messages count.
    """

    address: str
    project: str = ""
    units: str = "2026"
    labels: frozenset[str] = frozenset({INBOX, SENT})

    @classmethod
    def read(cls, config: Mapping[str, Any]) -> GmailConfig:
        """Check a config from outside; raises Invalid naming the wrong field."""
        address = _text(config, "address", "")
        if not _ADDRESS.fullmatch(address):
            raise Invalid("The address of the Gmail mailbox is not valid.", field="address")
        units = _text(config, "units", "2026")
        if units not in UNITS:
            known = " or ".join(sorted(UNITS))
            raise Invalid(f"The quota table must be {known}.", field="units")
        return cls(address.lower(), _text(config, "project", ""), units, _labels(config))


def _text(config: Mapping[str, Any], name: str, default: str) -> str:
    value = config.get(name, default)
    if not isinstance(value, str):
        raise Invalid(f"The setting {name!r} must be text.", field=name)
    return value.strip()


def _labels(config: Mapping[str, Any]) -> frozenset[str]:
    value = config.get("labels", [INBOX, SENT])
    if isinstance(value, str):
        # The command line gives settings as text.
        value = [label.strip() for label in value.split(",")]
    is_list = isinstance(value, list | tuple | set | frozenset)
    if not is_list or not value or not all(isinstance(label, str) and label for label in value):
        raise Invalid("The labels must be one or more label ids.", field="labels")
    return frozenset(value)
