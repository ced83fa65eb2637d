"""Header values as people read them: encoded words, ids, dates."""

from __future__ import annotations

import binascii
import quopri
import re
from datetime import UTC, datetime
from email.utils import format_datetime, mktime_tz, parsedate_tz

from inbox_service.mime.charsets import codec, decode, storable

MAX_SUBJECT = 998  # RFC 5322 2.1.1: no line is longer, and nobody reads more
MAX_ID = 998
MAX_IDS = 100
_MAX_VALUE = 64 * 1024

# RFC 2047 2, with what real mail adds: blanks in Q text, and a language (RFC 2231 5).
_WORD = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=")
_BLANKS = re.compile(r"\s+")
_CONTROLS = re.compile("[\x00-\x1f\x7f]")
_BRACKETED = re.compile(r"<([^<>]{1,2000})>")
_EARLIEST_DATE_AT = 0
_LATEST_DATE_AT = 4_102_444_800_000  # 2100: later is a broken clock


def text_value(value: bytes, fallback_charset: str = "") -> str:
    """Decode a header's value into one line of text."""
    plain = decode(value[:_MAX_VALUE], "", fallback_charset)
    return one_line(decode_words(plain))


def one_line(text: str) -> str:
    """Turn every run of blanks and controls into one space."""
    return _BLANKS.sub(" ", _CONTROLS.sub(" ", text)).strip()


def decode_words(text: str) -> str:
    """Decode the encoded words of RFC 2047 in a text and leave the rest as it is."""
    if "=?" not in text:
        return text
    out: list[str] = []
    run: list[tuple[str, bytes]] = []
    end = 0
    for found in _WORD.finditer(text):
        between = text[end : found.start()]
        if between.strip() or not run:  # RFC 2047 6.2: blanks between two words vanish
            out.append(_run_text(run))
            run = []
            out.append(between)
        run.append((found[1].lower(), _word_bytes(found[2], found[3])))
        end = found.end()
    return "".join([*out, _run_text(run), text[end:]])


def _run_text(run: list[tuple[str, bytes]]) -> str:
    """Decode adjacent words; bytes of one charset are joined first, as senders cut letters."""
    out = []
    position = 0
    while position < len(run):
        charset = run[position][0]
        together = []
        while position < len(run) and run[position][0] == charset:
            together.append(run[position][1])
            position += 1
        out.append(_word_text(together, charset))
    return "".join(out)


def _word_text(pieces: list[bytes], charset: str) -> str:
    # Each word of a charset with shift states begins in ASCII again (RFC 2047 3).
    if codec(charset).startswith(("iso2022", "utf-7", "hz")):
        return "".join(decode(piece, charset) for piece in pieces)
    return decode(b"".join(pieces), charset)


def _word_bytes(encoding: str, content: str) -> bytes:
    raw = content.encode("utf-8", "ignore")
    if encoding in "qQ":
        return quopri.decodestring(raw.replace(b"_", b" "), header=True)
    clean = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    clean = clean[:-1] if len(clean) % 4 == 1 else clean
    return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def message_ids(value: bytes) -> tuple[str, ...]:
    """Return the ids of a Message-ID, In-Reply-To or References header without their brackets.

    Blanks that folding left inside an id are taken out; where nobody wrote brackets, words
    separated by blanks count if they have an @. Of too many, the first and the latest are kept.
    """
    text = decode_words(decode(value[:_MAX_VALUE], ""))
    found = [_BLANKS.sub("", inner) for inner in _BRACKETED.findall(text)]
    if not found:
        found = [word.strip("<>,;\"'") for word in text.split() if "@" in word]
    ids = list(dict.fromkeys(_CONTROLS.sub("", one) for one in found if 0 < len(one) <= MAX_ID))
    if len(ids) > MAX_IDS:
        ids = [ids[0], *ids[-(MAX_IDS - 1) :]]
    return tuple(ids)


def message_id(value: bytes) -> str:
    """Return the id of a Message-ID header, also a malformed one; "" where there is none."""
    ids = message_ids(value)
    if ids:
        return ids[0]
    return _BLANKS.sub("", storable(decode(value[:_MAX_VALUE], ""))).strip("<>")[:MAX_ID]


def sent_at(value: bytes) -> int | None:
    """Return a Date header in milliseconds UTC, None where it is absent, unreadable or absurd."""
    try:
        parsed = parsedate_tz(decode(value[:200], ""))
        moment = mktime_tz(parsed) * 1000 if parsed else None
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    if moment is None or not _EARLIEST_DATE_AT < moment < _LATEST_DATE_AT:
        return None
    return moment


def date_value(at: int) -> str:
    """Write a time in milliseconds as a Date header (RFC 5322 3.3)."""
    return format_datetime(datetime.fromtimestamp(at // 1000, UTC))
