"""A real Valkey for the tests of what talks to one: its own per test process, emptied per test."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from inbox_service.errors import Unavailable
from workers import valkey


@pytest.fixture(scope="session")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    socket = tmp_path_factory.mktemp("valkey") / "valkey.sock"
    process = subprocess.Popen(valkey.command(socket))
    url = f"unix://{socket}"
    _await(url)
    yield url
    process.terminate()
    process.wait()


@pytest.fixture
def valkey_url(_server: str) -> str:
    """The address of a Valkey with nothing in it."""
    client = valkey.connect(_server)
    client.flushall()
    client.close()
    return _server


@pytest.fixture
def connection(valkey_url: str) -> Iterator[Redis]:
    """A client of that Valkey."""
    client = valkey.connect(valkey_url)
    yield client
    client.close()


@pytest.fixture
def no_connection(tmp_path: Path) -> Iterator[Redis]:
    """A client of a Valkey that is not there."""
    client = valkey.connect(f"unix://{tmp_path / 'nothing.sock'}")
    yield client
    client.close()


def _await(url: str) -> None:
    for _ in range(500):
        try:
            valkey.require(url)
        except Unavailable:
            time.sleep(0.01)
        else:
            return
    pytest.fail("Valkey did not start")
