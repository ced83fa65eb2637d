"""What is told about requests: a log line, an id, and figures; never a body or a token."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable

import structlog
from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from structlog.contextvars import bind_contextvars, clear_contextvars

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
# Lists and tickets promise 50 ms at p95, so the buckets are finest around it.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 2.5, 10)
# Asked every few seconds by machines and open screens: their lines would drown the others.
_QUIET_ROUTES = ("/healthz", "/readyz", "/metrics", "/api/v1/live")

_log = structlog.get_logger("inbox.http")


class Metrics:
    """The figures of one web process, in the Prometheus text format."""

    def __init__(self) -> None:
        """Start at zero; every application has its own registry."""
        self._registry = CollectorRegistry()
        self._seconds = Histogram(
            "inbox_http_request_seconds",
            "Seconds from the first byte of a request to its answer",
            ["method", "route", "status"],
            buckets=_BUCKETS,
            registry=self._registry,
        )

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        self._seconds.labels(method, route, str(status)).observe(seconds)

    def text(self) -> bytes:
        """Return all figures as Prometheus reads them."""
        return generate_latest(self._registry)


def register(app: Flask, metrics: Callable[[], Metrics]) -> None:
    """Observe every request of the application; `metrics` finds the figures to add it to."""

    def begin() -> None:
        # A proxy's id is kept, so that one request has one name in both logs.
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        g.started = time.perf_counter()
        # Threads serve one request after another: nothing of the last one may stick.
        clear_contextvars()
        bind_contextvars(request_id=g.request_id)

    def end(response: Response) -> Response:
        seconds = time.perf_counter() - g.started
        # The rule, not the path: file tokens stand in paths, and a label per ticket would be many.
        route = request.url_rule.rule if request.url_rule else "unknown"
        metrics().count(request.method, route, response.status_code, seconds)
        response.headers["X-Request-Id"] = g.request_id
        if route not in _QUIET_ROUTES:
            _log.info(
                "request",
                method=request.method,
                route=route,
                status=response.status_code,
                ms=round(seconds * 1000, 1),
                **_named_parts(),
            )
        return response

    app.before_request(begin)
    app.after_request(end)


def _named_parts() -> dict[str, str]:
    parts = request.view_args or {}
    return {name: str(value) for name, value in parts.items() if name != "token"}
