"""Reading mail: ours beside three libraries, on real mails and on the nasty ones.

ARCHIVES=FOLDER holds *.mbox.gz; without it only the nasty ones are read.
"""

from __future__ import annotations

import email
import email.policy
import gzip
import os
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage, Message
from pathlib import Path

import fast_mail_parser

from connectors.testkit.gmail_simulator import mbox
from inbox_service.mime import parse
from inbox_service.mime.headers import text_value
from tests.bench.figures import show
from tests.mime.nasty import CASES, Case

MOST_SECONDS = 2.0


@dataclass(frozen=True)
class Said:
    """What a parser says of a mail, blanks left out: programs differ in those."""

    subject: str
    text: str


Reader = Callable[[bytes], Said]


def main() -> None:
    """Print the tables."""
    mails = list(archives())
    print(f"{len(mails):,} real mails, {len(CASES)} nasty ones")
    for name, read in READERS.items():
        times = [seconds(read, raw) for raw in mails]
        verdict = judged(read)
        show(name, f"real {spread(times)}", verdict)
    nasty = [case.raw for case in CASES.values()]
    show("ours, nasty", spread([seconds(ours, raw) for raw in nasty]))
    peaks(mails[::10], "memory, real mails")
    peaks(nasty, "memory, nasty mails")
    for name, read in READERS.items():
        if mails and read is not ours:
            same = sum(ours(raw) == said(read, raw) for raw in mails)
            show(f"agrees with ours: {name}", f"{same:,} of {len(mails):,} real mails")


def archives() -> Iterator[bytes]:
    """Yield the mails of every archive."""
    folder = os.environ.get("ARCHIVES", "")
    for path in sorted(Path(folder).glob("*.mbox.gz")) if folder else ():
        with gzip.open(path) as archive:
            yield from mbox.split(archive)


def ours(raw: bytes) -> Said:
    """Read with inbox_service.mime."""
    found = parse(raw)
    return Said(squeezed(found.subject), squeezed(found.text or found.html))


def by_policy_default(raw: bytes) -> Said:
    """Read with the standard library's newer interface."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    texts = [one for one in leaves(message) if one.get_content_type() == "text/plain"]
    texts = texts or [one for one in leaves(message) if one.get_content_type() == "text/html"]
    text = "".join(one.get_content() for one in texts if isinstance(one, EmailMessage))
    return Said(squeezed(str(message["subject"] or "")), squeezed(text))


def by_compat32(raw: bytes) -> Said:
    """Read with the standard library's older interface, and our reading of headers."""
    message = email.message_from_bytes(raw)
    texts = [part for part in leaves(message) if part.get_content_type() == "text/plain"]
    texts = texts or [part for part in leaves(message) if part.get_content_type() == "text/html"]
    subject = str(message["subject"] or "").encode("ascii", "surrogateescape")
    return Said(squeezed(text_value(subject)), squeezed("".join(map(decoded, texts))))


def leaves(message: Message) -> list[Message]:
    """Return the leaves in order, files left out."""
    return [p for p in message.walk() if not p.is_multipart() and not p.get_filename()]


def decoded(part: Message) -> str:
    """Return a part's text as its label says."""
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode(part.get_content_charset() or "utf-8", "replace")


def by_rust(raw: bytes) -> Said:
    """Read with fast-mail-parser."""
    found = fast_mail_parser.parse_email(raw)
    return Said(squeezed(found.subject), squeezed("".join(found.text_plain or found.text_html)))


READERS: dict[str, Reader] = {
    "ours": ours,
    "email, policy.default": by_policy_default,
    "email, compat32": by_compat32,
    "fast-mail-parser": by_rust,
}


def squeezed(text: str) -> str:
    """Leave out blanks, NUL, and the quote marks that joining flowed lines takes away."""
    return "".join(text.replace("\x00", "").replace(">", "").split())


def said(read: Reader, raw: bytes) -> Said | None:
    """Return what a reader says, None where it raises."""
    try:
        return read(raw)
    except Exception:  # noqa: BLE001  (which errors a library raises is what is measured)
        return None


def seconds(read: Reader, raw: bytes) -> float:
    """Return the CPU time a mail takes."""
    begun = time.process_time()
    said(read, raw)
    return time.process_time() - begun


def judged(read: Reader) -> str:
    """Read every nasty mail; count what is right, raised and slow."""
    right = raised = slow = 0
    for case in CASES.values():
        begun = time.process_time()
        found = said(read, case.raw)
        slow += time.process_time() - begun > MOST_SECONDS
        raised += found is None
        right += found is not None and is_right(case, found)
    return f"nasty: {right} of {len(CASES)} right, {raised} raised, {slow} over 2 s"


def is_right(case: Case, found: Said) -> bool:
    """Compare with the table, where it says anything of subject and text."""
    wanted = case.expected
    return (
        squeezed(wanted.get("subject", found.subject)) == found.subject
        and ("text" not in wanted or "html_has" in wanted or squeezed(wanted["text"]) == found.text)
        and squeezed(wanted.get("has", "")) in found.text
        and (
            "html_has" not in wanted
            or "text" in wanted
            or squeezed(wanted["html_has"]) in found.text
        )
    )


def peaks(mails: Sequence[bytes], name: str) -> None:
    """Print what reading takes at most, and the most per byte of a mail above 100 kB."""
    most, times_size = 0, 0.0
    tracemalloc.start()
    for raw in mails:
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        parse(raw)
        taken = tracemalloc.get_traced_memory()[1] - before
        most = max(most, taken)
        times_size = max(times_size, taken / len(raw)) if len(raw) > 100_000 else times_size
    tracemalloc.stop()
    show(name, f"max {most / 1e6:.1f} MB; {times_size:.1f} times the size of a mail above 100 kB")


def spread(times: list[float]) -> str:
    """Return p50, p99 and max in milliseconds."""
    if not times:
        return "-"
    ordered = sorted(time * 1000 for time in times)
    p50, p99 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
    return f"p50 {p50:.2f} p99 {p99:.2f} max {ordered[-1]:.1f} ms"


if __name__ == "__main__":
    main()
