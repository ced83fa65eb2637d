"""HTTP as values: what came in, what goes out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from connectors.testkit.gmail_simulator.errors import ApiError

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request. Header names are lower case; `root` is the server's own address."""

    verb: str
    path: str
    root: str
    query: Mapping[str, list[str]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @classmethod
    def of(
        cls, verb: str, target: str, root: str, headers: Mapping[str, str], body: bytes
    ) -> Request:
        """Take a request line's target apart; the path stays percent-encoded."""
        parts = urlsplit(target)
        query = parse_qs(parts.query, keep_blank_values=True)
        return cls(verb, parts.path, root, query, headers, body)

    def arg(self, name: str, default: str = "") -> str:
        """Return the last value of a query parameter."""
        return self.query[name][-1] if name in self.query else default

    def args(self, name: str) -> list[str]:
        return self.query.get(name, [])

    def flag(self, name: str) -> bool:
        """Tell whether a boolean query parameter is true."""
        return self.arg(name).lower() in ("true", "1")

    def number(self, name: str, default: int, ceiling: int) -> int:
        """Return a whole number from the query, between 1 and `ceiling`."""
        text = self.arg(name)
        if not text:
            return default
        if not text.isdigit():
            raise ApiError(400, "invalidArgument", f"Invalid value at '{name}' (TYPE_UINT32)")
        return max(1, min(int(text), ceiling))

    def json(self) -> Json:
        """Return the JSON object of the body, empty when there is none."""
        if not self.body:
            return {}
        try:
            found = json.loads(self.body)
        except ValueError as error:
            raise ApiError(400, "parseError", "Invalid JSON payload received.") from error
        if not isinstance(found, dict):
            raise ApiError(400, "parseError", "Invalid JSON payload received. Not an object.")
        return found

    def form(self) -> dict[str, str]:
        fields = parse_qs(self.body.decode("utf-8", "replace"), keep_blank_values=True)
        return {name: values[-1] for name, values in fields.items()}

    def with_json(self, body: Json) -> Request:
        return replace(self, body=json.dumps(body).encode())


@dataclass(frozen=True, slots=True)
class Response:
    """One HTTP response."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json; charset=UTF-8"
    headers: Mapping[str, str] = field(default_factory=dict)


def json_response(body: Json | list[Json], status: int = 200) -> Response:
    return Response(status, json.dumps(body, separators=(",", ":")).encode())


def segments(path: str) -> list[str]:
    """Split a path and decode each piece, so that an encoded slash stays inside its piece."""
    return [unquote(piece) for piece in path.strip("/").split("/")]
