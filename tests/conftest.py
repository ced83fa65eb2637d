"""What every test may ask for: Deps on an empty database, on SQLite or PostgreSQL.

Each test process has one, a SQLite file or, with TEST_DATABASE_URL=postgresql://..., a schema.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import structlog
from sqlalchemy import create_engine, make_url, text

from inbox_service.deps import Deps
from inbox_service.ports import ConnectorSource
from inbox_service.store.engine import Sessions
from inbox_service.testing import FakeClock, empty_tables, make_deps, make_tables

TEST_DATABASE_URL = os.environ.get("TEST_DATABASE_URL", "").replace(
    "postgresql://", "postgresql+psycopg://"
)

DepsMaker = Callable[[ConnectorSource | None], Deps]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run what asks for a database; the rest would only be the same once more."""
    if not TEST_DATABASE_URL:
        return
    asking, others = [], []
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        (asking if {"_tables", "empty_url", "crash_url"} & names else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = asking


@pytest.fixture(scope="session")
def _tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sessions]:
    """A database with its tables, for one test after another.

    Opening one and compiling its statements anew takes longer than most tests do.
    """
    with ExitStack() as stack:
        if TEST_DATABASE_URL:
            url = stack.enter_context(_empty_schema())
        else:
            url = f"sqlite:///{tmp_path_factory.mktemp('database') / 'inbox.db'}"
        make_tables(url)
        sessions = Sessions(url)
        stack.callback(sessions.close)
        yield sessions


@pytest.fixture
def empty_url(tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it, not even tables."""
    with ExitStack() as stack:
        if TEST_DATABASE_URL:
            yield stack.enter_context(_empty_schema())
        else:
            yield f"sqlite:///{tmp_path / 'empty' / 'new.db'}"


@contextmanager
def _empty_schema() -> Iterator[str]:
    name = f"test_{os.getpid()}_{secrets.token_hex(3)}"
    admin = create_engine(TEST_DATABASE_URL, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    url = make_url(TEST_DATABASE_URL).update_query_dict({"options": f"-csearch_path={name}"})
    yield url.render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    admin.dispose()


@pytest.fixture
def _database(_tables: Sessions) -> Sessions:
    empty_tables(_tables)
    return _tables


@pytest.fixture
def database_url(_database: Sessions) -> str:
    """The address of a database with its tables and no rows."""
    return _database.url


@pytest.fixture
def deps_with(tmp_path: Path, _database: Sessions) -> DepsMaker:
    """A maker of Deps with the given connectors on the test's database."""

    def make(connectors: ConnectorSource | None) -> Deps:
        return replace(make_deps(tmp_path, _database.url, connectors), sessions=_database)

    return make


@pytest.fixture
def deps(deps_with: DepsMaker) -> Deps:
    """Deps on the test's database, with no connectors."""
    return deps_with(None)


@pytest.fixture
def clock(deps: Deps) -> FakeClock:
    """The clock of `deps`."""
    assert isinstance(deps.clock, FakeClock)
    return deps.clock


@pytest.fixture(autouse=True)
def _own_logs() -> None:
    """Undo what an earlier test's command set up: levels and bound values are the process's."""
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
