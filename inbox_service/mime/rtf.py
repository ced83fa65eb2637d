"""The words of Outlook's RTF: compressed ([MS-OXRTFCP]), often with HTML inside ([MS-OXRTFEX])."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

from inbox_service.mime.charsets import codec, decode

MAX_RTF = 2 * 1024 * 1024  # unpacked; a body is far below, and a bomb stays one of 2 MB

_HEADER = struct.Struct("<IIII")
_COMPRESSED, _PLAIN = 0x75465A4C, 0x414C454D  # "LZFu", "MELA"
# The dictionary both sides begin with ([MS-OXRTFCP] 2.1.2.1).
_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_WINDOW = 4096

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<mark>[^a-zA-Z])|(?P<brace>[{}])|[\r\n]+|(?P<plain>[^\\{}\r\n]+)"
)
_NO_WORDS = frozenset(
    {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer"}
)
_MARKS = {
    b"par": "\n",
    b"line": "\n",
    b"tab": "\t",
    b"lquote": "\u2018",
    b"rquote": "\u2019",
    b"ldblquote": "\u201c",
    b"rdblquote": "\u201d",
    b"bullet": "•",
    b"endash": "\u2013",
    b"emdash": "\u2014",
}


@dataclass(frozen=True, slots=True)
class Words:
    """The body in the form that the RTF was made from; the other is ""."""

    text: str = ""
    html: str = ""


def decompressed(content: bytes) -> bytes:
    """Undo Outlook's compression as far as the bytes go; at most 2 MB."""
    if len(content) < _HEADER.size:
        return b""
    _, size, kind, _ = _HEADER.unpack_from(content)
    size = min(size, MAX_RTF)
    if kind == _PLAIN:
        return content[_HEADER.size : _HEADER.size + size]
    return _inflated(content, size) if kind == _COMPRESSED else b""


def _inflated(content: bytes, size: int) -> bytes:
    out = bytearray(_DICTIONARY)
    end = len(_DICTIONARY) + size
    at = _HEADER.size
    while at < len(content) and len(out) < end:
        flags = content[at]
        at += 1
        for bit in range(8):
            token = content[at : at + 2]
            if not flags >> bit & 1:
                out += token[:1]
                at += 1
                continue
            at += 2
            if len(token) < 2 or not _copy(out, token):
                return bytes(out[len(_DICTIONARY) : end])
    return bytes(out[len(_DICTIONARY) : end])


def _copy(out: bytearray, token: bytes) -> bool:
    """Repeat what stands in the window; False at the mark of the end."""
    place, length = token[0] << 4 | token[1] >> 4, (token[1] & 15) + 2
    back = (len(out) - place) % _WINDOW
    if not back or back > len(out):
        return False
    for _ in range(length):
        out.append(out[-back])
    return True


@dataclass(slots=True)
class _Group:
    """What holds until the closing brace."""

    hidden: bool = False
    in_tag: bool = False  # {\*\htmltag ...}: original HTML
    rtf_only: bool = False  # \htmlrtf ... \htmlrtf0: for readers of RTF
    letters_to_skip: int = 1  # the stand-ins after each \u


@dataclass(slots=True)
class _Reading:
    stack: list[_Group] = field(default_factory=lambda: [_Group()])
    out: list[str] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    is_html: bool = False
    charset: str = "cp1252"
    skip: int = 0


def words_of(rtf: bytes) -> Words:
    """Return the text of an RTF body, or the HTML that was packed into it. Never raises."""
    reading = _Reading()
    for found in _TOKEN.finditer(rtf):
        if found["brace"]:
            _brace(reading, found["brace"])
        elif found["word"]:
            _word(reading, found["word"], found["number"])
        elif found["mark"]:
            _mark(reading, found["mark"])
        elif found["hex"]:
            _letters(reading, bytes([int(found["hex"], 16)]))
        elif found["plain"]:
            _letters(reading, found["plain"])
    _flush(reading)
    # A letter beyond 16 bits comes as two halves.
    halves = "".join(reading.out).encode("utf-16-le", "surrogatepass")
    said = halves.decode("utf-16-le", "replace")
    return Words(html=said) if reading.is_html else Words(text=said.strip())


def _brace(reading: _Reading, brace: bytes) -> None:
    reading.skip = 0
    if brace == b"{":
        top = reading.stack[-1]
        if len(reading.stack) < 1_000:
            inner = _Group(top.hidden, top.in_tag, top.rtf_only, top.letters_to_skip)
            reading.stack.append(inner)
    elif len(reading.stack) > 1:
        reading.stack.pop()


def _word(reading: _Reading, word: bytes, number: bytes | None) -> None:
    top = reading.stack[-1]
    if word == b"htmltag":
        top.in_tag, top.hidden = True, False
    elif word == b"fromhtml":
        reading.is_html = True
    elif word == b"htmlrtf":
        top.rtf_only = number != b"0"
    elif word == b"ansicpg" and number:
        reading.charset = codec(f"cp{number.decode()}") or reading.charset
    elif word == b"uc" and number:
        top.letters_to_skip = min(max(int(number), 0), 8)
    elif word == b"u" and number:
        _say(reading, chr(int(number) % 0x10000))
        reading.skip = top.letters_to_skip
    elif word in _NO_WORDS:
        top.hidden = True
    elif word in _MARKS:
        _say(reading, _MARKS[word])


def _mark(reading: _Reading, mark: bytes) -> None:
    if mark == b"*":  # what a reader that does not know the word shall skip
        reading.stack[-1].hidden = True
    elif mark in b"\\{}":
        _letters(reading, mark)
    elif mark == b"~":
        _say(reading, "\xa0")


def _letters(reading: _Reading, letters: bytes) -> None:
    skipped = letters[: reading.skip]
    reading.skip -= len(skipped)
    if _is_said(reading):
        reading.raw += letters[len(skipped) :]


def _say(reading: _Reading, text: str) -> None:
    if _is_said(reading):
        _flush(reading)
        reading.out.append(text)


def _flush(reading: _Reading) -> None:
    # Bytes are decoded together: a letter of a wide charset comes as two escapes.
    if reading.raw:
        reading.out.append(decode(bytes(reading.raw), reading.charset))
        reading.raw.clear()


def _is_said(reading: _Reading) -> bool:
    top = reading.stack[-1]
    return not top.hidden and (top.in_tag or not (reading.is_html and top.rtf_only))
