"""Earlier mail below a new one, written as Gmail writes it: mail programs know how to fold that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from inbox_service.domain.mail import Direction
from inbox_service.mime.plain import html_of

# Beyond this a history is read by nobody, and every answer would carry it on.
MOST_LETTERS = 60_000
_HELD_BACK = re.compile(r'(<(?:img|table|td|th)\b[^>]*?) data-remote-(src|background)="')
_INLINE_IMAGE = re.compile(r'<img\b[^>]*? src="cid:[^"]*"[^>]*>', re.IGNORECASE)
_EDGE = {"ltr": "left", "rtl": "right"}


@dataclass(frozen=True, slots=True)
class Original:
    """A mail that is quoted; its HTML is sanitised, "" where it has none."""

    text: str
    html: str
    direction: Direction = "ltr"


@dataclass(frozen=True, slots=True)
class Quote:
    """The text and the HTML of what stands below."""

    text: str
    html: str


def quote(original: Original, said: str, direction: Direction) -> Quote:
    """Quote a mail below its answer; `said` is the line "On ..., ... wrote:" in `direction`.

    A long one is cut, and its pictures are left out: the one who is answered has them.
    """
    text = _cut(original.text).strip()
    html = _INLINE_IMAGE.sub("", original.html) if len(original.html) <= MOST_LETTERS else ""
    lines = [f">{line}" if line.startswith(">") else f"> {line}" for line in text.split("\n")]
    return Quote(
        "\n".join([said, *(line.rstrip() for line in lines)]),
        _below(
            f"{escape(said, quote=False)}<br>",
            f'<blockquote class="gmail_quote" dir="{original.direction}" '
            f'style="{_bar(original.direction)}">{with_images(html) or html_of(text)}</blockquote>',
            direction,
        ),
    )


def forward(original: Original, header: Sequence[str], direction: Direction) -> Quote:
    """Pass a mail on, whole, below its header block; `header` has a line for each field."""
    block = "\n".join(header)
    body = with_images(original.html) or html_of(original.text)
    return Quote(
        f"{block}\n\n{original.text}",
        _below(
            escape(block, quote=False).replace("\n", "<br>") + "<br><br>",
            f'<div dir="{original.direction}">{body}</div>',
            direction,
        ),
    )


def with_images(html: str) -> str:
    """Return sanitised HTML with the remote images that were held back in it."""
    while (shown := _HELD_BACK.sub(r'\1 \2="', html)) != html:
        html = shown
    return html


def _cut(text: str) -> str:
    if len(text) <= MOST_LETTERS:
        return text
    return text[
        : text.rfind("\n", 0, MOST_LETTERS) if "\n" in text[:MOST_LETTERS] else MOST_LETTERS
    ]


def _bar(direction: Direction) -> str:
    # Physical sides, as Gmail writes them: few mail programs know the logical ones.
    edge = _EDGE[direction]
    gaps = "0 0 0 0.8ex" if edge == "left" else "0 0.8ex 0 0"
    return f"margin: {gaps}; border-{edge}: 1px solid #ccc; padding-{edge}: 1ex"


def _below(head: str, body: str, direction: Direction) -> str:
    return (
        '<div class="gmail_quote gmail_quote_container">'
        f'<div class="gmail_attr" dir="{direction}">{head}</div>{body}</div>'
    )
