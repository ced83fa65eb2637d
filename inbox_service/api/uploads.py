"""Uploads: files for a ticket's next mail, in pieces."""

from __future__ import annotations

from typing import Any

from flask import request
from marshmallow import Schema, fields, validate

from inbox_service.services import files
from inbox_service.services import uploads as service
from inbox_service.services.uploads import Announced

from .fields import LARGEST_ID, LARGEST_NUMBER, Id, Text
from .routes import AGENT, Bytes, Call, Routes
from .tickets import TICKET

uploads = Routes("uploads", "Files on their way into a mail")

_OF_TICKET = f"{TICKET}/uploads"
_UPLOAD = f"/uploads/<int(max={LARGEST_ID}):upload_id>"


class AnnouncedSchema(Schema):
    """A file that is about to be sent."""

    name = Text(required=True, least=1, most=255)
    content_type = Text(load_default="application/octet-stream", most=127)
    size = fields.Integer(required=True, strict=True, validate=validate.Range(0, LARGEST_NUMBER))
    inline = fields.Boolean(load_default=False)


class UploadSchema(Schema):
    """A file, and how much of it is here; the HTML of a mail shows an inline one by `cid:`.

    `file_token` fetches it for ten minutes, for the agent who brought it alone; null until it is
    whole.
    """

    id = Id(required=True)
    name = fields.String(required=True)
    content_type = fields.String(required=True)
    content_id = fields.String(required=True, allow_none=True)
    size = fields.Integer(required=True)
    received = fields.Integer(required=True)
    file_token = fields.String(required=True, allow_none=True)


class UploadsSchema(Schema):
    """The files for a ticket's next mail."""

    items = fields.List(fields.Nested(UploadSchema), required=True)


class OffsetSchema(Schema):
    """Where in the file a piece begins."""

    offset = fields.Integer(required=True, validate=validate.Range(0, LARGEST_NUMBER))


@uploads.route("GET", _OF_TICKET, admits=AGENT, returns=UploadsSchema)
def list_uploads(call: Call, number: int) -> dict[str, Any]:
    """Return the calling agent's files for the ticket's next mail, also half uploaded ones."""
    return {
        "items": [_shown(call, row) for row in service.of_ticket(call.deps, call.caller, number)]
    }


@uploads.route(
    "POST", _OF_TICKET, admits=AGENT, body=AnnouncedSchema, returns=UploadSchema, status=201
)
def begin_upload(call: Call, body: dict[str, Any], number: int) -> dict[str, Any]:
    """Begin an upload; 422 `attachments_too_large` names size, total and limit in bytes."""
    file = Announced(body["name"], body["content_type"], body["size"], body["inline"])
    return _shown(call, service.begin(call.deps, call.caller, number, file))


@uploads.route(
    "PUT",
    f"{_UPLOAD}/content",
    admits=AGENT,
    query=OffsetSchema,
    returns=UploadSchema,
    body=Bytes,
)
def add_piece(call: Call, query: dict[str, int], upload_id: int) -> dict[str, Any]:
    """Add the bytes of the body at `offset`; 409 `offset_wrong` says where to go on."""
    content = request.get_data(cache=True)
    return _shown(
        call, service.add_piece(call.deps, call.caller, upload_id, query["offset"], content)
    )


@uploads.route("DELETE", _UPLOAD, admits=AGENT, status=204)
def remove_upload(call: Call, upload_id: int) -> None:
    """Take the file out of the ticket's next mail."""
    service.remove(call.deps, call.caller, upload_id)


def _shown(call: Call, row: dict[str, Any]) -> dict[str, Any]:
    at = call.deps.clock.now()
    token = (
        files.token(call.deps, row["site_id"], row["id"], at, files.Kind.UPLOAD)
        if service.is_whole(row)
        else None
    )
    known = {"name": row["filename"], "content_id": row["content_id"] or None}
    return {**row, **known, "file_token": token}
