"""The shared budget and the connector together never meet Google's limits, whatever is lost."""

import threading
import time
from collections.abc import Iterator, Sequence

import pytest
from redis import Redis

from connectors.gmail import GmailConnector
from connectors.registry import Endpoints, Setup
from connectors.testkit.fakes import MemoryCell
from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.deps import SystemClock
from inbox_service.ports import MessageRef, Priority, RetryLater
from workers.budget import Rates, ValkeyBudgets

ADDRESS = "support@shop.example"
# Ten times the real figures, to see in seconds what takes a minute.
RATES = Rates(mailbox=48_000)
SECONDS = 3.0


@pytest.fixture(params=[0, 10_000], ids=["per minute", "smoothed"])
def google(request: pytest.FixtureRequest) -> Iterator[GmailSimulator]:
    with GmailSimulator(quota_per_minute=60_000, quota_burst=request.param) as simulator:
        yield simulator


def connector(google: GmailSimulator, connection: Redis, cell: MemoryCell) -> GmailConnector:
    budget = ValkeyBudgets(connection, RATES).of("project", ADDRESS)
    endpoints = Endpoints(google.root, google.root)
    return GmailConnector(Setup({"address": ADDRESS}, cell, budget, SystemClock(), endpoints))


def read_on(one: GmailConnector, refs: Sequence[MessageRef], until: float) -> None:
    """Read the same mails again and again, as fast as the budget lets the most urgent."""
    while time.monotonic() < until:
        try:
            list(one.fetch(refs, Priority.SEND))
        except RetryLater as pause:
            time.sleep(min(pause.after, 0.1))


def test_workers_that_read_while_valkey_is_emptied_are_never_refused(
    google: GmailSimulator, connection: Redis
) -> None:
    cell = MemoryCell(google.add_account(ADDRESS).as_json())
    made = [google.deliver(ADDRESS, b"Subject: %d\r\n\r\nHello" % number) for number in range(5)]
    refs = [MessageRef(one["id"], one["threadId"]) for one in made]
    until = time.monotonic() + SECONDS
    workers = [
        threading.Thread(target=read_on, args=(connector(google, connection, cell), refs, until))
        for _ in range(2)
    ]
    for worker in workers:
        worker.start()
    while time.monotonic() < until:
        time.sleep(0.2)
        connection.flushall()
    for worker in workers:
        worker.join()
    assert google.refused(ADDRESS) == 0
    # Slower than 800 a second, as each time what the bucket had saved is lost; but it goes on.
    assert google.units(ADDRESS) > 500


def test_a_refusal_stops_every_worker_before_it_asks_again(
    google: GmailSimulator, connection: Redis
) -> None:
    cell = MemoryCell(google.add_account(ADDRESS).as_json())
    google.fault("getProfile", retry_after=3_600_000)
    for one in [connector(google, connection, cell) for _ in range(5)]:
        with pytest.raises(RetryLater) as pause:
            one.start()
        assert pause.value.after > 3_500
    # Only the first of them asked: no call was answered since.
    assert google.calls(ADDRESS) == {}
