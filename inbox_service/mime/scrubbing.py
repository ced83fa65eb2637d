"""Taking a person out of HTML that stays: his quoted words, his name, his addresses."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from lxml import etree

from inbox_service.mime.plain import tree_of

# What a reader sees or an address carries; the others are measures and names of our own.
_HELD = ("data-pictures", "data-remote-background", "data-remote-src")
_SHOWN = ("alt", "href", "src", "title", *_HELD)


def scrub_html(html: str, scrub: Callable[[str], str], *, quotes: bool = False) -> str:
    """Return sanitised HTML with `scrub` done to all its texts; its quotes stay where asked."""
    root = tree_of(html) if html.strip() else None
    body = root.find("body/div") if root is not None else None
    if body is None:
        return ""
    if not quotes:
        for quote in list(body.iter("blockquote")):
            _drop(quote)
    for element in body.iter():
        element.text = scrub(element.text) if element.text else None
        element.tail = scrub(element.tail) if element.tail else None
        for name in _SHOWN:
            if name in element.attrib:
                element.set(name, scrub(str(element.get(name))))
    children = (etree.tostring(child, encoding="unicode", method="html") for child in body)
    return escape(body.text or "", quote=False) + "".join(children)


def _drop(quote: etree._Element) -> None:
    """Take an element out; the text that follows it stays."""
    parent = quote.getparent()
    if parent is None:
        return
    before = quote.getprevious()
    tail = quote.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(quote)
