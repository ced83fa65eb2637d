"""List, filters, counters, ticket, news and a bulk of 50: flat from 10,000 to 100,000 tickets?

TICKETS=10000 for one size, TICKETS=1000000 for more; three messages each.

Through the whole web application in this process, signature check included. DATABASE_URL names an
empty PostgreSQL database to measure in place of SQLite.
"""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import structlog
from sqlalchemy import Connection, insert, text

from inbox_service.api import create_app
from inbox_service.store import counters, events, tags
from inbox_service.store.ids import new_id
from inbox_service.store.tables import messages, ticket_tags, tickets
from inbox_service.testing import START, add_customer, add_inbox, make_deps, make_tables
from tests.bench.figures import Cost, cost, show

sys.path.insert(0, str(Path(__file__).parents[1] / "api"))
from shop import Client, Shop, open_shop

SIZES = [int(size) for size in os.environ.get("TICKETS", "10000,100000").split(",")]
STATUSES = ("open", "open", "pending", "solved", "solved", "solved", "solved", "solved")
MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
FILTERS: dict[str, dict[str, Any]] = {
    "open and urgent, one of 100": {"status": "open", "priority": "urgent"},
    "low, which none is": {"priority": "low"},
    "open, of a tag that one of 1000 has": {"status": "open", "tag": "vip"},
    "open, of a tag that half have": {"status": "open", "tag": "shop"},
    "waiting for a day, with files": {"waiting_hours": 24, "has_attachments": True},
    "open, who waits longest first": {"status": "open", "order": "waiting"},
    "nobody's, the newest first": {"status": "open", "assignee": "none", "order": "created"},
    "open, the most urgent first": {"status": "open", "order": "priority"},
    "with unread mentions": {"mentioned": True},
}


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
        # As a database does by itself within minutes of such a change.
        connection.execute(text("ANALYZE"))
    print(f"{size:,} tickets, {size * 3:,} messages")
    found = {}
    for name, client, method, path, body in calls(shop, inbox_ids, size):
        ask_it = partial(ask, client, method, path, body)
        found[name] = tell(name, cost(ask_it, shop.deps.sessions.engine), before)
    for view, asked in FILTERS.items():
        shop.manager.call("POST", "/saved-views", {"name": view, "filter": asked})
    views = partial(ask, shop.manager, "GET", "/saved-views", None)
    for name, act in (("saved views", views), ("saved views, counted anew", anew(shop, views))):
        found[name] = tell(name, cost(act, shop.deps.sessions.engine, times=40), before)
    bulk = Bulk(shop.manager, range(size, size - 50, -1))
    name = "bulk: 50 tickets get another priority"
    found[name] = tell(name, cost(bulk.change, shop.deps.sessions.engine, times=40), before)
    shop.deps.sessions.close()
    return found


def tell(name: str, found: Cost, before: dict[str, float]) -> float:
    """Print what something costs and how that grew; return its median."""
    show(name, str(found), f"x{found.p50 / before[name]:.2f}" if name in before else "")
    return found.p50


def anew(shop: Shop, act: Callable[[], None]) -> Callable[[], None]:
    """Return `act` without what the service remembers from before."""

    def forgetting() -> None:
        shop.deps.recent.forget()
        act()

    return forgetting


class Bulk:
    """One change after the other to the same tickets."""

    def __init__(self, client: Client, numbers: Iterable[int]) -> None:
        self._client = client
        self._versions = dict.fromkeys(numbers, 1)
        self._priorities = cycle(("high", "normal"))

    def change(self) -> None:
        chosen = [{"number": number, "version": at} for number, at in self._versions.items()]
        body = {"tickets": chosen, "changes": {"priority": next(self._priorities)}}
        key = {"Idempotency-Key": secrets.token_hex(8)}
        answer = self._client.call("POST", "/bulk", body, None, key)
        assert answer.status_code < 300, answer.text
        job = answer.json or {}
        assert job["done"] == len(self._versions), job
        self._versions = {one["number"]: one["version"] for one in job["tickets"]}


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
    for name, asked in FILTERS.items():
        yield name, ana, "GET", f"/tickets?{urlencode(asked)}", None
    customer = (ana.get("/customers", limit=1).json or {})["items"][0]["id"]
    yield "one customer's", ana, "GET", f"/tickets?customer={customer}", None
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
        for name, every in (("shop", 2), ("vip", 1000)):
            tagged(connection, site_id, name, [one for one in chunk if one["number"] % every == 0])
    counters.apply(connection, site_id, counted)
    events.append(connection, site_id, [], START)


def tagged(connection: Connection, site_id: int, name: str, rows: Sequence[Any]) -> None:
    """Put a tag on tickets."""
    tags.ensure(connection, site_id, [name], START)
    links = {"site_id": site_id, "tag_id": tags.id_of(connection, site_id, name)}
    connection.execute(insert(ticket_tags), [{**links, "ticket_id": row["id"]} for row in rows])


def ticket_row(site_id: int, inbox_ids: list[int], customers: list[int], number: int) -> Any:
    """Return a ticket that came `number` minutes after the first."""
    at = START + number * MINUTE_MS
    status = STATUSES[number % len(STATUSES)]
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
        "status": status,
        "priority": "urgent" if number % 100 == 0 else "normal",
        "has_attachments": number % 7 == 0,
        "waiting_since": START - number % 48 * HOUR_MS if status == "open" else None,
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
