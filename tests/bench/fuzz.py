"""Damaged and crossed mails, by the minute: none may raise, be slow, or hold what cannot be stored.

MINUTES=60 runs for an hour (default: 1); SEED=n runs the same mails again. tests/fixtures/fuzz
holds seeds that reached what the other mails do not (atheris chose them), and every mail that was
found to be read wrongly; tests/mime/test_fuzzed.py reads them all.
"""

from __future__ import annotations

import hashlib
import os
import random
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from inbox_service import mime
from inbox_service.domain.mail import ParsedMail
from tests.bench.figures import show
from tests.mime.labelled import LETTERS
from tests.mime.nasty import CASES

FOLDER = Path(__file__).parent.parent / "fixtures" / "fuzz"
MAILS = Path(__file__).parent.parent / "fixtures" / "mail"
MINUTES = float(os.environ.get("MINUTES", "1"))
MOST_SECONDS = 2.0
LONGEST = 64 * 1024  # of a seed: short ones show more in a minute

Find = tuple[str, bytes]


def main() -> None:
    """Run for the time given; say how many, how slow, and what was found."""
    seed = int(os.environ.get("SEED", "0")) or secrets.randbits(32)
    print(f"SEED={seed}", flush=True)
    dice = random.Random(seed)
    seeds = corpus()
    tried, slowest, found = 0, 0.0, 0
    until = time.monotonic() + MINUTES * 60
    while time.monotonic() < until:
        raw = damaged(dice, seeds)
        begun = time.process_time()
        wrong = trouble(raw)
        taken = time.process_time() - begun
        wrong = wrong or ("slow" if taken > MOST_SECONDS else "")
        tried, slowest = tried + 1, max(slowest, taken)
        if wrong:
            found += keep(raw, wrong)
    show("mails read, cleaned and folded", f"{tried:,}")
    show("slowest", f"{slowest * 1000:.0f} ms")
    show("found", str(found))


def corpus() -> list[bytes]:
    """Return the mails to begin with."""
    kept = [path.read_bytes() for path in (*MAILS.glob("*.eml"), *FOLDER.glob("*.eml"))]
    nasty = [case.raw for case in CASES.values() if len(case.raw) <= LONGEST]
    return [*kept, *nasty, *(one.raw for one in LETTERS)]


def trouble(raw: bytes) -> str:
    """Return what is wrong with how a mail is read, "" where nothing is."""
    try:
        parsed = mime.parse(raw)
        safe = mime.sanitize(parsed.html).html if parsed.html else ""
        seen = mime.visible(parsed.text, safe)
        for described in parsed.attachments[:5]:
            mime.attachment(raw, described.part)
        check(parsed, seen.text + seen.html + seen.folded_text + seen.folded_html)
    except Exception as error:  # noqa: BLE001  (any error at all is what is looked for)
        return f"{type(error).__name__}: {error}"
    return ""


def check(parsed: ParsedMail, shown: str) -> None:
    """Raise where a database would refuse a text."""
    names = (a.filename + a.content_id + a.content_type for a in parsed.attachments)
    people = (one.email + one.name for one in (*parsed.to, *parsed.cc, *parsed.reply_to))
    everything = "".join([shown, parsed.subject, parsed.message_id, *names, *people])
    everything += repr((parsed.invitation, parsed.bounce)) + "".join(parsed.headers.values())
    everything.encode()
    if "\x00" in everything:
        raise ValueError("a NUL is left")


def keep(raw: bytes, wrong: str) -> int:
    """Write a find down, and what is wrong with it."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{hashlib.sha256(raw).hexdigest()[:12]}.eml"
    print(f"{path.name}: {wrong}", flush=True)
    path.write_bytes(raw)
    return 1


def damaged(dice: random.Random, seeds: list[bytes]) -> bytes:
    """Cross and damage some seeds."""
    raw = dice.choice(seeds)
    for _ in range(dice.randint(1, 6)):
        raw = dice.choice(WAYS)(dice, raw, dice.choice(seeds))
    return raw[: LONGEST * 4]


def _span(dice: random.Random, raw: bytes) -> slice:
    at = dice.randint(0, len(raw))
    return slice(at, at + dice.choice((1, 2, 4, 16, 64, 1024)))


def _replace(dice: random.Random, raw: bytes, other: bytes) -> bytes:
    span = _span(dice, raw)
    return raw[: span.start] + dice.randbytes(dice.randint(0, 8)) + raw[span.stop :]


def _cut(dice: random.Random, raw: bytes, other: bytes) -> bytes:
    span = _span(dice, raw)
    return raw[: span.start] + raw[span.stop :]


def _repeat(dice: random.Random, raw: bytes, other: bytes) -> bytes:
    span = _span(dice, raw)
    return raw[: span.start] + raw[span] * dice.choice((2, 3, 50, 500)) + raw[span.stop :]


def _cross(dice: random.Random, raw: bytes, other: bytes) -> bytes:
    return raw[: dice.randint(0, len(raw))] + other[dice.randint(0, len(other)) :]


def _insert(dice: random.Random, raw: bytes, other: bytes) -> bytes:
    at = dice.randint(0, len(raw))
    return raw[:at] + other[_span(dice, other)] + raw[at:]


def _say(dice: random.Random, raw: bytes, other: bytes) -> bytes:
    at = raw.rfind(b"\n", 0, dice.randint(0, len(raw))) + 1
    return raw[:at] + dice.choice(WORDS) + raw[at:]


def _other_ends(dice: random.Random, raw: bytes, other: bytes) -> bytes:
    return raw.replace(b"\r\n", dice.choice((b"\n", b"\r", b"\n\r", b"\r\r\n")))


WAYS: tuple[Callable[[random.Random, bytes, bytes], bytes], ...] = (
    _replace,
    _cut,
    _repeat,
    _cross,
    _insert,
    _say,
    _other_ends,
)

WORDS = (
    b"Content-Type: multipart/mixed; boundary=b\r\n",
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n",
    b"Content-Type: text/html; charset=utf-16\r\n",
    b"Content-Type: text/plain; charset=iso-2022-jp; format=flowed; delsp=yes\r\n",
    b"Content-Type: application/ms-tnef\r\n",
    b"Content-Type: text/calendar\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: quoted-printable\r\n",
    b"Content-Disposition: attachment; filename*0*=utf-8''%D9; filename*1=x\r\n",
    b"Subject: =?utf-7?b?+?= =?hz?q?~{?=\r\n",
    b"\r\n\r\n",
    b"--b\r\n",
    b"--b--\r\n",
    b"begin 644 a\r\n",
    b"end\r\n",
    b"=ybegin line=1 name=a\r\n",
    b"BEGIN:VEVENT\r\nDTSTART;TZID=x:20250303T110640\r\n",
    b"<blockquote><div class=gmail_quote>",
    b"On Mon, 3 Mar 2025, Ana wrote:\r\n> ",
    b"-- \r\n",
    b"\x00\xff\xfe\x1b$B\xed\xa0\x80",
)


if __name__ == "__main__":
    main()
