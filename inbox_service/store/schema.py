"""The shape of the database: brought up to date, and checked, without an alembic.ini."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url, text

from inbox_service.errors import Misconfigured

from .engine import Sessions

_MIGRATIONS = Path(__file__).parent / "migrations"
# Any number that nothing else locks by: it makes concurrent upgrades wait for each other.
_POSTGRESQL_LOCK = 0x1B0C5
_LONGEST_UPGRADE_MS = 15 * 60_000


def upgrade(url: str, to: str = "head") -> str:
    """Bring the database at `url` up to date (or up to `to`), all or nothing; return its revision.

    A SQLite file is made where there is none. raises Unavailable when nothing answers.
    """
    _make_folder(url)
    # Another process may be at the same upgrade, which takes minutes on a large database.
    sessions = Sessions(url, busy_ms=_LONGEST_UPGRADE_MS)
    try:
        with sessions.writing() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(
                    text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRESQL_LOCK}
                )
            command.upgrade(_config(connection), to)
            return _revision(connection)
    finally:
        sessions.close()


def current(sessions: Sessions) -> str:
    """Return the revision of the database, "" for an empty one."""
    with sessions.reading() as connection:
        return _revision(connection)


def newest() -> str:
    """Return the revision that this code needs."""
    return ScriptDirectory(str(_MIGRATIONS)).get_current_head() or ""


def require_current(sessions: Sessions) -> None:
    """Raise Misconfigured unless the database has the shape that this code needs."""
    if current(sessions) != newest():
        raise Misconfigured(
            "The database is not up to date: run `inbox db upgrade`.", code="database_outdated"
        )


def _revision(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or ""


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _make_folder(url: str) -> None:
    database = make_url(url).database
    if url.startswith("sqlite") and database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
