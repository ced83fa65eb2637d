"""Which lines of a mail its author wrote now, and where the rest begins.

The lines come from text or from HTML alike. Only an unbroken end is ever folded away: an answer
between or below quotes keeps them in sight, because it cannot be read without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from inbox_service.mime.phrases import (
    ADDRESS_LAST,
    ADDRESSED,
    CLOCK,
    COLON,
    DASHED,
    DATED,
    FORWARD_FORM,
    FORWARDED,
    FROM_LABEL,
    LIST_RULE,
    OPENER,
    ORIGINAL,
    OTHER_LABEL,
    RULE,
    SIGNATURE_DASHES,
    SUBJECT_LABEL,
    TELLING,
    WROTE,
    YEAR,
)
from inbox_service.mime.trailers import is_trailer, notice_start

MAX_LINES = 20_000  # of a longer message nothing is folded
MAX_INTRO_LINES = 4
MAX_INTRO = 400
MAX_HEADER_LINES = 8
MAX_SIGNATURE_LINES = 25
MAX_FOOTER_LINES = 6
MAX_TRAILERS = 8
# Marks of direction: Hebrew and Arabic programs put them round names and at both ends of a line.
_MARKS = dict.fromkeys(
    map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
)


class Kind(Enum):
    """What a line is."""

    WRITTEN = "written"
    BLANK = "blank"
    QUOTE = "quote"
    INTRO = "intro"
    SIGNATURE = "signature"


def fold_at(lines: Sequence[str], known: Sequence[Kind | None], *, forward: bool = False) -> int:
    """Return the number of the line where the folded end begins, len(lines) for nothing to fold.

    `known` says what the form of a line shows already: a ">" before it, the mark of its element.
    `forward`: the subject says that the mail passes another one on.
    """
    classifier = _Classifier(lines, known, forward=forward)
    kinds = classifier.kinds()
    end = _written_end(classifier.lines, kinds)
    if not end:
        return len(lines)  # nothing else is written: then the quote is the message
    while end < len(kinds) and kinds[end] is Kind.BLANK:
        end += 1
    return end


def _written_end(lines: Sequence[str], kinds: Sequence[Kind]) -> int:
    """Go up from the end over quotes and what programs and gateways put below a mail."""
    end = len(lines)
    passed = 0
    while end:
        if kinds[end - 1] is not Kind.WRITTEN:
            end -= 1
            continue
        above = end - 1 if is_trailer(lines[end - 1]) else notice_start(lines, end)
        if above == end or passed == MAX_TRAILERS:
            return end
        end, passed = above, passed + 1
    return 0


class _Classifier:
    def __init__(
        self, lines: Sequence[str], known: Sequence[Kind | None], *, forward: bool
    ) -> None:
        self.forward = forward
        self.lines = [_plain(line) for line in lines]
        self.found = [
            kind or (None if line else Kind.BLANK)
            for kind, line in zip(known, self.lines, strict=True)
        ]

    def kinds(self) -> list[Kind]:
        for number, line in enumerate(self.lines):
            if not TELLING.search(line):
                continue  # most lines: no search more is spent on them
            if self._is_forward(number):
                # What somebody passes on is what he wants read, with all that it quotes.
                return self._filled(number, Kind.WRITTEN)
            if self.found[number] is not None:
                continue
            if self._begins_original(number):
                if self.forward:
                    return self._filled(number, Kind.WRITTEN)
                self._mark_rule_before(number)
                return self._filled(number, Kind.QUOTE)
            if len(line) <= MAX_INTRO and self._is_intro(number):
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

    def _after(self, number: int) -> int | None:
        for later in range(number + 1, len(self.lines)):
            if self.lines[later]:
                return later
        return None

    def _quote_follows(self, number: int) -> bool:
        later = self._after(number)
        return later is not None and self.found[later] is Kind.QUOTE

    def _is_forward(self, number: int) -> bool:
        """Tell whether a line says that what follows is passed on, in words or by its form."""
        line = self.lines[number]
        if self._before(number) is Kind.QUOTE:
            return False  # in the quote of somebody's answer
        if FORWARDED.match(line):
            return True
        if not FORWARD_FORM.match(line) or ORIGINAL.match(line) or SUBJECT_LABEL.match(line):
            return False
        below = self._after(number)
        return below is not None and self._begins_header(below)

    def _begins_original(self, number: int) -> bool:
        return bool(ORIGINAL.match(self.lines[number])) or self._begins_header(number)

    def _begins_header(self, number: int) -> bool:
        """Tell whether From, To and Subject stand here as over a mail.

        "From: Rome" and "To: Milan" people write as well: a subject or an address must be there.
        """
        if not FROM_LABEL.match(self.lines[number]):
            return False
        block = self.lines[number + 1 : number + MAX_HEADER_LINES]
        if sum(1 for one in block if OTHER_LABEL.match(one)) < 2:
            return False
        return any(map(SUBJECT_LABEL.match, block)) or any(
            map(ADDRESSED.search, [self.lines[number], *block])
        )

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
        line = self.lines[number]
        if not line.endswith(COLON):
            dashed = DASHED.match(line)
            return bool(dashed and _has_date_and_clock(line) and WROTE.search(dashed[1]))
        first = self._intro_start(number)
        joined = " ".join(self.lines[first : number + 1])
        wrote = WROTE.search(joined)
        if self._quote_follows(number):
            return bool(wrote or (ADDRESSED.search(joined) and DATED.search(joined)))
        if not wrote:
            return bool(ADDRESS_LAST.search(joined)) and _has_date_and_clock(joined)
        if _has_date_and_clock(joined):
            return bool(OPENER.match(self.lines[first]) or ADDRESSED.search(joined))
        return bool(DATED.search(joined) and OPENER.match(self.lines[first]))

    def _intro_start(self, number: int) -> int:
        """Go back to the line the introduction begins with, at most a few lines."""
        joined = ""
        complete = None
        for first in range(number, max(-1, number - MAX_INTRO_LINES), -1):
            line = self.lines[first]
            joined = f"{line} {joined}"
            if self.found[first] is not None or len(joined) > MAX_INTRO + 1:
                break
            if OPENER.match(line) and DATED.search(line):
                return first
            if complete is None and _has_date_and_clock(joined) and ADDRESSED.search(joined):
                complete = first
        return number if complete is None else complete

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


def _plain(line: str) -> str:
    """Return the beginning of a line as it is compared; a longer one is no phrase of a program."""
    cut = line[: MAX_INTRO + 1].replace("\xa0", " ")
    return (cut if cut.isascii() else cut.translate(_MARKS)).strip()


def _has_date_and_clock(line: str) -> bool:
    return bool(YEAR.search(line) and CLOCK.search(line))
