"""Attachments by token: a signature that lets a browser fetch one file for ten minutes."""

from __future__ import annotations

import base64
import binascii
import struct
from dataclasses import dataclass

from inbox_service import mime
from inbox_service.deps import Deps
from inbox_service.domain.mail import Attachment
from inbox_service.errors import Gone, NotFound
from inbox_service.store import timeline

from .auth import Caller

TOKEN_LIFE_MS = 10 * 60_000
_PURPOSE = "file"
_PARTS = struct.Struct(">QQQ")  # site, attachment, end of life in ms UTC
# What a browser may show by itself: pictures that cannot carry a script.
_SHOWN_INLINE = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"}
)


@dataclass(frozen=True, slots=True)
class File:
    """A file's content and how to hand it over."""

    content: bytes
    filename: str
    content_type: str
    inline: bool


def token(deps: Deps, site_id: int, attachment_id: int, at: int) -> str:
    """Return a token for the attachment; it says nothing but ids and a time."""
    # Ends on a whole minute, so that a browser's cache can keep what it fetched.
    ends_at = (at + TOKEN_LIFE_MS) // 60_000 * 60_000
    message = _PARTS.pack(site_id, attachment_id, ends_at)
    text = base64.urlsafe_b64encode(message).decode()
    return f"{text}.{deps.secrets.sign(message, _PURPOSE)}"


def open_file(deps: Deps, caller: Caller, file_token: str) -> File:
    """Return the file a token stands for; raises NotFound, and Gone after its time."""
    site_id, attachment_id, ends_at = _opened(deps, file_token)
    # The signature is the service's own, so another site's token is well signed too.
    if site_id != caller.site_id:
        raise _unknown()
    if deps.clock.now() >= ends_at:
        raise Gone("The link to this file has run out: open the ticket again.", code="file_expired")
    # The blob is read and the mail taken apart after the transaction (design rule 1).
    with deps.sessions.reading() as connection:
        found = timeline.attachment(connection, site_id, attachment_id)
    if found is None or found[1] is None:
        raise _unknown()
    row, blob = found
    attachment, content = mime.attachment(deps.blobs.get(site_id, str(blob)), row["part"])
    return File(content, row["filename"], row["content_type"], _is_shown(attachment))


def _opened(deps: Deps, file_token: str) -> tuple[int, int, int]:
    text, _, signature = file_token.partition(".")
    try:
        message = base64.b64decode(text.encode(), b"-_", validate=True)
    except (ValueError, binascii.Error) as error:
        raise _unknown() from error
    if len(message) != _PARTS.size or not deps.secrets.verify(message, signature, _PURPOSE):
        raise _unknown()
    site_id, attachment_id, ends_at = _PARTS.unpack(message)
    return site_id, attachment_id, ends_at


def _is_shown(attachment: Attachment) -> bool:
    # By the type found in the mail itself, whatever is said elsewhere.
    return attachment.inline and attachment.content_type in _SHOWN_INLINE


def _unknown() -> NotFound:
    return NotFound("There is no such file.", code="file_not_found")
