"""The style attributes of mails, filtered declaration by declaration."""

from __future__ import annotations

import re
from functools import lru_cache

MAX_STYLE = 4_000

_PREFIXES = ("border", "font-", "margin", "padding", "text-", "list-style-", "mso-table-")
_PROPERTY_NAMES = (
    "background background-color caption-side clear color direction display empty-cells float font "
    "height letter-spacing line-height max-height max-width min-height min-width opacity overflow "
    "overflow-wrap overflow-x overflow-y page-break-after page-break-before page-break-inside "
    "table-layout unicode-bidi vertical-align visibility white-space width word-break word-spacing "
    "word-wrap"
)
_PROPERTIES = frozenset(_PROPERTY_NAMES.split())
# Only these functions: url(), image-set(), expression(), attr() and what comes next are refused.
_FUNCTION = re.compile(r"([\w-]*)\(")
_FUNCTIONS = frozenset({"rgb", "rgba", "hsl", "hsla", "calc", ""})
# No backslash (it spells u\72l), no comment, no @, no angle bracket, no colon (a scheme).
_VALUE = re.compile(r"[\w\s#%.,()'\"!+*/&-]{1,300}")


@lru_cache(maxsize=4096)
def safe_style(style: str) -> str:
    """Return the declarations that only colour, space and size; nothing that loads or floats above.

    `position`, `z-index` and `transform` are left out: with them a mail could cover other content.
    """
    kept = [_safe_declaration(one) for one in style[:MAX_STYLE].split(";")]
    return "; ".join(one for one in kept if one)


def _safe_declaration(declaration: str) -> str:
    name, _, value = declaration.partition(":")
    name, value = name.strip().lower(), value.strip()
    if name not in _PROPERTIES and not name.startswith(_PREFIXES):
        return ""
    if name.startswith("border-image") or not _is_safe_value(value):
        return ""
    return f"{name}: {value}"


def _is_safe_value(value: str) -> bool:
    if not _VALUE.fullmatch(value) or "/*" in value:
        return False
    if value.count('"') % 2 or value.count("'") % 2:
        return False
    return all(name.lower() in _FUNCTIONS for name in _FUNCTION.findall(value))
