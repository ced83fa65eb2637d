"""Previews of attached files."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from inbox_service.domain.previews import Refusal
from inbox_service.services import previews as service
from inbox_service.services.previews import Preview

from .fields import LARGEST_ID
from .routes import AGENT, Call, Routes
from .tickets import TICKET

previews = Routes("previews", "Pictures of attached files")


class PictureSchema(Schema):
    """A page of a file as an image; `file_token` fetches it for ten minutes."""

    page = fields.Integer(required=True)
    size = fields.String(required=True, validate=validate.OneOf(("small", "large")))
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    file_token = fields.String(required=True)


class PreviewSchema(Schema):
    """How far the preview of a file is; of a long document the first pages are pictured."""

    state = fields.String(
        required=True, validate=validate.OneOf(("possible", "waiting", "ready", "refused"))
    )
    reason = fields.String(required=True, validate=validate.OneOf(("", *Refusal)))
    pages = fields.Integer(required=True)
    pictures = fields.List(fields.Nested(PictureSchema), required=True)


@previews.route(
    "PUT",
    f"{TICKET}/files/<int(max={LARGEST_ID}):attachment_id>/preview",
    admits=AGENT,
    returns=PreviewSchema,
)
def ask_for_preview(call: Call, number: int, attachment_id: int) -> dict[str, Any]:
    """Let there be a preview of a file, and tell how far it is; ask again while it waits."""
    return preview_shown(service.ask(call.deps, call.caller, number, attachment_id))


def preview_shown(preview: Preview) -> dict[str, Any]:
    """Return the preview as PreviewSchema dumps it."""
    return {
        "state": preview.state,
        "reason": preview.reason,
        "pages": preview.pages,
        "pictures": [{**one.row, "file_token": one.token} for one in preview.pictures],
    }
