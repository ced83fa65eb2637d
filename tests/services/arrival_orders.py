"""The same mailbox read in one order or another, and which mails share a ticket afterwards."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from inbox_service.deps import Deps
from inbox_service.mime import parse
from inbox_service.ports import Fetched, MessageRef
from inbox_service.services import mailboxes
from inbox_service.services.ingest import ingest
from inbox_service.services.mail_reading import Mail, read_mail
from inbox_service.services.message_rows import reference_ids
from inbox_service.services.waiting import waiting_for
from inbox_service.store import counters, ticket_views
from inbox_service.store import mailboxes as mailbox_store
from inbox_service.store import tickets as ticket_store
from inbox_service.store.counters import Bucket
from inbox_service.store.tables import message_ids, messages, tickets
from inbox_service.store.tables import receipts as receipt_rows
from inbox_service.testing import add_site

SUPPORT = "support@shop.example"
# What a ticket says that does not depend on when it was made.
_SAID = (
    "subject",
    "status",
    "snippet",
    "message_count",
    "has_attachments",
    "created_at",
    "last_activity_at",
    "solved_at",
)

Partition = frozenset[frozenset[str]]


def oldest_first(mails: Sequence[Mail]) -> list[list[Mail]]:
    """Return the mails as they came, each on its own."""
    return [[mail] for mail in sorted(mails, key=lambda one: one.received_at)]


def newest_first(mails: Sequence[Mail], size: int = 50) -> list[list[Mail]]:
    """Return the mails as a back-fill reads them."""
    ordered = sorted(mails, key=lambda one: -one.received_at)
    return [ordered[at : at + size] for at in range(0, len(ordered), size)]


def shuffled(mails: Sequence[Mail], seed: int) -> list[list[Mail]]:
    """Return the mails in any order, in batches of any size."""
    chance = random.Random(seed)
    waiting, batches = chance.sample(list(mails), len(mails)), []
    while waiting:
        size = chance.choice([1, 2, 5, 20, 100])
        batches.append(waiting[:size])
        waiting = waiting[size:]
    return batches


@dataclass
class Archive:
    """A mailbox's mails in the order in which its provider received them."""

    deps: Deps
    mails: list[Mail] = field(default_factory=list)
    mailbox: Mapping[str, Any] = field(default_factory=dict)
    _threads: dict[tuple[str, str], str] = field(default_factory=dict)

    def receive(self, raw: bytes, at: int, labels: Iterable[str] = ("INBOX",)) -> Mail:
        """Take in a mail, in the thread that a mail it names has, if the subject is the same."""
        parsed = parse(raw)
        number = str(len(self.mails))
        subject = parsed.subject.lower().rpartition("re:")[2].strip()
        named = [self._threads.get((one, subject)) for one in reversed(reference_ids(parsed))]
        thread = next((one for one in named if one), number)
        self._threads.setdefault((parsed.message_id, subject), thread)
        fetched = Fetched(MessageRef(number, thread), raw, frozenset(labels), at)
        mail = replace(read_mail(self.deps, 1, fetched), remote_images=0)
        self.mails.append(mail)
        return mail

    def empty(self) -> None:
        """Forget the mails, so that others can arrive."""
        self.mails = []
        self._threads = {}

    def read(self, batches: Iterable[Sequence[Mail]]) -> dict[str, int]:
        """Read the batches into a site of their own; return the tickets of the mails."""
        self.mailbox = self._new_mailbox()
        return self.read_on(batches)

    def read_on(self, batches: Iterable[Sequence[Mail]]) -> dict[str, int]:
        """Read more batches into the site of the last reading; return the tickets of its mails."""
        mailbox = self.mailbox
        by_id = {mail.ref.provider_id: mail for mail in self.mails}
        sessions = self.deps.sessions
        for batch in batches:
            found = waiting_for(sessions, mailbox, batch, lambda row: by_id[row["provider_id"]])
            mails = [*batch, *found]
            with self.deps.sessions.writing() as connection:
                now = self.deps.clock.now()
                ingest(connection, self.deps.secrets, mailbox, mails, now, is_backfill=True)
        return self._tickets(mailbox)

    def _new_mailbox(self) -> Mapping[str, Any]:
        with self.deps.sessions.writing() as connection:
            site_id = add_site(connection)
        feeds, account = [("Support", SUPPORT)], {"mailbox": SUPPORT}
        mailbox_id = mailboxes.add_mailbox(
            self.deps, site_id, "memory", SUPPORT, {}, feeds, account
        )
        with self.deps.sessions.reading() as connection:
            row = mailbox_store.get(connection, site_id, mailbox_id)
        assert row is not None
        return row

    def tickets(self) -> dict[frozenset[str], dict[str, Any]]:
        """Return what the tickets of the last reading say, by the mails in them."""
        site_id = self.mailbox["site_id"]
        mails: dict[int, set[str]] = {}
        for provider_id, ticket_id in self._tickets(self.mailbox).items():
            mails.setdefault(ticket_id, set()).add(provider_id)
        with self.deps.sessions.reading() as connection:
            rows = ticket_store.get_many(connection, site_id, mails)
            people = ticket_store.participants_of(connection, site_id, mails)
            names = ticket_views.customers_of(
                connection, site_id, [row["customer_id"] for row in rows.values()]
            )
        return {
            frozenset(mails[ticket_id]): {
                **{name: row[name] for name in _SAID},
                "customer": names[row["customer_id"]][1],
                "people": frozenset(people.get(ticket_id, {})),
            }
            for ticket_id, row in rows.items()
        }

    def disorder(self) -> list[str]:
        """Return what does not agree in the rows of the last reading."""
        site_id = self.mailbox["site_id"]
        with self.deps.sessions.reading() as connection:
            of_site = tickets.c.site_id == site_id
            rows = connection.execute(select(tickets).where(of_site)).mappings().all()
            message_rows = connection.execute(
                select(messages.c.id, messages.c.ticket_id).where(messages.c.site_id == site_id)
            ).all()
            leading = connection.execute(
                select(message_ids.c.message_id, message_ids.c.ticket_id).where(
                    message_ids.c.site_id == site_id
                )
            ).all()
            kept = dict(counters.read(connection, site_id))
        there = [row for row in rows if row["merged_into"] is None]
        place = {row.id: row.ticket_id for row in message_rows}
        held = Counter(place.values())
        odd = [row for row in rows if row["message_count"] != held[row["id"]]]
        wrong = [f"{row['number']} miscounts" for row in odd]
        wrong += [f"{row['number']} is empty" for row in there if not held[row["id"]]]
        wrong += [f"{one} leads astray" for one, to in leading if place[one] != to]
        return wrong + ([] if kept == Counter(map(Bucket.of, there)) else ["counters"])

    def _tickets(self, mailbox: Mapping[str, Any]) -> dict[str, int]:
        query = select(receipt_rows.c.provider_id, receipt_rows.c.ticket_id)
        query = query.where(receipt_rows.c.site_id == mailbox["site_id"])
        with self.deps.sessions.reading() as connection:
            found = connection.execute(query.where(receipt_rows.c.ticket_id.is_not(None)))
            return {row.provider_id: row.ticket_id for row in found}


def partition(tickets_of: Mapping[str, int]) -> Partition:
    """Return which mails share a ticket, whatever the tickets are called."""
    groups: dict[int, set[str]] = {}
    for provider_id, ticket_id in tickets_of.items():
        groups.setdefault(ticket_id, set()).add(provider_id)
    return frozenset(frozenset(group) for group in groups.values())
