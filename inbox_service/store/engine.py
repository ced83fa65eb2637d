"""Connections: SQLite's pragmas, PostgreSQL's pool, and the two kinds of transaction."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError

from inbox_service.errors import Unavailable

_PRAGMAS = (
    "PRAGMA busy_timeout = {busy_ms}",  # first, as the journal's mode may have to wait as well
    "PRAGMA journal_mode = WAL",
    # NORMAL loses no commit in a process crash; FULL would cost a third of the ingest rate and
    # guards against power loss only, after which the provider still has every mail.
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
)


class Sessions:
    """Transactions on the one database that holds the truth.

    The engine is made in the process that first uses it, and again after a fork: a connection
    that crosses a fork corrupts SQLite files and PostgreSQL streams alike.
    """

    def __init__(self, url: str, *, busy_ms: int = 15_000) -> None:
        """Take a SQLAlchemy address; nothing is opened yet.

        A write waits `busy_ms` for others of SQLite; PostgreSQL lets it wait.
        """
        self.url = url
        self._busy_ms = busy_ms
        self._engine: Engine | None = None
        self._pid = 0

    @property
    def engine(self) -> Engine:
        """The engine of this process."""
        if self._engine is None or self._pid != os.getpid():
            if self._engine is not None:
                self._engine.dispose(close=False)
            self._engine = _make_engine(self.url, self._busy_ms)
            self._pid = os.getpid()
        return self._engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection in a read transaction, rolled back at the end."""
        with self._connect() as connection, connection.begin() as transaction:
            yield connection
            transaction.rollback()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection in a write transaction, committed unless an error leaves the block."""
        with self._connect() as connection:
            connection.execution_options(writing=True)
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Close this process's connections."""
        if self._engine is not None and self._pid == os.getpid():
            self._engine.dispose()
        self._engine = None

    def _connect(self) -> Connection:
        try:
            return self.engine.connect()
        except OperationalError as error:
            raise Unavailable(
                "The database does not answer: check that it runs and that DATABASE_URL is right.",
                code="database_unavailable",
            ) from error


def _make_engine(url: str, busy_ms: int) -> Engine:
    if url.startswith("sqlite"):
        engine = create_engine(url, pool_size=16, max_overflow=16, hide_parameters=True)
        event.listen(engine, "connect", partial(_prepare_sqlite, busy_ms))
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    # Parameters hold what people wrote: no error message may carry them into a log.
    return create_engine(url, pool_size=8, max_overflow=8, pool_pre_ping=True, hide_parameters=True)


def _prepare_sqlite(busy_ms: int, dbapi_connection: Any, _record: Any) -> None:
    # The driver's own transaction handling starts too late (at the first write); we start ours.
    dbapi_connection.isolation_level = None
    for pragma in _PRAGMAS:
        dbapi_connection.execute(pragma.format(busy_ms=busy_ms))


def _begin_sqlite(connection: Connection) -> None:
    # A read transaction that turns into a write one can fail at once with SQLITE_BUSY, whatever
    # the busy_timeout; one that says so at its start waits its turn.
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
