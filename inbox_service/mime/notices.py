"""Automatic mails as HTML."""

from __future__ import annotations

import re

from inbox_service.mime.folding import first_strong
from inbox_service.mime.plain import html_of

_ADDRESS = re.compile(r"https?://(?:[^\s<>\"'&]|&amp;)+(?<![.,;:!?)\]])")
# Mail programs that are told of no letters take those of newspapers.
_STYLE = (
    "font-family:-apple-system,'Segoe UI',Roboto,Arial,sans-serif;font-size:15px;line-height:1.5"
)


def notice_html(text: str) -> str:
    """Return the text of an automatic mail as HTML: letters of the screen, addresses to press.

    What an address links to is what stands there, whoever wrote the text.
    """
    written = "".join(map(_paragraph, text.split("\n\n")))
    # Left to right also within Arabic, or its slashes would change places.
    linked = _ADDRESS.sub(r'<a href="\g<0>" dir="ltr">\g<0></a>', written)
    return f'<div style="{_STYLE}">{linked}</div>'


def _paragraph(text: str) -> str:
    """Words of a customer run their own way in a mail of the other direction."""
    strong = next(filter(None, map(first_strong, text.split("\n"))), 0)
    side = {1: ' dir="ltr"', -1: ' dir="rtl"', 0: ""}[strong]
    return html_of(text).replace("<p>", f"<p{side}>", 1)
