"""The words of an acknowledgement: which language, and what may stand in them."""

from __future__ import annotations

import re
from collections.abc import Collection

# What an owner may write into his own text, in braces.
VARIABLES = (
    "customer.name",
    "inbox.name",
    "site.name",
    "ticket.reference",
    "ticket.subject",
)
_VARIABLE = re.compile(r"\{([a-z]+\.[a-z]+)\}")
_ARABIC = re.compile("[\u0600-\u06ff]")
_LETTER = re.compile(r"[^\W\d_]")
# Short words that are frequent in Tagalog and no words of English.
_TAGALOG_WORDS = """
    ang ng mga po sa ako ko na ba hindi kayo namin ninyo nyo salamat yung lang din rin kung para
    wala meron mayroon opo paano kailan saan bakit ay kasi pero natin akin naman
"""
_TAGALOG = frozenset(_TAGALOG_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")


def language_of_text(text: str) -> str:
    """Return "ar", "tl" or "en" where the text's letters or words show it, else ""."""
    letters = _LETTER.findall(text[:4000])
    if not letters:
        return ""
    if sum(1 for one in letters if _ARABIC.match(one)) * 3 > len(letters):
        return "ar"
    words = [word.lower() for word in _WORD.findall(text[:4000])]
    if sum(1 for word in words if word in _TAGALOG) * 6 >= len(words):
        return "tl"
    return "en" if all(one.isascii() for one in letters) and len(words) >= 3 else ""


def choose_language(customer: str, text: str, site: str, known: Collection[str]) -> str:
    """Return the language to answer in: the customer's, else his message's, else the site's.

    `customer` and `site` are locales as WordPress writes them; `known` has the languages there are
    words in.
    """
    for wanted in (customer, language_of_text(text), site):
        language = re.split("[-_]", wanted)[0].lower()
        language = {"fil": "tl"}.get(language, language)
        if language in known:
            return language
    return "en"


def unknown_variables(text: str) -> list[str]:
    """Return what looks like a variable and is none."""
    return sorted({name for name in _VARIABLE.findall(text) if name not in VARIABLES})
