"""Which leaves of a mail are its text, and which are files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from urllib.parse import unquote

from inbox_service.domain.mail import Attachment, Invitation
from inbox_service.mime.calendars import CONTENT_TYPES as CALENDARS
from inbox_service.mime.calendars import invitation
from inbox_service.mime.charsets import codec, decode
from inbox_service.mime.files import Enclosed, File, enclosed_files, given_name
from inbox_service.mime.flowed import unflow
from inbox_service.mime.packed import unpack_text
from inbox_service.mime.parameters import parameters
from inbox_service.mime.plain import text_of
from inbox_service.mime.tnef import CONTENT_TYPES as TNEF
from inbox_service.mime.tnef import unpack
from inbox_service.mime.tree import Node, leaves

MAX_INLINE_BYTES = 1024 * 1024  # a longer text is a file: nobody reads it in a conversation
_ENRICHED = ("text/enriched", "text/richtext")
_BODY_TYPES = ("text/plain", "text/html", "text/markdown", "text/x-markdown", *_ENRICHED)
_ENRICHED_TAG = re.compile(r"<(<)|</?[A-Za-z-]{1,60}>")  # RFC 1896

# The same words again for a watch or an accelerated page; showing them as files would puzzle.
_ECHOES = frozenset({"text/x-amp-html", "text/watch-html"})
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XHTML = re.compile(r"^\s*<\?xml[^>]*\?>")
_CID = re.compile(r"cid:([^\"'\s>)]+)", re.IGNORECASE)


@dataclass(slots=True)
class Bodies:
    """The text and HTML of a mail, and what is neither."""

    text: str = ""
    html: str = ""
    files: list[File] = field(default_factory=list)
    # Leaves whose content stands among the files; asked for by number they are still there.
    containers: list[File] = field(default_factory=list)
    calendars: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """The text and HTML of one entity; None where it has none of the kind."""

    text: str | None = None
    html: str | None = None


# The leaves that are text, by number, each with the files that were written into it.
_Shown = dict[int, list[Enclosed]]


def bodies(root: Node) -> Bodies:
    """Read the bodies of a mail; every other leaf is a file, but for echoes of the text."""
    shown: _Shown = {}
    reading = _read(root, shown)
    found = Bodies(reading.text or "", reading.html or "")
    for leaf in leaves(root):
        if leaf.part in shown:
            found.files += enclosed_files(leaf, shown[leaf.part])
        elif not _unpack(leaf, found):
            found.files.append(File(leaf.part, leaf))
        if leaf.content_type in CALENDARS:
            found.calendars.append(leaf)
    return found


def attachments(found: Bodies) -> tuple[Attachment, ...]:
    """Describe the files; inline are those the HTML shows by their Content-ID."""
    shown = {unquote(cid) for cid in _CID.findall(found.html)}
    return tuple(_attachment(file, shown) for file in found.files)


def file_of(found: Bodies, part: int) -> tuple[Attachment, bytes] | None:
    """Return a file by its number, described and with its bytes."""
    shown = {unquote(cid) for cid in _CID.findall(found.html)}
    for file in (*found.files, *found.containers):
        if file.part == part:
            return _attachment(file, shown), file.content()
    return None


def calendar_of(found: Bodies) -> Invitation | None:
    """Return what the first calendar of the mail says that says anything."""
    for leaf in found.calendars:
        content = decode(leaf.content(), leaf.parameters.get("charset", ""))
        said = invitation(content, leaf.parameters.get("method", ""))
        if said:
            return said
    return None


def _attachment(file: File, shown: set[str]) -> Attachment:
    cid = file.content_id
    return Attachment(
        part=file.part,
        filename=file.filename,
        content_type=file.content_type,
        size=len(file.content()),
        content_id=cid,
        inline=bool(cid) and cid in shown,
    )


def _unpack(leaf: Node, found: Bodies) -> bool:
    """Put what a winmail.dat holds in its place; False where the leaf is none, or holds nothing."""
    if not _is_tnef(leaf):
        return False
    unpacked = unpack(leaf.content())
    if not (unpacked.files or unpacked.text or unpacked.html):
        return False
    if not found.text.strip() and not found.html.strip():
        found.text, found.html = unpacked.text, unpacked.html
    found.files += enclosed_files(leaf, unpacked.files)
    found.containers.append(File(leaf.part, leaf))
    return True


def _is_tnef(leaf: Node) -> bool:
    # Gateways that do not know the type keep the name.
    return leaf.content_type in TNEF or given_name(leaf).lower() == "winmail.dat"


def _read(node: Node, shown: _Shown) -> _Reading:
    if node.part >= 0:
        return _read_leaf(node, shown)
    if node.content_type == "multipart/alternative":
        return _best([_read(child, shown) for child in node.children])
    if node.content_type == "multipart/related":
        # RFC 2387: the first part is the text, what follows belongs into it by Content-ID.
        first, *others = node.children
        return _joined([_read(first, shown), *(_read(o, shown) for o in others if o.part < 0)])
    return _joined([_read(child, shown) for child in node.children])


def _read_leaf(leaf: Node, shown: _Shown) -> _Reading:
    if leaf.content_type in _ECHOES:
        shown[leaf.part] = []
        return _Reading()
    if not _may_be_body(leaf):
        return _Reading()
    is_html = leaf.content_type == "text/html"
    content, enclosed = (leaf.content(), []) if is_html else unpack_text(leaf.content())
    if len(content) > MAX_INLINE_BYTES:
        return _Reading()
    shown[leaf.part] = enclosed
    if is_html:
        return _Reading(html=_html(content, leaf.parameters.get("charset", "")))
    return _Reading(text=_plain(leaf, content))


def _may_be_body(leaf: Node) -> bool:
    if leaf.content_type not in _BODY_TYPES:
        return False
    disposition, _ = parameters(leaf.header("content-disposition"))
    return disposition != "attachment" and not given_name(leaf)


def _plain(leaf: Node, content: bytes) -> str:
    text = _one_break(decode(content, leaf.parameters.get("charset", "")))
    if leaf.content_type in _ENRICHED:
        return _ENRICHED_TAG.sub(lambda found: found[1] or "", text)
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
