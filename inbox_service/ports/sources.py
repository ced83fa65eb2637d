"""Where connectors come from, by their kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from .connecting import Consent
from .connector import Connector
from .outsides import Budget, CredentialCell
from .pushing import Push


class ConnectorSource(Protocol):
    """Makes connectors by kind; handed in by the composition roots."""

    def kinds(self) -> list[str]:
        """Return the known kinds, sorted."""

    def build(
        self, kind: str, config: Mapping[str, Any], cell: CredentialCell, budget: Budget
    ) -> Connector:
        """Make a connector; raises Invalid for an unknown kind or a wrong config."""

    def largest_mail(self, kind: str) -> int:
        """Return how many bytes a mail may have, as sent, that this kind's provider takes."""

    def consent(self, kind: str) -> Consent:
        """Return how accounts of this kind are connected; raises Invalid where they cannot be."""

    def push(self, kind: str) -> Push:
        """Return how this kind's provider tells of new mail; raises Invalid where it does not."""
