"""Customers who write and answer, and an agent who replies, each in a thread of its own."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage

from busy_google import Google, header
from office import Office

SUPPORT, BILLING, SALES = "support@shop.example", "billing@shop.example", "sales@shop.example"
ACCOUNTS = {SUPPORT: [BILLING], SALES: []}


@dataclass
class Customers:
    """They write new mails, write again, and answer the replies they get."""

    google: Google
    dice: random.Random
    written: dict[str, str] = field(default_factory=dict)
    answered: dict[str, str] = field(default_factory=dict)

    def write(self, count: int = 1) -> None:
        """Send `count` new mails to any of the shop's addresses."""
        for _ in range(count):
            number = len(self.written) + 1
            to = self.dice.choice([SUPPORT, BILLING, SALES])
            mail = _mail(f"omar{number}@example.net", to, f"Order {number}: where is it?", number)
            self._send(mail, to)

    def answer(self) -> None:
        """Answer one reply that was not answered yet."""
        for account in ACCOUNTS:
            for reply in self.google.sent(account):
                reference = header(reply, "Message-ID")
                if reference not in self.answered:
                    self._answer(account, reply["headers"], reference)
                    return

    def _answer(self, account: str, headers: object, reference: str) -> None:
        reply = {"headers": headers}
        sender = header(reply, "To").rpartition("<")[2].strip("> ")
        subject = f"Re: {header(reply, 'Subject').removeprefix('Re: ')}"
        mail = _mail(sender, account, subject, len(self.written) + 1)
        mail["In-Reply-To"] = mail["References"] = reference
        self._send(mail, account)
        self.answered[reference] = mail["Message-ID"]

    def _send(self, mail: EmailMessage, to: str) -> None:
        self.google.deliver(to, mail.as_bytes())
        self.written[mail["Message-ID"].strip("<>")] = to


@dataclass
class Agent:
    """She answers every open ticket once. `replies` holds the message ids that were confirmed."""

    office: Office
    replies: list[str] = field(default_factory=list)
    done: set[int] = field(default_factory=set)

    def reply(self) -> None:
        """Answer the first few tickets that have no answer yet."""
        tickets = self.office.call("GET", "/tickets?status=open&limit=100").json()["items"]
        waiting = [one["number"] for one in tickets if one["number"] not in self.done]
        for number in waiting[:3]:
            self._answer(number)

    def _answer(self, number: int) -> None:
        # One key for all tries of this reply: however often it is asked for, it is made once.
        key = f"reply-{number}"
        seen = self.office.call("GET", f"/tickets/{number}/messages?limit=100").json()["items"]
        body = {
            "kind": "reply",
            "text": f"We look into it, {number}.",
            "seen_up_to": seen[-1]["id"],
        }
        answer = self.office.call("POST", f"/tickets/{number}/messages", body, key=key)
        if answer.status_code == 412:
            # The customer wrote again meanwhile: she reads that first, at her next round.
            return
        assert answer.status_code == 201, answer.text
        self.done.add(number)
        self.replies.append(answer.json()["id"])


class Background:
    """Does something again and again until it is stopped; its error is the test's."""

    def __init__(self, action: Callable[[], None], pause: float) -> None:
        self._action, self._pause = action, pause
        self._stop = threading.Event()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let it finish what it is at, and raise what went wrong in it."""
        self._stop.set()
        self._thread.join(120)
        assert not self._thread.is_alive()
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        try:
            while not self._stop.wait(self._pause):
                self._action()
        except BaseException as error:  # noqa: BLE001  (raised again by stop)
            self._error = error


def _mail(sender: str, to: str, subject: str, number: int) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = f"Omar <{sender}>"
    mail["To"] = to
    mail["Subject"] = subject
    mail["Message-ID"] = f"<{number}.{time.time_ns()}@example.net>"
    mail.set_content(f"Hello,\n\nI write about number {number}.\n")
    return mail
