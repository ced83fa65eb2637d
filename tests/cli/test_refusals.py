"""Whatever is wrong ends in one sentence on stderr and exit code 2, never in a traceback."""

import socket
from pathlib import Path

import pytest
from command_line import Inbox, Result


def sentence(result: Result) -> str:
    """Return what the command said, after checking that it failed as commands do."""
    assert result.code == 2
    assert result.out == ""
    assert result.err.startswith("Error: ")
    assert len(result.err.strip().splitlines()) == 1
    return result.err


def test_a_wrong_setting_is_named(inbox: Inbox) -> None:
    assert "INBOX_WORKERS" in sentence(inbox("site", "list", INBOX_WORKERS="many"))


@pytest.mark.parametrize("verb", ["up", "serve", "worker", "schedule", "listen"])
def test_a_process_with_a_wrong_setting_does_not_start(inbox: Inbox, verb: str) -> None:
    assert "INBOX_BIND" in sentence(inbox(verb, INBOX_BIND="nowhere"))


def test_an_unknown_verb_points_to_the_help(inbox: Inbox) -> None:
    assert "--help" in sentence(inbox("dance"))


def test_no_verb_shows_the_help(inbox: Inbox) -> None:
    shown = inbox()
    assert shown.code == 2
    assert "doctor" in shown.out + shown.err


def test_a_database_that_was_never_upgraded_is_not_touched(inbox: Inbox, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert "inbox db upgrade" in sentence(inbox("site", "list"))


@pytest.mark.parametrize("verb", ["worker", "schedule", "listen"])
def test_a_process_does_not_start_on_an_outdated_database(
    inbox: Inbox, tmp_path: Path, verb: str
) -> None:
    (tmp_path / "data").mkdir()
    assert "inbox db upgrade" in sentence(inbox(verb))


def test_a_database_that_does_not_answer_is_named(inbox: Inbox, free_port: int) -> None:
    url = f"postgresql://nobody@127.0.0.1:{free_port}/nothing"
    assert "DATABASE_URL" in sentence(inbox("site", "list", DATABASE_URL=url))


def test_a_database_file_that_is_none_is_refused(inbox: Inbox, tmp_path: Path) -> None:
    (tmp_path / "junk.db").write_bytes(b"this is no database " * 100)
    url = f"sqlite:///{tmp_path / 'junk.db'}"
    assert "database" in sentence(inbox("db", "upgrade", DATABASE_URL=url))


def test_a_data_folder_that_cannot_be_made_is_named(inbox: Inbox, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = sentence(inbox("site", "list", INBOX_DATA_DIR=str(tmp_path / "file" / "data")))
    assert "INBOX_DATA_DIR" in found


def test_a_worker_without_redis_says_where_to_get_one(inbox: Inbox, site_id: str) -> None:
    assert "REDIS_URL" in sentence(inbox("worker"))


def test_an_unreachable_redis_stops_the_whole_tree_at_once(inbox: Inbox, free_port: int) -> None:
    url = f"redis://127.0.0.1:{free_port}/0"
    result = inbox(
        "up", REDIS_URL=url, INBOX_BIND=f"127.0.0.1:{free_port}", INBOX_LOG_LEVEL="error"
    )
    assert "REDIS_URL" in sentence(result)


@pytest.mark.parametrize("verb", ["up", "serve"])
def test_a_port_in_use_is_named(inbox: Inbox, verb: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        assert address in sentence(inbox(verb, INBOX_BIND=address, INBOX_LOG_LEVEL="error"))


@pytest.fixture
def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
