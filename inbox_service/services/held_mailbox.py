"""A mailbox that this worker holds: every write says so, and no cursor ever goes back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.domain.sync import MessageRef
from inbox_service.errors import InboxError
from inbox_service.store import mailboxes

Row = Mapping[str, Any]

LEASE_MS = 120_000


class LeaseLost(InboxError):
    """Another worker took the mailbox over; this one stops without having stored anything."""


class HeldMailbox:
    """A mailbox's row, as far as its holder has read and written it."""

    def __init__(self, row: Row, holder: str, taken_at: int) -> None:
        """Take the row of a mailbox whose lease `holder` has had since `taken_at`."""
        self.row = row
        self.holder = holder
        self.taken_at = taken_at
        self._due_at: int = row["due_at"]

    @classmethod
    def take(cls, deps: Deps, site_id: int, mailbox_id: int, holder: str) -> Self | None:
        """Take the lease; None where another worker has it, or the mailbox is not at work."""
        now = deps.clock.now()
        until = now + LEASE_MS
        with deps.sessions.writing() as connection:
            taken = mailboxes.take_lease(connection, site_id, mailbox_id, holder, now, until)
            row = mailboxes.get(connection, site_id, mailbox_id)
        return cls(row, holder, now) if taken and row is not None else None

    @property
    def is_asked(self) -> bool:
        """Tell whether somebody waits for a look that this one can be."""
        asked_at, answered_at = self.row["asked_at"], self.row["answered_at"]
        if asked_at is None or asked_at > self.taken_at:
            return False
        return answered_at is None or bool(answered_at < asked_at)

    @property
    def retries(self) -> list[tuple[MessageRef, int]]:
        """The messages to try once more, and when."""
        # Rows written by older versions name no time.
        padded = [(*one, 0)[:3] for one in self.row["retry_refs"]]
        return [(MessageRef(provider_id, thread), at) for provider_id, thread, at in padded]

    def write(self, connection: Connection, values: Row, now: int) -> Row:
        """Write `values`, prolong the lease, and return the row as it will be after the commit.

        raises LeaseLost where another worker has the mailbox, or somebody set its cursors back: a
        late worker must not bring old ones with it.
        """
        values = {**values, "lease_until": now + LEASE_MS}
        if not mailboxes.write_held(connection, self.row, self.holder, values):
            raise LeaseLost
        return {**self.row, **values}

    def release(self, connection: Connection, values: Row, due_at: int) -> bool:
        """Give the lease back; False where it was lost.

        The mailbox is due at `due_at`, or earlier where somebody made it due meanwhile.
        """
        return mailboxes.release(connection, self.row, self.holder, values, (self._due_at, due_at))
