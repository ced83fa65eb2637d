"""A mailbox beside one that is broken in every way: does its mail come as fast as without it?

ARRIVALS is how many mails are timed each way. Both mailboxes are polled, an agent is there.
"""

from __future__ import annotations

import contextlib
import os
import random
import statistics
import threading
import time
from collections.abc import Iterator
from typing import Any

from connectors.testkit.gmail_simulator import GmailSimulator
from tests.bench.arrivals import Arrivals
from tests.bench.figures import show
from tests.bench.running import Running, running

HEALTHY, BROKEN = "support@shop.example", "sales@shop.example"
ARRIVALS = int(os.environ.get("ARRIVALS", "30"))
# Half as slow again would be a mailbox that is held up; less is chance.
MOST = 1.5
_SETTLE_SECONDS = 20.0
_CHANGE_SECONDS = 5.0

FAULTS: tuple[dict[str, Any], ...] = (
    {"method": "*", "status": 503},
    {"method": "messages.get", "reason": "userRateLimitExceeded"},
    {"method": "*", "kind": "drop"},
    {"method": "*", "kind": "drop", "reset": True},
    {"method": "*", "kind": "delay", "delay": 15_000},
    {"method": "messages.get", "kind": "delay", "delay": 3_000},
    {"method": "history.list", "kind": "blank_page"},
    {"method": "messages.get", "reason": "notFound"},
    {"method": "*", "retry_after": 5_000},
    {"method": "token", "status": 503},
)


def main() -> None:
    """Print both latencies; fail where the neighbour makes a difference."""
    alone = measure("beside a healthy mailbox", is_broken=False)
    beside = measure("beside a broken mailbox", is_broken=True)
    ratio = statistics.median(beside) / statistics.median(alone)
    show("beside the broken one over beside the healthy one", f"{ratio:.2f}", f"aim {MOST:.1f}")
    assert ratio <= MOST, "The broken mailbox holds up the other."


def measure(name: str, *, is_broken: bool) -> list[float]:
    """Print and return how long the healthy mailbox's mail takes to the API."""
    with GmailSimulator() as google, running(google) as service:
        for address in (HEALTHY, BROKEN):
            service.add_mailbox(address)
        time.sleep(_SETTLE_SECONDS)
        with breaking(google, service) if is_broken else contextlib.nullcontext():
            arrivals = Arrivals(service, HEALTHY, is_watched=True)
            for _ in range(ARRIVALS):
                arrivals.deliver()
                time.sleep(random.uniform(1.2, 4))
            waits = arrivals.finish()
    p95 = statistics.quantiles(waits, n=20)[-1]
    show(name, f"p50 {statistics.median(waits):5.2f} s", f"p95 {p95:5.2f} s")
    return waits


@contextlib.contextmanager
def breaking(google: GmailSimulator, service: Running) -> Iterator[None]:
    """Let one fault after the other strike the broken mailbox, which gets mail all the time."""
    stop = threading.Event()

    def break_it() -> None:
        place = 0
        while not stop.wait(_CHANGE_SECONDS):
            google.clear_faults()
            google.fault(account=BROKEN, times=None, **FAULTS[place % len(FAULTS)])
            mail = f"From: c{place}@x.example\r\nTo: {BROKEN}\r\nSubject: {place}\r\n\r\nHello"
            google.deliver(BROKEN, mail.encode())
            # Whatever state that left it in, its owner presses "Sync now".
            for mailbox in service.call("GET", "/mailboxes")["items"]:
                if mailbox["address"] == BROKEN:
                    service.call("POST", f"/mailboxes/{mailbox['id']}/sync")
            place += 1

    thread = threading.Thread(target=break_it)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        google.clear_faults()


if __name__ == "__main__":
    main()
