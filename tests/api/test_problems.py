"""Errors as problem+json."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import Forbidden as HttpForbidden
from werkzeug.exceptions import TooManyRequests

from inbox_service import errors
from inbox_service.api.app import LARGEST_BODY
from inbox_service.api.errors import problem, register


def told(error: Exception) -> tuple[int, dict[str, Any], dict[str, str]]:
    """Return what a view that raises `error` answers."""
    app = Flask("errors")
    register(app)

    def fail() -> None:
        raise error

    app.add_url_rule("/", view_func=fail)
    answer = app.test_client().get("/")
    assert answer.content_type == "application/problem+json"
    return answer.status_code, answer.json or {}, dict(answer.headers)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.NotFound, 404),
        (errors.Invalid, 422),
        (errors.Unauthenticated, 401),
        (errors.Forbidden, 403),
        (errors.Conflict, 409),
        (errors.Stale, 412),
        (errors.Gone, 410),
        (errors.TooMany, 429),
        (errors.Unavailable, 503),
        (errors.Misconfigured, 500),
    ],
)
def test_each_error_of_ours_has_its_status_code_and_sentence(
    kind: type[errors.InboxError], status: int
) -> None:
    got, body, _ = told(kind())
    assert (got, body["status"], body["code"], body["type"]) == (
        status,
        status,
        kind.code,
        "about:blank",
    )
    assert body["detail"] == (kind.__doc__ or "").strip()


def test_every_error_of_ours_is_covered_above() -> None:
    ours = [
        kind for kind in errors.InboxError.__subclasses__() if kind.__module__ == errors.__name__
    ]
    assert len(ours) == 10


def test_an_error_made_more_precise_keeps_its_status() -> None:
    class NoSuchTeam(errors.NotFound):
        """There is no such team."""

    assert told(NoSuchTeam())[0] == 404


def test_details_of_an_error_are_members_of_the_problem() -> None:
    _, body, _ = told(errors.Invalid("No.", code="odd", field="name", more=[1]))
    assert (body["code"], body["field"], body["more"]) == ("odd", "name", [1])


def test_a_wait_is_a_header_too() -> None:
    _, _, headers = told(errors.TooMany(retry_after=7))
    assert headers["Retry-After"] == "7"


@pytest.mark.parametrize(
    "error",
    [OperationalError("SELECT secret", {}, Exception("host=db.internal")), PoolTimeout("pool")],
)
def test_a_database_that_fails_is_not_quoted(error: Exception) -> None:
    status, body, _ = told(error)
    assert (status, body["code"]) == (503, "database_unavailable")
    assert "secret" not in str(body)
    assert "internal" not in str(body)


def test_the_frameworks_errors_are_problems_too() -> None:
    assert told(HttpForbidden("Not you."))[1]["code"] == "forbidden"
    status, body, headers = told(TooManyRequests(retry_after=9))
    assert (status, body["title"], headers["Retry-After"]) == (429, "Too Many Requests", "9")


def test_a_problem_keeps_letters_of_every_script() -> None:
    answer = problem(422, "invalid", "لا")
    assert (answer.get_json() or {})["detail"] == "لا"


class Sent(BytesIO):
    """The body of a request as it comes out of a socket."""

    @property
    def left(self) -> int:
        """Return how many bytes nobody has read."""
        return len(self.getbuffer()) - self.tell()


@pytest.mark.parametrize(
    ("path", "status"), [("/api/v1/tickets/1/messages", 413), ("/api/v1/nothing", 404)]
)
def test_a_refused_body_is_read_so_that_its_sender_gets_to_the_answer(
    app: Flask, path: str, status: int
) -> None:
    body = Sent(b"x" * (LARGEST_BODY + 500_000))
    answer = app.test_client().post(path, input_stream=body, content_length=LARGEST_BODY + 500_000)
    assert (answer.status_code, body.left) == (status, 0)


def test_an_endless_body_is_not_heard_out(app: Flask) -> None:
    body = Sent(b"x" * (4 * LARGEST_BODY))
    app.test_client().post("/api/v1/nothing", input_stream=body, content_length=4 * LARGEST_BODY)
    assert body.left == 2 * LARGEST_BODY
