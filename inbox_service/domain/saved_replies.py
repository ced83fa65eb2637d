"""Replies kept to be written once: their languages, and what is filled in for each ticket."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from . import signatures
from .search_words import fold

# A text in ANY suits every customer.
LANGUAGES = ("en", "ar", "tl")
ANY = "any"

VARIABLES = (
    *signatures.VARIABLES,
    "agent.first_name",
    "customer.first_name",
    "ticket.subject",
)

# A blank before what is empty would stand before a comma: "Hello ,".
_SPOT = re.compile(r"( |&nbsp;|\xa0)?" + signatures.VARIABLE.pattern)
# Half of a first name: Abd Allah, Abu Bakr.
_NOT_ALONE = frozenset({"عبد", "ابو", "ابا", "ام", "abd", "abdul", "abdel", "abu", "umm"})


@dataclass(frozen=True, slots=True)
class Filled:
    """A text for one ticket; `missing` names the variables that nothing stands for there."""

    html: str
    missing: tuple[str, ...]


def fill(html: str, values: Mapping[str, str]) -> Filled:
    """Return the HTML with its variables filled; no variable is left in it."""
    names = dict.fromkeys(found[1] for found in signatures.VARIABLE.finditer(html))
    filled = _SPOT.sub(lambda found: _filled(found[1] or "", values.get(found[2], "")), html)
    return Filled(filled, tuple(name for name in names if not values.get(name)))


def unknown_variables(html: str) -> list[str]:
    """Return what looks like a variable and is none."""
    return sorted(set(signatures.VARIABLE.findall(html)) - set(VARIABLES))


def first_name(name: str) -> str:
    """Return what to greet somebody by, "" where that is not certain.

    Of "Haddad, Omar" or an address nothing is: the agent is told, and writes it himself.
    """
    words = name.split()
    if not words or "@" in name or "," in name:
        return ""
    # The folded "أبو" is "ابو".
    return " ".join(words[:2]) if fold(words[0]) in _NOT_ALONE else words[0]


def by_language(languages: Iterable[str], wanted: str) -> list[str]:
    """Return the languages of a reply's texts, the one for a customer of `wanted` first."""
    order = dict.fromkeys((wanted, ANY, *LANGUAGES))
    ranks = {language: rank for rank, language in enumerate(order)}
    return sorted(languages, key=lambda one: ranks.get(one, len(ranks)))


def _filled(blank: str, value: str) -> str:
    return blank + escape(value) if value else ""
