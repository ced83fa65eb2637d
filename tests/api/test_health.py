"""What machines that watch the service are told, and what is logged."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from shop import API, Shop
from structlog.testing import capture_logs

from inbox_service.api import create_app
from inbox_service.deps import Deps
from inbox_service.errors import Unavailable
from inbox_service.store.engine import Sessions
from inbox_service.testing import make_deps


def down() -> None:
    raise Unavailable("Redis does not answer: start it.")


def test_a_process_that_answers_is_alive(app: Flask) -> None:
    assert app.test_client().get("/healthz").json == {"status": "ok"}


def test_a_service_whose_parts_answer_is_ready(deps: Deps) -> None:
    answer = create_app(deps, {"redis": lambda: None}).test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (
        200,
        {"status": "ready", "checks": {"database": "ok", "redis": "ok"}},
    )


def test_a_part_that_does_not_answer_is_named_with_what_to_do(deps: Deps) -> None:
    answer = create_app(deps, {"redis": down}).test_client().get("/readyz")
    assert answer.json
    assert answer.status_code == 503
    assert answer.json["checks"]["redis"] == "Redis does not answer: start it."


def test_a_database_without_tables_is_not_ready(tmp_path: Path) -> None:
    bare = make_deps(tmp_path, f"sqlite:///{tmp_path / 'bare.db'}")
    answer = create_app(bare).test_client().get("/readyz")
    bare.sessions.close()
    assert answer.json
    assert "inbox db upgrade" in answer.json["checks"]["database"]


def test_an_unreachable_database_is_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    lost = make_deps(tmp_path, f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}")
    client = create_app(lost).test_client()
    assert client.get("/readyz").status_code == 503
    answer = client.get(f"{API}/me", headers={"Authorization": "Bearer uik_1_x"})
    lost.sessions.close()
    assert answer.json
    assert (answer.status_code, answer.json["code"]) == (503, "database_unavailable")


def test_requests_are_counted_by_route_and_status(shop: Shop) -> None:
    shop.manager.get("/tickets/5")
    text = shop.app.test_client().get("/metrics").text
    assert (
        'inbox_http_request_seconds_count{method="GET",'
        'route="/api/v1/tickets/<int(max=9007199254740991):number>",status="404"} 1.0'
    ) in text


def test_a_request_is_logged_with_its_site_and_without_its_token(shop: Shop) -> None:
    with capture_logs() as lines:
        answer = shop.plugin.get("/files/secret-token")
    assert [line["route"] for line in lines] == ["/api/v1/files/<token>"]
    assert lines[0]["status"] == answer.status_code == 404
    assert "secret-token" not in str(lines)


def test_an_answer_carries_the_requests_id(app: Flask) -> None:
    client = app.test_client()
    given = client.get("/healthz", headers={"X-Request-Id": "abcd-1234"})
    made = client.get("/healthz", headers={"X-Request-Id": "a b\u00e9"})
    assert given.headers["X-Request-Id"] == "abcd-1234"
    assert len(made.headers["X-Request-Id"]) == 16


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", f"{API}/nowhere", 404, "not_found"),
        ("POST", "/healthz", 405, "method_not_allowed"),
    ],
)
def test_an_address_that_is_not_ours_is_a_problem_too(
    app: Flask, method: str, path: str, status: int, code: str
) -> None:
    answer = app.test_client().open(path, method=method)
    assert answer.json
    assert answer.content_type == "application/problem+json"
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_a_body_beyond_all_measure_is_refused(app: Flask) -> None:
    answer = app.test_client().post(f"{API}/pairing", data=b"x" * (5 * 1024 * 1024 + 1))
    assert answer.status_code in (413, 422)


def test_a_fault_of_ours_says_nothing_of_the_inside(deps: Deps) -> None:
    def broken() -> None:
        raise ZeroDivisionError("password=hunter2")

    app = create_app(deps)
    app.add_url_rule("/broken", view_func=broken)
    with capture_logs() as lines:
        answer = app.test_client().get("/broken")
    assert answer.json
    assert (answer.status_code, answer.json["code"]) == (500, "internal")
    assert "hunter2" not in answer.text
    assert "unexpected" in [line["event"] for line in lines]
    assert isinstance(deps.sessions, Sessions)
