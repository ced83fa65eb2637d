"""Plain text out of HTML, for search, snippets and mails that have nothing else."""

from __future__ import annotations

import re
from html import escape

from lxml import etree

from inbox_service.mime.charsets import storable, without_controls

MAX_SNIPPET = 160
MAX_HTML = 1_000_000

_UNSEEN = frozenset({"script", "style", "title", "head", "noscript", "template", "svg", "textarea"})
_LINE_NAMES = (
    "address article aside blockquote center dd div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul"
)
_LINES = frozenset(_LINE_NAMES.split())
_CELLS = frozenset({"td", "th"})
_BLANKS = re.compile(r"[ \t\f\v\xa0\u200b\u200c\u200d\u2007\ufeff\u00ad\u034f]+")
_JOINERS = "\u200c\u200d"  # alone they are part of a Persian word, or of a picture of a family
_BREAKS = re.compile(r" ?\n ?")
_MANY_BREAKS = re.compile(r"\n{3,}")
_SOURCE_BREAKS = re.compile(r"\s+")


def tree_of(html: str) -> etree._Element | None:
    """Parse a piece of HTML below one <div>; None where there is nothing in it."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    root = etree.fromstring(f"<div>{without_controls(html)}</div>".encode(), parser)
    return root if root is not None else None


def is_line(name: str) -> bool:
    """Tell whether an element begins and ends a line of its own."""
    return name in _LINES or name in ("td", "th")


def text_of(html: str) -> str:
    """Return the text of an HTML body as one would read it: blocks on their own lines.

    The HTML need not be sanitised. Beyond a million characters nothing is read.
    """
    if not html.strip():
        return ""
    root = tree_of(html[:MAX_HTML])
    if root is None:
        return ""
    text = _BLANKS.sub(_blank, "".join(_pieces(root)))
    return storable(_MANY_BREAKS.sub("\n\n", _BREAKS.sub("\n", text)).strip())


def _pieces(root: etree._Element) -> list[str]:
    out: list[str] = []
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            unseen += name in _UNSEEN
            if not unseen:
                out.append(_before(name))
                out.append(_inside(element.text))
        else:
            if not unseen:
                out.append("\n" if name in _LINES else "")
            unseen -= name in _UNSEEN
            if not unseen:
                out.append(_inside(element.tail))
    return out


def _blank(found: re.Match[str]) -> str:
    return found[0] if found[0] in _JOINERS else " "


def _before(name: str) -> str:
    if name == "br" or name in _LINES:
        return "\n"
    return " " if name in _CELLS else ""


def _inside(text: str | None) -> str:
    return _SOURCE_BREAKS.sub(" ", text) if text else ""


def html_of(text: str) -> str:
    """Return a plain text as HTML: a paragraph where it has an empty line, breaks kept."""
    paragraphs = escape(text, quote=False).split("\n\n")
    return "".join(f"<p>{one.replace(chr(10), '<br>')}</p>" for one in paragraphs)


def snippet(text: str) -> str:
    """Return the beginning of a text on one line, at most 160 characters, cut at a word."""
    line = " ".join(text[: MAX_SNIPPET * 8].split())
    if len(line) <= MAX_SNIPPET:
        return line
    cut = line[: MAX_SNIPPET - 1]
    return cut[: cut.rfind(" ") if " " in cut[MAX_SNIPPET // 2 :] else None].rstrip() + "…"
