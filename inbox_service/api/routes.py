"""Routes that say, in one line, whom they admit and what they take and return."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import quote

from flask import g, request
from flask_smorest import Blueprint
from marshmallow import Schema
from structlog.contextvars import bind_contextvars

from inbox_service.deps import Deps
from inbox_service.errors import Forbidden
from inbox_service.services.auth import Caller, CallerType, SignedRequest, identify

from .context import current

PREFIX = "/api/v1"

# Whom a route may admit. Programs hold API keys, and what they may do is their keys' scopes.
Admitted = tuple[CallerType, ...]
AGENT: Admitted = ("agent",)
PLUGIN: Admitted = ("plugin",)
READERS: Admitted = ("agent", "program")
ANYONE: Admitted = ()

_BYTES = {
    "required": True,
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}

SchemaType = type[Schema] | Schema
View = TypeVar("View", bound=Callable[..., Any])


class Bytes(Schema):
    """A body that is a file's bytes, or a piece of one."""


@dataclass(frozen=True, slots=True)
class Call:
    """One admitted request."""

    deps: Deps
    known_caller: Caller | None

    @property
    def caller(self) -> Caller:
        """Who calls; a route that admits anyone has no caller to ask for."""
        if self.known_caller is None:
            raise Forbidden
        return self.known_caller


class Routes:
    """The routes of one resource: a blueprint that cannot hold a route without `admits`."""

    def __init__(self, name: str, description: str) -> None:
        """Take the resource's name, which is also its tag in the OpenAPI document."""
        self.blueprint: Any = Blueprint(name, __name__, url_prefix=PREFIX, description=description)

    def route(
        self,
        method: str,
        rule: str,
        *,
        admits: Admitted,
        returns: SchemaType | None = None,
        status: int = 200,
        content_type: str = "application/json",
        largest_body: int | None = None,
        may_have_moved: bool = False,
        **takes: SchemaType,
    ) -> Callable[[View], View]:
        """Register a view `(call, **takes, **path parts)`.

        `takes` maps the names `query`, `headers` and `body` to the schema each is checked by,
        before the view and after the caller: a stranger learns nothing about our schemas. A
        `body` of `Bytes` is no JSON: the view reads it itself.
        """

        def register(view: View) -> View:
            endpoint = self._documented(view, returns, status, content_type)
            for name, schema in takes.items():
                if schema is Bytes:
                    endpoint = self.blueprint.doc(requestBody=_BYTES)(endpoint)
                    continue
                location = "json" if name == "body" else name
                endpoint = self.blueprint.arguments(schema, location=location, arg_name=name)(
                    endpoint
                )
            # Outermost, hence first: nothing of a request is looked at before its caller is known.
            endpoint = self._guarded(endpoint, admits, largest_body, may_have_moved)
            self.blueprint.route(rule, methods=[method], endpoint=view.__name__)(endpoint)
            return view

        return register

    def _documented(
        self, view: View, returns: SchemaType | None, status: int, content_type: str
    ) -> Any:
        @wraps(view)
        def with_call(**arguments: Any) -> Any:
            return view(g.call, **arguments)

        return self.blueprint.response(status, returns, content_type=content_type)(with_call)

    def _guarded(
        self,
        endpoint: Any,
        admits: Admitted,
        largest_body: int | None,
        may_have_moved: bool,
    ) -> Any:
        @wraps(endpoint)
        def guarded(**arguments: Any) -> Any:
            deps = current().deps
            if largest_body is not None:
                request.max_content_length = largest_body
            caller = admitted(deps, admits, may_have_moved) if admits else None
            g.call = Call(deps, caller)
            return endpoint(**arguments)

        guarded.admits = admits  # type: ignore[attr-defined]
        # The scopes of the scheme hold the admitted types, so that the document tells them too.
        security = [{"bearer": list(admits)}] if admits else []
        return self.blueprint.doc(security=security)(guarded)


def admitted(deps: Deps, admits: Admitted, may_have_moved: bool = False) -> Caller:
    """Return the request's caller; raises where it is not proven, or not of an admitted type."""
    caller = identify(
        deps,
        SignedRequest(
            request.headers.get("Authorization", ""),
            request.method,
            path_as_sent(),
            # Kept, because the body's schema reads it again.
            request.get_data(cache=True),
        ),
        may_have_moved=may_have_moved,
    )
    # A guest's subject is his token: it opens tickets, and is never logged.
    who = caller.type if caller.type == "guest" else f"{caller.type}:{caller.subject}"
    bind_contextvars(site_id=caller.site_id, actor=who)
    if caller.type not in admits:
        raise Forbidden("This address is not for callers of your type.", code="actor_not_admitted")
    if caller.type == "program" and "read" not in caller.scopes:
        raise Forbidden("The API key has no scope for this.", code="scope_missing")
    return caller


def path_as_sent() -> str:
    """Return path and query byte for byte as the client sent them, which is what it signed."""
    raw: str = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI") or ""
    if not raw:
        # A server that keeps no raw address: rebuild it, which is right for addresses in their
        # usual spelling.
        query = request.query_string.decode("latin-1")
        return quote(request.path) + (f"?{query}" if query else "")
    if not raw.startswith("/"):
        raw = "/" + raw.partition("://")[2].partition("/")[2]  # RFC 9112 3.2.2, absolute form
    return raw
