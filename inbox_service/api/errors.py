"""Errors as application/problem+json (RFC 9457): the one place where codes become statuses."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, json
from marshmallow import Schema, fields
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, InternalServerError

from inbox_service.errors import (
    Conflict,
    Forbidden,
    Gone,
    InboxError,
    Invalid,
    NotFound,
    Stale,
    TooMany,
    Unauthenticated,
    Unavailable,
)

CONTENT_TYPE = "application/problem+json"

_STATUSES: dict[type[InboxError], int] = {
    Invalid: 422,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    Gone: 410,
    Stale: 412,
    TooMany: 429,
    Unavailable: 503,
}
_STATUS_OF_CODE = {"precondition_required": 428}

_log = structlog.get_logger("inbox.http")


class ProblemSchema(Schema):
    """An error. `code` is stable and for programs, `detail` a sentence for people."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    detail = fields.String(required=True)
    field = fields.String()


def register(app: Flask) -> None:
    """Answer every error of the application as a problem."""
    app.register_error_handler(InboxError, _of_ours)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(InternalServerError, _of_unknown)
    app.register_error_handler(OperationalError, _of_database)
    app.register_error_handler(PoolTimeout, _of_database)


def problem(status: int, code: str, detail: str, **more: Any) -> Response:
    """Return an error answer."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **more,
    }
    return Response(json.dumps(body), status, content_type=CONTENT_TYPE)


def _of_ours(error: InboxError) -> Response:
    status = _STATUS_OF_CODE.get(error.code) or _status(type(error))
    answer = problem(status, error.code, str(error), **error.details)
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"  # RFC 9110 11.6.1
    if "retry_after" in error.details:
        answer.headers["Retry-After"] = str(error.details["retry_after"])
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("misconfigured", code=error.code, detail=str(error))
    return answer


def _status(kind: type[InboxError]) -> int:
    # By the nearest ancestor, so that a more precise error needs no entry of its own.
    known = [_STATUSES[one] for one in kind.__mro__ if one in _STATUSES]
    return known[0] if known else 500


def _of_http(error: HTTPException) -> Response:
    status = error.code or 500
    messages = getattr(error, "data", {}).get("messages")
    # What webargs attaches to the 422 (or 400) it raises for a schema.
    if messages:
        return _of_validation(status, messages)
    answer = problem(status, _code(status), error.description or HTTPStatus(status).phrase)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            answer.headers[name] = value
    return answer


def _of_validation(status: int, messages: dict[str, Any]) -> Response:
    """Answer what a schema found wrong: `messages` is {location: {field: [sentence]}}."""
    found = [pair for location in messages.values() for pair in _flat(location, "")]
    name, sentence = found[0]
    errors = [{"field": name, "detail": sentence} for name, sentence in found]
    detail = f"{name}: {sentence}" if name else sentence
    return problem(status, "invalid", detail, field=name, errors=errors)


def _flat(messages: Any, path: str) -> list[tuple[str, str]]:
    if isinstance(messages, dict):
        pairs = []
        for name, inner in messages.items():
            known = "" if name == "_schema" else str(name)
            pairs += _flat(inner, f"{path}.{known}".strip("."))
        return pairs
    if isinstance(messages, list):
        return [(path, str(sentence)) for sentence in messages]
    return [(path, str(messages))]


def _of_unknown(_error: InternalServerError) -> Response:
    return problem(500, "internal", "Something went wrong in the service; it has been logged.")


def _of_database(error: OperationalError | PoolTimeout) -> Response:
    # The driver's words name hosts, files and statements: they are not for clients.
    _log.error("database_unavailable", error=type(error).__name__)
    return problem(
        503, "database_unavailable", "The database does not answer: try again in a moment."
    )


def _code(status: int) -> str:
    return HTTPStatus(status).phrase.lower().replace(" ", "_").replace("-", "_")
