"""Several memory mailboxes that write to each other, and the connectors onto them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from email import message_from_bytes
from email.policy import compat32
from email.utils import getaddresses
from typing import Any

from connectors.memory.connector import MemoryConnector
from connectors.memory.mailbox import MemoryMailbox, without_header
from connectors.registry import Setup
from inbox_service.domain.mail_size import LARGEST_MAIL
from inbox_service.errors import Invalid
from inbox_service.ports import Budget, Clock, Connector, Consent, CredentialCell, Push


class MemoryServer:
    """A provider in memory, and the ConnectorSource of its mailboxes.

    Its connectors' config is {"mailbox": address}, with "page" for batches of another size. Use it
    alone as the source of a test, or give `connector` to a Registry:
    `Registry(endpoints, clock, extra={"memory": server.connector})`.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._mailboxes: dict[str, MemoryMailbox] = {}
        # In bytes, as sent.
        self.largest = LARGEST_MAIL

    def add(self, address: str, aliases: Iterable[str] = ()) -> MemoryMailbox:
        """Open a mailbox; mail that the others send to it or to its aliases arrives in it."""
        mailbox = MemoryMailbox(address, self._clock, aliases, carry=self._carry)
        self._mailboxes[address] = mailbox
        return mailbox

    def connector(self, setup: Setup) -> Connector:
        """Make the connector of the mailbox that the config names."""
        address = setup.config.get("mailbox")
        if address not in self._mailboxes:
            raise Invalid(f"There is no memory mailbox {address!r}.", field="mailbox")
        page = int(setup.config.get("page", 100))
        return MemoryConnector(self._mailboxes[address], setup.budget, setup.clock, page)

    def kinds(self) -> list[str]:
        return [MemoryConnector.kind]

    def build(
        self, kind: str, config: Mapping[str, Any], cell: CredentialCell, budget: Budget
    ) -> Connector:
        if kind != MemoryConnector.kind:
            raise Invalid(f"There is no mailbox kind {kind!r} here.", field="kind")
        return self.connector(Setup(config, cell, budget, self._clock))

    def largest_mail(self, kind: str) -> int:  # noqa: ARG002 - there is only one kind
        return self.largest

    def consent(self, kind: str) -> Consent:
        raise Invalid(f"Mailboxes of kind {kind!r} have no owner to ask.", field="kind")

    def push(self, kind: str) -> Push:
        raise Invalid(f"Mailboxes of kind {kind!r} tell nothing of themselves.", field="kind")

    def _carry(self, raw: bytes) -> None:
        mail = message_from_bytes(raw, policy=compat32)
        # The copy in SENT keeps its blind recipients; theirs is the only place to read them from.
        fields = [str(mail[name]) for name in ("To", "Cc", "Bcc") if mail[name]]
        recipients = {address.lower() for _, address in getaddresses(fields)}
        for mailbox in self._mailboxes.values():
            if recipients & {mailbox.address, *mailbox.aliases}:
                mailbox.deliver(without_header(raw, "Bcc"))
