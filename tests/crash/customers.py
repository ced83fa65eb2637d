"""Customers who wrote long ago, write now, write again, and answer the replies they get."""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from itertools import count

from busy_google import Google, Json, header

_DAY_MS = 86_400_000


@dataclass
class Customers:
    """`talks` are the Message-IDs of each conversation, all of which belong into one ticket."""

    google: Google
    dice: random.Random
    addresses: list[tuple[str, str]] = field(default_factory=list)
    written: set[str] = field(default_factory=set)
    talks: dict[int, list[str]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    own_history: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    looked_until: dict[str, int] = field(default_factory=dict)

    def know(self, account: str, addresses: Sequence[str]) -> None:
        """Learn an account's addresses; only to those is written."""
        self.addresses += [(account, address) for address in addresses]

    def write_long_ago(self, account: str, most: int) -> None:
        """Have so many conversations lie in an account, from the last two months."""
        to = next(address for known, address in self.addresses if known == account)
        for _ in range(most):
            at = int(time.time() * 1000) - self.dice.randrange(1, 60) * _DAY_MS
            number = self._begin(to, at)
            if self.dice.random() < 0.3:
                self._go_on_long_ago(number, to, at)

    def write(self) -> None:
        """Send a new mail to any of the shop's addresses."""
        if self.addresses:
            _, to = self.dice.choice(self.addresses)
            self._begin(to)

    def answer(self) -> None:
        """Answer a reply that was not answered yet, in every account."""
        for account in list(self.google.accounts):
            since = self.looked_until.get(account, int(time.time() * 1000) - 60_000)
            for reply in self.google.sent(account, since):
                if self._expects_answer(reply):
                    # Those of the last seconds are seen twice rather than never.
                    self.looked_until[account] = int(reply["internalDate"]) - 5000
                    self._answer(account, reply)
                    break

    def _expects_answer(self, mail: Json) -> bool:
        # What the service itself writes to its managers is no reply to a customer.
        is_theirs = _recipient(mail).startswith("omar")
        return is_theirs and header(mail, "Message-ID") not in self.answered | self.own_history

    def _answer(self, account: str, reply: Json) -> None:
        reference = header(reply, "Message-ID")
        number = int(_recipient(reply).removeprefix("omar").partition("@")[0])
        mail = self._mail(account, number, f"Re: {header(reply, 'Subject').removeprefix('Re: ')}")
        mail["In-Reply-To"] = mail["References"] = reference
        self.talks[number].append(_id_of(mail))
        self.answered.add(reference)
        self._deliver(mail, account)

    def _begin(self, to: str, at: int | None = None) -> int:
        number = next(self.numbers)
        mail = self._mail(to, number)
        self.talks[number] = [_id_of(mail)]
        self._deliver(mail, to, at)
        return number

    def _go_on_long_ago(self, number: int, to: str, at: int) -> None:
        """The shop answered from Gmail itself, and the customer wrote once more."""
        first = f"<{self.talks[number][0]}>"
        own = _written(
            f"Shop <{to}>", f"omar{number}@example.net", f"Re: {_subject(number)}", number
        )
        own["In-Reply-To"] = own["References"] = first
        self.own_history.add(str(own["Message-ID"]))
        self.google.deliver(to, own.as_bytes(), labels=["SENT"], internal_date_ms=at + 600_000)
        last = self._mail(to, number, str(own["Subject"]))
        last["In-Reply-To"] = str(own["Message-ID"])
        last["References"] = f"{first} {own['Message-ID']}"
        self.talks[number] += [_id_of(own), _id_of(last)]
        self._deliver(last, to, at + 1_200_000)

    def _mail(self, to: str, number: int, subject: str = "") -> EmailMessage:
        sender = f"Omar <omar{number}@example.net>"
        return _written(sender, to, subject or _subject(number), number)

    def _deliver(self, mail: EmailMessage, to: str, at: int | None = None) -> None:
        # Counted before: whatever the provider has by then must not be unknown to us.
        self.written.add(_id_of(mail))
        self.google.deliver(to, mail.as_bytes(), internal_date_ms=at)


def _written(sender: str, to: str, subject: str, number: int) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Message-ID"] = f"<{number}.{time.time_ns()}@example.net>"
    mail.set_content(f"Hello,\n\nI write about number {number}, at {time.time_ns()}.\n")
    return mail


def _recipient(mail: Json) -> str:
    return header(mail, "To").rpartition("<")[2].strip("> ")


def _subject(number: int) -> str:
    return f"Order {number}: where is it?"


def _id_of(mail: EmailMessage) -> str:
    return str(mail["Message-ID"]).strip("<>")
