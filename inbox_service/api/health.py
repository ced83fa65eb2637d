"""Whether the service lives, is ready, and how fast it answers; for machines that watch it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from inbox_service.deps import Deps
from inbox_service.errors import InboxError, Unavailable

from .context import current

health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> Response:
    """Answer as long as the process can."""
    return jsonify(status="ok")


@health.get("/readyz")
def ready() -> tuple[Response, int]:
    """Tell, part by part, whether work can be done; 503 and what to do where it cannot."""
    context = current()
    checks = {"database": _words(lambda: check_database(context.deps))}
    checks |= {name: _words(probe) for name, probe in context.probes.items()}
    # 503 for any part: whoever waits for the service waits for work to be done, too.
    good = all(words == "ok" for words in checks.values())
    return jsonify(status="ready" if good else "not ready", checks=checks), 200 if good else 503


@health.get("/metrics")
def metrics() -> Response:
    """Return the figures of this process in the Prometheus text format."""
    return Response(current().metrics.text(), content_type="text/plain; version=0.0.4")


def check_database(deps: Deps) -> None:
    """Raise Unavailable where the database does not answer or has no tables yet."""
    try:
        with deps.sessions.reading() as connection:
            connection.execute(text("SELECT id FROM sites LIMIT 1"))
    except DBAPIError as error:
        raise Unavailable(
            "The database answers, but not as expected: run `inbox db upgrade`, "
            "then look at its own log.",
        ) from error


def _words(probe: Callable[[], None]) -> str:
    try:
        probe()
    except InboxError as error:
        return str(error)
    return "ok"
