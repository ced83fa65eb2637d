"""Files by token: a signature that lets a browser fetch one file for ten minutes."""

from __future__ import annotations

import base64
import binascii
import struct
from dataclasses import dataclass
from enum import IntEnum

from inbox_service import mime
from inbox_service.deps import Deps
from inbox_service.domain.mail import Attachment
from inbox_service.errors import Gone, NotFound
from inbox_service.store import file_views, previews, timeline

from . import auth, uploads
from .auth import Caller

TOKEN_LIFE_MS = 10 * 60_000
_PURPOSE = "file"
_PARTS = struct.Struct(">BQQQ")  # kind, site, id of what it opens, end of life in ms UTC
# What a browser may show by itself: pictures that cannot carry a script.
_SHOWN_INLINE = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"}
)


class Kind(IntEnum):
    """What a token opens."""

    ATTACHMENT = 0
    ORIGINAL = 1
    PREVIEW = 2
    UPLOAD = 3


@dataclass(frozen=True, slots=True)
class File:
    """A file's content and how to hand it over."""

    content: bytes
    filename: str
    content_type: str
    inline: bool


def token(deps: Deps, site_id: int, thing_id: int, at: int, kind: Kind = Kind.ATTACHMENT) -> str:
    """Return a token for an attachment, or another kind; it says nothing but ids and a time."""
    # Ends on a whole minute, so that a browser's cache can keep what it fetched.
    ends_at = (at + TOKEN_LIFE_MS) // 60_000 * 60_000
    message = _PARTS.pack(kind, site_id, thing_id, ends_at)
    # Without its padding: WordPress does not undo escapes in the addresses of its REST API.
    text = base64.urlsafe_b64encode(message).decode().rstrip("=")
    return f"{text}.{deps.secrets.sign(message, _PURPOSE)}"


def open_file(deps: Deps, caller: Caller, file_token: str) -> File:
    """Return the file a token stands for; raises NotFound, and Gone after its time."""
    kind, site_id, thing_id, ends_at = _opened(deps, file_token)
    # The signature is the service's own, so another site's token is well signed too.
    if site_id != caller.site_id:
        raise _unknown()
    if deps.clock.now() >= ends_at:
        raise Gone("The link to this file has run out: open the ticket again.", code="file_expired")
    if kind is Kind.UPLOAD:
        return _upload(deps, caller, thing_id)
    if caller.type == "agent":
        _check_sight(deps, caller, kind, thing_id)
    return _OPENERS[kind](deps, site_id, thing_id)


def _upload(deps: Deps, caller: Caller, upload_id: int) -> File:
    """Return a file that waits for its mail, which nobody sees but whoever brought it."""
    row, content = uploads.read(deps, caller, upload_id)
    is_picture = row["content_id"] != "" and row["content_type"] in _SHOWN_INLINE
    return File(content, row["filename"], row["content_type"], is_picture)


def _check_sight(deps: Deps, caller: Caller, kind: Kind, thing_id: int) -> None:
    """Ask an agent's rights again: the token may be a colleague's, or older than a change."""
    with auth.reading(deps, caller) as act:
        inbox_id = _INBOX_OF[kind](act.connection, caller.site_id, thing_id)
        if inbox_id is None or not act.viewer.sees(inbox_id):
            raise _unknown()


def _attachment(deps: Deps, site_id: int, attachment_id: int) -> File:
    # The blob is read and the mail taken apart after the transaction (design rule 1).
    with deps.sessions.reading() as connection:
        found = timeline.attachment(connection, site_id, attachment_id)
    if found is None or found[1] is None:
        raise _unknown()
    row, blob = found
    attachment, content = mime.attachment(deps.blobs.get(site_id, str(blob)), row["part"])
    return File(content, row["filename"], row["content_type"], _is_shown(attachment))


def _original(deps: Deps, site_id: int, message_id: int) -> File:
    with deps.sessions.reading() as connection:
        mail = timeline.mail_of(connection, site_id, message_id)
    if mail is None:
        raise _unknown()
    # RFC 822 mail under the name by which mail programs open it.
    content = deps.blobs.get(site_id, mail.blob)
    return File(content, f"message-{message_id}.eml", "message/rfc822", inline=False)


def _picture(deps: Deps, site_id: int, picture_id: int) -> File:
    with deps.sessions.reading() as connection:
        row = previews.picture(connection, site_id, picture_id)
    if row is None:
        raise _unknown()
    content = deps.blobs.get(site_id, row["blob"])
    return File(content, f"preview-{row['page']}.webp", "image/webp", inline=True)


_OPENERS = {Kind.ATTACHMENT: _attachment, Kind.ORIGINAL: _original, Kind.PREVIEW: _picture}
_INBOX_OF = {
    Kind.ATTACHMENT: file_views.inbox_of_attachment,
    Kind.ORIGINAL: file_views.inbox_of_message,
    Kind.PREVIEW: file_views.inbox_of_picture,
}


def _opened(deps: Deps, file_token: str) -> tuple[Kind, int, int, int]:
    text, _, signature = file_token.partition(".")
    try:
        padded = text.encode() + b"=" * (-len(text) % 4)
        message = base64.b64decode(padded, b"-_", validate=True)
    except (ValueError, binascii.Error) as error:
        raise _unknown() from error
    if len(message) != _PARTS.size or not deps.secrets.verify(message, signature, _PURPOSE):
        raise _unknown()
    kind, site_id, thing_id, ends_at = _PARTS.unpack(message)
    return Kind(kind), site_id, thing_id, ends_at


def _is_shown(attachment: Attachment) -> bool:
    # By the type found in the mail itself, whatever is said elsewhere.
    return attachment.inline and attachment.content_type in _SHOWN_INLINE


def _unknown() -> NotFound:
    return NotFound("There is no such file.", code="file_not_found")
