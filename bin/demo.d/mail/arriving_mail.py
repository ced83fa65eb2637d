"""Mail that comes in while the demo runs: new questions, and answers to what the shop sent."""

from __future__ import annotations

import random
import secrets
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from email.utils import getaddresses, parseaddr
from pathlib import Path
from typing import TYPE_CHECKING

from mail import compose, script
from mail.people import DOMAIN, Person, language_of, shop_address, writer

if TYPE_CHECKING:
    from email.message import EmailMessage

SCRIPTS = Path(__file__).parent / "arriving"
# A customer who has been answered this often in one thread has nothing left to ask.
MOST_ANSWERS = 3


def opener(number: int, now_at: int) -> tuple[str, bytes]:
    """The `number`-th new mail: the address it goes to, and its bytes.

    Texts come round again after a while, from other people about other orders.
    """
    openers = list(script.parse((SCRIPTS / "openers.txt").read_text(encoding="utf-8")))
    chosen = openers[number % len(openers)]
    person = writer(chosen.language, _rank(openers, number))
    words = _words(person, number)
    turn = replace(chosen.turns[0], text=chosen.turns[0].text.format(**words))
    ours = shop_address(chosen.inbox)
    envelope = compose.Envelope(
        person, ours, chosen.subject.format(**words), new_message_id(person), now_at
    )
    return ours, compose.mail(envelope, turn, chosen.language)


def _rank(openers: list[script.Conversation], number: int) -> int:
    """How many mails in the same language came before this one."""
    language = openers[number % len(openers)].language
    rounds, rest = divmod(number, len(openers))
    same = [entry.language == language for entry in openers]
    return rounds * sum(same) + sum(same[:rest])


def _words(person: Person, number: int) -> dict[str, str]:
    first, _, last = person.name.partition(" ")
    order = f"JR-{10550 + number}"
    return {"name": person.name, "first": first, "last": last, "order": order}


def new_message_id(person: Person) -> str:
    """A Message-ID that nobody has used."""
    return f"<{secrets.token_hex(12)}@{person.address.partition('@')[2]}>"


def wants_answer(sent: EmailMessage) -> bool:
    """Whether a person outside of the shop received this mail, and another person wrote it."""
    by_hand = (sent["Auto-Submitted"] or "no") == "no"
    return by_hand and _reader(sent) is not None


def _reader(sent: EmailMessage) -> Person | None:
    for name, address in getaddresses([str(sent["To"] or "")]):
        if address and not address.endswith(f"@{DOMAIN}"):
            return Person(name, address)
    return None


def answer(raw: bytes, now_at: int, chance: random.Random) -> tuple[str, bytes]:
    """What the customer writes back to a mail of ours: where it goes, and its bytes.

    raises ValueError when the mail went to nobody outside of the shop.
    """
    sent = message_from_bytes(raw, policy=default)
    customer = _reader(sent)
    if customer is None:
        raise ValueError("This mail has no reader outside of the shop.")
    language = language_of(customer.address)
    ours = parseaddr(str(sent["Reply-To"] or sent["From"]))[1]
    subject = str(sent["Subject"] or "")
    envelope = compose.Envelope(
        customer,
        ours,
        subject if subject.lower().startswith("re:") else f"Re: {subject}",
        new_message_id(customer),
        now_at,
        (*str(sent["References"] or "").split(), str(sent["Message-ID"])),
    )
    text = chance.choice(_answers()[language])
    return ours, compose.mail(envelope, script.Turn("in", text), language, _quoted(sent, now_at))


def _answers() -> dict[str, list[str]]:
    sections = (SCRIPTS / "answers.txt").read_text(encoding="utf-8").split("\n--\n")
    lines = [section.strip().splitlines() for section in sections]
    return {language: texts for language, *texts in lines}


def _quoted(sent: EmailMessage, now_at: int) -> compose.Quoted:
    name, address = parseaddr(str(sent["From"]))
    body = sent.get_body(("plain",))
    text = str(body.get_content()) if body is not None else ""
    return compose.Quoted(Person(name, address), text.strip(), now_at)
