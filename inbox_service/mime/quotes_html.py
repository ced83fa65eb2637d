"""Folding of HTML: its lines for the classifier, and the cut through its tree."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from html import escape

from lxml import etree

from inbox_service.mime.lines import MAX_INTRO, MAX_LINES, Kind, fold_at
from inbox_service.mime.marks import (
    INTRO_CLASSES,
    QUOTE_CLASSES,
    REST_IDS,
    SIGNATURE_CLASSES,
    SIGNATURE_IDS,
)
from inbox_service.mime.plain import is_line, tree_of

_PICTURE = "\ufffc"  # stands for an image in a line of text
_TINY = frozenset({"0", "1", "2", "3"})


@dataclass(frozen=True, slots=True)
class Place:
    """A point in the tree: before an element's start tag, or before the text that follows it."""

    element: etree._Element
    in_tail: bool = False


@dataclass(slots=True)
class _Line:
    text: str
    place: Place
    kind: Kind | None


def fold_html(html: str, *, forward: bool = False) -> tuple[str, str]:
    """Cut sanitised HTML into what was written and the folded rest, ("html", "") for no rest."""
    if not html.strip():
        return html, ""
    root = _body(html)
    if root is None:
        return html, ""
    lines = _Lines(root).lines
    if len(lines) > MAX_LINES:
        return html, ""
    known = [line.kind for line in lines]
    at = fold_at([line.text for line in lines], known, forward=forward)
    if at >= len(lines):
        return html, ""
    return _cut(root, _outermost(lines[at].place, root))


def _body(html: str) -> etree._Element | None:
    """Return the <div> that tree_of puts around everything."""
    root = tree_of(html)
    return root.find("body/div") if root is not None else None


class _Lines:
    """Walks the tree in document order and collects the lines a reader sees."""

    def __init__(self, root: etree._Element) -> None:
        self.lines: list[_Line] = []
        self.fresh = True
        self.marks: list[Kind] = []
        self.rest: Kind | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                self._start(element)
            else:
                self._end(element, root)

    def _start(self, element: etree._Element) -> None:
        name = str(element.tag)
        if name == "br" or is_line(name):
            self.fresh = True
        if element.get("id", "").lower() in REST_IDS:
            self.rest = Kind.QUOTE
        mark = _mark(element)
        if mark:
            self.marks.append(mark)
        if name == "img" and not _is_tracker(element):
            self._add(_PICTURE, Place(element))
        self._add(element.text, Place(element))

    def _end(self, element: etree._Element, root: etree._Element) -> None:
        if is_line(str(element.tag)):
            self.fresh = True
        if _mark(element):
            self.marks.pop()
        if element is not root:
            self._add(element.tail, Place(element, in_tail=True))

    def _add(self, text: str | None, place: Place) -> None:
        shown = " ".join(text.split()) if text else ""
        if not shown:
            return
        kind = self.rest or (self.marks[0] if self.marks else None)
        # A mark that begins inside a line begins a line: some quotes are inline elements.
        if self.fresh or self.lines[-1].kind is not kind:
            self.lines.append(_Line(shown, place, kind))
            self.fresh = False
        elif len(self.lines[-1].text) <= MAX_INTRO:  # more of a line is never looked at
            self.lines[-1].text += " " + shown


def _mark(element: etree._Element) -> Kind | None:
    """Say what the element's class or id makes of all that is in it."""
    classes = frozenset(element.get("class", "").lower().split())
    if classes & INTRO_CLASSES:
        return Kind.INTRO
    if classes & SIGNATURE_CLASSES or element.get("id", "").lower() in SIGNATURE_IDS:
        return Kind.SIGNATURE
    if classes & QUOTE_CLASSES or (element.tag == "blockquote" and not _is_indent(element)):
        return Kind.QUOTE
    return None


def _is_indent(element: etree._Element) -> bool:
    """Gmail's indent button makes a blockquote too, with this style."""
    style = element.get("style", "").replace(" ", "")
    return "border:none" in style and "40px" in style


def _is_tracker(image: etree._Element) -> bool:
    return image.get("width") in _TINY or image.get("height") in _TINY


def _outermost(place: Place, root: etree._Element) -> Place:
    """Move out of every element that the place is the beginning of, so that it is cut whole."""
    if place.in_tail:
        return place
    element = place.element
    while True:
        parent = element.getparent()
        if parent is None or element is root or parent is root:
            return Place(element)
        if element.getprevious() is not None or (parent.text or "").strip():
            return Place(element)
        element = parent


def _cut(root: etree._Element, place: Place) -> tuple[str, str]:
    steps = _steps(root, place.element)
    return _head(deepcopy(root), steps, place.in_tail), _tail(deepcopy(root), steps, place.in_tail)


def _steps(root: etree._Element, element: etree._Element) -> list[int]:
    """Return the child numbers that lead from the root to the element."""
    steps: list[int] = []
    while element is not root:
        parent = element.getparent()
        if parent is None:
            break
        steps.append(parent.index(element))
        element = parent
    return steps[::-1]


def _head(root: etree._Element, steps: list[int], in_tail: bool) -> str:
    """Keep what stands before the cut."""
    parent = root
    for depth, number in enumerate(steps):
        last = depth == len(steps) - 1
        keep = number + 1 if not last or in_tail else number
        kept = parent[number]
        del parent[keep:]
        if keep > number:
            kept.tail = None
            parent = kept
    return _inner(root)


def _tail(root: etree._Element, steps: list[int], in_tail: bool) -> str:
    """Keep what stands after the cut, in the same surroundings."""
    parent = root
    for depth, number in enumerate(steps):
        last = depth == len(steps) - 1
        child = parent[number]
        parent.text = child.tail if last and in_tail else None
        del parent[: number + 1 if last and in_tail else number]
        parent = child
    return _inner(root)


def _inner(root: etree._Element) -> str:
    children = (etree.tostring(child, encoding="unicode", method="html") for child in root)
    return escape(root.text or "", quote=False) + "".join(children)
