"""Outsides for tests, real ones that live in memory: nothing here is patched over anything."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert

from .deps import Deps
from .domain.mail import Address
from .domain.mail_size import LARGEST_MAIL
from .errors import Invalid
from .ports import (
    Budget,
    Connector,
    ConnectorSource,
    Consent,
    CredentialCell,
    Presence,
    Priority,
    Push,
)
from .settings import Settings
from .store import counters
from .store.blobs import FileBlobs
from .store.engine import Sessions
from .store.ids import new_id
from .store.secrets import SealedSecrets
from .store.tables import (
    agent_inboxes,
    agents,
    customer_addresses,
    customers,
    inboxes,
    messages,
    metadata,
    participants,
    sites,
    tickets,
)

# A Monday morning that every test starts at, ms UTC.
START = 1_768_204_800_000


class FakeClock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, at: int = START) -> None:
        """Take the moment to stand at, ms UTC."""
        self.at = at

    def now(self) -> int:
        """Return the moment it stands at."""
        return self.at

    def advance(self, *, ms: int = 0, seconds: float = 0, hours: float = 0) -> int:
        """Go on, and return the new moment."""
        self.at += ms + int(seconds * 1000) + int(hours * 3_600_000)
        return self.at


class RecordingQueue:
    """A queue that only remembers what it was asked for."""

    def __init__(self) -> None:
        """Start empty."""
        self.hints: list[tuple[str, tuple[int, ...]]] = []

    def hint(self, job: str, *args: int) -> None:
        """Remember the hint, once."""
        if (job, args) not in self.hints:
            self.hints.append((job, args))


class UnlimitedBudgets:
    """Budgets that never run out; `spent` adds up the units per (project, mailbox)."""

    def __init__(self) -> None:
        """Start with nothing spent."""
        self.spent: dict[tuple[str, str], int] = {}

    def of(self, project: str, mailbox: str) -> Budget:
        """Return the budget of a mailbox."""
        return _UnlimitedBudget(self.spent, (project, mailbox))


class _UnlimitedBudget:
    def __init__(self, spent: dict[tuple[str, str], int], key: tuple[str, str]) -> None:
        self._spent, self._key = spent, key

    def take(self, units: int, _priority: Priority) -> None:
        self._spent[self._key] = self._spent.get(self._key, 0) + units

    def pause(self, _seconds: float) -> None:
        return


class MemoryPresence:
    """Who looks at what, in this process; it forgets when `forget` is called."""

    def __init__(self) -> None:
        """Start with nobody there."""
        self._there: dict[tuple[int, int], Presence] = {}
        self._watched: set[int] = set()

    def mark(self, site_id: int, presence: Presence | None, agent_id: int) -> None:
        """Note where the agent is, None for nowhere."""
        self._watched.add(site_id)
        if presence is None:
            self._there.pop((site_id, agent_id), None)
        else:
            self._there[(site_id, agent_id)] = presence

    def present(self, site_id: int) -> list[Presence]:
        """Return everybody's presence on the site."""
        return [presence for (site, _), presence in self._there.items() if site == site_id]

    def watched(self) -> frozenset[int]:
        """Return the sites where an agent has the inbox open."""
        return frozenset(self._watched)

    def forget(self) -> None:
        """Let everybody have gone, as time would."""
        self._there.clear()
        self._watched.clear()


class NoConnectors:
    """A connector source that knows no kind, for tests of parts that never sync."""

    def kinds(self) -> list[str]:
        """Return no kind."""
        return []

    def build(
        self, kind: str, _config: Mapping[str, Any], _cell: CredentialCell, _budget: Budget
    ) -> Connector:
        """Refuse every kind."""
        raise Invalid(f"There is no connector of kind {kind!r}.", field="kind")

    def largest_mail(self, _kind: str) -> int:
        """Return what nearly every provider takes."""
        return LARGEST_MAIL

    def consent(self, kind: str) -> Consent:
        """Refuse every kind."""
        raise Invalid(f"There is no connector of kind {kind!r}.", field="kind")

    def push(self, kind: str) -> Push:
        """Refuse every kind."""
        raise Invalid(f"There is no connector of kind {kind!r}.", field="kind")


def make_deps(tmp_path: Path, database_url: str, connectors: ConnectorSource | None = None) -> Deps:
    """Return Deps on a database that has its tables, with everything else in memory.

    `deps.clock` is a FakeClock, `deps.queue` a RecordingQueue, `deps.presence` a MemoryPresence.
    """
    # Replies leave at once, where a test says nothing else.
    env = {"INBOX_DATA_DIR": str(tmp_path), "INBOX_SECRET_KEY": "k" * 32, "INBOX_UNDO_SECONDS": "0"}
    settings = Settings.from_env(env)
    return Deps(
        settings=replace(settings, database_url=database_url),
        sessions=Sessions(database_url),
        clock=FakeClock(),
        queue=RecordingQueue(),
        connectors=connectors or NoConnectors(),
        budgets=UnlimitedBudgets(),
        blobs=FileBlobs(tmp_path / "blobs"),
        secrets=SealedSecrets(settings.secret_key),
        presence=MemoryPresence(),
    )


def make_tables(database_url: str) -> None:
    """Make every table in an empty database."""
    sessions = Sessions(database_url)
    with sessions.writing() as connection:
        metadata.create_all(connection)
    sessions.close()


def empty_tables(sessions: Sessions) -> None:
    """Delete every row of every table."""
    with sessions.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            _empty_sqlite(connection, _deletions())
        else:
            connection.exec_driver_sql(_deletions())
            connection.commit()


@cache
def _deletions() -> str:
    # TRUNCATE would make new files for every table and index: four times as long for few rows.
    # And one text for all of them, as SQLAlchemy's work on each is most of what it takes.
    return ";".join(str(delete(table)) for table in reversed(metadata.sorted_tables))


def _empty_sqlite(connection: Connection, script: str) -> None:
    # Without its keys it looks for no tickets that were merged into each one that goes: where a
    # test made ten thousand, that took ten seconds. The switch works outside of transactions only.
    driver: Any = connection.connection.driver_connection
    driver.executescript(
        f"PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE; {script}; COMMIT; PRAGMA foreign_keys = ON"
    )


# --- rows ---------------------------------------------------------------------------------------

_serial = itertools.count(1)


def add_site(connection: Connection, at: int = START, **values: Any) -> int:
    """Insert a site that is paired, and return its id."""
    site_id = new_id(at)
    row: dict[str, Any] = {
        "name": "A shop",
        "home_url": f"https://shop{next(_serial)}.example",
        "state": "active",
    }
    connection.execute(insert(sites).values(id=site_id, created_at=at, **{**row, **values}))
    return site_id


def add_agent(
    connection: Connection,
    site_id: int,
    at: int = START,
    *,
    inboxes: tuple[int, ...] = (),
    **values: Any,
) -> int:
    """Insert an agent who sees `inboxes` only, all of them where none is given; return its id."""
    agent_id, serial = new_id(at), next(_serial)
    row: dict[str, Any] = {
        "wp_user_id": serial,
        "name": "Ana",
        "email": f"ana{serial}@shop.example",
    }
    row |= {"role": "agent", "sees_all": not inboxes, "created_at": at, **values}
    connection.execute(insert(agents).values(site_id=site_id, id=agent_id, **row))
    for inbox_id in inboxes:
        connection.execute(
            insert(agent_inboxes).values(site_id=site_id, agent_id=agent_id, inbox_id=inbox_id)
        )
    return agent_id


def add_inbox(connection: Connection, site_id: int, at: int = START, **values: Any) -> int:
    """Insert an inbox and return its id."""
    inbox_id = new_id(at)
    row: dict[str, Any] = {"name": f"Inbox {next(_serial)}", "created_at": at, **values}
    connection.execute(insert(inboxes).values(site_id=site_id, id=inbox_id, **row))
    return inbox_id


def add_customer(
    connection: Connection, site_id: int, at: int = START, *, email: str = "", **values: Any
) -> int:
    """Insert a customer with one address and return the customer's id."""
    customer_id = new_id(at)
    address = {"email": email or f"omar{next(_serial)}@example.net", "created_at": at}
    row: dict[str, Any] = {"name": "Omar", "created_at": at, **values}
    connection.execute(insert(customers).values(site_id=site_id, id=customer_id, **row))
    connection.execute(
        insert(customer_addresses).values(
            site_id=site_id, id=new_id(at), customer_id=customer_id, **address
        )
    )
    return customer_id


def add_ticket(
    connection: Connection, site_id: int, inbox_id: int, at: int = START, **values: Any
) -> int:
    """Insert a ticket without messages, counted, and return its id."""
    ticket_id, serial = new_id(at), next(_serial)
    row: dict[str, Any] = {
        "number": serial,
        "reference": f"{serial:08d}",
        "subject": "Where is my order?",
    }
    row |= {"status": "open", "place": "inbox", "team_id": None, "assignee_id": None}
    row |= {"snoozed_until": None}
    row |= {"last_activity_at": at, "created_at": at, **values}
    if "customer_id" not in row:
        row["customer_id"] = add_customer(connection, site_id, at)
    connection.execute(
        insert(tickets).values(site_id=site_id, id=ticket_id, inbox_id=inbox_id, **row)
    )
    counters.apply(connection, site_id, {counters.Bucket.of({**row, "inbox_id": inbox_id}): 1})
    return ticket_id


def add_message(
    connection: Connection, site_id: int, ticket_id: int, at: int = START, **values: Any
) -> int:
    """Insert a customer's message, make it the ticket's last, and return its id."""
    message_id = new_id(at)
    row: dict[str, Any] = {"kind": "in", "author_type": "customer", "author_name": "Omar"}
    row |= {"author_email": "omar@example.net", "text": "Where is it?", "sent_at": at}
    row |= {"recipients": [], "copied": [], "reference_ids": [], "created_at": at, **values}
    connection.execute(
        insert(messages).values(site_id=site_id, id=message_id, ticket_id=ticket_id, **row)
    )
    connection.execute(
        tickets.update()
        .where(tickets.c.site_id == site_id, tickets.c.id == ticket_id)
        .values(last_message_id=message_id, message_count=tickets.c.message_count + 1)
    )
    return message_id


def add_participant(
    connection: Connection, site_id: int, ticket_id: int, who: Address, role: str = "customer"
) -> None:
    """Note that somebody takes part in a ticket."""
    connection.execute(
        insert(participants).values(
            site_id=site_id,
            ticket_id=ticket_id,
            email=who.email,
            name=who.name,
            role=role,
            created_at=START,
        )
    )
