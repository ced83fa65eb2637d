"""Mails as threading sees them: those just read, and those that have their message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from inbox_service.domain.intake import Route, authentication_of, copied_in, sender_of
from inbox_service.domain.mail import Address, ParsedMail
from inbox_service.domain.matching import is_believed
from inbox_service.domain.threading import Letter, Way
from inbox_service.store.threads import message_id_hash

from .mail_reading import Mail
from .message_rows import reference_ids

Row = Mapping[str, Any]

_WAY_OF_ROUTE = {
    Route.CUSTOMER: Way.CUSTOMER,
    Route.OURS: Way.OURS,
    Route.AUTO_REPLY: Way.AUTO_REPLY,
    Route.BOUNCE: Way.BOUNCE,
}
_WAY_OF_OUTCOME = {
    "ticket": Way.CUSTOMER,
    "reply": Way.CUSTOMER,
    "sent_elsewhere": Way.OURS,
    "auto_reply": Way.AUTO_REPLY,
    "bounce": Way.BOUNCE,
}


def thread_key(mailbox_id: int, thread_id: str) -> str:
    """Return the key of a provider's thread, which is one mailbox's; "" where there is none."""
    return f"{mailbox_id}/{thread_id}" if thread_id else ""


def mailbox_and_thread(key: str) -> tuple[int, str] | None:
    """Return what `thread_key` made a key of; None for the key of an id."""
    mailbox_id, slash, thread_id = key.partition("/")
    return (int(mailbox_id), thread_id) if slash else None


def letter_of_mail(
    mail: Mail,
    parsed: ParsedMail,
    route: Route,
    mailbox_id: int,
    own: frozenset[str],
    token: int | None,
    *,
    is_live: bool,
) -> Letter | None:
    """Return the letter of a mail just read; None for one that no conversation is looked for."""
    way = _WAY_OF_ROUTE.get(route)
    if way is None or (way is Way.BOUNCE and not _reports(parsed)):
        return None
    sender = author_of(parsed, route, own)
    return Letter(
        mail.ref.provider_id,
        (mail.received_at, mail.blob),
        way,
        sender,
        is_believed_mail(parsed, route, sender),
        _hash(parsed.message_id[:998]),
        tuple(map(_hash, reference_ids(parsed))),
        thread_key(mailbox_id, mail.ref.thread_id),
        _people((*parsed.to, *parsed.cc), own),
        token=token,
        is_live=is_live,
    )


def letter_of_message(message: Row, receipts: Sequence[Row], own: frozenset[str]) -> Letter | None:
    """Return the letter of a stored message; None for one that did not come as a mail.

    It came when the first of its copies did, which is not always the one that was read first.
    """
    first = next((one for one in receipts if one["outcome"] in _WAY_OF_OUTCOME), None)
    if first is None or message["believed"] is None:
        return None
    people = [*message["recipients"], *message["copied"]]
    return Letter(
        message["id"],
        (min(one["received_at"] for one in receipts), message["blob"] or ""),
        _WAY_OF_OUTCOME[first["outcome"]],
        Address(message["author_email"], message["author_name"]),
        message["believed"],
        _hash(message["rfc_message_id"]),
        tuple(map(_hash, message["reference_ids"])),
        thread_key(first["mailbox_id"], first["provider_thread_id"]),
        _people((Address(one["email"], one["name"]) for one in people), own),
        ticket_id=message["ticket_id"],
    )


def author_of(parsed: ParsedMail, route: Route, own: frozenset[str]) -> Address:
    """Return whom a mail counts as coming from; what our side sent comes from us."""
    if route is Route.CUSTOMER or route is Route.AUTO_REPLY:
        return sender_of(parsed, own)
    return parsed.sender or Address("", "")


def is_believed_mail(parsed: ParsedMail, route: Route, author: Address) -> bool:
    """Tell whether a mail counts as its author's; for ours the provider vouches."""
    return route is Route.OURS or is_believed(authentication_of(parsed, author))


def letters_of(
    messages: Iterable[Row], receipts: Iterable[Row], own: frozenset[str]
) -> dict[int, Letter | None]:
    by_message: dict[int, list[Row]] = {}
    for receipt in sorted(receipts, key=lambda one: one["id"]):
        by_message.setdefault(receipt["message_id"], []).append(receipt)
    return {
        message["id"]: letter_of_message(message, by_message.get(message["id"], []), own)
        for message in messages
    }


def _people(named: Iterable[Address], own: frozenset[str]) -> tuple[Address, ...]:
    return tuple(Address(email, name) for email, name in copied_in(named, own).items())


def _reports(parsed: ParsedMail) -> bool:
    return parsed.bounce is not None and bool(parsed.bounce.original_message_id)


def _hash(rfc_id: str) -> str:
    return message_id_hash(rfc_id) if rfc_id else ""
