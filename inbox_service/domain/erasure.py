"""Who is erased, which words are his, and what is taken out of words of others that stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

# Stands where a name or an address stood, in any language.
MARK = "[…]"

# What happens to a message: it is emptied; it is our side's, and its words stay without the person;
# or it is another person's mail, which is kept.
Fate = Literal["emptied", "scrubbed", "kept"]

_LONGEST_NAME = 4  # words; a longer "name" is a sentence
_LEAST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Person:
    """A customer with his addresses, in lower case, and the names he went by.

    `customer_id` is None for somebody who was only copied in.
    """

    customer_id: int | None
    emails: frozenset[str]
    names: frozenset[str] = frozenset()
    scrub: Callable[[str], str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Compile what is looked for, once for all messages."""
        object.__setattr__(self, "scrub", _scrubber(self.emails, self.names))

    def has(self, email: str) -> bool:
        """Tell whether the address is his."""
        return email.strip().lower() in self.emails

    def wrote(self, message: Mapping[str, Any]) -> bool:
        """Tell whether the message is his own."""
        if message["author_type"] != "customer":
            return False
        is_his = message["author_id"] == self.customer_id and self.customer_id is not None
        return is_his or self.has(message["author_email"])

    def is_among(self, people: Iterable[Mapping[str, str]]) -> bool:
        """Tell whether a list of recipients names him."""
        return any(self.has(one["email"]) for one in people)

    def without(self, people: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
        """Return a list of recipients without him."""
        return [one for one in people if not self.has(one["email"])]


def fate_of(message: Mapping[str, Any], person: Person, *, own: bool) -> Fate:
    """Return what an erasure does with a message; `own` tells whether the ticket is the person's.

    In his own ticket, what machines wrote is about him: bounces name his address, and absences are
    his.
    """
    if person.wrote(message):
        return "emptied"
    if own and (message["author_type"] == "system" or message["automatic"] is not None):
        return "emptied"
    return "kept" if message["kind"] == "in" else "scrubbed"


def without_quoted_lines(text: str) -> str:
    """Return a text without the lines that quote somebody (RFC 3676 4.5)."""
    return "\n".join(line for line in text.split("\n") if not line.startswith(">"))


def _scrubber(emails: frozenset[str], names: frozenset[str]) -> Callable[[str], str]:
    whole = sorted(
        {*emails, *(name for name in names if len(name) >= _LEAST_LETTERS)}, key=_longest
    )
    words = {word for name in names for word in _words_of(name)}
    parts = [f"(?i:{re.escape(one)})" for one in whole if one]
    # A single name in its own case only: Will and May are words as well.
    parts += [re.escape(word) for word in sorted(words, key=_longest)]
    if not parts:
        return str
    pattern = re.compile(rf"(?<![\w.+-])(?:{'|'.join(parts)})(?!\w)")
    return lambda text: pattern.sub(MARK, text)


def _longest(text: str) -> tuple[int, str]:
    # The longest is tried first: "Omar Haddad" before "Omar".
    return -len(text), text


def _words_of(name: str) -> list[str]:
    words = name.split()
    if len(words) > _LONGEST_NAME:
        return []
    return [word for word in words if len(word) >= _LEAST_LETTERS and word.isalpha()]
