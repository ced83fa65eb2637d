"""What a message says now, with the quoted history and the signature folded away."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate

from inbox_service.domain.mail import Direction, Visible
from inbox_service.mime.lines import MAX_LINES, Kind, fold_at
from inbox_service.mime.phrases import FORWARD_SUBJECT
from inbox_service.mime.plain import text_of
from inbox_service.mime.quotes_html import fold_html

_QUOTED = re.compile(r"^ {0,3}>")
_ADDRESS_MARKS = ("://", "@", "www.")
_MAX_VOTE = 400  # letters of a line that are looked at


def visible(text: str, html: str, subject: str = "") -> Visible:
    """Fold quotes and signatures out of a message, given as text and sanitised HTML.

    `text + folded_text` is the text again; the HTML is cut in two with nothing left out. A mail
    that has only HTML gets its text from there. A forward is never folded, and neither is a
    message in which nothing else is written; Outlook tells a forward only by its subject ("FW:").
    """
    forward = bool(FORWARD_SUBJECT.match(subject))
    written_html, folded_html = fold_html(html, forward=forward)
    if text.strip() or not html.strip():
        written, folded = fold_text(text, forward=forward)
    else:
        written, folded = text_of(written_html), text_of(folded_html)
    return Visible(
        text=written,
        html=written_html,
        folded_text=folded,
        folded_html=folded_html,
        direction=direction(written),
    )


def fold_text(text: str, *, forward: bool = False) -> tuple[str, str]:
    """Cut a text into what was written and the folded rest."""
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        return text, ""
    known = [Kind.QUOTE if _QUOTED.match(line) else None for line in lines]
    at = fold_at(lines, known, forward=forward)
    if at >= len(lines):
        return text, ""
    cut = list(accumulate((len(line) + 1 for line in lines), initial=0))[at]
    return text[:cut], text[cut:]


def direction(text: str) -> Direction:
    """Return the direction most lines begin in, by their first strong letter (UAX 9 P2, P3)."""
    votes = [vote for vote in map(first_strong, text.split("\n")) if vote]
    balance = sum(votes) or (votes[0] if votes else 1)  # the first line breaks a tie
    return "rtl" if balance < 0 else "ltr"


def first_strong(line: str) -> int:
    """Return 1 for left to right, -1 for right to left, 0 for neither; addresses do not count."""
    for word in line[:_MAX_VOTE].split():
        if any(mark in word for mark in _ADDRESS_MARKS):
            continue
        for letter in word:
            kind = unicodedata.bidirectional(letter)
            if kind == "L":
                return 1
            if kind in ("R", "AL"):
                return -1
    return 0
