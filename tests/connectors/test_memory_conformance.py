"""The memory connector keeps the contract."""

from collections.abc import Sequence

import pytest

from connectors.memory import MemoryConnector, MemoryServer
from connectors.testkit.conformance import ConnectorConformance
from connectors.testkit.fakes import CountingBudget, FixedClock
from connectors.testkit.harness import NOON, Harness
from inbox_service.domain.mail import SENT, UNREAD
from inbox_service.ports import Connector, MessageRef, RetryLater


class MemoryHarness(Harness):
    """A memory mailbox with small pages, and a second one as its correspondent."""

    address = "support@shop.example"
    recipient = "ana@customer.example"

    def __init__(self) -> None:
        self.clock = FixedClock(NOON + 30 * 24 * 3600 * 1000)
        server = MemoryServer(self.clock)
        self.mailbox = server.add(self.address)
        self.other = server.add(self.recipient)

    def connector(self) -> Connector:
        return MemoryConnector(self.mailbox, CountingBudget(), self.clock, page=3)

    def deliver(self, raw: bytes, received_at: int) -> MessageRef:
        return self.mailbox.deliver(raw, received_at=received_at)

    def sent(self) -> Sequence[bytes]:
        return [mail.raw for mail in self.mailbox.mails({SENT})]

    def received(self) -> Sequence[bytes]:
        return [mail.raw for mail in self.other.mails()]

    def labels(self, ref: MessageRef) -> frozenset[str]:
        mail = self.mailbox.get(ref.provider_id)
        return mail.labels if mail else frozenset()

    def read_by_a_person(self, ref: MessageRef) -> None:
        self.mailbox.relabel(ref.provider_id, remove={UNREAD})

    def delete(self, ref: MessageRef) -> None:
        self.mailbox.delete(ref.provider_id)

    def drop_drafts(self) -> None:
        self.mailbox.drop_drafts()

    def lose_next_answer(self) -> None:
        self.mailbox.lose_next_answer()

    def limit_rate(self) -> None:
        self.mailbox.fail_next("fetch", RetryLater(30))

    def expire_cursors(self) -> None:
        self.mailbox.expire_cursors()

    def revoke(self) -> None:
        self.mailbox.revoke()


class TestMemoryConnector(ConnectorConformance):
    @pytest.fixture
    def harness(self) -> Harness:
        return MemoryHarness()
