"""Text as search compares it: words without case, accents and ornaments, in any script.

What is written is folded to tokens, and so is what is looked for; the databases compare tokens and
know no language. Scripts that write no spaces are cut into overlapping pairs, so that any part of
such a text is found.
"""

# ruff: noqa: RUF001 - letters of other scripts look like Latin ones; here they are meant.

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

# Longer ones are cut: nobody types more, and mail is full of encoded lines.
LONGEST_WORD = 64
# What PostgreSQL can tell the position of (its manual, 12.11 Limitations), less room for people.
MOST_WORDS = 16_000
# Between the parts of a document, so that no phrase reaches from one into the next.
BREAK = ":"

# Tatweel, and what is only seen: joiners, marks of direction, soft hyphens.
_DROPPED = "ـ\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
# Letters that Unicode takes no mark off, or that people type for one another. Hamza and madda
# come off as marks; what is left are the forms of alef, ya, ta marbuta and the Persian letters.
_SAME: Mapping[str, str] = {
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ے": "ي",
    "ک": "ك",
    "ة": "ه",
    "ە": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
}
# Marks that people leave out: of Latin, Greek and Cyrillic, Hebrew points, Arabic vowels. Others
# (of Hindi, Thai) are letters to their readers, and stay.
_POINTS = (
    (0x0300, 0x036F),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06DC),
    (0x06DF, 0x06E4),
    (0x06E7, 0x06E8),
    (0x06EA, 0x06ED),
)
_TABLE: dict[int, str | None] = {
    **dict.fromkeys(map(ord, _DROPPED)),
    **{ord(letter): same for letter, same in _SAME.items()},
    **{point: None for first, last in _POINTS for point in range(first, last + 1)},
}

# Thai, Lao, Myanmar, Khmer; Kana, Han, Hangul.
_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3105-\u312f\u31a0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
)
# The vowel signs of India's scripts are no letters to Python, but parts of a word.
_SIGNS = (
    "\u0900-\u0903\u093a-\u094f\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a51"
    "\u0a81-\u0acd\u0b01-\u0b57\u0b82-\u0bcd\u0c00-\u0c56\u0c81-\u0cd6\u0d00-\u0d4d\u0d81-\u0ddf"
)
_WORD = re.compile(rf"[{_SPACELESS}]+|(?:[^\W_{_SPACELESS}]|[{_SIGNS}])+")
_IS_SPACELESS = re.compile(f"[{_SPACELESS}]")


def fold(text: str) -> str:
    """Return the text without case, accents, Arabic ornaments; digits of every script are ours."""
    if text.isascii():
        return text.lower()
    # Taken apart to lose its marks, and put together again: Hangul would else be single letters.
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_TABLE)
    return _digits(unicodedata.normalize("NFC", apart))


def words(text: str) -> list[str]:
    """Return the folded words of a text; a run of a script without spaces is one of them."""
    return _WORD.findall(fold(text))


def tokens(text: str) -> list[str]:
    """Return what a document holds of a text."""
    return [token for word in words(text) for token in _written(word)]


def wanted(word: str) -> tuple[tuple[str, ...], bool]:
    """Return the tokens, one after the other, that a folded word is looked for by.

    True says that the last of them may go on: a single letter of a script without spaces stands
    in documents only with the letter that follows it.
    """
    if not is_spaceless(word):
        return (word[:LONGEST_WORD],), False
    return (tuple(_pairs(word)), False) if len(word) > 1 else ((word,), True)


def is_spaceless(word: str) -> bool:
    """Tell whether a folded word is of a script without spaces."""
    return _IS_SPACELESS.match(word) is not None


def marked(mark: str, found: Iterable[str]) -> list[str]:
    """Return tokens as they stand in one field of a document: `s:order` is in the subject."""
    return [f"{mark}{BREAK}{token}" for token in found]


@lru_cache(maxsize=4096)
def _digit(character: str) -> str:
    return str(unicodedata.decimal(character))


def _digits(text: str) -> str:
    return re.sub(r"[^\D0-9]", lambda found: _digit(found[0]), text)


def _written(word: str) -> list[str]:
    # The last letter stands alone too, else it would be found only behind another.
    return [*_pairs(word), word[-1]] if is_spaceless(word) else [word[:LONGEST_WORD]]


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)]
