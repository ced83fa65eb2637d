"""An application whose accounts are a simulated Google's, and a shop that is paired with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from shop import Shop, open_shop

from connectors.registry import Endpoints, Registry
from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.api import create_app
from inbox_service.deps import Deps
from inbox_service.ports import ConnectorSource


@pytest.fixture(scope="session")
def google() -> Iterator[GmailSimulator]:
    with GmailSimulator(quota_per_minute=0) as simulator:
        yield simulator


@pytest.fixture
def deps(deps_with: Callable[[ConnectorSource | None], Deps], google: GmailSimulator) -> Deps:
    made = deps_with(None)
    registry = Registry(Endpoints(google.root, google.root), made.clock)
    return replace(made, connectors=registry)


@pytest.fixture
def app(deps: Deps) -> Flask:
    return create_app(deps)


@pytest.fixture
def shop(app: Flask, deps: Deps) -> Shop:
    return open_shop(app, deps, "shop")
