"""From a mail's arrival at Google to its ticket in the API: by push, and by polling alone.

ARRIVALS is how many mails are timed each way.
"""

from __future__ import annotations

import os
import random
import statistics
import time

from connectors.testkit.gmail_simulator import GmailSimulator
from tests.bench.arrivals import Arrivals
from tests.bench.figures import show
from tests.bench.running import running

ADDRESS = "support@shop.example"
ARRIVALS = int(os.environ.get("ARRIVALS", "60"))
# Seconds at the 95th percentile.
PUSHED, POLLED = 3.0, 15.0
_SETTLE_SECONDS = 20.0


def main() -> None:
    """Print the percentiles; fail where one is over its aim."""
    found = [
        measure("by push, nobody there", PUSHED, is_pushed=True),
        measure("by push, two mails half a second apart", PUSHED, is_pushed=True, pause=0.5),
        measure("by polling, an agent there", POLLED, is_pushed=False),
    ]
    assert all(found), "Mail takes too long."


def measure(name: str, most: float, *, is_pushed: bool, pause: float = 0.0) -> bool:
    """Print how long mails take; with `pause`, a second one follows each after so long."""
    with GmailSimulator() as google, running(google) as service:
        service.add_mailbox(ADDRESS)
        if is_pushed:
            service.add_push()
        time.sleep(_SETTLE_SECONDS)
        # With push nobody is there: what polling adds for a waiting agent shall not be measured.
        arrivals = Arrivals(service, ADDRESS, is_watched=not is_pushed)
        for _ in range(ARRIVALS):
            arrivals.deliver()
            if pause:
                time.sleep(pause)
                arrivals.deliver()
            time.sleep(random.uniform(1.2, 4))
        waits = arrivals.finish()
    p95 = statistics.quantiles(waits, n=20)[-1]
    figures = f"p50 {statistics.median(waits):5.2f} s", f"p95 {p95:5.2f} s"
    show(name, *figures, f"worst {max(waits):5.2f} s", f"aim {most:.0f} s")
    return p95 <= most


if __name__ == "__main__":
    main()
