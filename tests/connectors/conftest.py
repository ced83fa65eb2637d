"""A simulated Google for the tests of the Gmail connector."""

from collections.abc import Iterator

import pytest

from connectors.testkit.fakes import FixedClock
from connectors.testkit.gmail_harness import GmailHarness
from connectors.testkit.gmail_simulator import GmailSimulator
from connectors.testkit.harness import NOON


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON + 30 * 24 * 3600 * 1000)


@pytest.fixture
def gmail(clock: FixedClock) -> Iterator[GmailHarness]:
    with GmailSimulator(time=clock.now, quota_per_minute=0) as simulator:
        yield GmailHarness(simulator, clock)
