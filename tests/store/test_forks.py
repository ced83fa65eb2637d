"""Connections never cross a fork (design rule 8)."""

import os
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from inbox_service.store.engine import Sessions


@pytest.fixture
def sessions(database_url: str) -> Iterator[Sessions]:
    """Sessions that nobody has used yet."""
    opened = Sessions(database_url)
    yield opened
    opened.close()


def in_a_fork(check: Callable[[], bool]) -> bool:
    """Return what `check` says in a child made by fork."""
    child = os.fork()
    if child == 0:
        os._exit(0 if check() else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def driver_connection(sessions: Sessions) -> object:
    with sessions.reading() as connection:
        return connection.connection.driver_connection


def test_a_child_opens_connections_of_its_own(sessions: Sessions) -> None:
    ours = driver_connection(sessions)
    assert driver_connection(sessions) is ours
    assert in_a_fork(lambda: driver_connection(sessions) is not ours)


def test_the_parent_goes_on_after_its_child_worked_and_ended(sessions: Sessions) -> None:
    ours = driver_connection(sessions)
    in_a_fork(lambda: driver_connection(sessions) is not None)
    assert driver_connection(sessions) is ours
    with sessions.reading() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1


def test_making_sessions_opens_nothing() -> None:
    made = Sessions("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    made.close()
