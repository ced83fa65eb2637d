"""The Gmail connector gets through a mailbox on the quota that Google gives."""

import pytest

from connectors.testkit.fakes import BucketBudget
from connectors.testkit.gmail_harness import GmailHarness
from connectors.testkit.harness import added, put
from inbox_service.ports import Cursor, OutgoingRaw, Priority, RetryLater, Scope

# 80 % of 6,000 units a minute, the service's default.
RATE = 80


class Reader:
    """Reads a mailbox as the service does: batch by batch, each from its start until it is whole.

    No time passes but what the connector asks to wait, rounded up to the next tenth of a second.
    """

    def __init__(self, gmail: GmailHarness) -> None:
        self.gmail = gmail
        self.gmail.budget = BucketBudget(gmail.clock, RATE)
        self.waits = 0
        self.seen: list[str] = []

    def patiently(self, step, *args) -> None:
        while True:
            try:
                return step(*args)
            except RetryLater as pause:
                self.waits += 1
                assert self.waits < 200, "It waits for ever."
                self.gmail.clock.advance(100 * (int(pause.after * 10) + 1))

    def backfill(self) -> None:
        self.cursor: Cursor | None = None
        self.done = False
        while not self.done:
            self.patiently(self._next_batch)

    def _next_batch(self) -> None:
        connector = self.gmail.connector()
        # A service looks at the live stream first, which takes from the same quota.
        connector.start()
        batch = next(connector.backfill(self.cursor, Scope()))
        refs = [change.ref for change in batch.changes]
        assert len(list(connector.fetch(refs, Priority.BACKFILL))) == len(refs)
        self.seen += added([batch])
        self.cursor, self.done = batch.next_cursor, batch.done

    def catch_up(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.patiently(self._live)

    def _live(self) -> None:
        connector = self.gmail.connector()
        for batch in connector.changes(self.cursor):
            list(connector.fetch([change.ref for change in batch.changes], Priority.LIVE))
            self.seen += added([batch])
            self.cursor = batch.next_cursor


@pytest.fixture
def reader(gmail) -> Reader:
    return Reader(gmail)


def test_a_back_fill_ends_and_wastes_no_quota(gmail, reader):
    put(gmail, 200)
    begun_at = gmail.clock.now()
    reader.backfill()
    seconds = (gmail.clock.now() - begun_at) / 1000
    assert len(set(reader.seen)) == 200
    # 200 messages of 20 units, less the full bucket it began with, and a tenth for the listing.
    assert seconds < (200 * 20 - RATE * 10) / RATE * 1.25


def test_a_long_outage_is_caught_up_with(gmail, reader):
    cursor = gmail.connector().start()
    refs = put(gmail, 200)
    reader.catch_up(cursor)
    assert reader.seen == [ref.provider_id for ref in refs]


@pytest.fixture
def counting(gmail) -> GmailHarness:
    put(gmail, 1)
    return gmail


def test_a_refusal_by_google_pauses_every_worker(counting):
    counting.simulator.fault("messages.list", retry_after=90_000)
    with pytest.raises(RetryLater):
        list(counting.connector().list_refs(Scope()))
    assert counting.budget.pauses == [pytest.approx(90, abs=1)]


def test_a_limit_of_mails_sent_pauses_no_reading(counting):
    counting.simulator.fault("drafts.send", retry_after=90_000)
    connector = counting.connector()
    memo = connector.prepare(OutgoingRaw(b"To: ana@customer.example\r\n\r\nHello"), "key")
    with pytest.raises(RetryLater):
        connector.deliver(memo)
    assert counting.budget.pauses == []


def test_a_server_in_trouble_is_no_reason_to_slow_the_pace(counting):
    counting.simulator.fault("messages.list", reason="backendError")
    with pytest.raises(RetryLater):
        list(counting.connector().list_refs(Scope()))
    assert counting.budget.pauses == []
