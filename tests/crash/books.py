"""Both sides of the books after a run: what the provider has, and what the service made of it."""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from busy_google import SEND_ID, Google, Json, header
from sqlalchemy import Connection, RowMapping, Table, func, select

from connectors.gmail.cursors import history_id
from inbox_service.errors import NotFound
from inbox_service.store import counters
from inbox_service.store.blobs import FileBlobs
from inbox_service.store.counters import Bucket
from inbox_service.store.engine import Sessions
from inbox_service.store.tables import (
    events,
    mailboxes,
    messages,
    outbox,
    receipts,
    sites,
    tickets,
)

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Books:
    """Rows of the service as they are, and what lies at the provider: per address, by id."""

    mailboxes: Rows
    receipts: Rows
    messages: Rows
    tickets: Rows
    outbox: Rows
    counters: Mapping[Bucket, int]
    event_seqs: Sequence[int]
    last_seq: int
    bad_blobs: Collection[str]
    provided: Mapping[str, Mapping[str, Json]]
    # The send ids of our mails among the provider's drafts.
    drafts: Collection[str] = ()

    def addresses(self) -> dict[int, str]:
        """Return the mailboxes' addresses by id."""
        return {row["id"]: row["address"] for row in self.mailboxes}

    def sends(self) -> Counter[str]:
        """Return how often each of our mails lies among the provider's sent ones, by send id."""
        return Counter(
            header(message, SEND_ID)
            for provided in self.provided.values()
            for message in provided.values()
            if header(message, SEND_ID)
        )


def read_books(sessions: Sessions, google: Google, data_dir: Path) -> Books:
    """Read both sides."""
    provided = {account: google.in_scope(account) for account in google.accounts}
    with sessions.reading() as connection:
        site_id, last_seq = connection.execute(select(sites.c.id, sites.c.last_seq)).one()
        return Books(
            mailboxes=_all(connection, mailboxes),
            receipts=_all(connection, receipts),
            messages=_all(connection, messages),
            tickets=_all(connection, tickets),
            outbox=_all(connection, outbox),
            counters=dict(counters.read(connection, site_id)),
            event_seqs=list(connection.scalars(select(events.c.seq).order_by(events.c.seq))),
            last_seq=last_seq,
            bad_blobs=_bad_blobs(connection, FileBlobs(data_dir / "blobs"), site_id),
            provided=provided,
            drafts={key for account in google.accounts for key in _drafts(google, account)},
        )


def _drafts(google: Google, account: str) -> set[str]:
    return {header(draft, SEND_ID) for draft in google.drafts(account)} - {""}


def unrest(sessions: Sessions, google: Google) -> list[str]:
    """Return what is still under way, or was not seen yet; nothing when all is quiet."""
    open_sends = outbox.c.state.in_(["waiting", "claimed", "unsure"])
    with sessions.reading() as connection:
        sending = connection.scalar(select(func.count()).where(open_sends))
        left_over = connection.scalar(
            select(func.count()).where(outbox.c.state == "cancelled", outbox.c.memo.is_not(None))
        )
        rows = _all(connection, mailboxes)
    known = google.history_ids()
    restless = [row["address"] for row in rows if not _rests(row, known)]
    missing = known.keys() - {row["address"] for row in rows}
    work = [f"{number} {what}" for number, what in ((sending, "sends"), (left_over, "drafts"))
            if number]  # fmt: skip
    return [*restless, *missing, *work]


def _rests(row: Mapping[str, Any], known: Mapping[str, int]) -> bool:
    at_rest = (row["state"], row["backfill_state"]) == ("healthy", "done")
    is_there = row["live_cursor"] and history_id(row["live_cursor"]) == known[row["address"]]
    return bool(at_rest and not row["retry_refs"] and is_there)


def _all(connection: Connection, table: Table) -> Sequence[RowMapping]:
    return connection.execute(select(table)).mappings().all()


def _bad_blobs(connection: Connection, store: FileBlobs, site_id: int) -> set[str]:
    """Return the hashes that some row names, and whose bytes are missing or others."""
    named: set[str] = set()
    for column in (receipts.c.blob, messages.c.blob, outbox.c.blob):
        named |= {sha256 for sha256 in connection.scalars(select(column).distinct()) if sha256}
    return {sha256 for sha256 in named if _sha256(store, site_id, sha256) != sha256}


def _sha256(store: FileBlobs, site_id: int, sha256: str) -> str:
    try:
        return hashlib.sha256(store.get(site_id, sha256)).hexdigest()
    except NotFound:
        return ""
