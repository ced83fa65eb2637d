"""Bytes of a named, misnamed or unnamed charset into text that any database takes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache

from inbox_service.mime.guessing import guess

# What mail programs call charsets that Python knows by another name, or not at all. The labels
# browsers take for a wider charset are taken so here (WHATWG Encoding 4.2): mail marked us-ascii
# or iso-8859-1 is windows-1252 in fact, gb2312 is GB18030, and so on.
_ALIASES = {
    "ansi_x3.4-1968": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-6-i": "iso8859-6",
    "iso-8859-6-e": "iso8859-6",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "big5": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
    "x-mac-arabic": "mac_arabic",
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
}
# They make text too, but no mail is written in them, and IDNA can take quadratic time.
_NOT_FOR_MAIL = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
# Charsets in which ASCII bytes can mean other letters.
_SHIFTING = frozenset(
    {"utf-7", "hz", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"}
)
# Labels that are put on mail in any charset, by programs that do not know it.
_VAGUE = frozenset({"", "cp1252", "utf-8"})
_ISO_2022_JP = re.compile(rb"\x1b\$[@B]|\x1b\([IJ]")
_ONE_BYTE = re.compile(r"cp(?:125\d|8\d\d)$|iso8859|koi8|mac_")
_SAMPLE = 4096
_WINDOWS = re.compile(r"^(?:x-|ms-)?(?:windows|win|cp|ibm|dos)[-_ ]?(\d{3,4})$")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNSAFE = re.compile("[\x00\ud800-\udfff]")


def decode(content: bytes, charset: str, fallback: str = "") -> str:
    """Decode with the declared charset, else UTF-8, `fallback`, what it looks like; never fails.

    The result holds no NUL and no lone surrogate, which PostgreSQL refuses.
    """
    declared = codec(charset)
    if content.isascii() and b"\x1b" not in content and declared not in _SHIFTING:
        return storable(content.decode("ascii"))
    vague = declared in _VAGUE
    for name in _looks_like(content, codec(fallback)) if vague else _as_declared(declared):
        if name:
            try:
                return storable(content.decode(name))
            except UnicodeError:
                continue
    # Mostly right with some broken bytes: keep what was declared, mark the rest.
    if vague and _is_broken_utf_8(content):
        return storable(content.decode("utf-8", "replace" if declared == "utf-8" else _LATIN))
    return storable(content.decode(declared or "cp1252", "replace"))


def _as_latin(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are no UTF-8 as windows-1252: a text quoted from another mail."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_LATIN = "inbox-latin"
codecs.register_error(_LATIN, _as_latin)


def _as_declared(declared: str) -> tuple[str, ...]:
    """Text that decodes as multi-byte UTF-8 by chance practically does not exist, in charsets of
    one byte a letter; in those of two it does.
    """
    return ("utf-8", declared) if _ONE_BYTE.match(declared) else (declared, "utf-8")


def _looks_like(content: bytes, fallback: str) -> Iterator[str]:
    """Yield what text without a charset, or with one that everybody writes, may be in."""
    yield _marked(content)
    yield "utf-8"
    if not _is_broken_utf_8(content):
        yield "" if fallback in _VAGUE else fallback
        yield guess(content)
        yield "cp1252"


def _marked(content: bytes) -> str:
    """Return what the bytes themselves say they are in: byte order marks, ISO 2022's escapes."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x1b$)C" in content:
        return "iso2022_kr"
    return "iso2022_jp_ext" if _ISO_2022_JP.search(content) else ""


def _is_broken_utf_8(content: bytes) -> bool:
    """Tell UTF-8 that was cut or has a stray byte from text in another charset."""
    sample = content[:_SAMPLE].decode("utf-8", "replace")
    foreign = sum(letter > "\x7f" for letter in sample)
    return foreign >= 3 * sample.count("\ufffd")


def storable(text: str) -> str:
    """Take out what PostgreSQL cannot store: NUL and lone surrogates."""
    return text if text.isascii() and "\x00" not in text else _UNSAFE.sub("", text)


@lru_cache(maxsize=256)
def codec(charset: str) -> str:
    """Return the Python codec of a charset label, "" for an unknown one."""
    label = charset.strip().strip("\"'").lower()
    windows = _WINDOWS.match(label)
    name = _ALIASES.get(label) or (f"cp{windows[1]}" if windows else label)
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    # Codecs such as "zip" and "rot13" turn bytes into bytes, or text into text.
    is_text = getattr(found, "_is_text_encoding", False) and found.name not in _NOT_FOR_MAIL
    return found.name if is_text else ""


def without_controls(markup: str) -> str:
    """Take out of HTML what XML tools refuse: controls other than blanks, and non-characters."""
    return _CONTROLS.sub("", markup)
