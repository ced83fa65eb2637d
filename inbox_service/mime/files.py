"""The files of a mail: leaves that are no text, and what is packed inside a leaf."""

from __future__ import annotations

import re
from dataclasses import dataclass
from mimetypes import MimeTypes

from inbox_service.mime.headers import decode_words, message_id, one_line, text_value
from inbox_service.mime.parameters import parameters
from inbox_service.mime.tree import MAX_PARTS, Node, split_headers

MAX_FILENAME = 200

_TYPES = MimeTypes(filenames=())  # Python's own table: the host's would name files differently
_EXTENSIONS = {
    "text/calendar": ".ics",
    "application/pkcs7-signature": ".p7s",
    "application/pkcs7-mime": ".p7m",
    "application/pgp-signature": ".asc",
    "application/pgp-encrypted": ".asc",
    "application/ms-tnef": ".dat",
    "message/delivery-status": ".txt",
    "message/disposition-notification": ".txt",
    "message/feedback-report": ".txt",
    "text/rfc822-headers": ".txt",
}
# Path separators, and the marks that reverse "gpj.exe" into "exe.jpg" on screen.
_UNSAFE_NAME = re.compile("[/\\\\\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that was packed into a leaf: by TNEF, uuencode or yEnc."""

    filename: str
    content: bytes
    content_type: str = ""
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a mail: a leaf, or `enclosed` in one; `part` finds it again."""

    part: int
    leaf: Node
    enclosed: Enclosed | None = None

    def content(self) -> bytes:
        """Return its bytes, decoded when asked for."""
        return self.enclosed.content if self.enclosed else self.leaf.content()

    @property
    def content_type(self) -> str:
        """Its media type, in lower case."""
        if self.enclosed is None:
            return self.leaf.content_type[:MAX_FILENAME]
        guessed, _ = _TYPES.guess_type(_safe(self.enclosed.filename))
        return self.enclosed.content_type or guessed or "application/octet-stream"

    @property
    def content_id(self) -> str:
        """The id by which HTML shows it, "" where it has none."""
        if self.enclosed:
            return self.enclosed.content_id
        return message_id(self.leaf.header("content-id"))

    @property
    def filename(self) -> str:
        """A name that is safe to show and to save; one is made where the sender gave none."""
        given = self.enclosed.filename if self.enclosed else given_name(self.leaf)
        return _safe(given) or _made_name(self)


def enclosed_files(leaf: Node, found: list[Enclosed]) -> list[File]:
    """Number what is packed into a leaf.

    The numbers are stored: those of leaf n begin at 1000 * (n + 1), which no leaf reaches and no
    other leaf's files move.
    """
    first = MAX_PARTS * (leaf.part + 1)
    return [File(first + n, leaf, one) for n, one in enumerate(found[:MAX_PARTS])]


def given_name(leaf: Node) -> str:
    """Return the name the sender gave a leaf, "" where he gave none."""
    _, disposition = parameters(leaf.header("content-disposition"))
    return disposition.get("filename") or leaf.parameters.get("name", "")


def _safe(given: str) -> str:
    # RFC 2047 5 forbids encoded words here; Outlook and many others write them all the same.
    name = _UNSAFE_NAME.sub("_", one_line(decode_words(given))).strip(" .")
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 20:  # longer is no file extension
        return name[:MAX_FILENAME]
    return f"{stem[: MAX_FILENAME - len(extension)]}.{extension}"


def _made_name(file: File) -> str:
    if file.content_type == "message/rfc822":
        content = file.content()
        headers, _ = split_headers(content, 0, len(content))
        subject = text_value(next((v for k, v in headers if k == "subject"), b""))
        return (_UNSAFE_NAME.sub("_", subject).strip(" ._")[:80] or "message") + ".eml"
    kind = file.content_type
    extension = _EXTENSIONS.get(kind) or _TYPES.guess_extension(kind) or ".bin"
    return f"part-{file.part}{extension}"
