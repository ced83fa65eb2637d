"""What the receiving provider found out about the sender (RFC 8601)."""

from __future__ import annotations

import re

from inbox_service.domain.mail import Authentication

_MAX_VALUE = 8 * 1024
_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"^\s*(dmarc|dkim|spf)\s*(?:/\s*\d+)?\s*=\s*pass\b(.*)", re.DOTALL)
_PROPERTY = re.compile(r"([a-z]+\.[a-z-]+)\s*=\s*\"?([^\s;\"]+)")
# The property that names the domain each method vouches for.
_IDENTITY = {
    "dmarc": ("header.from",),
    "dkim": ("header.d", "header.i"),
    "spf": ("smtp.mailfrom",),
}


def authentication(values: list[str], from_email: str) -> Authentication:
    """Judge the topmost Authentication-Results; `values` are all of them, topmost first.

    Only the topmost was written by the provider that delivered the mail: any below may be forged.
    """
    if not values:
        return Authentication()
    domain = from_email.rpartition("@")[2]
    text = _without_comments(values[0][:_MAX_VALUE].lower())
    results = text.split(";")[1:]  # the first is the name of the server that judged
    aligned = bool(domain) and any(_vouches(result, domain) for result in results)
    return Authentication(present=True, aligned=aligned)


def _vouches(result: str, domain: str) -> bool:
    found = _RESULT.match(result)
    if not found:
        return False
    properties = dict(_PROPERTY.findall(found[2]))
    names = [properties[name] for name in _IDENTITY[found[1]] if name in properties]
    if not names:
        # DMARC is about the From domain by definition; the others say nothing without theirs.
        return found[1] == "dmarc"
    return all(_covers(name.rpartition("@")[2], domain) for name in names)


def _covers(vouched: str, domain: str) -> bool:
    """Tell whether the vouched domain is the From domain or a parent of it.

    A child does not count, as relaxed alignment (RFC 7489 3.1) would have it: without the list of
    public suffixes that would let x.hosting.example speak for hosting.example.
    """
    vouched = vouched.strip(".")
    return vouched == domain or ("." in vouched and domain.endswith("." + vouched))


def _without_comments(text: str) -> str:
    previous = ""
    while previous != text:
        previous, text = text, _COMMENT.sub(" ", text)
    return text
