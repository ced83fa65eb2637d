"""A shop whose service talks to a simulated Google, and its owner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from consent_page import BILLING, REDIRECT, SUPPORT, Owner
from shop import Shop

from connectors.registry import Endpoints, Registry
from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.deps import Deps
from inbox_service.ports import ConnectorSource
from inbox_service.testing import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def google(clock: FakeClock) -> Iterator[GmailSimulator]:
    with GmailSimulator(time=clock.now, quota_per_minute=0) as simulator:
        simulator.add_account(SUPPORT, (BILLING,))
        simulator.add_account("other@shop.example")
        yield simulator


@pytest.fixture
def deps(
    deps_with: Callable[[ConnectorSource | None], Deps], google: GmailSimulator, clock: FakeClock
) -> Deps:
    registry = Registry(Endpoints(google.root, google.root), clock)
    return replace(deps_with(registry), clock=clock)


@pytest.fixture
def owner(shop: Shop, google: GmailSimulator) -> Owner:
    app = google.add_client((REDIRECT,))
    saved = shop.manager.call("POST", "/oauth/clients", app)
    assert saved.status_code == 201, saved.json
    return Owner(shop, google, app["client_id"], saved.json["id"])
