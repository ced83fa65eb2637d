"""A simulator with two accounts, and unmodified clients for them."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from simulated import BILLING, SALES, SUPPORT, Connect

from connectors.testkit.gmail_simulator import GmailSimulator


@pytest.fixture
def sim() -> Iterator[GmailSimulator]:
    with GmailSimulator(quota_per_minute=0) as simulator:
        simulator.add_account(SUPPORT, (BILLING,), "Acme Support")
        simulator.add_account(SALES)
        yield simulator


@pytest.fixture
def connect(sim: GmailSimulator) -> Iterator[Connect]:
    with ExitStack() as stack:
        yield Connect(sim, stack)


@pytest.fixture
def support(connect: Connect) -> Any:
    """users() of a client for support@, with full access."""
    return connect.users(SUPPORT)


@pytest.fixture
def sales(connect: Connect) -> Any:
    """users() of a client for sales@, with full access."""
    return connect.users(SALES)
