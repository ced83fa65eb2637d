"""An answer, and how what was made of it is judged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

_MARKS = dict.fromkeys(
    map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)


class Verdict(Enum):
    """What became of an answer; to lose words of the author is the worst."""

    EXACT = "exact"
    LEAKED = "leaked"  # some of the quote is in sight
    LOST = "lost"  # some of the author's words are not


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of a mail, as text or as HTML, and the words that must stay in sight."""

    name: str
    body: str
    own: str
    is_html: bool = False

    def judge(self, shown: str) -> Verdict:
        """Compare the text in sight with what the author wrote; blanks do not count."""
        wanted, found = _squeezed(self.own), _squeezed(shown)
        if found == wanted:
            return Verdict.EXACT
        return Verdict.LEAKED if found.startswith(wanted) else Verdict.LOST


def _squeezed(text: str) -> str:
    return "".join(text.translate(_MARKS).split())
