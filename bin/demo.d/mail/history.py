"""Dates the conversations of the script and gives every mail its place in a mailbox."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from mail import compose, script
from mail.people import Person, account_of, shop_address

DAY = 86_400_000
SCRIPTS = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True)
class Placed:
    """A mail in a mailbox of the shop."""

    account: str
    raw: bytes
    labels: tuple[str, ...]
    received_at: int


@dataclass(slots=True)
class _Thread:
    """What a conversation has come to while its mails are written one after another."""

    conversation: script.Conversation
    at: int
    references: list[str] = field(default_factory=list)
    last: compose.Quoted | None = None


def mails(now_at: int, folder: Path = SCRIPTS) -> list[Placed]:
    """Every mail of the demo, oldest first; the same for the same `now_at` (ms UTC)."""
    placed = [
        mail
        for conversation in script.read(folder)
        for mail in conversation_mails(conversation, now_at)
    ]
    return sorted(placed, key=lambda mail: mail.received_at)


def conversation_mails(conversation: script.Conversation, now_at: int) -> list[Placed]:
    """The mails of one conversation in their order."""
    thread = _Thread(conversation, now_at - int(conversation.age * DAY))
    return [_place(thread, number) for number in range(len(conversation.turns))]


def _place(thread: _Thread, number: int) -> Placed:
    conversation = thread.conversation
    turn = conversation.turns[number]
    thread.at += int(turn.after * DAY)
    ours = shop_address(conversation.inbox)
    sender = _sender(conversation, turn, ours)
    envelope = compose.Envelope(
        sender=sender,
        recipient=_recipient(conversation, turn, ours),
        subject=_subject(conversation, number),
        message_id=_message_id(conversation.name, number, sender.address),
        sent_at=thread.at,
        references=tuple(thread.references),
    )
    answers = turn.kind in ("in", "out") and thread.last is not None
    raw = compose.mail(envelope, turn, conversation.language, thread.last if answers else None)
    thread.references.append(envelope.message_id)
    if turn.kind not in script.AUTOMATIC:
        thread.last = compose.Quoted(sender, turn.text, thread.at)
    return Placed(account_of(ours), raw, _labels(conversation.turns, number), thread.at)


def _sender(conversation: script.Conversation, turn: script.Turn, ours: str) -> Person:
    if turn.kind == "out":
        signer = turn.options.get("by", "Ana")
        return compose.shop_person(conversation.inbox, ours, signer)
    if turn.kind == "bounce":
        host = turn.options["recipient"].partition("@")[2]
        return Person("Mail Delivery Subsystem", f"mailer-daemon@{host}")
    other = turn.options.get("from")
    return script.person(other) if other else conversation.customer


def _recipient(conversation: script.Conversation, turn: script.Turn, ours: str) -> str:
    if turn.kind != "out":
        return ours
    return turn.options.get("to") or str(conversation.customer)


def _subject(conversation: script.Conversation, number: int) -> str:
    turn = conversation.turns[number]
    if turn.kind == "bounce":
        outcome = "Failure" if turn.options["status"].startswith("5") else "Delay"
        return f"Delivery Status Notification ({outcome})"
    answer = f"Re: {conversation.subject}" if number else conversation.subject
    return turn.options.get("subject") or answer


def _message_id(name: str, number: int, address: str) -> str:
    digest = hashlib.sha256(f"{name}/{number}".encode()).hexdigest()[:24]
    return f"<{digest}@{address.partition('@')[2]}>"


def _labels(turns: tuple[script.Turn, ...], number: int) -> tuple[str, ...]:
    kind = turns[number].kind
    if kind == "out":
        return ("SENT",)
    if kind == "spam":
        return ("SPAM", "UNREAD")
    unread = number == len(turns) - 1 and kind not in ("notice", "newsletter")
    return ("INBOX", "UNREAD") if unread else ("INBOX",)
