"""What the receiving provider found out about the sender (RFC 8601)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from inbox_service.domain.mail import Authentication

_MAX_VALUE = 8 * 1024
# What may not be read as structure: an escaped character, the delimiters, a run of anything else.
_TOKEN = re.compile(r"\\.?|[\"()]|[^\"()\\]+", re.DOTALL)
_STRUCTURE = re.compile(r"[;=\s]")
_RESULT = re.compile(r"^\s*(dmarc|dkim|spf)\s*(?:/\s*\d+)?\s*=\s*([a-z]+)(?![\w-])(.*)", re.DOTALL)
_PROPERTY = re.compile(r"([a-z]+\.[a-z-]+)\s*=\s*\"?([^\s;\"]+)")
# The property that names the domain each method vouches for.
_IDENTITY = {
    "dmarc": ("header.from",),
    "dkim": ("header.d", "header.i"),
    "spf": ("smtp.mailfrom",),
}
_REFUSALS = ("fail", "permerror", "temperror")


def authentication(values: list[str], from_email: str) -> Authentication:
    """Judge the topmost Authentication-Results; `values` are all of them, topmost first.

    Only the topmost was written by the provider that delivered the mail: any below may be forged.
    """
    if not values:
        return Authentication()
    domain = from_email.rpartition("@")[2]
    results = _results(values[0])
    # A domain that says how to treat forged mail is believed before the parts it judges by.
    refused = any(result[1] == "dmarc" and result[2] in _REFUSALS for result in results)
    aligned = bool(domain) and any(_vouches(result, domain) for result in results)
    return Authentication(present=True, aligned=aligned and not refused)


@dataclass(frozen=True, slots=True)
class Check:
    """One result of a provider's examination, such as ("spf", "pass", "example.net")."""

    method: str
    verdict: str
    domain: str


def checks(values: list[str]) -> list[Check]:
    """Return what the topmost Authentication-Results tells of SPF, DKIM and DMARC, in its order.

    `values` are all of them, topmost first; the others may be forged.
    """
    found = _results(values[0]) if values else []
    return [Check(result[1], result[2], _named(result)) for result in found]


def _results(value: str) -> list[re.Match[str]]:
    text = _plain(value[:_MAX_VALUE].lower())
    # The first part is the name of the server that judged.
    return [found for one in text.split(";")[1:] if (found := _RESULT.match(one))]


def _named(result: re.Match[str]) -> str:
    properties = dict(_PROPERTY.findall(result[3]))
    named = (properties.get(name, "") for name in _IDENTITY[result[1]])
    return next((one.rpartition("@")[2] for one in named if one), "")


def _vouches(result: re.Match[str], domain: str) -> bool:
    method, verdict, rest = result.groups()
    if verdict != "pass":
        return False
    properties = dict(_PROPERTY.findall(rest))
    names = [properties[name] for name in _IDENTITY[method] if name in properties]
    if not names:
        # DMARC is about the From domain by definition; the others say nothing without theirs.
        return bool(method == "dmarc")
    return all(_covers(name.rpartition("@")[2], domain) for name in names)


def _covers(vouched: str, domain: str) -> bool:
    """Tell whether the vouched domain is the From domain or a parent of it.

    A child does not count, as relaxed alignment (RFC 7489 3.1) would have it: without the list of
    public suffixes that would let x.hosting.example speak for hosting.example.
    """
    vouched = vouched.strip(".")
    return vouched == domain or ("." in vouched and domain.endswith("." + vouched))


def _plain(text: str) -> str:
    """Return the value without its comments, and with nothing but words in its quoted strings.

    Both may hold what the sender chose, such as the local part of his envelope address.
    """
    kept: list[str] = []
    depth, quoted = 0, False
    for piece in _TOKEN.findall(text):
        if piece == '"' and not depth:
            quoted = not quoted
        elif piece == "(" and not quoted:
            depth += 1
            kept.append(" ")
        elif piece == ")" and not quoted:
            depth = max(depth - 1, 0)
        elif not depth:
            kept.append(_STRUCTURE.sub("_", piece) if quoted else piece)
    return "".join(kept)
