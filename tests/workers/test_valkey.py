import json
import os
import stat
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as Disconnected
from structlog.testing import capture_logs

from inbox_service.errors import Misconfigured, Unavailable
from inbox_service.settings import Settings
from workers import valkey


def settings(tmp_path: Path, **env: str) -> Settings:
    return Settings.from_env({"INBOX_DATA_DIR": str(tmp_path), **env})


def test_the_bundled_server_is_a_program() -> None:
    assert os.access(valkey.binary(), os.X_OK)


@pytest.mark.parametrize("package", ["no_such_package", "click"])
def test_a_missing_package_or_program_is_named_with_the_ways_out(package: str) -> None:
    with pytest.raises(Misconfigured, match=f"install the package {package}, or set REDIS_URL"):
        valkey.binary(package)


def test_redis_url_wins_over_the_bundled_server(tmp_path: Path) -> None:
    valkey.note(tmp_path, tmp_path / "other.sock", 1)
    known = settings(tmp_path, REDIS_URL="redis://127.0.0.1:7777/0")
    assert valkey.url_of(known) == "redis://127.0.0.1:7777/0"


def test_other_commands_find_the_running_server_by_its_note(tmp_path: Path) -> None:
    socket = valkey.prepare_socket(tmp_path)
    valkey.note(tmp_path, socket, os.getpid())
    assert valkey.url_of(settings(tmp_path)) == f"unix://{socket}"


def test_without_a_server_the_address_is_where_one_would_be(tmp_path: Path) -> None:
    assert valkey.url_of(settings(tmp_path)) == f"unix://{tmp_path}/run/valkey.sock"


def test_a_broken_note_counts_as_none(tmp_path: Path) -> None:
    (valkey.run_dir(tmp_path) / "valkey.json").write_text("[not json")
    assert valkey.url_of(settings(tmp_path)) == f"unix://{tmp_path}/run/valkey.sock"


def test_only_the_owner_may_enter_the_folder_of_the_socket(tmp_path: Path) -> None:
    socket = valkey.prepare_socket(tmp_path)
    assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700


def test_a_socket_path_too_long_for_the_system_moves_to_a_short_one(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    socket = valkey.prepare_socket(deep)
    assert len(str(socket)) <= 100
    assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700
    valkey.note(deep, socket, 1)
    valkey.clear(deep)
    assert not socket.parent.exists()


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    stale = valkey.prepare_socket(tmp_path)
    stale.touch()
    valkey.note(tmp_path, stale, 999_999)
    socket = valkey.prepare_socket(tmp_path)
    assert not socket.exists()
    assert not (socket.parent / "valkey.json").exists()


def test_the_note_names_socket_and_process(tmp_path: Path) -> None:
    socket = valkey.prepare_socket(tmp_path)
    valkey.note(tmp_path, socket, 42)
    noted = json.loads((tmp_path / "run" / "valkey.json").read_text())
    assert noted == {"socket": str(socket), "pid": 42}


def test_the_bundled_server_keeps_nothing_and_has_no_port(connection: Redis) -> None:
    config = connection.config_get("*")
    assert {key: config[key] for key in ("port", "save", "appendonly", "unixsocketperm")} == {
        "port": "0",
        "save": "",
        "appendonly": "no",
        "unixsocketperm": "700",
    }


def test_a_server_that_is_needed_and_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="REDIS_URL"):
        valkey.require(f"unix://{tmp_path}/nothing.sock")


def test_an_outage_is_logged_once_and_its_end_once() -> None:
    outage = valkey.Outage("work waits")
    with capture_logs() as logs:
        outage.end()
        outage.begin(Disconnected())
        outage.begin(Disconnected())
        outage.end()
        outage.end()
    assert [line["event"] for line in logs] == ["queue_down", "queue_back"]
