"""Archives of real mail through the engine: a receipt each, no exception, nothing new at a repeat.

ARCHIVES=FOLDER names a folder of .mbox or .mbox.gz files, each read as a mailbox of its own.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import func, select
from structlog.testing import capture_logs

from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.deps import Deps
from inbox_service.services import sync
from inbox_service.store.tables import mailboxes, receipts
from tests.bench.figures import show
from tests.bench.sync import ADDRESS, add_mailbox, make_service


def main() -> None:
    """Print what became of each archive; fail where a mail is missing or anything was raised."""
    folder = os.environ.get("ARCHIVES", "")
    files = sorted(Path(folder).glob("*.mbox*")) if folder else []
    if not files:
        print("ARCHIVES names no folder with .mbox files: nothing to do.")
        return
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(30))
    results = [read(path) for path in files]
    if not all(results):
        sys.exit("A mail is missing, or something was raised.")


def read(path: Path) -> bool:
    """Read an archive twice; print the figures, and tell whether they are as they should be."""
    with tempfile.TemporaryDirectory() as folder, GmailSimulator(quota_per_minute=0) as google:
        credentials = google.add_account(ADDRESS)
        there = google.load_mbox(ADDRESS, path)
        deps = make_service(Path(folder), google.root)
        ids = add_mailbox(deps, asdict(credentials))
        with capture_logs() as logs:
            start = time.perf_counter()
            found = look(deps, *ids)
            taken = time.perf_counter() - start
            rows = count(deps)
            begin_again(deps)
            again = look(deps, *ids)
    raised = Counter(str(log["event"]) for log in logs if log["log_level"] in ("error", "warning"))
    print(f"{path.name}: {there:,} messages, {there / taken:.0f} a second")
    show("receipts", f"{rows:,}", str(dict(found)))
    show("a second back-fill finds", f"{again.total()} new")
    show("errors and warnings", str(dict(raised) or "none"))
    return rows == there and not again and not raised


def look(deps: Deps, site_id: int, mailbox_id: int) -> Counter[str]:
    """Sync until nothing more waits; return what was found."""
    found: Counter[str] = Counter()
    more = True
    while more:
        outcome = sync.sync_mailbox(deps, site_id, mailbox_id, "bench")
        assert not outcome.error, outcome.error
        found += outcome.found
        more = outcome.more
    return found


def count(deps: Deps) -> int:
    with deps.sessions.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(receipts)).scalar_one())


def begin_again(deps: Deps) -> None:
    """Let the back-fill begin from nothing, as for a mailbox just connected."""
    values: dict[str, Any] = {"backfill_state": "pending", "backfill_cursor": None}
    with deps.sessions.writing() as connection:
        connection.execute(mailboxes.update().values(**values, live_cursor=None))


if __name__ == "__main__":
    main()
