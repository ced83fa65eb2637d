"""One batch of a mailbox: decided, fetched and read outside any transaction, stored in one.

Receipts, messages, tickets, counters, events AND the cursor: a crash anywhere repeats a batch, and
the receipts' unique key absorbs it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import structlog
from sqlalchemy import RowMapping
from sqlalchemy.exc import DataError, IntegrityError

from inbox_service.deps import Deps
from inbox_service.domain.sync import MessageRef, plan
from inbox_service.ports import (
    Batch,
    Connector,
    ConnectorError,
    Fetched,
    Priority,
    SkipMessage,
)
from inbox_service.store import receipts

from .held_mailbox import HeldMailbox
from .ingest import ingest
from .ledger import note_gone
from .mail_reading import Mail, read_mail, read_stored
from .scopes import scope_of
from .waiting import waiting_for

log = structlog.get_logger()

Row = Mapping[str, Any]

# A message just announced that is not there gets another try this much later: mail to oneself is
# told of some seconds before it can be had (byeokim/gmailpush #10).
RETRY_MS = 30_000
# Listings count in whole seconds, and their windows overlap: what they name must count here too.
_SLACK_MS = 2_000


@dataclass(frozen=True, slots=True)
class Takings:
    """What goes into one transaction, beside the columns of the mailbox."""

    mails: Sequence[Mail] = ()
    gone: Sequence[MessageRef] = ()
    relabel: Mapping[str, frozenset[str]] = field(default_factory=dict)
    removed: Sequence[str] = ()


def written(retries: Iterable[tuple[MessageRef, int]]) -> list[list[Any]]:
    """Return messages to try once more, and when, as the mailbox's row holds them."""
    return [[ref.provider_id, ref.thread_id, at] for ref, at in retries]


class Batches:
    """Takes in the batches of one held mailbox, and counts what they were.

    `found` counts by outcome, `known` the messages that had their receipt; `stream` names what the
    last batch came from.
    """

    def __init__(self, deps: Deps, held: HeldMailbox, connector: Connector) -> None:
        """Take the mailbox and its connector."""
        self.deps = deps
        self.held = held
        self.connector = connector
        self.scope = scope_of(held.row)
        self.found: Counter[str] = Counter()
        self.known = 0
        self.stream = "live"

    @property
    def row(self) -> Row:
        """The mailbox's row as it was last written."""
        return self.held.row

    def take(self, batch: Batch, priority: Priority, values: Row) -> None:
        """Take in a batch of a stream and write `values` with it.

        raises the error of a fetch that may succeed later; what was fetched is kept then, and the
        cursor stays, so that the rest comes again.
        """
        ids = [change.ref.provider_id for change in batch.changes]
        known = self._receipts(ids)
        revisable = frozenset(
            key for key, row in known.items() if row["reason"] == receipts.IN_SPAM
        )
        decided = plan(batch.changes, frozenset(known), revisable)
        self.known += decided.known
        mails, gone = self._fetch(decided.fetch, priority)
        if gone and self.stream == "live":
            again_at = self.deps.clock.now() + RETRY_MS
            retries = [*self.held.retries, *((ref, again_at) for ref in gone)]
            values = {**values, "retry_refs": written(retries)}
            gone = []
        self.store(values, Takings(mails, gone, decided.relabel, decided.remove))

    def take_missing(self, refs: Sequence[MessageRef], priority: Priority) -> None:
        """Take in those of the messages that have no receipt."""
        known = self._receipts(ref.provider_id for ref in refs)
        self.known += len(known)
        missing = [ref for ref in refs if ref.provider_id not in known]
        if missing:
            self.take_refs(missing, priority, {})

    def take_refs(self, refs: Sequence[MessageRef], priority: Priority, values: Row) -> None:
        """Take in these messages; one that is gone gets a receipt that says so."""
        mails, gone = self._fetch(refs, priority)
        self.store(values, Takings(mails, gone))

    def store(self, values: Row, takings: Takings | None = None) -> None:
        """Store what was taken, with columns of the mailbox, in one transaction."""
        takings = takings or Takings()
        try:
            self._store_once(values, takings)
        except (DataError, IntegrityError) as error:
            # One mail that the database refuses must not hold up the others: each on its own,
            # the refused one parked; the cursor follows when all of them have their receipt.
            # The first line names the constraint; the rest may hold an address.
            reason = str(error.orig).partition("\n")[0]
            log.warning("batch_refused", site_id=self.row["site_id"], reason=reason)
            for mail in takings.mails:
                self._store_alone(mail)
            self._store_once(values, replace(takings, mails=()))

    def _fetch(
        self, refs: Sequence[MessageRef], priority: Priority
    ) -> tuple[list[Mail], list[MessageRef]]:
        """Return the mails, with those that waited for them, and what is gone."""
        mails: list[Mail] = []
        gone: list[MessageRef] = []
        try:
            for result in self.connector.fetch(refs, priority) if refs else ():
                if isinstance(result, Fetched):
                    if self._is_in_depth(result):
                        mails.append(read_mail(self.deps, self.row["site_id"], result))
                elif isinstance(result.error, SkipMessage):
                    gone.append(result.ref)
                else:
                    raise result.error
        except (ConnectorError, OSError):
            # In a storm of errors no batch would come through as a whole.
            self.store({}, Takings(self._with_waiting(mails)))
            raise
        return self._with_waiting(mails), gone

    def _with_waiting(self, mails: list[Mail]) -> list[Mail]:
        """Add the mail that found no ticket when it was read, and may by these."""
        read = partial(read_stored, self.deps)
        return [*mails, *waiting_for(self.deps.sessions, self.row, mails, read)]

    def _is_in_depth(self, fetched: Fetched) -> bool:
        since = self.scope.since
        return since is None or fetched.received_at >= since - _SLACK_MS

    def _receipts(self, provider_ids: Iterable[str]) -> Mapping[str, RowMapping]:
        ids = set(provider_ids)
        if not ids:
            return {}
        with self.deps.sessions.reading() as connection:
            return receipts.known(connection, self.row["site_id"], self.row["id"], ids)

    def _store_alone(self, mail: Mail) -> None:
        try:
            self._store_once({}, Takings([mail]))
        except (DataError, IntegrityError) as error:
            reason = f"could not be stored ({type(error).__name__})"
            self._store_once({}, Takings([replace(mail, parsed=None, error=reason)]))

    def _store_once(self, values: Row, takings: Takings) -> None:
        deps, row, now = self.deps, self.row, self.deps.clock.now()
        is_backfill = self.stream == "backfill"
        with deps.sessions.writing() as connection:
            found = ingest(
                connection, deps.secrets, row, takings.mails, now, is_backfill=is_backfill
            )
            found += note_gone(connection, row, takings.gone, now)
            receipts.relabel(connection, row["site_id"], row["id"], takings.relabel)
            receipts.mark_deleted(connection, row["site_id"], row["id"], takings.removed)
            # The lease is checked last: whoever lost it stores nothing at all.
            written = self.held.write(connection, values, now)
        self.held.row = written
        self.found += found
