"""The same mailbox read in one order or another, and which mails share a ticket afterwards."""

from __future__ import annotations

import random
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
from inbox_service.store import mailboxes as mailbox_store
from inbox_service.store import receipts
from inbox_service.store.tables import receipts as receipt_rows
from inbox_service.store.threads import message_id_hash
from inbox_service.testing import add_site

SUPPORT = "support@shop.example"

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

    def read(self, batches: Iterable[Sequence[Mail]]) -> dict[str, int]:
        """Read the batches into a site of their own; return the tickets of the mails."""
        mailbox = self._new_mailbox()
        by_id = {mail.ref.provider_id: mail for mail in self.mails}
        for batch in batches:
            mails = [*batch, *(by_id[one] for one in self._waiting(mailbox, batch))]
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

    def _waiting(self, mailbox: Mapping[str, Any], batch: Sequence[Mail]) -> list[str]:
        threads = {mail.ref.thread_id for mail in batch}
        named = {one for mail in batch if mail.parsed for one in reference_ids(mail.parsed)}
        hashes = {message_id_hash(one) for one in named}
        with self.deps.sessions.reading() as connection:
            rows = receipts.waiting_for(
                connection, mailbox["site_id"], mailbox["id"], threads, hashes
            )
        return [row["provider_id"] for row in rows]

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
