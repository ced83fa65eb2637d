"""An application whose accounts are a simulated Google's, and a shop that is paired with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from shop import Shop, open_shop

from connectors.registry import Endpoints, Registry
from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.api import create_app
from inbox_service.api.context import Context
from inbox_service.deps import Deps
from inbox_service.ports import ConnectorSource
from inbox_service.testing import make_deps


@pytest.fixture(scope="session")
def google() -> Iterator[GmailSimulator]:
    with GmailSimulator(quota_per_minute=0) as simulator:
        yield simulator


@pytest.fixture
def deps(deps_with: Callable[[ConnectorSource | None], Deps], google: GmailSimulator) -> Deps:
    made, root = deps_with(None), google.root
    registry = Registry(Endpoints(root, root, f"{root}/oauth2/v3/certs", root), made.clock)
    return replace(made, connectors=registry)


@pytest.fixture(scope="session")
def routes(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application that lends its routes to those of the tests: making them takes 100 ms."""
    folder: Path = tmp_path_factory.mktemp("routes")
    return create_app(make_deps(folder, "sqlite://"))


@pytest.fixture
def app(routes: Flask, deps: Deps) -> Flask:
    """An application of the test's own, which has answered nobody yet."""
    made = copy(routes)
    made.extensions = dict(routes.extensions)
    Context.of(deps).attach(made)
    return made


@pytest.fixture
def shop(app: Flask, deps: Deps) -> Shop:
    return open_shop(app, deps, "shop")
