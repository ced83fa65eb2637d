import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from inbox_service import logs


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def stream() -> io.StringIO:
    """Where the lines of this test go."""
    return io.StringIO()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_is_one_json_object_with_time_level_and_logger(stream: io.StringIO) -> None:
    logs.configure("info", stream=stream)
    structlog.get_logger("workers.example").info("started", pid=7)
    (line,) = lines(stream)
    assert line["timestamp"].endswith("Z")
    assert {"event": "started", "level": "info", "logger": "workers.example", "pid": 7}.items() <= (
        line.items()
    )


def test_lines_of_libraries_look_the_same(stream: io.StringIO) -> None:
    logs.configure("info", stream=stream)
    logging.getLogger("gunicorn.error").info("Listening at %s", "here")
    (line,) = lines(stream)
    assert (line["event"], line["logger"]) == ("Listening at here", "gunicorn.error")


def test_ids_bound_to_the_context_stand_in_every_line(stream: io.StringIO) -> None:
    logs.configure("info", stream=stream)
    with structlog.contextvars.bound_contextvars(site=1, mailbox=2):
        structlog.get_logger("a").info("ours")
        logging.getLogger("b").warning("theirs")
    assert [(line["site"], line["mailbox"]) for line in lines(stream)] == [(1, 2), (1, 2)]


def test_the_process_is_named_where_it_has_a_name(stream: io.StringIO) -> None:
    logs.configure("info", "worker-1", stream=stream)
    structlog.get_logger("a").info("started")
    assert lines(stream)[0]["process"] == "worker-1"


def test_an_error_with_its_cause_stays_one_line(stream: io.StringIO) -> None:
    logs.configure("info", stream=stream)
    try:
        int("no such thing")
    except ValueError:
        structlog.get_logger("a").exception("failed")
    (line,) = lines(stream)
    assert "ValueError: invalid literal" in line["exception"]


def test_lines_below_the_level_are_left_out(stream: io.StringIO) -> None:
    logs.configure("warning", stream=stream)
    structlog.get_logger("a").info("quiet")
    logging.getLogger("b").info("quiet")
    assert lines(stream) == []


def test_talkative_libraries_are_heard_from_warning_on(stream: io.StringIO) -> None:
    logs.configure("info", stream=stream)
    logging.getLogger("rq.worker").info("Job OK")
    logging.getLogger("rq.worker").error("Job failed")
    assert [line["event"] for line in lines(stream)] == ["Job failed"]
