"""Parameters of Content-Type and Content-Disposition (RFC 2045 5.1, RFC 2231), as mails have them.

The readers cope with unquoted blanks, missing quotes, raw 8-bit values and encoded words where
none may stand.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from inbox_service.mime.charsets import decode

MAX_PARAMETERS = 64

# The slash may have blanks around it, and the semicolon before the parameters may be missing.
_MAIN = re.compile(rb"\s*\"?([^\s;,()\"/]*(?:\s*/\s*[^\s;,()\"/]*)?)\"?")
_PARAMETER = re.compile(rb';\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;"]*))', re.DOTALL)
_QUOTED_PAIR = re.compile(rb'\\(["\\])')
_SECTION = re.compile(r"^(.*?)\*(\d{1,3})?(\*)?$")


def parameters(value: bytes) -> tuple[str, dict[str, str]]:
    """Return the lower-case main value and the parameters by lower-case name, continued joined."""
    begun = _MAIN.match(value)
    main = begun[1].translate(None, b" \t\r\n") if begun else b""
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, bytes]]] = {}
    for number, found in enumerate(
        _PARAMETER.finditer(b";" + value[begun.end() if begun else 0 :])
    ):
        if number >= MAX_PARAMETERS:
            break
        name = found[1].decode("ascii", "replace").lower()
        content = _QUOTED_PAIR.sub(rb"\1", found[2]) if found[2] is not None else found[3].strip()
        section = _SECTION.match(name)
        if section:
            piece = (int(section[2] or 0), bool(section[3]) or section[2] is None, content)
            pieces.setdefault(section[1], []).append(piece)
        else:
            plain.setdefault(name, decode(content, ""))
    # RFC 2231 4: the extended form wins over the plain one kept for old readers.
    extended = {name: _joined(found) for name, found in pieces.items()}
    return decode(main, "").lower(), plain | extended


def _joined(pieces: list[tuple[int, bool, bytes]]) -> str:
    pieces.sort(key=lambda piece: piece[0])
    charset = b""
    _, encoded, first = pieces[0]
    if encoded and first.count(b"'") >= 2:  # charset'language'value, RFC 2231 4
        charset, _, first = first.split(b"'", 2)
        pieces[0] = (0, True, first)
    content = b"".join(unquote_to_bytes(c) if e else c for _, e, c in pieces)
    return decode(content, charset.decode("ascii", "replace"))
