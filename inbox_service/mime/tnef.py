"""winmail.dat: what Outlook packs into application/ms-tnef ([MS-OXTNEF]).

Ours, because the library there is (tnefparse) raises on damaged streams and needs three times the
memory (docs/adr/0005). A broken stream gives what stands before the break.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from inbox_service.mime.charsets import codec, decode
from inbox_service.mime.files import Enclosed
from inbox_service.mime.properties import Properties, properties
from inbox_service.mime.rtf import decompressed, words_of

CONTENT_TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
MAX_DEPTH = 5
MAX_FILES = 999

_SIGNATURE = 0x223E9F78
_HEADER = struct.Struct("<IH")
_ATTRIBUTE = struct.Struct("<BII")  # level, tag, length; a checksum of two bytes follows the data

# Attributes ([MS-OXTNEF] 2.1.3.2)
_CODE_PAGE = 0x00069007
_BODY = 0x0002800C
_MESSAGE_PROPERTIES = 0x00069003
_NEXT_FILE = 0x00069002
_FILE_NAME = 0x00018010
_FILE_DATA = 0x0006800F
_FILE_PROPERTIES = 0x00069005

# MAPI properties ([MS-OXPROPS])
_PR_BODY = 0x1000
_PR_RTF = 0x1009
_PR_HTML = 0x1013
_PR_DATA = 0x3701
_PR_SHORT_NAME = 0x3704
_PR_LONG_NAME = 0x3707
_PR_TYPE = 0x370E
_PR_CONTENT_ID = 0x3712
_PR_CODE_PAGE = 0x3FDE
_EMBEDDED_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")  # IID_IMessage


@dataclass(slots=True)
class Unpacked:
    """What a winmail.dat holds."""

    text: str = ""
    html: str = ""
    files: list[Enclosed] = field(default_factory=list)


@dataclass(slots=True)
class _File:
    name: str = ""
    content: bytes = b""
    properties: Properties = field(default_factory=Properties)


def unpack(content: bytes, depth: int = 0) -> Unpacked:
    """Read a TNEF stream; what is none gives nothing. Never raises."""
    found = Unpacked()
    if len(content) < _HEADER.size or _HEADER.unpack_from(content)[0] != _SIGNATURE:
        return found
    charset = "cp1252"
    files: list[_File] = []
    for tag, data in _attributes(content):
        if tag == _CODE_PAGE and len(data) >= 4:
            charset = _charset(int.from_bytes(data[:4], "little")) or charset
        elif tag == _BODY:
            found.text = _text(bytes(data), charset)
        elif tag == _MESSAGE_PROPERTIES:
            _read_message(found, properties(data, charset), charset)
        else:
            _read_file(files, tag, data, charset)
    for file in files:
        found.files += _enclosed(file, depth)
    return found


def _attributes(content: bytes) -> Iterator[tuple[int, memoryview]]:
    view = memoryview(content)
    at = _HEADER.size
    while at + _ATTRIBUTE.size <= len(content):
        _, tag, length = _ATTRIBUTE.unpack_from(content, at)
        at += _ATTRIBUTE.size
        yield tag, view[at : at + length]
        at += length + 2


def _read_message(found: Unpacked, values: Properties, charset: str) -> None:
    charset = _charset(values.number(_PR_CODE_PAGE)) or charset
    found.text = found.text or values.text(_PR_BODY)
    html = values.data(_PR_HTML)
    found.html = values.text(_PR_HTML) or _text(html, charset)
    if not (found.html or found.text) and values.data(_PR_RTF):
        words = words_of(decompressed(values.data(_PR_RTF)))
        found.text, found.html = words.text, words.html


def _read_file(files: list[_File], tag: int, data: memoryview, charset: str) -> None:
    if tag == _NEXT_FILE and len(files) < MAX_FILES:
        files.append(_File())
    elif not files:
        return
    elif tag == _FILE_NAME:
        files[-1].name = _text(bytes(data), charset)
    elif tag == _FILE_DATA:
        files[-1].content = bytes(data)
    elif tag == _FILE_PROPERTIES:
        files[-1].properties = properties(data, charset)


def _enclosed(file: _File, depth: int) -> list[Enclosed]:
    values = file.properties
    name = values.text(_PR_LONG_NAME) or file.name or values.text(_PR_SHORT_NAME)
    content = file.content or values.data(_PR_DATA)
    if content.startswith(_EMBEDDED_MESSAGE):
        return _forwarded(content[len(_EMBEDDED_MESSAGE) :], name, depth)
    if not content and not name:
        return []
    content_id = values.text(_PR_CONTENT_ID).strip("<>")
    return [Enclosed(name, content, values.text(_PR_TYPE).lower(), content_id)]


def _forwarded(content: bytes, name: str, depth: int) -> list[Enclosed]:
    """A mail that is enclosed as such has no MIME form: its words and files are what there is."""
    if depth >= MAX_DEPTH:
        return [Enclosed(f"{name or 'message'}.dat", content, "application/ms-tnef")]
    inner = unpack(content, depth + 1)
    title = name.removesuffix(".msg") or "message"
    words = []
    if inner.html:
        words = [Enclosed(f"{title}.html", inner.html.encode(), "text/html")]
    elif inner.text:
        words = [Enclosed(f"{title}.txt", inner.text.encode(), "text/plain")]
    return [*words, *inner.files]


def _charset(code_page: int) -> str:
    name = {65001: "utf-8", 20127: "ascii"}.get(code_page) or f"cp{code_page}"
    return codec(name)


def _text(data: bytes, charset: str) -> str:
    return decode(data.rstrip(b"\0"), charset).replace("\r\n", "\n")
