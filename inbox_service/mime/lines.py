"""Which lines of a mail its author wrote now, and where the rest begins.

The lines come from text or from HTML alike. Only an unbroken end is ever folded away: an answer
between or below quotes keeps them in sight, because it cannot be read without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from inbox_service.mime.phrases import (
    ADDRESSED,
    COLON,
    DATED,
    FORWARDED,
    FROM_LABEL,
    LIST_RULE,
    OPENER,
    ORIGINAL,
    OTHER_LABEL,
    RULE,
    SENT_FROM,
    SIGNATURE_DASHES,
    WROTE,
)

MAX_LINES = 20_000  # of a longer message nothing is folded
MAX_INTRO_LINES = 4
MAX_INTRO = 400
MAX_HEADER_LINES = 8
MAX_DEVICE_LINE = 100
MAX_SIGNATURE_LINES = 25
MAX_FOOTER_LINES = 6


class Kind(Enum):
    """What a line is."""

    WRITTEN = "written"
    BLANK = "blank"
    QUOTE = "quote"
    INTRO = "intro"
    SIGNATURE = "signature"


def fold_at(lines: Sequence[str], known: Sequence[Kind | None]) -> int:
    """Return the number of the line where the folded end begins, len(lines) for nothing to fold.

    `known` says what the form of a line shows already: a ">" before it, the mark of its element.
    """
    kinds = _Classifier(lines, known).kinds()
    end = len(lines)
    while end and not _is_written(lines[end - 1], kinds[end - 1]):
        end -= 1
    if not end:
        return len(lines)  # nothing else is written: then the quote is the message
    while end < len(kinds) and kinds[end] is Kind.BLANK:
        end += 1
    return end


def _is_written(line: str, kind: Kind) -> bool:
    """A line such as "Sent from my iPhone" counts as written only above what is."""
    return kind is Kind.WRITTEN and not (len(line) <= MAX_DEVICE_LINE and SENT_FROM.match(line))


class _Classifier:
    def __init__(self, lines: Sequence[str], known: Sequence[Kind | None]) -> None:
        # A longer line is no phrase of a mail program; cut, it costs no search.
        self.lines = [line[: MAX_INTRO + 1].replace("\xa0", " ").strip() for line in lines]
        self.found = [
            kind or (None if line else Kind.BLANK)
            for kind, line in zip(known, self.lines, strict=True)
        ]

    def kinds(self) -> list[Kind]:
        for number, line in enumerate(self.lines):
            if line and FORWARDED.match(line) and self._before(number) is not Kind.QUOTE:
                # What somebody passes on is what he wants read, with all that it quotes.
                return self._filled(number, Kind.WRITTEN)
            if self.found[number] is not None:
                continue
            if self._begins_original(number):
                self._mark_rule_before(number)
                return self._filled(number, Kind.QUOTE)
            if line.endswith(COLON) and len(line) <= MAX_INTRO and self._is_intro(number):
                self._mark_intro(number)
                if not self._quote_follows(number):
                    return self._filled(number + 1, Kind.QUOTE)
            else:
                self._mark_signature(number)
        return self._filled(len(self.lines), Kind.WRITTEN)

    def _filled(self, end: int, rest: Kind) -> list[Kind]:
        """Take what has no kind before `end` for written, and give everything after it `rest`."""
        head = [kind or Kind.WRITTEN for kind in self.found[:end]]
        return head + [rest] * (len(self.found) - end)

    def _before(self, number: int) -> Kind | None:
        for earlier in range(number - 1, -1, -1):
            if self.found[earlier] is not Kind.BLANK:
                return self.found[earlier]
        return None

    def _quote_follows(self, number: int) -> bool:
        for later in range(number + 1, len(self.lines)):
            if self.found[later] is not Kind.BLANK:
                return self.found[later] is Kind.QUOTE
        return False

    def _begins_original(self, number: int) -> bool:
        line = self.lines[number]
        if ORIGINAL.match(line):
            return True
        if not FROM_LABEL.match(line):
            return False
        block = self.lines[number + 1 : number + MAX_HEADER_LINES]
        return sum(1 for one in block if OTHER_LABEL.match(one)) >= 2

    def _mark_rule_before(self, number: int) -> None:
        for earlier in range(number - 1, -1, -1):
            if self.found[earlier] is Kind.BLANK:
                continue
            if RULE.match(self.lines[earlier]):
                self.found[earlier] = Kind.INTRO
            return

    def _is_intro(self, number: int) -> bool:
        """Tell whether this line ends "On ... wrote:", however it was wrapped.

        Before a quote little is asked of it; where the quote is not marked as one (old Outlook,
        Yahoo) it must name a date and begin as such lines do.
        """
        first = self._intro_start(number)
        joined = " ".join(self.lines[first : number + 1])
        wrote = WROTE.search(joined)
        if self._quote_follows(number):
            return bool(wrote or (ADDRESSED.search(joined) and DATED.search(joined)))
        return bool(wrote and DATED.search(joined) and OPENER.match(self.lines[first]))

    def _intro_start(self, number: int) -> int:
        """Go back to the line the introduction begins with, at most a few lines."""
        length = 0
        for first in range(number, max(-1, number - MAX_INTRO_LINES), -1):
            length += len(self.lines[first])
            if self.found[first] is not None or length > MAX_INTRO:
                break
            if OPENER.match(self.lines[first]) and DATED.search(self.lines[first]):
                return first
        return number

    def _mark_intro(self, number: int) -> None:
        self._mark(self._intro_start(number), number + 1, Kind.INTRO)

    def _mark_signature(self, number: int) -> None:
        line = self.lines[number]
        if SIGNATURE_DASHES.match(line):
            self._mark(number, self._signature_end(number), Kind.SIGNATURE)
        elif LIST_RULE.match(line) and self._is_list_footer(number):
            self._mark(number, len(self.lines), Kind.SIGNATURE)

    def _mark(self, start: int, end: int, kind: Kind) -> None:
        for number in range(start, end):
            self.found[number] = self.found[number] or kind

    def _is_list_footer(self, number: int) -> bool:
        if len(self.lines) - number > MAX_FOOTER_LINES * 4:
            return False
        below = [line for line in self.lines[number + 1 :] if line]
        return 0 < len(below) <= MAX_FOOTER_LINES and any("://" in line for line in below)

    def _signature_end(self, number: int) -> int:
        """Return where a signature ends; one that is too long to be one ends where it began."""
        lines = 0
        for end in range(number + 1, len(self.lines)):
            if self.found[end] is Kind.QUOTE or FORWARDED.match(self.lines[end]):
                return end
            lines += self.found[end] is None
            if lines > MAX_SIGNATURE_LINES:
                return number
        return len(self.lines)
