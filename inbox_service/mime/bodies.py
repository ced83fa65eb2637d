"""Which leaves of a mail are its text, and which are files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from mimetypes import MimeTypes
from urllib.parse import unquote

from inbox_service.domain.mail import Attachment
from inbox_service.mime.charsets import codec, decode
from inbox_service.mime.flowed import unflow
from inbox_service.mime.headers import decode_words, message_id, one_line, text_value
from inbox_service.mime.parameters import parameters
from inbox_service.mime.plain import text_of
from inbox_service.mime.tree import Node, leaves, split_headers

MAX_INLINE_BYTES = 1024 * 1024  # a longer text is a file: nobody reads it in a conversation
MAX_FILENAME = 200

# The same words again for a watch or an accelerated page; showing them as files would puzzle.
_ECHOES = frozenset({"text/x-amp-html", "text/watch-html"})
_TYPES = MimeTypes(filenames=())  # Python's own table: the host's would name files differently
for _content_type, _extension in (
    ("text/calendar", ".ics"),
    ("application/pkcs7-signature", ".p7s"),
    ("application/pkcs7-mime", ".p7m"),
    ("application/pgp-signature", ".asc"),
    ("application/pgp-encrypted", ".asc"),
    ("application/ms-tnef", ".dat"),
    ("message/delivery-status", ".txt"),
    ("message/disposition-notification", ".txt"),
    ("text/rfc822-headers", ".txt"),
):
    _TYPES.add_type(_content_type, _extension)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XHTML = re.compile(r"^\s*<\?xml[^>]*\?>")
# Path separators, and the marks that reverse "gpj.exe" into "exe.jpg" on screen.
_UNSAFE_NAME = re.compile("[/\\\\\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_CID = re.compile(r"cid:([^\"'\s>)]+)", re.IGNORECASE)


@dataclass(slots=True)
class Bodies:
    """The text and HTML of a mail, and the leaves that are neither."""

    text: str = ""
    html: str = ""
    files: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """The text and HTML of one entity; None where it has none of the kind."""

    text: str | None = None
    html: str | None = None


def bodies(root: Node) -> Bodies:
    """Read the bodies of a mail; every other leaf is a file, but for echoes of the text."""
    shown: set[int] = set()
    reading = _read(root, shown)
    files = [leaf for leaf in leaves(root) if leaf.part not in shown]
    return Bodies(reading.text or "", reading.html or "", files)


def attachments(found: Bodies) -> tuple[Attachment, ...]:
    """Describe the files; inline are those the HTML shows by their Content-ID."""
    shown = {unquote(cid) for cid in _CID.findall(found.html)}
    return tuple(_attachment(leaf, shown) for leaf in found.files)


def _attachment(leaf: Node, shown: set[str]) -> Attachment:
    cid = message_id(leaf.header("content-id"))
    return Attachment(
        part=leaf.part,
        filename=filename(leaf),
        content_type=leaf.content_type[:MAX_FILENAME],
        size=len(leaf.content()),
        content_id=cid,
        inline=bool(cid) and cid in shown,
    )


def filename(leaf: Node) -> str:
    """Return a name that is safe to show and to save; one is made where the sender gave none."""
    _, disposition = parameters(leaf.header("content-disposition"))
    given = disposition.get("filename") or leaf.parameters.get("name", "")
    # RFC 2047 5 forbids encoded words here; Outlook and many others write them all the same.
    name = _UNSAFE_NAME.sub("_", one_line(decode_words(given))).strip(" .")
    if not name:
        return _made_name(leaf)
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 20:  # longer is no file extension
        return name[:MAX_FILENAME]
    return f"{stem[: MAX_FILENAME - len(extension)]}.{extension}"


def _made_name(leaf: Node) -> str:
    if leaf.content_type == "message/rfc822":
        content = leaf.content()
        headers, _ = split_headers(content, 0, len(content))
        subject = text_value(next((v for k, v in headers if k == "subject"), b""))
        return (_UNSAFE_NAME.sub("_", subject).strip(" ._")[:80] or "message") + ".eml"
    extension = _TYPES.guess_extension(leaf.content_type) or ".bin"
    return f"part-{leaf.part}{extension}"


def _read(node: Node, shown: set[int]) -> _Reading:
    if node.part >= 0:
        return _read_leaf(node, shown)
    if node.content_type == "multipart/alternative":
        return _best([_read(child, shown) for child in node.children])
    if node.content_type == "multipart/related":
        # RFC 2387: the first part is the text, what follows belongs into it by Content-ID.
        first, *others = node.children
        return _joined([_read(first, shown), *(_read(o, shown) for o in others if o.part < 0)])
    return _joined([_read(child, shown) for child in node.children])


def _read_leaf(leaf: Node, shown: set[int]) -> _Reading:
    if leaf.content_type in _ECHOES:
        shown.add(leaf.part)
        return _Reading()
    if not _is_body(leaf):
        return _Reading()
    shown.add(leaf.part)
    content = leaf.content()
    if leaf.content_type == "text/html":
        charset = leaf.parameters.get("charset", "")
        return _Reading(html=_html(content, charset))
    return _Reading(text=_plain(leaf, content))


def _is_body(leaf: Node) -> bool:
    if leaf.content_type not in ("text/plain", "text/html") or len(leaf.body) > MAX_INLINE_BYTES:
        return False
    disposition, values = parameters(leaf.header("content-disposition"))
    named = values.get("filename") or leaf.parameters.get("name")
    return disposition != "attachment" and not named


def _plain(leaf: Node, content: bytes) -> str:
    text = _one_break(decode(content, leaf.parameters.get("charset", "")))
    if leaf.parameters.get("format", "").lower() != "flowed":
        return text
    return unflow(text, delete_space=leaf.parameters.get("delsp", "").lower() == "yes")


def _html(content: bytes, charset: str) -> str:
    """Decode HTML; where the header names no known charset its own <meta> does."""
    declared = charset if codec(charset) else ""
    if not declared:
        meta = _META_CHARSET.search(content[:2048])
        declared = meta[1].decode("ascii") if meta else ""
    return _XHTML.sub("", _one_break(decode(content, declared)))


def _one_break(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _best(readings: list[_Reading]) -> _Reading:
    """RFC 2046 5.1.4: of alternatives the last is the best; an empty one is none."""
    best = _Reading()
    for reading in readings:
        if reading.text is not None and (reading.text.strip() or best.text is None):
            best.text = reading.text
        if reading.html is not None and (reading.html.strip() or best.html is None):
            best.html = reading.html
    return best


def _joined(readings: list[_Reading]) -> _Reading:
    """Put parts that are shown one after another together, in both kinds where there are both."""
    readings = [r for r in readings if r.text is not None or r.html is not None]
    if len(readings) == 1:
        return readings[0]
    joined = _Reading()
    if any(r.html is not None for r in readings):
        joined.html = "\n".join(r.html if r.html is not None else _as_html(r) for r in readings)
    if any(r.text is not None for r in readings):
        texts = [r.text if r.text is not None else text_of(r.html or "") for r in readings]
        joined.text = "\n\n".join(text.strip("\n") for text in texts if text.strip())
    return joined


def _as_html(reading: _Reading) -> str:
    lines = escape(reading.text or "").strip("\n").replace("\n", "<br>\n")
    return f"<div>{lines}</div>"
