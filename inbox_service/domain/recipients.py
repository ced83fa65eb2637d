"""Whom an answer goes to: never to ourselves, never unasked to somebody who was not invited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .intake import without_tag
from .mail import Address


@dataclass(frozen=True, slots=True)
class Answered:
    """The mail that is answered.

    It `is_ours` where our side wrote it and nobody has answered yet. It is from a `newcomer` where
    its writer joined by a token that somebody forwarded: whom he names was not invited either.
    """

    author: Address
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    is_ours: bool = False
    newcomer: bool = False


@dataclass(frozen=True, slots=True)
class Recipients:
    """To and Cc of an answer; nobody is in it twice."""

    to: tuple[Address, ...]
    cc: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True)
class Circle:
    """Who takes part: `own` are all addresses of the site, `uninvited` those who only joined.

    Our addresses count with any tag behind a plus, as their mail comes to us too.
    """

    customer: Address
    own: frozenset[str]
    uninvited: frozenset[str] = frozenset()

    def admits(self, address: Address) -> bool:
        """Tell whether an answer may go there by itself."""
        is_ours = without_tag(address.email) in self.own or address.email in self.own
        return not is_ours and address.email not in self.uninvited


def answer(answered: Answered | None, circle: Circle) -> Recipients:
    """Return whom an answer goes to by itself.

    That is the Reply-To of the mail, else its writer (RFC 5322 3.6.2), else the customer; where our
    side wrote last, the people it wrote to. Nobody is left where all of them are ourselves.
    """
    customer = (circle.customer,)
    if answered is None or answered.newcomer:
        return Recipients(_admitted(customer, circle))
    if answered.is_ours:
        wanted: tuple[tuple[Address, ...], ...] = (answered.to, customer)
    else:
        wanted = (answered.reply_to, (answered.author,), customer)
    found = (_admitted(people, circle) for people in wanted)
    return Recipients(next((people for people in found if people), ()))


def answer_to_all(answered: Answered | None, circle: Circle) -> Recipients:
    """Return whom an answer to all goes to: the same, and in Cc everybody else whom it named."""
    to = answer(answered, circle).to
    if answered is None or answered.newcomer:
        return Recipients(to)
    named = {one.email for one in to}
    others = [one for one in (*answered.to, *answered.cc) if one.email not in named]
    return Recipients(to, _admitted(others, circle))


def _admitted(people: Iterable[Address], circle: Circle) -> tuple[Address, ...]:
    """Return those who may be written to, each once, by the first name they go by."""
    found: dict[str, Address] = {}
    for one in people:
        if circle.admits(one):
            found.setdefault(one.email, one)
    return tuple(found.values())
