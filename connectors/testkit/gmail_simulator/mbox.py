"""Fill an account from an mbox archive, fast."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from io import BufferedReader
from itertools import islice
from pathlib import Path

from connectors.testkit.gmail_simulator import accounts, delivery, mailbox, rfc822, watch
from connectors.testkit.gmail_simulator.store import Db
from connectors.testkit.gmail_simulator.world import World


def load(world: World, account: str, path: Path, limit: int | None = None) -> int:
    """Deliver an archive's mails to the account, dated by their Date fields; return how many.

    Mails From one of the account's own addresses become SENT, all others arrive in INBOX.
    """
    # One transaction: a load that was killed left nothing, and can be done again.
    with _open(path) as archive, world.store.open() as db:
        count = 0
        for raw in islice(split(archive), limit):
            _put(db, account, raw, world.now())
            count += 1
        watch.announce(world, db)
    return count


def _open(path: Path) -> gzip.GzipFile | BufferedReader:
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")


def split(archive: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the mails of an mbox (RFC 4155): each begins with a line "From " after a blank one."""
    lines: list[bytes] = []
    blank = True
    for line in archive:
        if blank and line.startswith(b"From "):
            if lines:
                yield b"".join(lines)
            lines = []
        else:
            lines.append(line[1:] if line.startswith(b">From ") else line)
        blank = line in (b"\n", b"\r\n")
    if lines:
        yield b"".join(lines)


def _put(db: Db, account: str, raw: bytes, now: int) -> None:
    mail = rfc822.split(raw)
    # Archives hold mails dated in the future; Gmail never received one.
    date = min(rfc822.date_of(mail, now), now)
    sender = rfc822.address_of(mail.header("From"))
    if sender and accounts.may_write_from(db, account, sender):
        thread_id = mailbox.thread_by_headers(db, account, mail)
        new = mailbox.NewMessage(raw, frozenset({"SENT"}), date, thread_id)
        mailbox.add(db, account, new, now)
        return
    delivery.receive(db, account, delivery.Arrival(raw, account, date), now)
