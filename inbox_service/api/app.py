"""The application factory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import structlog
from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from inbox_service.deps import Deps

from . import errors, health, observe, openapi
from .context import Context, current

_log = structlog.get_logger("inbox.http")

LARGEST_BODY = 5 * 1024 * 1024
_PIECE = 64 * 1024


class InboxApp(Flask):
    """Flask, which would log the path of a failed request, and with it a file's token."""

    def log_exception(self, exc_info: Any) -> None:
        """Log the error alone; the request's own line says which route it was."""
        _log.error("unexpected", exc_info=exc_info)


def create_app(deps: Deps, probes: Mapping[str, Callable[[], None]] | None = None) -> Flask:
    """Return the web application over `deps`.

    `probes` are further checks for /readyz, by name: each returns, or raises InboxError with words
    that say what to do. The database is always checked.
    """
    app = InboxApp("inbox_service", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    # OPTIONS answers cross-site questions of browsers; no browser calls this service.
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    Context.of(deps, probes).attach(app)
    openapi.add_resources(app)
    app.register_blueprint(health.health)
    errors.register(app)
    observe.register(app, lambda: current().metrics)
    app.after_request(_hear_out)
    # Believed only as far as configured: anybody can send X-Forwarded-For.
    if deps.settings.trusted_proxies:
        hops = deps.settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    return app


def _hear_out(response: Response) -> Response:
    """Read what a refused request still sends, within reason, so that its sender reads our answer.

    A socket closed over unread bytes is reset, and the reset overtakes the answer: the proxy then
    says 502 instead (RFC 9112, section 9.6).
    """
    left = 2 * LARGEST_BODY
    while left > 0 and (piece := request.environ["wsgi.input"].read(_PIECE)):
        left -= len(piece)
    return response
