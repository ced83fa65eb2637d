"""Where the words that were looked for stand in a text, and the piece of it that shows them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from .search_query import Query, Term
from .search_words import fold, is_spaceless

EXCERPT = 160
_BEFORE = 40
# A text is looked through in pieces that overlap by as much as most phrases are long.
_WINDOW = 300
_STEP = 200
_BETWEEN = r"[\W_]{1,8}"
_RUNS = re.compile(r"\S+|\s+")
_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `hit` where it is what was looked for."""

    text: str
    hit: bool = False


def pattern_of(query: Query, marks: Collection[str]) -> re.Pattern[str]:
    """Return what finds the query's words in folded text, of terms with one of these marks."""
    terms = [term for term in query.terms if not term.negated and term.mark in marks]
    return re.compile("|".join(map(_pattern, terms))) if terms else _NOTHING


def pieces(text: str, pattern: re.Pattern[str]) -> list[Piece]:
    """Return the text cut into what was looked for and what was not."""
    cut, at = [], 0
    for start, end in _places(text, pattern):
        cut += [Piece(text[at:start]), Piece(text[start:end], hit=True)]
        at = end
    return [piece for piece in (*cut, Piece(text[at:])) if piece.text]


def excerpt(text: str, pattern: re.Pattern[str]) -> list[Piece] | None:
    """Return a line of the text around the first place that was looked for; None without one."""
    for start in range(0, len(text), _STEP):
        window = text[start : start + _WINDOW]
        if pattern.search(fold(window)):
            place = next(_places(window, pattern), None)
            if place is not None:
                return pieces(_line(text, start + place[0]), pattern)
    return None


def opening(text: str) -> list[Piece]:
    """Return the first line's worth of a text in which nothing was found."""
    line = _line(text, 0)
    return [Piece(line)] if line else []


def _pattern(term: Term) -> str:
    first, last = term.words[0], term.words[-1]
    before = "" if is_spaceless(first) else r"(?<![^\W_])"
    after = "" if is_spaceless(last) or term.goes_on else r"(?![^\W_])"
    return before + _BETWEEN.join(map(re.escape, term.words)) + after


def _places(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each match, as places in the text that was not folded."""
    if text.isascii():
        # Nothing moves by folding it.
        yield from (found.span() for found in pattern.finditer(fold(text)) if found[0])
        return
    folded: list[str] = []
    origins: list[int] = []
    for word in _RUNS.finditer(text):
        same = _folded(word[0])
        if len(same) == len(word[0]):
            folded.append(same)
            origins += range(*word.span())
            continue
        for place, character in enumerate(word[0], start=word.start()):
            same = _folded(character)
            folded.append(same)
            origins += [place] * len(same)
    for found in pattern.finditer("".join(folded)):
        if found.end() > found.start():
            yield origins[found.start()], _end(text, origins[found.end() - 1] + 1)


def _end(text: str, last: int) -> int:
    # Marks over the last letter, which folding dropped, belong to it.
    while last < len(text) and not _folded(text[last]):
        last += 1
    return last


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    return fold(word)


def _line(text: str, at: int) -> str:
    start = max(0, at - _BEFORE)
    if start:
        # Begin with a whole word, where there is one.
        start = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start), start - _BEFORE) + 1
    cut = " ".join(text[start : start + EXCERPT + _BEFORE].split())
    more = start + EXCERPT + _BEFORE < len(text)
    return ("…" if start else "") + (cut.rsplit(" ", 1)[0] + "…" if more else cut)
