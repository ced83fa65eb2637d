"""The language of a text, as far as its writer's tells it."""

from __future__ import annotations

from .mail import Direction

# Languages that are written from right to left, by their ISO 639 codes.
_NAMES = "ar arc ary arz azb ckb dv fa haz he ks nqo prs ps sd ug ur yi"
_RIGHT_TO_LEFT = frozenset(_NAMES.split())


def tag_of(locale: str, direction: Direction) -> str:
    """Return the BCP 47 tag of a text that somebody with this WordPress locale wrote.

    "" where the text runs the other way than his language: then he wrote in another one.
    """
    language, *rest = locale.replace("-", "_").split("_")
    written: Direction = "rtl" if language.lower() in _RIGHT_TO_LEFT else "ltr"
    if written != direction or not language:
        return ""
    region = [part.upper() for part in rest[:1] if len(part) == 2]
    return "-".join([language.lower(), *region])
