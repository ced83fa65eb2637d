"""Files that were written into a text: uuencode (POSIX) and yEnc (its draft 1.3)."""

from __future__ import annotations

import binascii
import re

from inbox_service.mime.charsets import decode
from inbox_service.mime.files import Enclosed

_BEGIN = re.compile(
    rb"^(?:begin(?:-base64)? [0-7]{3,4} +(?P<uu>[^\r\n]{1,255})"
    rb"|=ybegin [^\r\n]{0,400}?\bname=(?P<yenc>[^\r\n]{1,255}))\r?\n",
    re.MULTILINE,
)
_UU_LINE = re.compile(rb"[ -`]{0,90}\r?\n")
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/]{1,90}={0,2}[ \t]*\r?\n")
_UU_END = re.compile(rb"(?:[`~ ]?\r?\n)?(?:end|====)[ \t]*(?:\r?\n|\Z)")
_YENC_END = re.compile(rb"^=yend[^\r\n]*(?:\r?\n|\Z)", re.MULTILINE)
_YENC_PART = re.compile(rb"=ypart[^\r\n]*\r?\n")
_LESS_42 = bytes((byte - 42) % 256 for byte in range(256))


def unpack_text(content: bytes) -> tuple[bytes, list[Enclosed]]:
    """Return the text without the files written into it, and the files.

    What only begins like a file, and does not end like one, stays text.
    """
    if b"begin" not in content:
        return content, []
    text: list[bytes] = []
    files: list[Enclosed] = []
    at = 0
    while found := _BEGIN.search(content, at):
        file, end = _yenc(content, found) if found["yenc"] else _uu(content, found)
        text.append(content[at : found.start() if file else end])
        files += [file] if file else []
        at = end
    return b"".join([*text, content[at:]]), files


def _uu(content: bytes, found: re.Match[bytes]) -> tuple[Enclosed | None, int]:
    is_base64 = found[0].startswith(b"begin-base64")
    line = _BASE64_LINE if is_base64 else _UU_LINE
    decoded = _base64_line if is_base64 else _uu_line
    at = found.end()
    data = bytearray()  # half a million lines as objects would be three times as much
    while not (end := _UU_END.match(content, at)):
        one = line.match(content, at)
        if not one:
            return None, max(found.end(), at)
        data += decoded(one[0].rstrip(b"\r\n"))
        at = one.end()
    return Enclosed(decode(found["uu"], ""), bytes(data)), end.end()


def _uu_line(line: bytes) -> bytes:
    if not line:
        return b""
    # The length comes first; some encoders count a byte more than they write, others lose the
    # blanks at the end of a line.
    length = (line[0] - 32) & 63
    return binascii.a2b_uu(line[: 1 + (length * 4 + 2) // 3])


def _base64_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_base64(line)
    except binascii.Error:
        return b""


def _yenc(content: bytes, found: re.Match[bytes]) -> tuple[Enclosed | None, int]:
    end = _YENC_END.search(content, found.end())
    if not end:  # then no later one has an end either; looking again would be quadratic
        return None, len(content)
    part = _YENC_PART.match(content, found.end())
    body = content[part.end() if part else found.end() : end.start()].translate(None, b"\r\n")
    first, *escaped = body.split(b"=")
    pieces = [first, *(bytes([(one[0] - 64) % 256]) + one[1:] for one in escaped if one)]
    data = b"".join(pieces).translate(_LESS_42)
    return Enclosed(decode(found["yenc"].strip(), ""), data), end.end()
