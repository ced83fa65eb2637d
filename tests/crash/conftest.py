"""What the crash tests share."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

DATABASE_URL = os.environ.get("TEST_DATABASE_URL", "").replace(
    "postgresql://", "postgresql+psycopg://"
)
_FAILED = pytest.StashKey[bool]()


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Writes a line to the terminal, passed or failed: the seed must be known to repeat a run."""

    def write(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()

    return write


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Iterator[None]:  # fmt: skip
    """Remember whether a test failed, so that what it worked on is kept."""
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or report.failed
    return report


@pytest.fixture
def folder(request: pytest.FixtureRequest, say: Callable[[str], None]) -> Iterator[Path]:
    """Where a run keeps everything; it stays after a failure."""
    made = Path(tempfile.mkdtemp(prefix="inbox-crash-"))
    yield made
    if request.node.stash.get(_FAILED, False):
        say(f"Kept for whoever looks for the cause: {made}")
    else:
        shutil.rmtree(made)


@pytest.fixture
def crash_url(
    request: pytest.FixtureRequest, folder: Path, say: Callable[[str], None]
) -> Iterator[str]:
    """The address of an empty database; it stays after a failure."""
    if not DATABASE_URL:
        yield f"sqlite:///{folder / 'inbox.db'}"
        return
    name = f"crash_{os.getpid()}"
    _execute(f"CREATE SCHEMA {name}")
    ours = {"options": f"-csearch_path={name}", "application_name": name}
    yield make_url(DATABASE_URL).update_query_dict(ours).render_as_string(hide_password=False)
    if request.node.stash.get(_FAILED, False):
        say(f"Kept in the database: schema {name}")
    else:
        _execute(f"DROP SCHEMA {name} CASCADE")


def _execute(statement: str) -> None:
    admin = create_engine(DATABASE_URL, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(statement))
    admin.dispose()
