"""Sending: how many mails a minute one mailbox sends, and how soon each leaves beside many others.

The pace is measured against Google's quota; the wait is from the moment at which a reply can no
longer be taken back to its hand-over, with MAILBOXES mailboxes that all read their past meanwhile.
SENDS is how many replies the first has, BENCH_SECONDS how long the second takes.
"""

from __future__ import annotations

import os
import secrets
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import select

from connectors.gmail.units import SEND_DRAFT, UNITS
from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.deps import Deps
from inbox_service.domain.sending import daily_recipients
from inbox_service.store.tables import outbox
from tests.bench.figures import show
from tests.bench.running import Running, running
from workers.wiring import wire

SENDS = int(os.environ.get("SENDS", "60"))
MAILBOXES = int(os.environ.get("MAILBOXES", "50"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "90"))
# Each mailbox's agents answer twice a minute.
PAUSE = 30.0
PAST = 150
QUOTA = 6000
_LONGEST_SECONDS = 300.0


def main() -> None:
    """Print the figures."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    measure_pace()
    measure_waits()


@dataclass
class Writer:
    """An agent who answers in one ticket of each mailbox; `due` is when each reply shall leave."""

    service: Running
    deps: Deps
    newest: dict[int, str] = field(default_factory=dict)
    due: dict[int, int] = field(default_factory=dict)

    def open_tickets(self, addresses: list[str]) -> None:
        """Wait until what the customers asked is listed."""
        deadline = time.monotonic() + _LONGEST_SECONDS
        while len(self.newest) < len(addresses):
            assert time.monotonic() < deadline, "The tickets were not listed."
            time.sleep(1)
            for inbox in self.service.call("GET", "/inboxes")["items"]:
                self._open_ticket(inbox["id"])

    def _open_ticket(self, inbox_id: str) -> None:
        listed = self.service.call("GET", f"/tickets?inbox={inbox_id}&limit=50")["items"]
        for ticket in listed:
            if ticket["subject"] == "Urgent" and ticket["number"] not in self.newest:
                path = f"/tickets/{ticket['number']}/messages"
                self.newest[ticket["number"]] = self.service.call("GET", path)["items"][-1]["id"]

    def write(self, number: int) -> None:
        """Answer once more in this ticket."""
        body = {"kind": "reply", "text": "It is on its way.", "seen_up_to": self.newest[number]}
        headers = {"Idempotency-Key": secrets.token_hex(8)}
        path = f"/tickets/{number}/messages"
        message = self.service.call("POST", path, body, headers=headers)
        self.newest[number] = message["id"]
        self.due[int(message["id"])] = _milliseconds(message["sending"]["due_at"])

    def await_sent(self) -> list[dict[str, Any]]:
        """Return the outbox rows once all are sent."""
        deadline = time.monotonic() + _LONGEST_SECONDS
        while True:
            rows = self.sends()
            if all(row["state"] == "sent" for row in rows):
                return rows
            states = Counter(row["state"] for row in rows)
            assert time.monotonic() < deadline, f"The replies did not all leave: {dict(states)}"
            time.sleep(1)

    def sends(self) -> list[dict[str, Any]]:
        """Return the outbox rows of the replies."""
        query = select(outbox).where(outbox.c.message_id.in_(list(self.due)))
        with self.deps.sessions.reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]


def measure_pace() -> None:
    """Print how many mails a minute leave a mailbox that has many to send at once."""
    address = "support@shop.example"
    with (
        GmailSimulator(quota_per_minute=QUOTA) as google,
        running(google, INBOX_UNDO_SECONDS="0") as service,
    ):
        writer = _writer(service, [address], past=0)
        units, calls = google.units(address), Counter(google.calls(address))
        for _ in range(SENDS):
            writer.write(next(iter(writer.newest)))
        settled = sorted(row["settled_at"] for row in writer.await_sent())
        each = (google.units(address) - units) / SENDS
        made = Counter(google.calls(address)) - calls
        refused, rate = google.refused(address), writer.deps.settings.gmail_units_per_minute
        writer.deps.sessions.close()
    a_minute = (SENDS - 1) / (settled[-1] - settled[0]) * 60_000
    least = UNITS["2026"][SEND_DRAFT]
    print(f"{SENDS} mails of one mailbox at once, {rate:,} of {QUOTA:,} units a minute configured")
    show("mails sent", f"{a_minute:7.1f} /min")
    show("quota units a mail", f"{each:7.1f}", f"{least} for the send alone")
    for method, count in made.most_common():
        show(f"  {method}", f"{count / SENDS:7.1f}")
    show("what these units allow", f"{rate / each:7.1f} /min", f"used {a_minute * each / rate:.2f}")
    show("a provider's whole quota, sends alone", f"{QUOTA / least:7.1f} /min")
    a_day = daily_recipients(address)
    show("the limit of a day is reached after", f"{a_day / a_minute:7.0f} min", f"{a_day:,} mails")
    show("calls that Google refused", f"{refused:7d}")


def measure_waits() -> None:
    """Print how long replies wait in the queue while every mailbox reads its past."""
    addresses = [f"box{number}@shop.example" for number in range(MAILBOXES)]
    with GmailSimulator(quota_per_minute=QUOTA) as google, running(google) as service:
        writer = _writer(service, addresses, past=PAST)
        until = time.monotonic() + SECONDS
        numbers = list(writer.newest)
        while time.monotonic() < until:
            for number in numbers:
                started = time.monotonic()
                writer.write(number)
                time.sleep(max(0.0, PAUSE / len(numbers) - (time.monotonic() - started)))
        reading = Counter(one["backfill"]["state"] for one in service.inbox("mailbox", "status"))
        rows = writer.await_sent()
        writer.deps.sessions.close()
    print(f"{len(rows)} replies of {MAILBOXES} mailboxes, {reading['running']} still reading")
    handed = [row["delivering_since"] - writer.due[row["message_id"]] for row in rows]
    settled = [row["settled_at"] - writer.due[row["message_id"]] for row in rows]
    _show_waits("due to handed to the provider", handed)
    _show_waits("due to sent", settled)
    show("tried more than once", f"{sum(row['claims'] > 1 for row in rows):7d}")


def _writer(service: Running, addresses: list[str], past: int) -> Writer:
    """Return somebody who can answer one customer in each of these mailboxes."""
    for place, address in enumerate(addresses):
        service.google.add_account(address)
        for number in range(past):
            _deliver(service.google, address, f"Order {number}", f"c{place}-{number}")
        _deliver(service.google, address, "Urgent", f"urgent{place}")
        service.add_mailbox(address)
    writer = Writer(service, wire(service.env))
    writer.open_tickets(addresses)
    return writer


def _deliver(google: GmailSimulator, address: str, subject: str, customer: str) -> None:
    mail = f"From: {customer}@customer.example\r\nTo: {address}\r\nSubject: {subject}\r\n"
    mail += f"Message-ID: <{customer}@customer.example>\r\n\r\nWhere is my order?\r\n"
    google.deliver(address, mail.encode())


def _milliseconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp() * 1000)


def _show_waits(name: str, waits: list[int]) -> None:
    p50, p95 = statistics.median(waits) / 1000, statistics.quantiles(waits, n=20)[-1] / 1000
    show(name, f"p50 {p50:5.2f} s", f"p95 {p95:5.2f} s", f"worst {max(waits) / 1000:5.2f} s")


if __name__ == "__main__":
    main()
