"""Which mails are one conversation: the same ones in whatever order they are read.

Every mail is decided by those that the provider received before it, and by who took part then. One
that is read late is therefore decided together with all that it ties, in the order in which they
were received: what comes out depends on which mails there are, and not on when they were read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .mail import Address
from .matching import Candidate, Match, Tier, match, match_own

# When the provider received a mail (ms UTC), and what tells two of one millisecond apart.
Moment = tuple[int, str]
# A message's id; of a mail that has none yet, the provider's.
Key = int | str


class Way(StrEnum):
    """How a mail finds its conversation."""

    CUSTOMER = "customer"
    OURS = "ours"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"


@dataclass(frozen=True, slots=True)
class Letter:
    """What threading knows of a mail.

    `answered` are the ids it names, oldest first (a bounce's last is that of the mail it reports);
    `copied` whom it lets in. `thread` is the provider's, with its mailbox. `ticket_id` is where it
    is already, None for a mail just read.
    """

    key: Key
    moment: Moment
    way: Way
    sender: Address
    believed: bool
    own_id: str
    answered: tuple[str, ...]
    thread: str
    copied: tuple[Address, ...] = ()
    ticket_id: int | None = None
    token: int | None = None
    is_live: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """The conversation of a letter: a ticket, or below 0 for one that has none yet."""

    conversation: int
    new_person: bool = False
    suggestion: int | None = None
    follows: int | None = None


@dataclass(frozen=True, slots=True)
class _Naming:
    # That a message names an id, or holds it as its own.
    moment: Moment
    conversation: int
    holds: bool
    is_ours: bool


class Board:
    """The conversations so far: by which keys they are found, and who takes part in them.

    `standing` are tickets that stay as they are, with the role of each participant by address;
    `closing` tells after which time an answer to a ticket begins another.
    """

    def __init__(
        self,
        standing: Mapping[int, Mapping[str, str]] | None = None,
        closing: Mapping[int, int] | None = None,
    ) -> None:
        self.people: dict[int, dict[str, str]] = {}
        self._standing = frozenset(standing or ())
        self._closing = dict(closing or {})
        self._rank: dict[int, int] = {}
        self._begun = 0
        self._threads: dict[str, list[int]] = {}
        self._namings: dict[str, list[_Naming]] = {}
        for ticket_id, roles in sorted((standing or {}).items()):
            self._appear(ticket_id).update(roles)

    def know_thread(self, thread: str, ticket_id: int) -> None:
        """Take note that the provider's thread leads to a ticket."""
        self._threads.setdefault(thread, []).append(ticket_id)

    def know_id(
        self, rfc_id: str, ticket_id: int, moment: Moment, *, holds: bool, is_ours: bool
    ) -> None:
        """Take note that a message of a ticket names an id, or has it itself."""
        naming = _Naming(moment, ticket_id, holds, is_ours)
        self._namings.setdefault(rfc_id, []).append(naming)

    def put(self, letter: Letter, conversation: int, *, is_guest: bool = False) -> None:
        """Put a letter into a conversation: it leads others there, and lets people in.

        To one whose sender is not believed leads only its own id: it may be forged, and what it
        answers and where the provider put it must not bring other mail there.
        """
        people = self._appear(conversation)
        ids = (letter.own_id, *(letter.answered if letter.believed else ()))
        for rfc_id in filter(None, dict.fromkeys(ids)):
            holds, is_ours = rfc_id == letter.own_id, letter.way is Way.OURS
            self.know_id(rfc_id, conversation, letter.moment, holds=holds, is_ours=is_ours)
        if letter.thread and letter.believed:
            self.know_thread(letter.thread, conversation)
        if letter.way is Way.CUSTOMER:
            people.setdefault(letter.sender.email, "guest" if is_guest else "customer")
        if letter.way in (Way.CUSTOMER, Way.OURS) and not is_guest:
            for one in letter.copied:
                people.setdefault(one.email, "copied")

    def decide(self, letter: Letter) -> Place | None:
        """Put a letter where it belongs; None where it belongs nowhere yet."""
        if letter.way is Way.CUSTOMER:
            return self._decide_customer(letter)
        conversation = self._joined(letter)
        if conversation is None:
            return None
        self.put(letter, conversation)
        return Place(conversation)

    def _decide_customer(self, letter: Letter) -> Place:
        verdict = self._match(letter)
        joined = verdict.ticket_id
        is_late = joined is not None and letter.is_live and self._closed(joined, letter.moment[0])
        if joined is not None and not is_late:
            self._closing.pop(joined, None)
            place = Place(joined, new_person=verdict.new_person)
        else:
            self._begun -= 1
            place = Place(self._begun, verdict.new_person, verdict.suggestion, follows=joined)
        self.put(letter, place.conversation, is_guest=place.new_person)
        return place

    def _joined(self, letter: Letter) -> int | None:
        if letter.way is Way.BOUNCE:
            sent = [one for one in self._holding(letter.answered[-1]) if one.is_ours]
            return sent[0].conversation if sent else None
        if letter.way is Way.OURS:
            return match_own(self._candidates(letter))
        return self._match(letter).ticket_id

    def _match(self, letter: Letter) -> Match:
        return match(letter.sender.email, self._candidates(letter), believed=letter.believed)

    def _candidates(self, letter: Letter) -> list[Candidate]:
        """Return where the letter may belong, nearest to what it answers first in each tier."""
        named = self._named(letter)
        near = {one: place for place, one in enumerate(named)}
        in_thread = dict.fromkeys(self._threads.get(letter.thread, ()) if letter.thread else ())
        # One in no headers' way is the nearer, the later it began.
        by_nearness = sorted(
            in_thread, key=lambda one: (near.get(one, len(near)), -self._rank[one])
        )
        found = [(letter.token, Tier.TOKEN)] if letter.token in self._rank else []
        found += [(one, Tier.PROVIDER_THREAD) for one in by_nearness]
        found += [(one, Tier.REFERENCE) for one in named]
        return [
            Candidate(one, tier, self.people[one], one in near)
            for one, tier in found
            if one is not None and self._is_open_to(letter, one)
        ]

    def _is_open_to(self, letter: Letter, conversation: int) -> bool:
        # What is here already goes to no ticket that people have worked on: they would find words
        # in it that were not there when they answered.
        return letter.ticket_id is None or conversation not in self._standing

    def _named(self, letter: Letter) -> list[int]:
        """Return the conversations that the letter's ids lead to, each once, the nearest first.

        Nearest are those of the mails it answers, its direct parent's before all. Then come those
        whose mail names the same ids, then its own: an answer to it may be there before it.
        """
        answered = tuple(reversed(letter.answered))
        held = [one.conversation for rfc_id in answered for one in self._holding(rfc_id)]
        also = [one.conversation for rfc_id in answered for one in self._naming(rfc_id)]
        # One that has the same id is no answer: anybody may give his mail the id of ours.
        back = [one.conversation for one in self._naming(letter.own_id) if not one.holds]
        return list(dict.fromkeys((*held, *also, *back)))

    def _holding(self, rfc_id: str) -> list[_Naming]:
        # Whoever got our mail knows its id and may send one with the same: the first has it.
        return [one for one in self._naming(rfc_id) if one.holds]

    def _naming(self, rfc_id: str) -> list[_Naming]:
        return sorted(self._namings.get(rfc_id, ()), key=lambda one: one.moment) if rfc_id else []

    def _closed(self, conversation: int, at: int) -> bool:
        closed_at = self._closing.get(conversation)
        return closed_at is not None and at > closed_at

    def _appear(self, conversation: int) -> dict[str, str]:
        self._rank.setdefault(conversation, len(self._rank))
        return self.people.setdefault(conversation, {})


def thread(board: Board, settled: Iterable[Letter], others: Iterable[Letter]) -> dict[Key, Place]:
    """Decide the other letters in the order in which they were received; return their places.

    The settled ones stay in their tickets. Mail of ours or of a machine that belongs nowhere waits
    for mail that leads to it; one that has no place in the end belongs nowhere.
    """
    for letter in sorted(settled, key=_moment):
        if letter.ticket_id is not None:
            board.put(letter, letter.ticket_id)
    places: dict[Key, Place] = {}
    waiting: list[Letter] = []
    for letter in sorted(others, key=_moment):
        place = board.decide(letter)
        if place is None:
            waiting.append(letter)
            continue
        places[letter.key] = place
        while found := _first_placed(board, waiting):
            places[found[0].key] = found[1]
            waiting.remove(found[0])
    return places


def neighbourhoods(letters: Collection[Letter]) -> list[list[Letter]]:
    """Return the letters in groups that no key leads out of."""
    root: dict[str, str] = {}

    def find(key: str) -> str:
        while root.setdefault(key, key) != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for number, letter in enumerate(letters):
        for key in keys_of(letter):
            root[find(key)] = find(f"#{number}")
    groups: dict[str, list[Letter]] = {}
    for number, letter in enumerate(letters):
        groups.setdefault(find(f"#{number}"), []).append(letter)
    return list(groups.values())


def keys_of(letter: Letter) -> list[str]:
    """Return all by which a letter leads others, or is led: ids, and the provider's thread."""
    leads = (*letter.answered, letter.thread) if letter.believed else ()
    reported = letter.answered[-1:] if letter.way is Way.BOUNCE else ()
    return [one for one in (letter.own_id, *leads, *reported) if one]


def _first_placed(board: Board, waiting: list[Letter]) -> tuple[Letter, Place] | None:
    for letter in waiting:
        place = board.decide(letter)
        if place is not None:
            return letter, place
    return None


def _moment(letter: Letter) -> Moment:
    return letter.moment
