"""What will be done to the service: decided from the seed alone, so that the seed repeats it."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

# Workers do the work that must survive; the others must not harm it either. "workers" are all of
# them at once, "web-child" is gunicorn's own child, and "up" the whole tree.
VICTIMS = {
    "worker": 9,
    "workers": 2,
    "web": 2,
    "web-child": 1,
    "valkey": 2,
    "listen": 1,
    "schedule": 1,
    "up": 1,
}
# A blow falls while the provider is being asked for this; "" is any moment.
METHODS = {
    "messages.get": 4,
    "drafts.send": 4,
    "messages.list": 2,
    "history.list": 2,
    "drafts.create": 2,
    "": 4,
}
# Troubles by how often they come. The slow ones make a mailbox or a send wait for a minute, so that
# a short run leaves them out.
TROUBLES = {
    "bandwidth_storm": 3,
    "server_storm": 3,
    "dropped_connections": 3,
    "reset_connections": 2,
    "lost_answers": 2,
    "blank_pages": 2,
    "sent_without_answer": 5,
    "token_server_down": 1,
    "expired_tokens": 2,
    "lost_cursor": 3,
    "revoked_consent": 2,
    "late_messages": 3,
    "repeated_history": 2,
    "loose_order": 1,
    "flushed_hints": 2,
    "dropped_database": 1,
}
SLOW_TROUBLES = {
    "rate_storm": 1,
    "refused_sends": 2,
    "unsent_without_answer": 2,
    "drafts_without_answer": 2,
}
_SHORT_RUN = 50


@dataclass(frozen=True)
class Menu:
    """What a plan chooses from, each by how often it comes."""

    victims: Mapping[str, int]
    methods: Mapping[str, int]
    troubles: Mapping[str, int]
    slow_troubles: Mapping[str, int]


EVERYTHING = Menu(VICTIMS, METHODS, TROUBLES, SLOW_TROUBLES)
# Every step of a send, and between any two: its sender is who is killed.
SENDS = Menu(
    victims={"worker": 9, "workers": 4, "web": 1, "up": 1},
    methods={
        "drafts.create": 4,
        "drafts.send": 6,
        "drafts.get": 1,
        "drafts.list": 1,
        "messages.get": 2,
        "": 2,
    },
    troubles={
        "sent_without_answer": 5,
        "sent_with_error": 4,
        "slow_sends": 2,
        "flushed_hints": 1,
        "late_messages": 1,
    },
    slow_troubles={"refused_sends": 2, "unsent_without_answer": 3, "drafts_without_answer": 3},
)
MENUS = {"everything": EVERYTHING, "sends": SENDS}
_CHANCE_OF_TROUBLE = 0.6


@dataclass(frozen=True)
class Moment:
    """`seconds` after the provider was next asked for `method`, or after now where that is ""."""

    method: str
    seconds: float


@dataclass(frozen=True)
class Trouble:
    """Something goes wrong for so many blows; `account` counts from 0 whom it befalls, if one."""

    kind: str
    account: int
    blows: int
    seed: int


@dataclass(frozen=True)
class Blow:
    """A process is killed at a moment; before that, these troubles begin."""

    victim: str
    moment: Moment
    troubles: tuple[Trouble, ...]


def make_plan(seed: int, kills: int, accounts: int, menu: Menu = EVERYTHING) -> list[Blow]:
    """Return as many blows as there shall be kills."""
    dice = random.Random(seed)
    is_short = kills < _SHORT_RUN
    kinds = menu.troubles if is_short else {**menu.troubles, **menu.slow_troubles}
    victims, methods = _Deck(dice, menu.victims), _Deck(dice, menu.methods)
    troubles = _Deck(dice, kinds)
    blows = []
    for _ in range(kills):
        is_troubled = dice.random() < _CHANCE_OF_TROUBLE
        befall = (_trouble(dice, troubles.deal(), accounts),) if is_troubled else ()
        blows.append(Blow(victims.deal(), _moment(dice, methods.deal()), befall))
    return blows


def _moment(dice: random.Random, method: str) -> Moment:
    # A call takes some ten milliseconds here, a batch a second.
    longest = dice.choice([0.02, 0.1, 0.4]) if method else 1.2
    return Moment(method, round(dice.uniform(0, longest), 3))


def _trouble(dice: random.Random, kind: str, accounts: int) -> Trouble:
    return Trouble(kind, dice.randrange(accounts), dice.randint(1, 4), dice.randrange(10**6))


class _Deck:
    """Cards dealt to the last before they are shuffled again, so that a short run has variety."""

    def __init__(self, dice: random.Random, copies: Mapping[str, int]) -> None:
        self._dice = dice
        self._cards = [card for card, number in copies.items() for _ in range(number)]
        self._left: list[str] = []

    def deal(self) -> str:
        if not self._left:
            self._left = self._dice.sample(self._cards, len(self._cards))
        return self._left.pop()
