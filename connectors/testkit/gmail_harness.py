"""The Gmail connector's harness: two simulated accounts, and what their owners do."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Sequence
from typing import Any

import requests

from connectors.gmail import GmailConnector
from connectors.registry import Endpoints, Setup
from connectors.testkit.fakes import CountingBudget, MemoryCell
from connectors.testkit.gmail_simulator import GmailSimulator
from connectors.testkit.harness import Harness
from inbox_service.domain.mail import UNREAD
from inbox_service.ports import Clock, MessageRef


class GmailHarness(Harness):
    """support@ as the mailbox, with the alias billing@, and ana@ as its customer.

    The simulator should run by the same clock as the connector.
    """

    address = "support@shop.example"
    alias = "billing@shop.example"
    recipient = "ana@customer.example"

    def __init__(self, simulator: GmailSimulator, clock: Clock) -> None:
        self.simulator = simulator
        self.clock = clock
        self.config: dict[str, Any] = {"address": self.address}
        self.budget = CountingBudget()
        owner = simulator.add_account(self.address, (self.alias,))
        simulator.add_account(self.recipient)
        secrets = ("client_id", "client_secret", "refresh_token")
        self.cell = MemoryCell({name: getattr(owner, name) for name in secrets})

    def connector(self) -> GmailConnector:
        """Return a connector that shares the cell and the budget with all others."""
        endpoints = Endpoints(self.simulator.root, self.simulator.root)
        setup = Setup(self.config, self.cell, self.budget, self.clock, endpoints)
        return GmailConnector(setup)

    def deliver(self, raw: bytes, received_at: int) -> MessageRef:
        found = self.simulator.deliver(self.address, raw, received_at=received_at)
        return MessageRef(found["id"], found["threadId"])

    def sent(self) -> Sequence[bytes]:
        return [_raw(message) for message in self.simulator.sent(self.address)]

    def received(self) -> Sequence[bytes]:
        """Return the mails that arrived at the customer."""
        found = self.simulator.messages(self.recipient, "INBOX", with_raw=True)
        return [_raw(message) for message in found]

    def labels(self, ref: MessageRef) -> frozenset[str]:
        messages = self.simulator.messages(self.address)
        return frozenset(*(m["labelIds"] for m in messages if m["id"] == ref.provider_id))

    def read_by_a_person(self, ref: MessageRef) -> None:
        self.relabel(ref, remove=[UNREAD])

    def relabel(self, ref: MessageRef, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
        """Change a message's labels, as the owner does in Gmail."""
        body = {"addLabelIds": list(add), "removeLabelIds": list(remove)}
        self._call("POST", f"messages/{ref.provider_id}/modify", body)

    def delete(self, ref: MessageRef) -> None:
        self._call("DELETE", f"messages/{ref.provider_id}")

    def drafts(self) -> list[str]:
        return [draft["id"] for draft in self._call("GET", "drafts").json().get("drafts", [])]

    def drop_drafts(self) -> None:
        for draft_id in self.drafts():
            self._call("DELETE", f"drafts/{draft_id}")

    def lose_next_answer(self) -> None:
        self.simulator.fault("drafts.send", kind="accept_then_drop")

    def limit_rate(self) -> None:
        self.simulator.fault("messages.get", reason="userRateLimitExceeded")

    def topic(self) -> str:
        topic = "projects/simulated-project/topics/mail"
        self.simulator.add_topic(topic)
        return topic

    def expire_cursors(self) -> None:
        self.simulator.expire_history(self.address)

    def revoke(self) -> None:
        self.simulator.revoke(self.address)

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        token = self.simulator.access_token(self.address)
        url = f"{self.simulator.root}/gmail/v1/users/me/{path}"
        headers = {"Authorization": f"Bearer {token}"}
        answer = requests.request(method, url, json=body, headers=headers, timeout=10)
        answer.raise_for_status()
        return answer


def _raw(message: dict[str, Any]) -> bytes:
    return urlsafe_b64decode(message["raw"] + "==")
