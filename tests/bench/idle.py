"""What many mailboxes cost in which nothing happens: units, processor, and queries a minute.

MAILBOXES is how many; BENCH_SECONDS how long they are measured.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import structlog
from sqlalchemy import event

from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.deps import Deps
from inbox_service.services import mailboxes, sync
from inbox_service.store import mailboxes as mailbox_store
from tests.bench.figures import show
from tests.bench.running import PROJECT, Running, running
from workers import schedule
from workers.wiring import wire

MAILBOXES = int(os.environ.get("MAILBOXES", "1000"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "120"))
_LONGEST_START = 1200
ADDRESSES = [f"box{number}@shop.example" for number in range(MAILBOXES)]


def main() -> None:
    """Print the figures."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with GmailSimulator() as google, running(google) as service:
        deps = wire(service.env)
        connect(deps, service)
        await_read(deps)
        await_quiet(service)
        measure(deps, service)
        deps.sessions.close()


def connect(deps: Deps, service: Running) -> None:
    """Connect the mailboxes, without a word in them."""
    for address in ADDRESSES:
        mailboxes.add_mailbox(
            deps,
            int(service.site_id),
            "gmail",
            address,
            asdict(service.google.add_account(address)),
            [(address, address)],
            {"project": PROJECT},
        )


def await_read(deps: Deps) -> None:
    """Wait until all are read."""
    deadline = time.monotonic() + _LONGEST_START
    while True:
        with deps.sessions.reading() as connection:
            rows = mailbox_store.every(connection)
        if all(row["state"] == "healthy" for row in rows):
            return
        assert time.monotonic() < deadline, "The mailboxes did not become healthy."
        time.sleep(5)


def await_quiet(service: Running) -> None:
    """Wait until the first comparison with Google, a nightly task, is over for all of them."""
    before = -1
    while before != (before := _calls(service)["messages.list"]):
        # It begins with some of them each minute.
        time.sleep(70)


def measure(deps: Deps, service: Running) -> None:
    """Print what they cost a minute."""
    before, calls, units = service.cpu_seconds(), _calls(service), _units(service)
    time.sleep(SECONDS)
    minutes = SECONDS / 60
    made = _calls(service) - calls
    looks_a_minute = made["history.list"] / minutes
    print(f"{MAILBOXES:,} idle mailboxes, {SECONDS} s measured")
    show("looks into a mailbox", f"{looks_a_minute:9.0f} /min")
    show("quota units", f"{(_units(service) - units) / minutes:9.0f} /min")
    for method, count in made.most_common():
        show(f"  {method}", f"{count / minutes:9.0f} /min")
    used = {name: seconds - before[name] for name, seconds in service.cpu_seconds().items()}
    total = sum(used.values()) / minutes
    show("processor", f"{total:9.1f} s/min", f"{total / 0.6:.0f} % of one core")
    for name, seconds in used.items():
        show(f"  {name}", f"{seconds / minutes:9.1f} s/min")
    per_look, per_sweep = _queries(deps, service)
    sweeps = 60 / schedule.SWEEP_SECONDS
    total_queries = looks_a_minute * per_look + sweeps * per_sweep
    show("queries", f"{total_queries:9.0f} /min", f"{per_look} a look, {per_sweep} a sweep")
    show("ideal: a history.list a minute each", f"{2 * MAILBOXES:9.0f} units/min")


def _calls(service: Running) -> Counter[str]:
    made: Counter[str] = Counter()
    for address in ADDRESSES:
        made.update(service.google.calls(address))
    return made


def _units(service: Running) -> int:
    return sum(service.google.units(address) for address in ADDRESSES)


def _queries(deps: Deps, service: Running) -> tuple[int, int]:
    """Return how many statements one look and one sweep take."""
    with deps.sessions.reading() as connection:
        mailbox_id = mailbox_store.every(connection)[0]["id"]
    with _counting(deps) as looked:
        outcome = sync.sync_mailbox(deps, int(service.site_id), mailbox_id, "bench")
        assert outcome.held, "A worker had the mailbox at this very moment: run it again."
    with _counting(deps) as swept:
        schedule.hint_due_mailboxes(deps)
        schedule.hint_due_sends(deps)
    return len(looked), len(swept)


@contextmanager
def _counting(deps: Deps) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(deps.sessions.engine, "before_cursor_execute", note)
    yield statements
    event.remove(deps.sessions.engine, "before_cursor_execute", note)


if __name__ == "__main__":
    main()
