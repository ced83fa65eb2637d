"""Where the mails of a batch belong, and which mails that are here already go elsewhere by them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from inbox_service.domain.events import SYSTEM
from inbox_service.domain.threading import Board, Key, Letter, Moment, Place, neighbourhoods, thread

from .desk import Desk
from .neighbourhood import Neighbourhood

# A conversation with more mails than this is not decided anew.
MOST_REDECIDED = 200


class Threading:
    """The places of a batch's mails, and the moves that mail read late makes necessary."""

    def __init__(
        self, connection: Connection, desk: Desk, own: frozenset[str], site_id: int
    ) -> None:
        """Take the open transaction, the desk that locks the tickets, and our own addresses."""
        self.near = Neighbourhood(connection, site_id, own)
        self.places: dict[Key, Place] = {}
        self.moves: dict[int, int] = {}
        self.redecided: set[int] = set()
        self.names: dict[str, str] = {}
        self._desk = desk
        self._tickets: dict[int, int] = {}
        # The first mail placed in each conversation, and its turn.
        self._openers: dict[int, tuple[int, Key]] = {}

    def keep_unchanged(self) -> None:
        """Leave out what somebody changed before the tickets were locked."""
        tickets = self._desk.tickets
        self.near.keep(
            [
                one
                for one, version in self.near.tickets.items()
                if one in tickets and tickets[one]["version"] == version
            ]
        )

    def decide(
        self,
        board: Board,
        mails: Sequence[Letter],
        *,
        waiting: Iterable[Key] = (),
        earlier: Mapping[int, Moment] | None = None,
    ) -> None:
        """Decide on the letters of a batch.

        `waiting` are those that were decided before and had no place; `earlier` tells of messages
        that another copy of them came before.
        """
        earlier = earlier or {}
        known = frozenset(waiting)
        stored = [
            replace(one, moment=min(one.moment, earlier.get(key, one.moment)))
            for key, one in self.near.letters.items()
        ]
        settled: list[Letter] = []
        anew: list[Letter] = []
        for group in neighbourhoods([*stored, *mails]):
            here = [one for one in group if one.ticket_id is not None]
            fresh = [one for one in group if one.ticket_id is None and one.key not in known]
            moved = [one for one in here if one.moment < self._moment_of(one)]
            is_late = bool(moved) or _is_late(fresh, here)
            (anew if is_late and self._may_move(here) else settled).extend(here)
        self.places = thread(board, settled, [*anew, *mails])
        self._settle_in(sorted(anew, key=lambda one: one.moment))
        self.redecided |= self._joined_late(known)
        for turn, (key, place) in enumerate(self.places.items()):
            self._openers.setdefault(place.conversation, (turn, key))
        people = (person for one in (*anew, *mails) for person in (one.sender, *one.copied))
        self.names = {person.email: person.name for person in people}

    def turn_of(self, key: Key) -> tuple[int, bool]:
        """Return when a mail is to be taken in: with its ticket's others, the one that opens first.

        Mails of one turn follow as they were received; what has no place comes last.
        """
        place = self.places.get(key)
        if place is None:
            return len(self.places), False
        opened_by = self._openers[place.conversation]
        return opened_by[0], place.conversation < 0 and opened_by[1] != key

    def ticket_of(self, conversation: int | None) -> int | None:
        """Return the ticket of a conversation; None where none is opened for it yet."""
        if conversation is None or conversation > 0:
            return conversation
        return self._tickets.get(conversation)

    def opened(self, conversation: int, ticket_id: int) -> None:
        """Take note that a ticket was opened for the conversation."""
        self._tickets[conversation] = ticket_id

    def _joined_late(self, known: Collection[Key]) -> set[int]:
        """Return the untouched tickets that mail which had waited joins: what they say changes."""
        joined = {self.places[key].conversation for key in known if key in self.places}
        return joined & self.near.tickets.keys()

    def _may_move(self, letters: Sequence[Letter]) -> bool:
        # Who may see a ticket depends on its inbox: nothing goes from one to another by itself.
        inboxes = {
            self._desk.tickets[one.ticket_id]["inbox_id"] for one in letters if one.ticket_id
        }
        return len(inboxes) == 1 and len(letters) <= MOST_REDECIDED

    def _moment_of(self, letter: Letter) -> Moment:
        return self.near.letters[int(letter.key)].moment

    def _settle_in(self, letters: Sequence[Letter]) -> None:
        """Give the conversations their tickets, and note which mails go to another one."""
        placed = [(one, self.places[one.key]) for one in letters if one.key in self.places]
        self._take_theirs(placed)
        for letter, place in placed:
            ticket_id = self.ticket_of(place.conversation)
            if ticket_id is None:
                ticket_id = self._open_for(letter)
                self.opened(place.conversation, ticket_id)
            self.redecided.add(ticket_id)
            if ticket_id != letter.ticket_id and isinstance(letter.key, int):
                self.moves[letter.key] = ticket_id

    def _take_theirs(self, placed: Iterable[tuple[Letter, Place]]) -> None:
        """Let each conversation have the ticket of its first mail, if that is not taken."""
        taken: set[int] = set()
        for letter, place in placed:
            ticket_id = letter.ticket_id
            if ticket_id is None or ticket_id in taken or place.conversation in self._tickets:
                continue
            self.opened(place.conversation, ticket_id)
            taken.add(ticket_id)

    def _open_for(self, letter: Letter) -> int:
        row = self.near.rows[int(letter.key)]
        values = {
            "inbox_id": self._desk.tickets[row["ticket_id"]]["inbox_id"],
            "customer_id": row["author_id"],
            "subject": row["subject"],
            "direction": row["direction"],
            "from_before": True,
        }
        ticket = self._desk.open_ticket(values, row["sent_at"])
        self._desk.record("ticket_opened", SYSTEM, ticket, history=True)
        ticket_id: int = ticket["id"]
        return ticket_id


def _is_late(fresh: Sequence[Letter], here: Sequence[Letter]) -> bool:
    if not fresh or not here:
        return False
    return min(one.moment for one in fresh) < max(one.moment for one in here)
