"""A reader that follows a mailbox by its connector's streams, and dies now and then."""

from __future__ import annotations

from random import Random

from connectors.testkit.harness import HOUR, NOON, Harness, mail
from inbox_service.ports import (
    Batch,
    Cursor,
    MessageAdded,
    MessageRef,
    MessageRemoved,
    Scope,
)


class Mirror:
    """Knows of a mailbox only what the batches said that it took in.

    `there` is what the mailbox really holds, and `known` must come to the same. As the service
    does, it takes in a batch together with its cursor, or neither.
    """

    def __init__(self, harness: Harness, seed: int) -> None:
        self._harness = harness
        # A fixed seed: a failure can be run again.
        self._random = Random(seed)  # noqa: S311 - chance for a test, not for a secret
        self.there: dict[str, MessageRef] = {}
        self.known: set[str] = set()
        self._backfill_cursor: Cursor | None = None
        self._backfilled = False
        self._delivered = 0
        self._deliver()
        self._live_cursor = harness.connector().start()

    def live_through_something(self) -> None:
        """Let mail arrive or go, or read on for a while."""
        acts = (self._deliver, self._delete, self._read, self._follow, self._go_back)
        self._random.choices(acts, weights=(5, 3, 1, 2, 3))[0]()

    def catch_up(self) -> None:
        """Read both streams to their ends."""
        while not self._backfilled:
            self._go_back()
        for batch in self._harness.connector().changes(self._live_cursor):
            self._take_in(batch)

    def _deliver(self) -> None:
        # Bursts, so that there is more to read than one batch holds.
        for _ in range(self._random.randrange(1, 16)):
            self._delivered += 1
            name = f"n{self._delivered}@customer.example"
            received_at = NOON - self._random.randrange(400) * HOUR
            ref = self._harness.deliver(mail(f"Mail {name}", message_id=name), received_at)
            self.there[ref.provider_id] = ref

    def _delete(self) -> None:
        if self.there:
            chosen = self._random.choice(sorted(self.there))
            self._harness.delete(self.there.pop(chosen))

    def _read(self) -> None:
        if self.there:
            chosen = self._random.choice(sorted(self.there))
            self._harness.read_by_a_person(self.there[chosen])

    def _follow(self) -> None:
        """Take in some live batches, and die before or after the next."""
        for batch in self._harness.connector().changes(self._live_cursor):
            if self._random.random() < 1 / 3:
                return
            self._take_in(batch)
            self._live_cursor = batch.next_cursor

    def _go_back(self) -> None:
        batch = next(self._harness.connector().backfill(self._backfill_cursor, Scope()))
        if self._random.random() < 3 / 4:
            self._take_in(batch)
            self._backfill_cursor, self._backfilled = batch.next_cursor, batch.done

    def _take_in(self, batch: Batch) -> None:
        for change in batch.changes:
            if isinstance(change, MessageAdded):
                self.known.add(change.ref.provider_id)
            elif isinstance(change, MessageRemoved):
                self.known.discard(change.ref.provider_id)
