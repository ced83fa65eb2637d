"""Bytes into MIME leaves (RFC 2045, 2046): one linear walk that cannot fail.

Why not a library: `email` needs 1 s for a mail of a million short lines and a RecursionError for a
deep one; fast-mail-parser decodes headers itself, needs 8 s for 100,000 encoded words, and refuses
the whole mail for one broken base64 part. Part numbers are stored, so they must also never move
with an upgrade. Both libraries are kept as oracles in the tests.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from inbox_service.mime.parameters import parameters

# Beyond these a mail is an attack or broken; what is left over stays one leaf, so nothing is lost.
MAX_DEPTH = 30
MAX_PARTS = 1_000
MAX_HEADER_BYTES = 256 * 1024

_BLANK_LINE = re.compile(rb"\n\r?\n")
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:[ \t]*(.*)", re.DOTALL)
_FIELD_START = re.compile(rb"[!-9;-~]+[ \t]*:|>?From ")
# A byte order mark or blank lines before the first field, left by a program on the way.
_BEFORE_HEADERS = re.compile(rb"(?:\xef\xbb\xbf|\r?\n){1,20}(?=[!-9;-~]+:)")
_LIKELY_BOUNDARY = re.compile(
    rb"^--([^\r\n]{1,70}?)[ \t]*\r?\n(?=content-[a-z-]{2,40}[ \t]*:)", re.MULTILINE | re.IGNORECASE
)
_MAX_PREAMBLE = 64 * 1024
_PADDING = re.compile(rb"=[=\s]*")
_BASE64_RUN = re.compile(rb"([A-Za-z0-9+/\r\n]{2,})(?:(={1,2})\s*|\Z)")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")

HeaderList = list[tuple[str, bytes]]


@dataclass(slots=True)
class Node:
    """A MIME entity; a container has `children`, a leaf has `part` (its number) and `body`.

    Header names are lower-case; values are unfolded bytes as they came.
    """

    headers: HeaderList
    content_type: str
    parameters: dict[str, str]
    body: bytes = b""
    part: int = -1
    children: list[Node] = field(default_factory=list)

    def header(self, name: str) -> bytes:
        """Return the first value of a header, b"" where there is none."""
        return next((value for key, value in self.headers if key == name), b"")

    def content(self) -> bytes:
        """Return the body of a leaf with its transfer encoding undone, as far as it goes."""
        return _decoded(self.body, self.header("content-transfer-encoding"))


def split(raw: bytes) -> Node:
    """Split a mail into its tree; leaves are numbered in order from 0."""
    if b"\n" not in raw:  # the line ends of old Macs
        raw = raw.replace(b"\r", b"\n")
    start = _BEFORE_HEADERS.match(raw)
    return _Splitter(raw).node(start.end() if start else 0, len(raw), "text/plain", 0)


def leaves(node: Node) -> Iterator[Node]:
    """Yield the leaves in order, so that the n-th has part number n."""
    stack = [node]
    while stack:
        top = stack.pop()
        if top.part >= 0:
            yield top
        stack.extend(reversed(top.children))


class _Splitter:
    """Works on offsets into the one mail: a slice for every level would hold depth x size bytes."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.parts = 0

    def node(self, start: int, end: int, default_type: str, depth: int) -> Node:
        headers, body = split_headers(self.raw, start, end)
        declared = next((value for name, value in headers if name == "content-type"), b"")
        content_type, values = parameters(declared)
        if "/" not in content_type:  # RFC 2045 5.2: absent or unreadable means the default
            content_type = default_type
        node = Node(headers, content_type, values)
        pieces = self._pieces(node, body, end, depth)
        if not pieces:
            if depth < MAX_DEPTH and self.parts < MAX_PARTS - 1:
                node.content_type = _without_parts(content_type)
            node.body, node.part = self.raw[body:end], self.parts
            self.parts += 1
            return node
        # RFC 2046 5.1.5: parts of a digest are messages unless they say otherwise.
        child_type = "message/rfc822" if content_type == "multipart/digest" else "text/plain"
        node.children = [self.node(*piece, child_type, depth + 1) for piece in pieces]
        return node

    def _pieces(self, node: Node, start: int, end: int, depth: int) -> list[tuple[int, int]]:
        boundary = node.parameters.get("boundary", "").rstrip()
        room = MAX_PARTS - self.parts
        if not node.content_type.startswith("multipart/") or depth >= MAX_DEPTH or room <= 0:
            return []
        declared = boundary.encode("utf-8", "surrogateescape")
        pieces = self._between(declared, start, end, room) if declared else []
        if pieces:
            return pieces
        # No boundary, or one that no line has: the first line that looks like one is meant.
        found = _LIKELY_BOUNDARY.search(self.raw, start, min(end, start + _MAX_PREAMBLE))
        return self._between(found[1], start, end, room) if found else []

    def _between(self, boundary: bytes, start: int, end: int, room: int) -> list[tuple[int, int]]:
        """Cut at the delimiter lines (RFC 2046 5.1.1); the line break before one belongs to it."""
        line = re.compile(
            rb"^--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r?\n|\r?\Z)", re.MULTILINE
        )
        pieces: list[tuple[int, int]] = []
        begun = -1
        for found in line.finditer(self.raw, start, end):
            if begun >= 0:
                pieces.append((begun, max(begun, self._before_break(found.start()))))
            if found[1] and begun >= 0:
                return pieces
            begun = found.end()
            if len(pieces) >= room - 1:
                break
        if begun >= 0:
            pieces.append((begun, end))
        return pieces

    def _before_break(self, at: int) -> int:
        if self.raw[at - 1 : at] != b"\n":
            return at
        return at - 2 if self.raw[at - 2 : at - 1] == b"\r" else at - 1


def _without_parts(content_type: str) -> str:
    """A multipart that has no boundary anywhere is text that is mislabelled."""
    return "text/plain" if content_type.startswith("multipart/") else content_type


def split_headers(raw: bytes, start: int, end: int) -> tuple[HeaderList, int]:
    """Read the header fields from `start`; return them and where the body begins.

    A line that is no field begins the body.
    """
    fields: list[list[bytes]] = []
    at = start
    while at < end:
        if at - start > MAX_HEADER_BYTES:
            blank = _BLANK_LINE.search(raw, at - 1, end)
            return _read(fields), blank.end() if blank else end
        line_end = raw.find(b"\n", at, end) + 1 or end
        line = raw[at:line_end].rstrip(b"\r\n")
        if not line:
            return _read(fields), line_end
        if line[:1] in b" \t" and fields:
            fields[-1].append(line)
        elif _FIELD_START.match(line):
            fields.append([line])
        else:
            return _read(fields), at
        at = line_end
    return _read(fields), end


def _read(fields: list[list[bytes]]) -> HeaderList:
    found = (_FIELD.match(b"".join(lines)) for lines in fields)
    return [(one[1].decode("ascii").lower(), one[2].strip()) for one in found if one]


def _decoded(body: bytes, encoding: bytes) -> bytes:
    name = encoding.split(b";")[0].strip().lower()
    if name == b"base64":
        return _from_base64(body)
    if name == b"quoted-printable":
        return quopri.decodestring(body)
    if name in (b"x-uuencode", b"uuencode", b"x-uue"):
        return _from_uu(body)
    return body


def _from_base64(body: bytes) -> bytes:
    """Decode what is there: padding is optional, strangers in the alphabet are skipped.

    A part made of several padded runs decodes run by run (some gateways glue them); what stands
    behind the padding and is no base64, such as a list's footer, ends it.
    """
    ended = _PADDING.search(body)
    if ended is None or ended.end() == len(body):  # sound, nearly always: without a copy
        try:
            return binascii.a2b_base64(body)
        except binascii.Error:
            pass
    first = body[: ended.start()] if ended else body
    out = [binascii.a2b_base64(_padded(_NOT_BASE64.sub(b"", first)))]
    at = ended.end() if ended else len(body)
    while run := _BASE64_RUN.match(body, at):
        clean = run[1].translate(None, b"\r\n")
        if run[2] and (len(clean) + len(run[2])) % 4:
            break
        out.append(binascii.a2b_base64(_padded(clean)))
        at = run.end()
    return b"".join(out)


def _padded(run: bytes) -> bytes:
    whole = run[: len(run) - 1] if len(run) % 4 == 1 else run
    return whole + b"=" * (-len(whole) % 4)


def _from_uu(body: bytes) -> bytes:
    out = []
    for line in body.partition(b"begin ")[2].splitlines()[1:]:
        if line.strip() in (b"end", b"`"):
            break
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            return b"".join(out) or body
    return b"".join(out) or body
