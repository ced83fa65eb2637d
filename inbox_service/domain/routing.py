"""Routing rules: which of them decides about a new ticket.

Rules stand in an order, and the first that fits and names a team or an agent decides. One that only
puts tags on the ticket lets those after it go on, and they can ask for its tags. All conditions of
a rule must hold; a rule without any fits nothing, so that no mistake hands every ticket to one
person.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any

# What a request is about stands at its beginning; the rest of a long mail is not searched.
SEARCHED_LETTERS = 20_000


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a ticket must be; None, and no words, ask for nothing.

    `form` and `inbox` are ids, `tag` is a name, `sender_domain` takes in its subdomains, and one of
    `words` (each a word or several in a row) must stand in the ticket's first message.
    """

    form: int | None = None
    inbox: int | None = None
    tag: str | None = None
    sender_domain: str | None = None
    words: tuple[str, ...] = ()

    def asked(self) -> dict[str, Any]:
        """Return those conditions that ask for something, by name."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in values.items() if value not in (None, "", ())}

    def tidied(self) -> Conditions:
        """Return the conditions as they are kept: no space around, no word twice."""
        words = (" ".join(word.split()) for word in self.words)
        return Conditions(
            self.form,
            self.inbox,
            (self.tag or "").strip() or None,
            _host(self.sender_domain or "") or None,
            tuple(dict.fromkeys(word for word in words if word)),
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """Tickets that meet the conditions go to a team, an agent, or both, and get tags.

    It has no id while it is new.
    """

    id: int | None
    name: str
    enabled: bool
    conditions: Conditions
    team_id: int | None = None
    assignee_id: int | None = None
    adds_tags: tuple[str, ...] = ()

    @property
    def decides(self) -> bool:
        """Tell whether it says who gets the ticket."""
        return self.team_id is not None or self.assignee_id is not None

    def tidied(self) -> Rule:
        """Return the rule as it is kept."""
        tags = tidy_tags(self.adds_tags)
        name, conditions = self.name.strip(), self.conditions.tidied()
        return replace(self, name=name, conditions=conditions, adds_tags=tags)


@dataclass(frozen=True, slots=True)
class Decision:
    """The rules that fitted, in their order, and the tags they put on the ticket, sorted."""

    rules: tuple[Rule, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def rule(self) -> Rule | None:
        """The rule that says who gets the ticket; None where none does."""
        return next((rule for rule in self.rules if rule.decides), None)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a new ticket; `text` is the subject and the text of its first message."""

    form_id: int | None
    inbox_id: int
    tags: frozenset[str]
    sender_domain: str
    text: str


def decide(rules: Iterable[Rule], facts: Facts) -> Decision:
    """Return what the enabled rules make of a ticket, up to the first that says who gets it."""
    said = _Said.of(facts.text[:SEARCHED_LETTERS])
    fitting: list[Rule] = []
    tags = facts.tags
    for rule in rules:
        if rule.enabled and _fits(rule.conditions, replace(facts, tags=tags), said):
            fitting.append(rule)
            tags |= frozenset(rule.adds_tags)
            if rule.decides:
                break
    return Decision(tuple(fitting), tuple(sorted(tags - facts.tags)))


def tidy_tags(names: Iterable[str]) -> tuple[str, ...]:
    """Return tags as people mean them: no space around, none twice."""
    return tuple(dict.fromkeys(name for name in map(str.strip, names) if name))


def fault_of(rule: Rule) -> tuple[str, str] | None:
    """Return what keeps a rule from being used: the field, and a sentence; None if nothing does."""
    wanted = rule.conditions
    if not rule.name.strip():
        return "name", "Give the rule a name."
    if not wanted.asked():
        return "conditions", "Name at least one condition: the rule would take every ticket."
    if wanted.sender_domain and not _is_domain(wanted.sender_domain):
        return "conditions.sender_domain", "Write a domain, such as example.com."
    if any(not folded(word).strip() for word in wanted.words):
        return "conditions.words", "Write words of letters or digits."
    if not rule.decides and not rule.adds_tags:
        return "team_id", "Choose a team or a person, or tags to put on the ticket."
    return None


def domain_of(email: str) -> str:
    """Return the part of an address after its last @, "" where there is none."""
    return email.rpartition("@")[2] if "@" in email else ""


def folded(text: str) -> str:
    """Return the text's words as they are compared: one space before and after each.

    Case, compatibility forms and what Arabic writers leave out or exchange freely (vowel marks,
    tatweel, hamza on alef, the dots of final ya and ta marbuta) make no difference.
    """
    # Unicode 3.13, caseless matching: normalised again, because folding the case can undo it.
    caseless = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return f" {' '.join(caseless.translate(_letters).split())} "


@dataclass(frozen=True, slots=True)
class _Said:
    """A text that words are looked for in: single ones by hash, several in a row by search."""

    text: str
    words: frozenset[str]

    @classmethod
    def of(cls, text: str) -> _Said:
        folding = folded(text)
        return cls(folding, frozenset(folding.split()))

    def has(self, wanted: str) -> bool:
        needle = _needle(wanted)
        word = needle.strip()
        return needle in self.text if " " in word else word in self.words


def _fits(wanted: Conditions, facts: Facts, said: _Said) -> bool:
    return bool(wanted.asked()) and all(
        (
            wanted.form in (None, facts.form_id),
            wanted.inbox in (None, facts.inbox_id),
            wanted.tag is None or wanted.tag in facts.tags,
            not wanted.sender_domain or _is_within(facts.sender_domain, wanted.sender_domain),
            not wanted.words or any(map(said.has, wanted.words)),
        )
    )


def _is_within(domain: str, wanted: str) -> bool:
    # The dot keeps notacme.example out of acme.example.
    return f".{_wire_form(domain)}".endswith(f".{_wire_form(wanted)}")


# The same few words are asked of every ticket.
_needle = lru_cache(maxsize=16_384)(folded)


def _host(domain: str) -> str:
    return domain.strip().rpartition("@")[2].strip(".").lower()


def _is_domain(domain: str) -> bool:
    return all(
        label and all(letter.isalnum() or letter in "-_" for letter in label)
        for label in _wire_form(domain).split(".")
    )


@lru_cache(maxsize=4096)
def _wire_form(domain: str) -> str:
    """Return the domain as mail carries it: مثال.example is xn--mgbh0fb.example there."""
    try:
        return _host(domain).encode("idna").decode("ascii")
    except UnicodeError:
        return _host(domain)


class _Letters(dict[int, str]):
    """What becomes of each character, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = kept = _kept(chr(code))
        return kept


def _kept(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Cf":
        # Soft hyphens, joiners and marks of direction stand inside words and are not seen.
        return ""
    if category == "Mn" and unicodedata.name(letter, "").startswith("ARABIC"):
        return ""
    # Other scripts' vowel signs are marks too, and part of their words.
    return letter if category[0] in "LMN" else " "


_letters = _Letters(
    str.maketrans(
        {
            "\N{ARABIC TATWEEL}": "",
            "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}": "\N{ARABIC LETTER ALEF}",
            "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}": "\N{ARABIC LETTER ALEF}",
            "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}": "\N{ARABIC LETTER ALEF}",
            "\N{ARABIC LETTER ALEF WASLA}": "\N{ARABIC LETTER ALEF}",
            "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
            "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
            "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
            "\N{ZERO WIDTH SPACE}": " ",
        }
    )
)
