"""Calls that leave no trace, so that many tests share rows that took long to make."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.store.blobs import FileBlobs
from inbox_service.store.engine import Sessions


class Untraced(Sessions):
    """Sessions whose transactions are all part of one that is taken back in the end."""

    def __init__(self, real: Sessions) -> None:
        """Take the sessions that are borrowed from."""
        super().__init__(real.url)
        self.real = real
        self._trial: Connection | None = None

    @contextmanager
    def trial(self) -> Iterator[Connection]:
        """Yield a connection; what is done with it, and by others meanwhile, never happened."""
        with self.real.engine.connect() as connection:
            connection.execution_options(writing=True)
            with connection.begin() as whole:
                self._trial = connection
                try:
                    yield connection
                finally:
                    self._trial = None
                    whole.rollback()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield the trial's connection, or one of the real sessions'."""
        with self._inside() if self._trial else self.real.reading() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield as `reading` does; an error takes back what was done in the block."""
        with self._inside() if self._trial else self.real.writing() as connection:
            yield connection

    @contextmanager
    def _inside(self) -> Iterator[Connection]:
        assert self._trial is not None
        with self._trial.begin_nested():
            yield self._trial


class KeptBlobs(FileBlobs):
    """Blobs that stay: a row whose removal is taken back needs its bytes again."""

    def delete(self, _site_id: int, _sha256: str) -> None:
        """Keep the blob."""


@dataclass(frozen=True)
class Stage:
    """An application whose rows stay from test to test, but for those of a trial."""

    app: Flask
    deps: Deps
    sessions: Untraced
