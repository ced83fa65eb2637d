"""The memory of a worker that reads a large mailbox: flat, however much there is?

MAILS=100000 for the full measure. The simulated Google is a process of its own, so that what it
holds is not counted.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import requests
import structlog
from sqlalchemy import update

from inbox_service.deps import Deps
from inbox_service.ports import Credentials
from inbox_service.services import sync
from inbox_service.store.tables import mailboxes
from tests.bench.figures import show
from tests.bench.sync import ADDRESS, add_mailbox, make_service

MAILS = int(os.environ.get("MAILS", "10000"))
SAMPLES = (1_000, 10_000, 100_000)


def main() -> None:
    """Print the memory at each size, and while all ids are compared."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_archive(folder / "mails.mbox", MAILS)
        with google(folder) as root:
            deps = make_service(folder, root)
            ids = add_mailbox(deps, credentials(root))
            print(f"{MAILS:,} messages of about 4 kB; a worker before the first: {resident()}")
            read_all(deps, *ids)
            compare_all(deps, *ids)
            deps.sessions.close()


def read_all(deps: Deps, site_id: int, mailbox_id: int) -> None:
    """Read the mailbox, printing the memory on the way."""
    read, more = 0, True
    while more:
        before = read
        outcome = sync.sync_mailbox(deps, site_id, mailbox_id, "bench")
        assert not outcome.error, outcome.error
        read, more = read + outcome.found.total(), outcome.more
        for sample in SAMPLES:
            if before < sample <= read:
                show(f"{sample:,} messages read", resident())
    show(f"{read:,} messages read, all", resident())


def compare_all(deps: Deps, site_id: int, mailbox_id: int) -> None:
    """Compare every id with its receipt, as after a lost cursor."""
    with deps.sessions.writing() as connection:
        connection.execute(update(mailboxes).values(gap_cursor=mailboxes.c.live_cursor))
    more = True
    while more:
        more = sync.sync_mailbox(deps, site_id, mailbox_id, "bench").more
    show("all ids compared", resident())


def credentials(root: str) -> Credentials:
    """Return the consent of the account's owner."""
    answer = requests.post(f"{root}/_sim/accounts", json={"email": ADDRESS}, timeout=60)
    answer.raise_for_status()
    given: Credentials = answer.json()
    return given


def resident() -> str:
    process = psutil.Process()
    return f"{process.memory_info().rss / 1e6:6.0f} MB"


def write_archive(path: Path, count: int) -> None:
    """Write an mbox of threads of four mails each, a minute apart."""
    with path.open("w") as archive:
        for number in range(count):
            archive.write(f"From bench Mon Jan  1 00:00:00 2024\n{mail(number)}\n\n")


def mail(number: int) -> str:
    root = number - number % 4
    minute, hour, day = number % 60, number // 60 % 24, number // 1440 % 28 + 1
    headers = [
        f"From: Omar <omar{root}@customer.example>",
        f"To: {ADDRESS}",
        f"Subject: Order {root}",
        f"Date: {day} Jan 2024 {hour:02}:{minute:02}:00 +0000",
        f"Message-ID: <{number}@customer.example>",
        "MIME-Version: 1.0",
        "Content-Type: text/html; charset=utf-8",
    ]
    if number % 4:
        headers.append(f"References: <{root}@customer.example>")
    body = "<p>I would like to know <b>where</b> my order is.</p>\n" * 60
    return "\n".join([*headers, "", body])


@contextlib.contextmanager
def google(folder: Path) -> Iterator[str]:
    """Run a simulated Google with the archive, and yield its address."""
    command = [sys.executable, "-m", "connectors.testkit.gmail_simulator", "--quota", "0"]
    command += ["--state-dir", str(folder / "google"), "--load", f"{ADDRESS}={folder}/mails.mbox"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        yield next(line.strip() for line in lines if line.startswith("http"))
        process.terminate()


if __name__ == "__main__":
    main()
