"""Finds a connector by its kind: our own first, then those of installed packages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from inbox_service.domain.mail_size import LARGEST_MAIL
from inbox_service.errors import Invalid
from inbox_service.ports import Budget, Clock, Connector, Consent, CredentialCell, Push

ENTRY_POINT_GROUP = "unified_inbox.connectors"

# Dotted paths, so that a process loads only the connectors (and the libraries) that it uses.
_OWN = {"gmail": "connectors.gmail:GmailConnector"}
# Google's discovery document of the Gmail API: the `maxSize` of an upload to drafts.
_LARGEST_MAILS = {"gmail": 36_700_160}
_OWN_CONSENTS = {"gmail": "connectors.gmail:GmailConsent"}
_OWN_PUSHES = {"gmail": "connectors.gmail:GmailPush"}


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Root addresses of Google's servers, "" for Google's own."""

    gmail_api_root: str = ""
    google_oauth_root: str = ""
    google_certs_url: str = ""
    pubsub_root: str = ""


@dataclass(frozen=True, slots=True)
class Setup:
    """All that a connector is built from."""

    config: Mapping[str, Any]
    cell: CredentialCell
    budget: Budget
    clock: Clock
    endpoints: Endpoints = field(default_factory=Endpoints)


Factory = Callable[[Setup], Connector]
ConsentFactory = Callable[[Endpoints, Clock], Consent]
PushFactory = Callable[[Endpoints, Clock], Push]


class Registry:
    """The ConnectorSource of a process.

    `extra` adds kinds made in this process, such as the mailboxes of a MemoryServer in a test. Our
    own kinds win over those of other packages: installing one must not replace Gmail unseen.
    """

    def __init__(
        self, endpoints: Endpoints, clock: Clock, extra: Mapping[str, Factory] | None = None
    ) -> None:
        self._endpoints = endpoints
        self._clock = clock
        self._extra = dict(extra or {})
        self._pushes: dict[str, Push] = {}

    def kinds(self) -> list[str]:
        return sorted({*_OWN, *self._extra, *_installed()})

    def build(
        self, kind: str, config: Mapping[str, Any], cell: CredentialCell, budget: Budget
    ) -> Connector:
        """Make a connector; raises Invalid naming `kind` or the wrong field of `config`."""
        factory = self._factory(kind)
        return factory(Setup(config, cell, budget, self._clock, self._endpoints))

    def largest_mail(self, kind: str) -> int:
        return _LARGEST_MAILS.get(kind, LARGEST_MAIL)

    def consent(self, kind: str) -> Consent:
        """Return how accounts of this kind are connected; raises Invalid naming `kind`."""
        if kind not in _OWN_CONSENTS:
            known = ", ".join(sorted(_OWN_CONSENTS))
            raise Invalid(f"Accounts of kind {kind!r} are not connected so: {known}.", field="kind")
        made: ConsentFactory = _load(_OWN_CONSENTS[kind])
        return made(self._endpoints, self._clock)

    def push(self, kind: str) -> Push:
        """Return how this kind's provider tells of new mail; raises Invalid naming `kind`."""
        if kind not in _OWN_PUSHES:
            raise Invalid(f"Accounts of kind {kind!r} are polled only.", field="kind")
        if kind not in self._pushes:
            made: PushFactory = _load(_OWN_PUSHES[kind])
            # Kept, as it keeps the provider's keys. Two threads that come here at once make two of
            # them, and one is let go.
            self._pushes[kind] = made(self._endpoints, self._clock)
        return self._pushes[kind]

    def _factory(self, kind: str) -> Factory:
        if kind in self._extra:
            return self._extra[kind]
        if kind in _OWN:
            own: Factory = _load(_OWN[kind])
            return own
        installed = _installed().get(kind)
        if installed is None:
            known = ", ".join(self.kinds())
            raise Invalid(f"There is no mailbox kind {kind!r}. Known kinds: {known}.", field="kind")
        loaded: Factory = installed.load()
        return loaded


def _load(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)


def _installed() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=ENTRY_POINT_GROUP)}
