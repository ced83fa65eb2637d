"""What becomes of a mail: the outcome of its receipt, decided from the mail and what is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from .mail import (
    CHAT,
    DRAFT,
    SENT,
    SPAM,
    TRASH,
    Address,
    Authentication,
    AutomaticKind,
    ParsedMail,
)

# More people than this beside us in To and Cc are a crowd.
MOST_COPIED = 20


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


def authentication_of(mail: ParsedMail, sender: Address) -> Authentication:
    """Return how far the provider vouches for whom the mail counts as coming from.

    It vouches for From alone: a visitor may type anybody's address into a contact form.
    """
    if mail.sender is not None and mail.sender.email == sender.email:
        return mail.authentication
    return Authentication(present=True, aligned=False)


def copied_in(people: Iterable[Address], own: frozenset[str]) -> dict[str, str]:
    """Return whom a mail lets into its ticket by its To and Cc: name by address, without us.

    Nobody where they are many: that is a mailing and no conversation, and each of the crowd could
    write into the ticket from then on.
    """
    named = {one.email: one.name for one in people}
    others = {email: name for email, name in named.items() if without_tag(email) not in own}
    return others if len(others) <= MOST_COPIED else {}


def inbox_of(
    mail: ParsedMail, main_address: str, inbox_by_address: Mapping[str, int], default: int
) -> int:
    """Return the inbox that a mail is for: by how it was delivered, then by To and Cc.

    A Google Group, an alias or a forwarding rule shows in what the servers on the way wrote, and
    mail that came by blind copy shows nowhere else. `main_address` is the account's own: everything
    in it is delivered there, which says nothing.
    """
    delivered = [email for email in mail.delivered_to if without_tag(email) != main_address]
    seen = [address.email for address in (*mail.to, *mail.cc)]
    for email in (*delivered, *_lists(mail, inbox_by_address), *seen):
        inbox = inbox_by_address.get(without_tag(email))
        if inbox is not None:
            return inbox
    return default


def addressed(mail: ParsedMail) -> list[str]:
    """Return the addresses a mail was meant for: those that people see, then where it came."""
    visible = [address.email for address in (*mail.to, *mail.cc)]
    return [*visible, *mail.delivered_to]


def without_tag(email: str) -> str:
    """Return the address without its plus tag (RFC 5233 subaddress)."""
    local, at, domain = email.partition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def _to_ourselves(mail: ParsedMail, own: frozenset[str]) -> bool:
    everyone = [address.email for address in (*mail.to, *mail.cc)]
    return bool(everyone) and all(without_tag(email) in own for email in everyone)


def _lists(mail: ParsedMail, known: Iterable[str]) -> list[str]:
    """Return the addresses of the list that the mail came by, the known ones by its id."""
    # RFC 2369 3.4: a list tells where to post to it, which for a group is its address.
    post = mail.headers.get("list-post", "").lower()
    posted_to = [one.partition("?")[0] for one in re.findall(r"mailto:([^>\s,]+)", post)]
    # RFC 2919: a list's id is its address with a dot for the @, by custom and at Google.
    list_id = mail.headers.get("list-id", "").rpartition("<")[2].rstrip("> ").lower()
    return [*posted_to, *(email for email in known if email.replace("@", ".") == list_id)]
