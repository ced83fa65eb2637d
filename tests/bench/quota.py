"""A back-fill at the pace of the quota: how much of the rate it uses, and whether Google refuses.

BENCH_SECONDS is how long each kind of quota is measured, after the first half minute.
"""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass

from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.settings import Settings
from tests.bench.arrivals import Arrivals
from tests.bench.figures import show
from tests.bench.running import Running, running
from tests.bench.sync import ADDRESS, fill

SECONDS = int(os.environ.get("BENCH_SECONDS", "120"))
WARM_UP = 30
# Google's page says 6,000 a minute; a public measurement met a limit after 2,900 units in 18 s,
# which a bucket of some thousand units would explain.
QUOTAS = {"counted per minute": {}, "smoothed, 1,000 at once": {"quota_burst": 1000}}
NEEDED = 0.95


@dataclass(frozen=True)
class Spent:
    """What the mailbox had spent at a moment."""

    at: float
    units: int
    fetched: int

    @classmethod
    def now(cls, google: GmailSimulator) -> Spent:
        fetched = google.calls(ADDRESS).get("messages.get", 0)
        return cls(time.monotonic(), google.units(ADDRESS), fetched)


def main() -> None:
    """Print the figures for each kind of quota; fail where the rate is not used or exceeded."""
    results = [measure(name, quota) for name, quota in QUOTAS.items()]
    assert all(results), "The quota was exceeded, or not used."


def measure(name: str, quota: dict[str, int]) -> bool:
    """Print what a back-fill does under this quota; tell whether that is good."""
    rate = Settings.from_env({"INBOX_DATA_DIR": "."}).gmail_units_per_minute
    with GmailSimulator(quota_per_minute=6000, **quota) as google:
        google.add_account(ADDRESS)
        fill(google)
        with running(google) as service:
            first, last, live = _measured(service, google)
        refused = google.refused(ADDRESS)
    minutes = (last.at - first.at) / 60
    used = (last.units - first.units) / minutes / rate
    messages = (last.fetched - first.fetched) / minutes
    print(f"{name}: {rate:,} units a minute configured, {minutes * 60:.0f} s measured")
    show("units used / configured", f"{used:7.3f}")
    show("calls that Google refused", f"{refused:7d}")
    show("messages read", f"{messages:7.0f} /min", f"{messages * 20 / rate:.2f} of the rate")
    show("new mail meanwhile, arrival to API", f"worst {max(live):5.1f} s of {len(live)}")
    return used >= NEEDED and not refused


def _measured(service: Running, google: GmailSimulator) -> tuple[Spent, Spent, list[float]]:
    service.add_mailbox(ADDRESS)
    time.sleep(WARM_UP)
    first = Spent.now(google)
    waits: list[float] = []
    until = first.at + SECONDS
    thread = threading.Thread(target=_watch_live, args=(service, waits, until))
    thread.start()
    _sleep_until(until)
    last = Spent.now(google)
    thread.join()
    done = service.inbox("mailbox", "status")[0]["backfill"]
    assert done["state"] == "running", f"The back-fill ended too soon ({done}): set MAILS higher."
    return first, last, waits


def _watch_live(service: Running, waits: list[float], until: float) -> None:
    """Let a mail arrive every now and then, as an agent with the inbox open would see it."""
    arrivals = Arrivals(service, ADDRESS, is_watched=True)
    while time.monotonic() < until - 20:
        arrivals.deliver()
        time.sleep(5)
    waits += arrivals.finish()


def _sleep_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))


if __name__ == "__main__":
    main()
