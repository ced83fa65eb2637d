"""Reading a mailbox with the quota off: messages a second, beside the floor of the same machine.

The floor is what no engine can do without: fetch, parse, sanitise, fold, insert. CPU seconds, which
are those of the simulated Google too, tell more than wall time where the machine has other work.
ARCHIVE=FILE.mbox.gz reads an archive of yours in place of mail written here.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass, replace
from email.message import EmailMessage
from pathlib import Path

import structlog

from connectors.registry import Endpoints, Registry
from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service import mime
from inbox_service.deps import Deps, SystemClock
from inbox_service.ports import Credentials, Fetched, FetchFailed, Priority, Scope
from inbox_service.services import mailboxes, sync
from inbox_service.services.connections import connect
from inbox_service.store import mailboxes as mailbox_store
from inbox_service.testing import add_site, make_deps, make_tables
from tests.bench.figures import show

ADDRESS = "support@shop.example"
MAILS = int(os.environ.get("MAILS", "2000"))


def main() -> None:
    """Print the rates."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with tempfile.TemporaryDirectory() as folder, GmailSimulator(quota_per_minute=0) as simulator:
        credentials = simulator.add_account(ADDRESS)
        fill(simulator)
        deps = make_service(Path(folder), simulator.root)
        site_id, mailbox_id = add_mailbox(deps, asdict(credentials))
        floor = seconds_of_floor(deps, site_id, mailbox_id, Path(folder) / "floor.db")
        found, taken = seconds_of_sync(deps, site_id, mailbox_id)
    read = found.total()
    print(f"{read:,} messages: {dict(found)}")
    tell("the floor: fetch, parse, sanitise, insert", read, floor)
    tell("the engine, everything stored", read, taken)
    ratios = (f"{floor.wall / taken.wall:7.2f}", f"{floor.cpu / taken.cpu:14.2f} by CPU")
    show("the engine's rate over the floor's", *ratios)


@dataclass(frozen=True)
class Taken:
    """How long something took, in seconds of the clock and of the processor."""

    wall: float
    cpu: float

    @classmethod
    def now(cls) -> Taken:
        return cls(time.perf_counter(), time.process_time())

    def since(self) -> Taken:
        """Return what was taken since this moment."""
        now = Taken.now()
        return Taken(now.wall - self.wall, now.cpu - self.cpu)


def tell(name: str, read: int, taken: Taken) -> None:
    """Print a rate."""
    per_cpu = f"{read / taken.cpu:7.0f} per CPU second"
    show(name, f"{read / taken.wall:7.0f} messages/s", per_cpu)


def fill(simulator: GmailSimulator) -> None:
    """Put the archive, or threads of four mails each, into the mailbox."""
    archive = os.environ.get("ARCHIVE", "")
    if archive:
        simulator.load_mbox(ADDRESS, Path(archive), MAILS)
        return
    for number in range(MAILS):
        mail = EmailMessage()
        root = f"<{number - number % 4}@customer.example>"
        mail["From"] = f"Omar <omar{number // 4}@customer.example>"
        mail["To"], mail["Subject"] = ADDRESS, f"Order {number // 4}"
        mail["Message-ID"] = f"<{number}@customer.example>"
        if number % 4:
            mail["References"] = root
        mail.set_content("I would like to know where my order is.\n" * 20)
        mail.add_alternative("<p>I would like to know <b>where</b> it is.</p>" * 20, subtype="html")
        simulator.deliver(ADDRESS, bytes(mail))


def make_service(folder: Path, root: str) -> Deps:
    """Return Deps on an empty SQLite database, with the simulator as Google."""
    url = f"sqlite:///{folder / 'inbox.db'}"
    make_tables(url)
    clock = SystemClock()
    source = Registry(Endpoints(gmail_api_root=root, google_oauth_root=root), clock)
    return replace(make_deps(folder, url, source), clock=clock)


def add_mailbox(deps: Deps, credentials: Credentials) -> tuple[int, int]:
    """Connect the mailbox, all of it."""
    with deps.sessions.writing() as connection:
        site_id = add_site(connection, deps.clock.now())
    feeds = [("Support", ADDRESS)]
    mailbox_id = mailboxes.add_mailbox(
        deps, site_id, "gmail", ADDRESS, credentials, feeds, depth_days=None
    )
    return site_id, mailbox_id


def seconds_of_floor(deps: Deps, site_id: int, mailbox_id: int, path: Path) -> Taken:
    """Return how long it takes to fetch and understand every mail, and to insert one row each."""
    with deps.sessions.reading() as connection:
        row = mailbox_store.get(connection, site_id, mailbox_id)
    assert row is not None
    connector = connect(deps, row)
    refs = list(connector.list_refs(Scope()))
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("CREATE TABLE mails (id PRIMARY KEY, subject, text, html, folded, at)")
    start = Taken.now()
    for place in range(0, len(refs), 25):
        read = connector.fetch(refs[place : place + 25], Priority.BACKFILL)
        with database:
            database.executemany("INSERT INTO mails VALUES (?, ?, ?, ?, ?, ?)", map(row_of, read))
    taken = start.since()
    database.close()
    return taken


def row_of(result: Fetched | FetchFailed) -> tuple[object, ...]:
    """Return the least that is to be stored of a mail."""
    assert isinstance(result, Fetched)
    mail = mime.parse(result.raw)
    said = mime.visible(mail.text, mime.sanitize(mail.html).html if mail.html else "")
    ours = (said.text, said.html, said.folded_text, result.received_at)
    return (result.ref.provider_id, mail.subject, *ours)


def seconds_of_sync(deps: Deps, site_id: int, mailbox_id: int) -> tuple[Counter[str], Taken]:
    """Return what the engine found, and how long it took to read everything."""
    found: Counter[str] = Counter()
    start = Taken.now()
    more = True
    while more:
        outcome = sync.sync_mailbox(deps, site_id, mailbox_id, "bench")
        assert not outcome.error, outcome.error
        found += outcome.found
        more = outcome.more
    return found, start.since()


if __name__ == "__main__":
    main()
