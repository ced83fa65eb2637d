"""What every test may ask for: Deps on a fresh database, on SQLite or PostgreSQL.

TEST_DATABASE_URL=postgresql://... runs the same tests on PostgreSQL, in a schema of its own per
test process; without it each test has its own SQLite file.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
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


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database with empty tables: SQLite's is copied, PostgreSQL's emptied."""
    with ExitStack() as stack:
        if TEST_DATABASE_URL:
            yield stack.enter_context(_postgresql_schema())
        else:
            url = f"sqlite:///{tmp_path_factory.mktemp('template') / 'template.db'}"
            make_tables(url)
            yield url


@pytest.fixture
def empty_url(tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it, not even tables."""
    with ExitStack() as stack:
        if TEST_DATABASE_URL:
            yield stack.enter_context(_empty_schema())
        else:
            yield f"sqlite:///{tmp_path / 'empty' / 'new.db'}"


@contextmanager
def _postgresql_schema() -> Iterator[str]:
    with _empty_schema() as address:
        make_tables(address)
        yield address


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
def database_url(_template: str, tmp_path: Path) -> str:
    """The address of a database with its tables and no rows, this test's own."""
    if not _template.startswith("sqlite"):
        _empty(_template)
        return _template
    shutil.copyfile(_template.removeprefix("sqlite:///"), tmp_path / "inbox.db")
    return f"sqlite:///{tmp_path / 'inbox.db'}"


def _empty(url: str) -> None:
    sessions = Sessions(url)
    with sessions.writing() as connection:
        empty_tables(connection)
    sessions.close()


@pytest.fixture
def deps_with(tmp_path: Path, database_url: str) -> Iterator[DepsMaker]:
    """A maker of Deps with the given connectors on the test's database."""
    made: list[Deps] = []

    def make(connectors: ConnectorSource | None) -> Deps:
        made.append(make_deps(tmp_path, database_url, connectors))
        return made[-1]

    yield make
    for deps in made:
        deps.sessions.close()


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
