"""What the conformance tests need from a provider, and the mails they put into it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import SMTP, compat32

from inbox_service.domain.mail import SEND_ID_HEADER
from inbox_service.ports import Batch, Connector, MessageAdded, MessageRef

HOUR = 3600 * 1000
# A round number of seconds: some providers keep no milliseconds.
NOON = 1_779_969_600_000


class Harness(ABC):
    """A provider under test: one mailbox, one recipient at another address, and its faults.

    Subclass it once per connector. What a provider cannot do may raise NotImplementedError, if the
    connector's capabilities do not promise it either.
    """

    address: str
    recipient: str

    @abstractmethod
    def connector(self) -> Connector:
        """Return a new connector onto the mailbox, with nothing remembered."""

    @abstractmethod
    def deliver(self, raw: bytes, received_at: int) -> MessageRef:
        """Let a mail from outside arrive in INBOX at this time (ms UTC)."""

    @abstractmethod
    def sent(self) -> Sequence[bytes]:
        """Return the mails in the provider's SENT."""

    @abstractmethod
    def received(self) -> Sequence[bytes]:
        """Return the mails that arrived at the recipient."""

    @abstractmethod
    def labels(self, ref: MessageRef) -> frozenset[str]:
        """Return the labels a message carries at the provider."""

    @abstractmethod
    def read_by_a_person(self, ref: MessageRef) -> None:
        """Take UNREAD away, as the owner's phone does."""

    @abstractmethod
    def delete(self, ref: MessageRef) -> None:
        """Remove a message for good."""

    @abstractmethod
    def drop_drafts(self) -> None:
        """Remove all drafts, as a person tidying up would."""

    @abstractmethod
    def lose_next_answer(self) -> None:
        """Accept the next send, and drop the connection without an answer."""

    @abstractmethod
    def limit_rate(self) -> None:
        """Answer the next call with the provider's "too many requests"."""

    def topic(self) -> str:
        """Return what the provider may push to, in its own spelling."""
        return "topic"

    @abstractmethod
    def expire_cursors(self) -> None:
        """Forget the history, so that no earlier cursor is known."""

    @abstractmethod
    def revoke(self) -> None:
        """Take the access away, as the owner can."""


def mail(
    subject: str,
    *,
    message_id: str,
    sender: str = "ana@customer.example",
    to: str = "",
    reply_to: str = "",
    send_id: str = "",
) -> bytes:
    """Compose a small mail of 7-bit bytes; `reply_to` is the Message-ID it answers."""
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["From"] = sender
    message["To"] = to or "support@shop.example"
    message["Subject"] = subject
    message["Message-ID"] = f"<{message_id}>"
    message["Date"] = "Mon, 01 Jun 2026 08:00:00 +0000"
    if reply_to:
        message["In-Reply-To"] = message["References"] = f"<{reply_to}>"
    if send_id:
        message[SEND_ID_HEADER] = send_id
    message.set_content(f"About {subject}: grüße, مرحبا.\n")
    return message.as_bytes()


def header(raw: bytes, name: str) -> str:
    """Return a header of a mail as text, without angle brackets."""
    parsed: Message = message_from_bytes(raw, policy=compat32)
    return str(parsed[name] or "").strip().removeprefix("<").removesuffix(">")


def added(batches: Iterable[Batch]) -> list[str]:
    """Return the ids of the messages added in the batches, in order."""
    changes = (change for batch in batches for change in batch.changes)
    return [change.ref.provider_id for change in changes if isinstance(change, MessageAdded)]


def put(harness: Harness, count: int, *, start: int = 0) -> list[MessageRef]:
    """Deliver that many mails, an hour apart, oldest first."""
    return [
        harness.deliver(mail(f"Mail {n}", message_id=f"n{n}@customer.example"), NOON + n * HOUR)
        for n in range(start, start + count)
    ]
