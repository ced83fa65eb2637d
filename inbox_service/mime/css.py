"""The declarations of mails' styles, filtered property by property and value by value."""

from __future__ import annotations

import re
import secrets
from functools import lru_cache

import tinycss2

MAX_STYLE = 4_000

_PREFIXES = ("border", "font-", "margin", "padding", "mso-table-")
_PROPERTY_NAMES = (
    "align-content align-items align-self background background-color background-image "
    "background-position background-repeat background-size box-shadow box-sizing caption-side "
    "clear color column-gap direction display empty-cells flex flex-basis flex-direction flex-flow "
    "flex-grow flex-shrink flex-wrap float font gap height justify-content letter-spacing "
    "line-height list-style list-style-position list-style-type max-height max-width min-height "
    "min-width object-fit opacity overflow overflow-wrap overflow-x overflow-y page-break-after "
    "page-break-before page-break-inside row-gap table-layout text-align text-align-last "
    "text-decoration text-decoration-color text-decoration-line text-decoration-style text-indent "
    "text-justify text-overflow text-shadow text-transform unicode-bidi vertical-align visibility "
    "white-space width word-break word-spacing word-wrap"
)
_PROPERTIES = frozenset(_PROPERTY_NAMES.split())
# Only these functions: url(), image-set(), expression(), attr() and what comes next are refused.
_FUNCTION = re.compile(r"([\w-]*)\(")
_FUNCTIONS = frozenset({"rgb", "rgba", "hsl", "hsla", "linear-gradient", "radial-gradient", ""})
# No backslash (it spells u\72l), no comment, no @, no angle bracket, no colon (a scheme).
_VALUE = re.compile(r"[\w\s#%.,()'\"!+*/&-]{1,300}")
# One operation only, as what multiplies could grow beyond all bounds; and never below nothing,
# which sizes cannot, but margins.
_SIZES = frozenset({"height", "max-height", "max-width", "min-height", "min-width", "width"})
_CALC = re.compile(r"calc\(\s*[0-9.]+(?:%|px|em)\s+[+-]\s+[0-9.]+(?:%|px|em)\s*\)")

# A picture from elsewhere is held back: a variable stands in its place, which nothing sets until
# it is to be shown. Its address is in the variable's name, behind a word that no mail can know, so
# that whoever puts the mail together finds all of them and gives them short names.
HELD = "held" + secrets.token_hex(12)
_HELD = re.compile(rf"{HELD}-[0-9a-f]*")
_PICTURED = frozenset({"background", "background-image"})
_ADDRESS = re.compile(r"(?:https?:)?//[^\s\"'()<>\\^`{|}]{1,1500}", re.IGNORECASE)
# What dividing at each semicolon would read wrongly.
_NEEDS_PARSING = re.compile(r"/\*|\\|url\(", re.IGNORECASE)

_NUMBER = re.compile(r"(?<![\w#.])([0-9]*\.?[0-9]+)([a-z%]*)")
_NEGATIVE = re.compile(r"(?<![a-z_-])-\.?[0-9]")
# The largest numbers by unit; a unit that is not here is refused, above all those of the window:
# in a frame that grows with its content 100vh never comes to rest.
_LARGEST = {
    "": 2_000.0,
    "%": 200.0,
    "ch": 200.0,
    "cm": 50.0,
    "deg": 360.0,
    "em": 100.0,
    "ex": 200.0,
    "in": 20.0,
    "mm": 500.0,
    "pc": 120.0,
    "pt": 1_500.0,
    "px": 2_000.0,
    "rem": 100.0,
}
# What shifts or paints beyond its box: large, it would lie over something else.
_CLOSE = {"": 20.0, "%": 200.0, "em": 4.0, "rem": 12.0, "pt": 90.0, "px": 120.0}
_CLOSE_PROPERTIES = frozenset(
    {
        "box-shadow",
        "font-size",
        "letter-spacing",
        "line-height",
        "text-shadow",
        "vertical-align",
        "word-spacing",
    }
)
_MAY_BE_NEGATIVE = frozenset({"letter-spacing", "word-spacing"})
_SLIGHTLY = re.compile(r"-(?:[0-5](?:\.[0-9]+)?px|0?\.[0-9]+em)")


@lru_cache(maxsize=4096)
def safe_style(style: str) -> str:
    """Return the declarations that only colour, space and size; nothing that loads or floats above.

    `position`, `z-index`, `transform`, negative margins and the units of the window are left out:
    with them a mail could cover other content. Where a background has a picture from elsewhere
    stands `var(--HELD-..., none)`, with its address in hexadecimal digits.
    """
    style = style[:MAX_STYLE]
    if _NEEDS_PARSING.search(style):
        try:
            return style_of(tinycss2.parse_blocks_contents(style))
        except RecursionError:  # tinycss2 writes nested brackets by calling itself
            return ""
    kept = [_safe_declaration(one) for one in style.split(";")]
    return "; ".join(one for one in kept if one)


def style_of(contents: list[tinycss2.ast.Node]) -> str:
    """Return the safe declarations among what tinycss2 found in a rule or an attribute."""
    kept = [
        safe_declaration(one.lower_name, _value_of(one))
        for one in contents
        if isinstance(one, tinycss2.ast.Declaration)
    ]
    return "; ".join(one for one in kept if one)


def _value_of(declaration: tinycss2.ast.Declaration) -> str:
    value = [token for token in declaration.value if token.type != "comment"]
    important = " !important" if declaration.important else ""
    if declaration.lower_name not in _PICTURED:
        return f"{tinycss2.serialize(value).strip()}{important}"
    pieces = [_held(token) or token.serialize() for token in value]
    return f"{''.join(pieces).strip()}{important}"


def _held(token: tinycss2.ast.Node) -> str:
    """Return what stands for a picture, "" where the token is none."""
    if token.type == "url":
        address = token.value
    elif token.type == "function" and token.lower_name == "url":
        address = "".join(one.value for one in token.arguments if one.type == "string")
    else:
        return ""
    address = address.strip().replace(" ", "%20")
    if not _ADDRESS.fullmatch(address):
        return "none"
    full = f"https:{address}" if address.startswith("//") else address
    return f"{HELD}-{full.encode().hex()}"


def _safe_declaration(declaration: str) -> str:
    name, _, value = declaration.partition(":")
    return safe_declaration(name.strip().lower(), value.strip())


def safe_declaration(name: str, value: str) -> str:
    """Return one declaration as it may stay, "" where it may not."""
    if name not in _PROPERTIES and not name.startswith(_PREFIXES):
        return ""
    if name.startswith("border-image"):
        return ""
    if not _is_safe_value(name, _HELD.sub("none", value)):
        return ""
    held = _HELD.sub(r"var(--\g<0>, none)", value)
    return f"{name}: {held}"


def _is_safe_value(name: str, value: str) -> bool:
    if not _VALUE.fullmatch(value) or "/*" in value:
        return False
    if value.count('"') % 2 or value.count("'") % 2:
        return False
    lowered = value.lower()
    computed = _CALC.sub("0", lowered) if name in _SIZES else lowered
    if not all(function in _FUNCTIONS for function in _FUNCTION.findall(computed)):
        return False
    return _is_moderate(name, lowered)


def _is_moderate(name: str, value: str) -> bool:
    """Tell whether no number in a value could lay an element over another, or never end."""
    if name in _MAY_BE_NEGATIVE:
        value = _SLIGHTLY.sub("", value)
    # Angles and the sides of colours may be negative: they move nothing.
    if _NEGATIVE.search(value) and "gradient(" not in value:
        return False
    largest = _CLOSE if name in _CLOSE_PROPERTIES else _LARGEST
    return all(float(n) <= largest.get(unit, -1.0) for n, unit in _NUMBER.findall(value))
