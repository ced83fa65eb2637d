"""An application whose accounts are a simulated Google's, and a shop that is paired with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from shop import Shop, open_shop
from trials import KeptBlobs, Stage, Untraced
from visitors import StatusPage, open_status_page

from connectors.registry import Endpoints, Registry
from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.api import create_app
from inbox_service.api.context import Context
from inbox_service.deps import Deps
from inbox_service.ports import ConnectorSource
from inbox_service.store.engine import Sessions
from inbox_service.testing import FakeClock, empty_tables, make_deps


@pytest.fixture(scope="session")
def google() -> Iterator[GmailSimulator]:
    with GmailSimulator(quota_per_minute=0) as simulator:
        yield simulator


@pytest.fixture
def deps(deps_with: Callable[[ConnectorSource | None], Deps], google: GmailSimulator) -> Deps:
    made = deps_with(None)
    return replace(made, connectors=accounts_at(google, made))


@pytest.fixture(scope="session")
def routes(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application that lends its routes to those of the tests: making them takes 100 ms."""
    folder: Path = tmp_path_factory.mktemp("routes")
    return create_app(make_deps(folder, "sqlite://"))


@pytest.fixture
def app(routes: Flask, deps: Deps) -> Flask:
    """An application of the test's own, which has answered nobody yet."""
    return with_routes(routes, deps)


@pytest.fixture(scope="module")
def stage(
    routes: Flask,
    _tables: Sessions,
    google: GmailSimulator,
    tmp_path_factory: pytest.TempPathFactory,
) -> Stage:
    """An application for all tests of a module, none of which may ask for `deps`."""
    empty_tables(_tables)
    sessions = Untraced(_tables)
    folder = tmp_path_factory.mktemp("stage")
    made = replace(make_deps(folder, _tables.url), sessions=sessions, blobs=KeptBlobs(folder))
    deps = replace(made, connectors=accounts_at(google, made))
    return Stage(with_routes(routes, deps), deps, sessions)


@pytest.fixture
def trial(stage: Stage) -> Iterator[None]:
    """Takes back in the end what the test did on the stage."""
    with stage.sessions.trial():
        yield


def accounts_at(google: GmailSimulator, deps: Deps) -> Registry:
    """Return connectors whose accounts are this Google's."""
    root = google.root
    return Registry(Endpoints(root, root, f"{root}/oauth2/v3/certs", root), deps.clock)


def with_routes(routes: Flask, deps: Deps) -> Flask:
    """Return an application of these routes that works on `deps`."""
    made = copy(routes)
    made.extensions = dict(routes.extensions)
    Context.of(deps).attach(made)
    return made


@pytest.fixture
def shop(app: Flask, deps: Deps) -> Shop:
    return open_shop(app, deps, "shop")


@pytest.fixture
def page(shop: Shop, clock: FakeClock) -> StatusPage:
    """The shop as its customers meet it."""
    return open_status_page(shop, clock)
