"""What somebody typed into the search box, understood: words to find, and conditions of tickets.

`refund -order "in full" from:omar subject:invoice tag:vip is:open has:attachment before:2026-03`:
parts all hold at once; a minus in front excludes. The last word may go on, for it is being typed,
and of a single letter of it nothing is made yet, where something else was asked for.
Text that only looks like an operator (`re:`, `12:30`, an address of a page) is text.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from .search_documents import RECIPIENT, SENDER, SUBJECT
from .search_words import LONGEST_WORD, is_spaceless, marked, tokens, wanted, words

MOST_PARTS = 20
# A single letter goes on in too many ways to mean anything, where words are longer than that.
_SHORTEST_BEGINNING = 2

_FIELDS: Final[Mapping[str, str]] = {"from": SENDER, "to": RECIPIENT, "subject": SUBJECT}
OPERATORS = ("from", "to", "subject", "tag", "is", "has", "before", "after", "inbox", "assignee")
HAS = ("attachment", "file")
# What other programs call the same.
_MEANT: Final[Mapping[str, str]] = {
    "sender": "from",
    "cc": "to",
    "bcc": "to",
    "recipient": "to",
    "title": "subject",
    "label": "tag",
    "status": "is",
    "in": "is",
    "with": "has",
    "since": "after",
    "newer": "after",
    "until": "before",
    "older": "before",
    "mailbox": "inbox",
    "agent": "assignee",
    "owner": "assignee",
}
_ALIKE = 0.7

_PART = re.compile(
    r"(?P<minus>-)?"
    r"(?:(?P<name>[A-Za-z]+):)?"
    r"(?:\"(?P<phrase>[^\"]*)(?P<closed>\"?)|(?P<word>[^\s\"]+))?"
)
_NUMBER = re.compile(r"#(\d{1,9})")
_QUOTES = str.maketrans("“”„«»", '"' * 5)

ProblemKind = Literal["unknown_operator", "unknown_value", "not_a_date", "too_many_parts"]


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words, one after the other, in one field or (mark "") anywhere in a message."""

    words: tuple[str, ...]
    mark: str = ""
    negated: bool = False
    # The last word may go on.
    goes_on: bool = False

    def sought(self) -> tuple[list[str], bool]:
        """Return the tokens to find, and whether the last of them may go on."""
        *before, last = self.words
        found = [token for word in before for token in tokens(word)]
        ending, open_end = wanted(last)
        sought = [*found, *ending]
        return (marked(self.mark, sought) if self.mark else sought), open_end or self.goes_on


@dataclass(frozen=True, slots=True)
class Condition:
    """An operator about tickets, with its value as it was typed; `part` is all of it."""

    name: str
    value: str
    part: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """A part that nobody can have meant, and what may have been meant, the likeliest first."""

    part: str
    kind: ProblemKind
    instead: tuple[str, ...] = ()


@dataclass(slots=True)
class Query:
    """A search: all of its terms and conditions hold. With problems it is not run."""

    terms: list[Term] = field(default_factory=list)
    has_file: bool | None = None
    conditions: list[Condition] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for yet."""
        return not (self.terms or self.conditions or self.problems or self.has_file is not None)

    @property
    def asks_for_words(self) -> bool:
        """Whether the words of messages decide, and not only properties of tickets."""
        return bool(self.terms) or self.has_file is not None


def parse(text: str) -> Query:
    """Return what the text asks for; an operator without a value is not finished, and ignored."""
    query = Query()
    parts = list(_parts(text.translate(_QUOTES)))
    for part in parts[:MOST_PARTS]:
        _take(query, part)
    if len(parts) > MOST_PARTS:
        query.problems.append(Problem(parts[MOST_PARTS].whole, "too_many_parts"))
    return query


def number_in(text: str) -> int | None:
    """Return the number of the one ticket that is asked for, as `#102`."""
    found = _NUMBER.fullmatch(text.strip())
    return int(found[1]) if found else None


def near(value: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return those known values that `value` may have meant; all of them where none is alike."""
    return tuple(difflib.get_close_matches(value, known, 3, _ALIKE)) or tuple(known)


@dataclass(frozen=True, slots=True)
class _Part:
    whole: str
    name: str
    value: str
    negated: bool
    # In quotes that were closed, or followed by something: nothing more will be typed into it.
    done: bool


def _parts(text: str) -> Iterator[_Part]:
    waiting = ""
    for found in _PART.finditer(text):
        name, value = (found["name"] or "").lower(), found["phrase"] or found["word"] or ""
        if waiting and value and not name:
            # "from: omar", with a space as people write.
            yield _part(text, found, waiting, f"{waiting}:{found[0]}")
            waiting = ""
        elif name in OPERATORS and found["phrase"] is None and not value:
            waiting = name
        elif value:
            waiting = ""
            yield _part(text, found, name, found[0])


def _part(text: str, found: re.Match[str], name: str, whole: str) -> _Part:
    # A name in quotes may be the beginning of one: from:"Ana B".
    is_closed = bool(found["closed"]) and name not in _FIELDS
    return _Part(
        whole,
        name,
        found["phrase"] or found["word"] or "",
        bool(found["minus"]),
        is_closed or found.end() < len(text),
    )


def _take(query: Query, part: _Part) -> None:
    if not part.name:
        _take_words(query, part, part.value, "")
    elif part.name in _FIELDS:
        _take_words(query, part, part.value, _FIELDS[part.name])
    elif part.name == "has":
        _take_has(query, part)
    elif part.name in OPERATORS:
        query.conditions.append(Condition(part.name, part.value, part.whole, part.negated))
    elif meant := _meant(part.name):
        instead = tuple(f"{name}:{part.value}" for name in meant)
        query.problems.append(Problem(part.whole, "unknown_operator", instead))
    else:
        _take_words(query, part, f"{part.name}:{part.value}", "")


def _take_words(query: Query, part: _Part, text: str, mark: str) -> None:
    found, is_typed = tuple(words(text)), not part.done
    if found and is_typed and _is_a_letter(found[-1]) and (found[:-1] or not query.is_empty):
        # Exactly this letter hardly stands anywhere: until the next one comes, the rest is found.
        found, is_typed = found[:-1], False
    if found:
        goes_on = is_typed and _is_a_beginning(found[-1])
        query.terms.append(Term(found, mark, part.negated, goes_on))


def _is_a_letter(word: str) -> bool:
    return len(word) == 1 and word.isalpha() and not is_spaceless(word)


def _is_a_beginning(word: str) -> bool:
    return is_spaceless(word) or _SHORTEST_BEGINNING <= len(word) <= LONGEST_WORD


def _take_has(query: Query, part: _Part) -> None:
    value = part.value.lower()
    if any(known.startswith(value.removesuffix("s")) for known in HAS):
        query.has_file = not part.negated
    else:
        query.problems.append(Problem(part.whole, "unknown_value", ("has:attachment",)))


def _meant(name: str) -> list[str]:
    if name in _MEANT:
        return [_MEANT[name]]
    return difflib.get_close_matches(name, OPERATORS, 2, _ALIKE)
