"""The style sheets inside mails: found, filtered, and made to speak of their own mail only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

import tinycss2

from inbox_service.mime.css import style_of
from inbox_service.mime.marks import KEPT_CLASSES, KEPT_IDS

# The element around a mail that has styles of its own: what its sheets call body. Many mails have
# a class called body too, which becomes m-body.
BODY = "m--body"
MAX_SHEET = 80_000
MAX_RULES = 1_500
_MAX_SELECTORS = 100  # of one rule
_MAX_STEPS = 6  # of one selector: each costs a browser a walk through the tree

_START = re.compile(r"<!--|<(style|body|script|textarea|title)(?=[\s/>])", re.IGNORECASE)
_MEDIA = re.compile(r"""\bmedia\s*=\s*("[^"<>]*"|'[^'<>]*'|[\w-]+)""", re.IGNORECASE)
_QUERY = re.compile(r"[a-z0-9\s():,.-]{1,200}")
_TESTS = re.compile(r"\(\s*([a-z-]*)")
# Mail is shown on a light sheet wherever it is shown: half a dark design would be unreadable.
_FEATURES = re.compile(r"(?:|(?:min-|max-)?(?:device-)?(?:width|height)|orientation|hover)")

_PSEUDO = (
    "active|empty|first-child|first-of-type|focus|hover|last-child|last-of-type|link|only-child|"
    r"visited|nth-(?:last-)?(?:child|of-type)\(\s*(?:odd|even|[0-9n+\s]{1,9})\s*\)"
)
_COMPOUND = re.compile(
    r"(?P<tag>\*|[a-z][a-z0-9]*)?"
    r"(?P<rest>(?:[.#][a-z_-][\w-]*"
    rf"|:(?:{_PSEUDO}))*)",
    re.IGNORECASE,
)
_CLASS_TEST = re.compile(r"\[\s*class\s*~?=\s*[\"']?([\w-]+)[\"']?\s*\]", re.IGNORECASE)
_NAME = re.compile(r"([.#])([a-z_-][\w-]*)", re.IGNORECASE)
_COMBINATOR = re.compile(r"\s*([>+~])\s*(?![^()]*\))|\s+(?![^()]*\))")


@dataclass(frozen=True, slots=True)
class Sheets:
    """What a mail's source says of its look as a whole."""

    css: str  # its sheets one after the other, as they stand
    body: str  # the start tag of its body, "" for none


def sheets_of(html: str) -> Sheets:
    """Find the style sheets and the body tag of a mail, once through and never back."""
    found: list[str] = []
    body, at = "", 0
    while start := _START.search(html, at):
        name = (start[1] or "").lower()
        end = html.find(">", start.end()) if name else html.find("-->", start.end())
        if end < 0:
            break
        tag = html[start.start() : end + 1]
        at = end + 1
        if name == "body":
            body = body or tag
        elif name:
            at = _end_of(html, name, at)
            if name == "style":
                found.append(_with_media(tag, html[end + 1 : at]))
    return Sheets("\n".join(found)[:MAX_SHEET], body)


def _end_of(html: str, name: str, at: int) -> int:
    """Return where the text of an element that holds text only ends (HTML 13.2.5)."""
    closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(html, at)
    return closing.start() if closing else len(html)


def _with_media(tag: str, css: str) -> str:
    media = _MEDIA.search(tag)
    if not media:
        return css
    return f"@media {unescape(media[1].strip(chr(34) + chr(39)))}{{{css}}}"


def safe_sheet(css: str) -> str:
    """Return the rules of a sheet that may stay, each inside the mail's own body."""
    if not css.strip():
        return ""
    try:
        rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        return "\n".join(_safe_rules(rules, may_nest=True))
    except RecursionError:  # tinycss2 writes nested brackets by calling itself
        return ""


def _safe_rules(rules: list[tinycss2.ast.Node], *, may_nest: bool) -> list[str]:
    kept: list[str] = []
    for rule in rules[:MAX_RULES]:
        if isinstance(rule, tinycss2.ast.QualifiedRule):
            kept.append(_safe_rule(rule))
        elif isinstance(rule, tinycss2.ast.AtRule) and rule.lower_at_keyword == "media":
            kept.append(_safe_media(rule) if may_nest else "")
    return [one for one in kept if one]


def _safe_rule(rule: tinycss2.ast.QualifiedRule) -> str:
    style = style_of(tinycss2.parse_blocks_contents(rule.content))
    if not style:
        return ""
    wanted = _written(rule.prelude).split(",")[:_MAX_SELECTORS]
    selectors = [one for one in map(own_selector, wanted) if one]
    return f"{', '.join(selectors)} {{{style}}}" if selectors else ""


def _safe_media(rule: tinycss2.ast.AtRule) -> str:
    query = " ".join(_written(rule.prelude).lower().split())
    if not _QUERY.fullmatch(query) or query.count("(") != query.count(")"):
        return ""
    if not all(_FEATURES.fullmatch(feature) for feature in _TESTS.findall(query)):
        return ""
    inner = tinycss2.parse_rule_list(rule.content or [], skip_comments=True, skip_whitespace=True)
    rules = _safe_rules(inner, may_nest=False)
    return f"@media {query} {{{' '.join(rules)}}}" if rules else ""


def _written(tokens: list[tinycss2.ast.Node]) -> str:
    return str(tinycss2.serialize([one for one in tokens if one.type != "comment"])).strip()


def own_selector(selector: str) -> str:
    """Return a selector as it speaks of this mail's elements alone, "" where it may not stay."""
    plain = _CLASS_TEST.sub(r".\1", selector.strip()[:300])
    steps = [step for step in _COMBINATOR.split(plain) if step]
    if not steps or len(steps) > 2 * _MAX_STEPS:
        return ""
    own = [step if step in ">+~" else _own_compound(step) for step in steps]
    while len(own) > 1 and own[0] == own[1] == f".{BODY}":  # html body p
        del own[0]
    if not all(own) or own[-1] in ">+~" or own[0] in ">+~":
        return ""
    inside = [] if own[0].startswith(f".{BODY}") else [f".{BODY}"]
    return " ".join([*inside, *own])


def _own_compound(compound: str) -> str:
    found = _COMPOUND.fullmatch(compound)
    if not found:
        return ""
    tag, named = (found["tag"] or "").lower(), _NAME.sub(_own, found["rest"])
    return f".{BODY}{named}" if tag in ("html", "body") else tag + named


def _own(found: re.Match[str]) -> str:
    return found[1] + own_name(found[2])


def own_name(name: str) -> str:
    """Return the name that a class or an id of a mail has with us, where it can be no one else's.

    The marks of quotes and signatures keep theirs: the folding reads them.
    """
    lowered = name.lower()
    if lowered.startswith("m-") or lowered in KEPT_CLASSES or lowered in KEPT_IDS:
        return name
    return f"m-{name}"


def names_in(css: str) -> frozenset[str]:
    """Return the classes and ids that a safe sheet asks for."""
    preludes = (line.split("{") for line in css.splitlines())
    return frozenset(
        found[2] for pieces in preludes for piece in pieces for found in _NAME.finditer(piece)
    )
