"""Batches: many calls in one multipart/mixed request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from http import HTTPStatus

from connectors.testkit.gmail_simulator.errors import invalid
from connectors.testkit.gmail_simulator.quota import too_many_at_once
from connectors.testkit.gmail_simulator.wire import Request, Response, json_response
from connectors.testkit.gmail_simulator.world import World, random_token

PATHS = ("/batch", "/batch/gmail/v1")
LIMIT = 100
_LINE = 3  # pieces of a request line


@dataclass(frozen=True, slots=True)
class Inner:
    """One call of a batch and the id its answer carries."""

    request: Request
    content_id: str


def run(world: World, request: Request, handle: Callable[[Request], Response]) -> Response:
    """Answer every call of a batch, in their order."""
    calls = _inner_calls(request)
    if len(calls) > LIMIT:
        raise invalid(
            f"Inner request count exceeds the limit. Received: {len(calls)}, Limit: {LIMIT}"
        )
    if not calls:
        raise invalid("Failed to parse batch request, error: 0 items. Received batch body: (0)")
    boundary = f"batch_{random_token(32)}"
    parts = [_part(boundary, call, _one(world, at, call, handle)) for at, call in enumerate(calls)]
    body = b"".join(parts) + f"--{boundary}--".encode()
    return Response(200, body, f"multipart/mixed; boundary={boundary}")


def _one(world: World, at: int, call: Inner, handle: Callable[[Request], Response]) -> Response:
    # The calls of a batch run at the same time, so a batch larger than the user's limit of
    # concurrent calls strikes it, as measured by amd/gaia#2720.
    limit = world.settings.concurrency
    if limit and at >= limit:
        error = too_many_at_once()
        return json_response(error.body(), error.status)
    return handle(call.request)


def _inner_calls(request: Request) -> list[Inner]:
    head = f"Content-Type: {request.headers.get('content-type', '')}\r\n\r\n".encode()
    parsed = message_from_bytes(head + request.body)
    parts = parsed.get_payload() if parsed.is_multipart() else []
    if not isinstance(parts, list):
        return []
    return [_inner(request, part) for part in parts if isinstance(part, Message)]


def _inner(outer: Request, part: Message) -> Inner:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    line, _, rest = content.lstrip().partition(b"\n")
    words = line.decode("utf-8", "replace").split()
    if part.get_content_type() != "application/http" or len(words) != _LINE:
        raise invalid("Failed to parse batch request.")
    head, body = _halves(rest)
    # An inner call without a token of its own uses that of the batch (guides/batch).
    inherited = {"authorization": outer.headers.get("authorization", "")}
    headers = inherited | {name.lower(): value for name, value in head.items()}
    inner = Request.of(words[0], words[1], outer.root, headers, body)
    return Inner(inner, part.get("Content-ID", ""))


def _halves(rest: bytes) -> tuple[Message, bytes]:
    head, gap, body = rest.replace(b"\r\n", b"\n").partition(b"\n\n")
    # A call without body ends after its fields, where a cut-off trailing line end may be missing.
    return message_from_bytes(head + b"\n\n"), body.rstrip(b"\n") if gap else b""


def _part(boundary: str, call: Inner, answer: Response) -> bytes:
    # "<a + 1>" is answered as "<response-a + 1>": so the client finds the call again.
    named = call.content_id.removeprefix("<")
    reason = HTTPStatus(answer.status).phrase
    head = (
        f"--{boundary}\r\nContent-Type: application/http\r\n"
        f"Content-ID: <response-{named}\r\n\r\n"
        f"HTTP/1.1 {answer.status} {reason}\r\nContent-Type: {answer.content_type}\r\n"
        f"Content-Length: {len(answer.body)}\r\n\r\n"
    )
    return head.encode() + answer.body + b"\r\n"
