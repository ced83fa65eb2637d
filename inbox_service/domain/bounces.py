"""Why a mail did not arrive, from its status (RFC 3463) and from what the other server said."""

from __future__ import annotations

import re

from .mail import BounceReason as Reason

# Detail of a status behind its class: 1.1 of 5.1.1. From the registry of RFC 5248, and what Gmail
# and Exchange Online add (support.google.com/a/answer/3726730, learn.microsoft.com "Non-delivery").
_BY_DETAIL = {
    "1.0": Reason.NO_SUCH_ADDRESS,
    "1.1": Reason.NO_SUCH_ADDRESS,
    "1.2": Reason.NO_SUCH_DOMAIN,
    "1.3": Reason.NO_SUCH_ADDRESS,
    "1.6": Reason.ADDRESS_CLOSED,
    "1.7": Reason.NOT_AUTHENTICATED,
    "1.8": Reason.NOT_AUTHENTICATED,
    "1.10": Reason.NO_SUCH_ADDRESS,
    "2.0": Reason.MAILBOX_FULL,
    "2.1": Reason.ADDRESS_CLOSED,
    "2.2": Reason.MAILBOX_FULL,
    "2.3": Reason.TOO_LARGE,
    "2.4": Reason.NOT_ALLOWED,
    "3.1": Reason.MAILBOX_FULL,
    "3.4": Reason.TOO_LARGE,
    "4.1": Reason.SERVER_UNREACHABLE,
    "4.2": Reason.SERVER_UNREACHABLE,
    "4.3": Reason.SERVER_UNREACHABLE,
    "4.4": Reason.NO_SUCH_DOMAIN,
    "4.5": Reason.TOO_MUCH_MAIL,
    "4.6": Reason.LOOP,
    "4.7": Reason.SERVER_UNREACHABLE,
    "4.14": Reason.LOOP,
    "4.310": Reason.NO_SUCH_DOMAIN,
    "4.316": Reason.SERVER_UNREACHABLE,
    "5.3": Reason.TOO_MUCH_MAIL,
    "7.1": Reason.NOT_ALLOWED,
    "7.2": Reason.NOT_ALLOWED,
    "7.8": Reason.NOT_AUTHENTICATED,
    "7.9": Reason.NOT_AUTHENTICATED,
    "7.20": Reason.NOT_AUTHENTICATED,
    "7.21": Reason.NOT_AUTHENTICATED,
    "7.22": Reason.NOT_AUTHENTICATED,
    "7.23": Reason.NOT_AUTHENTICATED,
    "7.24": Reason.NOT_AUTHENTICATED,
    "7.25": Reason.NOT_AUTHENTICATED,
    "7.26": Reason.NOT_AUTHENTICATED,
    "7.27": Reason.NOT_AUTHENTICATED,
    "7.28": Reason.TOO_MUCH_MAIL,
    "7.29": Reason.NOT_AUTHENTICATED,
    "7.32": Reason.NOT_AUTHENTICATED,
    "7.133": Reason.NOT_ALLOWED,
    "7.350": Reason.REFUSED_AS_SPAM,
    "7.511": Reason.REFUSED_AS_SPAM,
    "7.515": Reason.NOT_AUTHENTICATED,
    "7.606": Reason.REFUSED_AS_SPAM,
    "7.705": Reason.TOO_MUCH_MAIL,
    "7.708": Reason.REFUSED_AS_SPAM,
}
# Codes that every refusal gets from some servers: there the words say more.
_SAYS_LITTLE = frozenset({"", "0.0", "1.0", "1.10", "2.0", "4.0", "4.1", "5.0", "7.0", "7.1"})

# What servers say; the first that fits decides. Beginnings of words, whatever their case.
_PHRASES: tuple[tuple[Reason, tuple[str, ...]], ...] = (
    (
        Reason.NOT_AUTHENTICATED,
        (r"dmarc\b", r"spf\b", r"dkim\b", "unauthenticated", "not authenticated", "sender id"),
    ),
    (
        Reason.REFUSED_AS_SPAM,
        (
            "spam",
            "junk",
            "black ?list",
            "block ?list",
            "reputation",
            "unsolicited",
            "listed (at|by)",
        ),
    ),
    (
        Reason.MAILBOX_FULL,
        ("over ?quota", "quota", "(mail|in)box (is )?full", "(out of|insufficient) .{0,8}storage"),
    ),
    (
        Reason.TOO_LARGE,
        ("too (large|big)", "size limit", "(message )?size exceed", "exceeds? .{0,20}size"),
    ),
    (
        Reason.TOO_MUCH_MAIL,
        ("rate limit", "too many", "too much", "throttl", "try again later", "gr[ae]ylist"),
    ),
    (
        Reason.ADDRESS_CLOSED,
        ("disabled", "inactive", "suspended", "deactivated", "discontinued", "no longer"),
    ),
    (
        Reason.NO_SUCH_DOMAIN,
        (
            "(host|domain)( name)? ?(unknown|not found|lookup)",
            "no such (host|domain)",
            "unrouteable (mail )?domain",
            "name or service not known",
            "nxdomain",
            "null mx",
            "domain .{1,80}(couldn't be|could not be|not) found",
        ),
    ),
    (
        Reason.NO_SUCH_ADDRESS,
        (
            "unknown (user|recipient|address|mailbox|local)",
            "(user|recipient|address|mailbox|account)( address)? ?(not found|unknown|rejected)",
            "(user|recipient|address|mailbox|account) (was|is|has been) (not|unknown|rejected)",
            "(user|recipient|address|mailbox|account) (was|is|has been)? ?(invalid|unavailable)",
            "no such (user|address|recipient|mailbox|person)",
            "(does ?n[o']t|not) exist",
            "(could ?n[o']t|could not|was ?n[o']t) be found",
            "wasn't found",
            "invalid (recipient|mailbox|address|user)",
            "no mailbox",
            "not a (known|valid) (user|address|mailbox)",
            "not like recipient",
            "not listed in",
            "unrouteable address",
        ),
    ),
    (Reason.LOOP, ("loop", "too many hops", "hop count")),
    (
        Reason.SERVER_UNREACHABLE,
        (
            "timed? ?out",
            "connection (refused|reset|lost|dropped)",
            "did not respond",
            "unreachable",
            "could ?n[o']t connect",
            "no route to host",
        ),
    ),
    (
        Reason.NOT_ALLOWED,
        (
            "denied",
            "not (allowed|permitted|authori[sz]ed)",
            "relay",
            "policy",
            "prohibited",
            "block",
        ),
    ),
)
_BY_WORDS = tuple(
    (re.compile(rf"\b(?:{'|'.join(phrases)})", re.IGNORECASE), reason)
    for reason, phrases in _PHRASES
)
_MAX_WORDS = 4_000


def bounce_reason(status: str, said: str = "") -> Reason:
    """Return why the mail did not arrive. `said` is the diagnostic, or the notification's text."""
    detail = status.partition(".")[2]
    known = _BY_DETAIL.get(detail)
    if known and detail not in _SAYS_LITTLE:
        return known
    words = said[:_MAX_WORDS]
    spoken = next((reason for pattern, reason in _BY_WORDS if pattern.search(words)), None)
    return spoken or known or Reason.OTHER
