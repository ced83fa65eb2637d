"""What becomes of a mail: the outcome of its receipt, decided from the mail and what is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from .mail import CHAT, DRAFT, SENT, SPAM, TRASH, Address, AutomaticKind, ParsedMail


class Route(StrEnum):
    """Which way a mail goes; each is decided before its ticket is looked for."""

    OUT_OF_SCOPE = "out_of_scope"
    FILTERED = "filtered"
    OURS = "ours"
    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"
    CUSTOMER = "customer"


def route(mail: ParsedMail, labels: frozenset[str], own: frozenset[str]) -> Route:
    """Decide by labels, then by what kind of mail it is. `own` holds our own addresses.

    Lists and notices are customers' mail like any other: a Google Group adds List-Id to every mail
    of a customer, and a contact form sends Auto-Submitted; hiding those would lose requests.
    """
    if labels & {DRAFT, CHAT}:
        return Route.OUT_OF_SCOPE
    if labels & {SPAM, TRASH}:
        return Route.FILTERED
    if SENT in labels and not _to_ourselves(mail, own):
        return Route.OURS
    if mail.automatic in (AutomaticKind.BOUNCE, AutomaticKind.COMPLAINT):
        return Route.BOUNCE
    if mail.automatic is AutomaticKind.AUTO_REPLY:
        return Route.AUTO_REPLY
    return Route.CUSTOMER


def sender_of(mail: ParsedMail, own: frozenset[str]) -> Address:
    """Return whom the mail counts as coming from.

    A site's own contact form writes from our address to our address with the visitor in Reply-To:
    there, and only there, Reply-To is the sender.
    """
    sender = mail.sender or Address("unknown@invalid", "")
    if sender.email in own:
        return next((reply for reply in mail.reply_to if reply.email not in own), sender)
    return sender


def inbox_of(addressed: Iterable[str], inbox_by_address: Mapping[str, int], default: int) -> int:
    """Return the inbox of the first address (as delivered, then To, then Cc) that names one."""
    for email in addressed:
        inbox = inbox_by_address.get(without_tag(email))
        if inbox is not None:
            return inbox
    return default


def addressed(mail: ParsedMail) -> list[str]:
    """Return the addresses a mail was meant for, the likeliest to name an inbox first.

    To goes before Delivered-To: mail to an alias is delivered to the account's main address.
    """
    visible = [address.email for address in (*mail.to, *mail.cc)]
    return [*visible, *mail.delivered_to]


def without_tag(email: str) -> str:
    """Return the address without its plus tag (RFC 5233 subaddress)."""
    local, at, domain = email.partition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def _to_ourselves(mail: ParsedMail, own: frozenset[str]) -> bool:
    everyone = [address.email for address in (*mail.to, *mail.cc)]
    return bool(everyone) and all(without_tag(email) in own for email in everyone)
