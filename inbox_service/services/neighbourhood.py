"""What a batch of mail touches: the tickets nobody has worked on yet, with all their mails."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from sqlalchemy import Connection

from inbox_service.domain.threading import Letter, keys_of
from inbox_service.store import neighbourhoods, threads
from inbox_service.store.rows import Row

from .threaded_mails import letters_of, mailbox_and_thread

# More mails than this are not looked through for one batch: nobody can make a sync slow by naming
# many. What they would have told is left as it is.
MOST_GATHERED = 5000
# As many keys as every database takes in one statement.
_KEYS_AT_ONCE = 10_000


class Neighbourhood:
    """Untouched tickets that a key leads to from a batch's mails, or from one another."""

    def __init__(self, connection: Connection, site_id: int, own: frozenset[str]) -> None:
        """Take the open transaction and our own addresses."""
        self.tickets: dict[int, int] = {}
        self.letters: dict[int, Letter] = {}
        self.rows: dict[int, Row] = {}
        self.receipts: dict[int, list[Row]] = {}
        self._connection = connection
        self._site_id = site_id
        self._own = own

    def gather(self, ticket_ids: Collection[int]) -> None:
        """Read the untouched ones of the tickets, and those that their mails lead to."""
        known: set[int] = set()
        keys: set[str] = set()
        waiting = set(ticket_ids)
        while waiting and len(self.letters) <= MOST_GATHERED:
            known |= waiting
            found = {key for letter in self._read(waiting) for key in keys_of(letter)}
            waiting = self._led_to(found - keys) - known
            keys |= found
        if waiting:
            self.tickets.clear()
            self.letters.clear()

    def reach(self, keys: Collection[str]) -> set[str]:
        """Gather what the keys lead to; return them, with all keys of the mails found."""
        self.gather(self._led_to(keys))
        return {*keys, *(key for letter in self.letters.values() for key in keys_of(letter))}

    def keep(self, ticket_ids: Collection[int]) -> None:
        """Forget all tickets but these."""
        self.tickets = {one: self.tickets[one] for one in ticket_ids}
        self.letters = {
            key: one for key, one in self.letters.items() if one.ticket_id in self.tickets
        }

    def _read(self, ticket_ids: Collection[int]) -> Iterable[Letter]:
        """Return the letters of those tickets that are untouched."""
        versions = neighbourhoods.untouched(self._connection, self._site_id, ticket_ids)
        if not versions:
            return []
        rows = neighbourhoods.mails_of(self._connection, self._site_id, versions)
        ids = [row["id"] for row in rows]
        receipts = neighbourhoods.receipts_of(self._connection, self._site_id, ids)
        found = letters_of(rows, receipts, self._own)
        # One mail that cannot be decided anew holds its whole ticket.
        held = {row["ticket_id"] for row in rows if found[row["id"]] is None}
        self.tickets |= {one: version for one, version in versions.items() if one not in held}
        letters = {key: one for key, one in found.items() if one and one.ticket_id not in held}
        self.letters |= letters
        self.rows |= {row["id"]: row for row in rows}
        for receipt in receipts:
            self.receipts.setdefault(receipt["message_id"], []).append(receipt)
        return letters.values()

    def _led_to(self, keys: Collection[str]) -> set[int]:
        """Return the tickets that the ids and provider's threads lead to."""
        found: set[int] = set()
        in_mailbox: dict[int, list[str]] = {}
        for mailbox_id, thread_id in filter(None, map(mailbox_and_thread, keys)):
            in_mailbox.setdefault(mailbox_id, []).append(thread_id)
        for mailbox_id, thread_ids in in_mailbox.items():
            led = threads.tickets_of_provider_threads(
                self._connection, self._site_id, mailbox_id, thread_ids
            )
            found |= {one for tickets in led.values() for one in tickets}
        for hashes in portions(key for key in keys if mailbox_and_thread(key) is None):
            by_id = threads.messages_of_ids(self._connection, self._site_id, hashes)
            found |= {ticket_id for pairs in by_id.values() for _, ticket_id in pairs}
        return found


def portions(keys: Iterable[str]) -> Iterator[list[str]]:
    """Return the keys in as many lists as statements have to be made of them."""
    remaining = iter(keys)
    while portion := list(islice(remaining, _KEYS_AT_ONCE)):
        yield portion
