"""Uploads (media, multipart, resumable): each ends as the call it would be with a JSON body."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message
from urllib.parse import urlencode

from connectors.testkit.gmail_simulator import tokens
from connectors.testkit.gmail_simulator.errors import ApiError, invalid
from connectors.testkit.gmail_simulator.store import Db, Row, one
from connectors.testkit.gmail_simulator.view import encode
from connectors.testkit.gmail_simulator.wire import Json, Request, Response
from connectors.testkit.gmail_simulator.world import World, random_token

PREFIXES = ("/resumable/upload", "/upload")
_RANGE = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")
CHUNK_STEP = 256 * 1024  # all chunks but the last are a multiple of this


@dataclass(frozen=True, slots=True)
class Upload:
    """A whole upload: the JSON part and the mail."""

    metadata: Json
    content: bytes

    def as_call(self, request: Request, path: str) -> Request:
        """Return the plain call that says the same."""
        raw = encode(self.content)
        draft = path.rstrip("/").endswith("/drafts/send") or "/drafts" in path
        message = (self.metadata.get("message") or {}) if draft else self.metadata
        filled = message | {"raw": raw}
        body = self.metadata | {"message": filled} if draft else filled
        return replace(request, path=path).with_json(body)


def plain_path(path: str) -> str:
    """Return the path an upload path stands for, "" when it is none."""
    for prefix in PREFIXES:
        if path.startswith(f"{prefix}/gmail/"):
            return path.removeprefix(prefix)
    return ""


def receive(world: World, request: Request) -> Request | Response:
    """Take an upload: the call to make once all is there, or what to answer before."""
    kind = request.arg("uploadType")
    path = plain_path(request.path)
    if kind == "media":
        return Upload({}, request.body).as_call(request, path)
    if kind == "multipart":
        return _related(request).as_call(request, path)
    if kind == "resumable":
        return _resumable(world, request, path)
    raise invalid("Invalid upload type.")


def _related(request: Request) -> Upload:
    """Read a multipart/related body: JSON, then the mail."""
    head = f"Content-Type: {request.headers.get('content-type', '')}\r\n\r\n".encode()
    parts = message_from_bytes(head + request.body)
    found = parts.get_payload() if parts.is_multipart() else []
    if not isinstance(found, list) or len(found) != 2 or not isinstance(found[0], Message):
        raise invalid("Bad content: a multipart upload has a JSON part and a media part.")
    described = found[0].get_payload(decode=True)
    metadata = json.loads(described) if isinstance(described, bytes) and described else {}
    return Upload(metadata, _second_part(request))


def _second_part(request: Request) -> bytes:
    """Return the media bytes as they came: a parser would take the mail itself apart."""
    boundary = re.search(r'boundary="?([^";]+)"?', request.headers.get("content-type", ""))
    assert boundary is not None
    piece = request.body.split(b"--" + boundary[1].encode())[2]
    _, _, content = piece.replace(b"\r\n\r\n", b"\n\n", 1).partition(b"\n\n")
    return content.removesuffix(b"\n").removesuffix(b"\r")


def _resumable(world: World, request: Request, path: str) -> Request | Response:
    upload_id = request.arg("upload_id")
    with world.store.open() as db:
        if not upload_id:
            # The first request is refused without a token; the chunks that follow need none but
            # the last, which makes the call.
            tokens.grant_of(db, request.headers.get("authorization", ""), world.now())
            return _begin(db, request)
        row = one(db, "SELECT * FROM uploads WHERE id = ?", upload_id)
        if row is None:
            raise ApiError(404, "notFound", "Upload not found")
        return _continue(db, request, row, path)


def _begin(db: Db, request: Request) -> Response:
    upload_id = random_token(40)
    db.execute(
        "INSERT INTO uploads VALUES (?, ?, ?, ?)",
        (upload_id, request.verb, json.dumps(request.json()), b""),
    )
    query = urlencode({"uploadType": "resumable", "upload_id": upload_id})
    location = f"{request.root}{request.path}?{query}"
    headers = {"Location": location, "X-GUploader-UploadID": upload_id}
    return Response(200, b"", headers=headers)


def _continue(db: Db, request: Request, row: Row, path: str) -> Request | Response:
    """Take a chunk; its start must be where the last one ended."""
    content: bytes = row["content"]
    first, total = 0, str(len(content) + len(request.body))
    if "content-range" in request.headers:
        found = _RANGE.fullmatch(request.headers["content-range"])
        if not found:
            raise invalid("Failed to parse Content-Range header.")
        first, total = int(found[1] or len(content)), found[3]
    # A chunk that repeats or skips bytes would make another mail of it.
    if first != len(content):
        raise ApiError(503, "backendError", "Chunk does not start where the upload stands.")
    content += request.body
    if total != str(len(content)):
        db.execute("UPDATE uploads SET content = ? WHERE id = ?", (content, row["id"]))
        held = {"Range": f"bytes=0-{len(content) - 1}"} if content else {}
        return Response(308, b"", headers=held)
    db.execute("DELETE FROM uploads WHERE id = ?", (row["id"],))
    # Chunks come by PUT; the call is what the first request was.
    first_request = replace(request, verb=row["verb"])
    return Upload(json.loads(row["metadata"]), content).as_call(first_request, path)
