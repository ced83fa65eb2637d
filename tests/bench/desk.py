"""List, counters, ticket and news: flat from 10,000 to 100,000 tickets? (TICKETS=1000000 for more)

Through the whole web application in this process, signature check included. DATABASE_URL names an
empty PostgreSQL database to measure in place of SQLite.
"""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import Connection, insert

from inbox_service.api import create_app
from inbox_service.store import counters, events
from inbox_service.store.ids import new_id
from inbox_service.store.tables import messages, tickets
from inbox_service.testing import START, add_customer, add_inbox, make_deps, make_tables
from tests.bench.figures import percentiles, show

sys.path.insert(0, str(Path(__file__).parents[1] / "api"))
from shop import Client, Shop, open_shop

SIZES = [int(size) for size in os.environ.get("TICKETS", "10000,100000").split(",")]
STATUSES = ("open", "open", "pending", "solved", "solved", "solved", "solved", "solved")
MINUTE_MS = 60_000


def main() -> None:
    """Print the figures for each size."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    before: dict[str, float] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            before = measure(size, Path(folder), before)


def measure(size: int, folder: Path, before: dict[str, float]) -> dict[str, float]:
    """Print the percentiles at `size` tickets, and how they grew since `before`."""
    shop = open_desk(folder)
    inbox_ids = [shop.inbox_id, shop.add(add_inbox), shop.add(add_inbox)]
    with shop.deps.sessions.writing() as connection:
        fill(connection, shop.site_id, inbox_ids, size)
    print(f"{size:,} tickets, {size * 3:,} messages")
    found = {}
    for name, client, method, path, body in calls(shop, inbox_ids, size):
        p50, p95 = percentiles(lambda c=client, m=method, p=path, b=body: ask(c, m, p, b))
        found[name] = p50
        grown = f"x{p50 / before[name]:.2f}" if name in before else ""
        show(name, f"p50 {p50:6.2f} ms", f"p95 {p95:6.2f} ms", grown)
    shop.deps.sessions.close()
    return found


def open_desk(folder: Path) -> Shop:
    """Return a shop on an empty database."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder / 'inbox.db'}"
    url = url.replace("postgresql://", "postgresql+psycopg://")
    make_tables(url)
    deps = make_deps(folder, url)
    return open_shop(create_app(deps), deps, f"shop{secrets.token_hex(4)}")


def calls(
    shop: Shop, inbox_ids: list[int], size: int
) -> Iterator[tuple[str, Client, str, str, Any]]:
    """Yield what is measured: a name, who asks, and what."""
    limited = shop.hire(900, inboxes=tuple(inbox_ids[:2]))
    ana = shop.manager
    live = {"after": 0, "viewing": None, "mode": None}
    yield "open tickets, 50 rows", ana, "GET", "/tickets?status=open", None
    yield "any status, 50 rows", ana, "GET", "/tickets", None
    yield "one inbox, 50 rows", ana, "GET", f"/tickets?status=open&inbox={inbox_ids[1]}", None
    yield "an agent of two inboxes, 50 rows", limited, "GET", "/tickets?status=open", None
    yield "counters", ana, "GET", "/inboxes", None
    yield "one ticket", ana, "GET", f"/tickets/{size // 2}", None
    yield "its messages", ana, "GET", f"/tickets/{size // 2}/messages", None
    yield "news", ana, "POST", "/live", live


def ask(client: Client, method: str, path: str, body: Any) -> None:
    """Call, and see that it is answered."""
    answer = client.call(method, path, body)
    assert answer.status_code == 200, answer.text


def fill(connection: Connection, site_id: int, inbox_ids: list[int], size: int) -> None:
    """Insert `size` tickets of three messages each, a minute apart."""
    customers = [add_customer(connection, site_id) for _ in range(100)]
    counted: Counter[counters.Bucket] = Counter()
    made = (ticket_row(site_id, inbox_ids, customers, number) for number in range(1, size + 1))
    while chunk := list(islice(made, 5000)):
        counted.update(counters.Bucket.of(row) for row in chunk)
        connection.execute(insert(tickets), chunk)
        connection.execute(insert(messages), [row for one in chunk for row in message_rows(one)])
    counters.apply(connection, site_id, counted)
    events.append(connection, site_id, [], START)


def ticket_row(site_id: int, inbox_ids: list[int], customers: list[int], number: int) -> Any:
    """Return a ticket that came `number` minutes after the first."""
    at = START + number * MINUTE_MS
    return {
        "site_id": site_id,
        "id": new_id(at),
        "number": number,
        "reference": f"{number:08d}",
        "inbox_id": inbox_ids[number % len(inbox_ids)],
        "customer_id": customers[number % len(customers)],
        "assignee_id": None,
        "team_id": None,
        "snoozed_until": None,
        "subject": f"Order {number} did not arrive",
        "status": STATUSES[number % len(STATUSES)],
        "place": "inbox",
        "snippet": "Hello, I am still waiting for my order and would like to know where it is.",
        "message_count": 3,
        "last_activity_at": at,
        "created_at": at,
    }


def message_rows(ticket: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a ticket's three messages of a kilobyte each."""
    for place in range(3):
        at = ticket["created_at"] + place
        yield {
            "site_id": ticket["site_id"],
            "id": new_id(at),
            "ticket_id": ticket["id"],
            "kind": "in",
            "author_type": "customer",
            "author_id": ticket["customer_id"],
            "author_name": "Omar Haddad",
            "author_email": "omar@example.net",
            "recipients": [],
            "copied": [],
            "reply_to": [],
            "reference_ids": [],
            "text": "I would like to know where my order is. " * 25,
            "sent_at": at,
            "created_at": at,
        }


if __name__ == "__main__":
    main()
