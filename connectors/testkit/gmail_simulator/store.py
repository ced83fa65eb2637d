"""The simulator's only state: one SQLite database, on disk or in memory."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from connectors.testkit.gmail_simulator.schema import SCHEMA

Db = sqlite3.Connection
Row = sqlite3.Row


class Store:
    """One connection, used by one thread at a time."""

    def __init__(self, path: Path | None = None) -> None:
        """Open or make the database at `path`, in memory without one."""
        self._lock = threading.Lock()
        self._db = sqlite3.connect(
            str(path or ":memory:"), isolation_level=None, check_same_thread=False
        )
        # Threads take turns by the lock above, so sqlite3's own check would only be in the way.
        self._db.row_factory = sqlite3.Row
        # WAL survives a killed process with NORMAL; only a power cut could lose the last writes.
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.executescript(SCHEMA)

    @contextmanager
    def open(self) -> Iterator[Db]:
        """Hold the database for one transaction."""
        with self._lock, self._db:  # the connection commits, or rolls back on an exception
            self._db.execute("BEGIN")
            yield self._db

    def close(self) -> None:
        with self._lock:
            self._db.close()


def one(db: Db, sql: str, *values: Any) -> Row | None:
    row: Row | None = db.execute(sql, values).fetchone()
    return row


def many(db: Db, sql: str, *values: Any) -> list[Row]:
    return db.execute(sql, values).fetchall()


def recall(db: Db, key: str) -> Any:
    """Return what `remember` stored, or None."""
    row = one(db, "SELECT value FROM meta WHERE key = ?", key)
    return json.loads(row["value"]) if row else None


def remember(db: Db, key: str, value: Any) -> None:
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, json.dumps(value)))
