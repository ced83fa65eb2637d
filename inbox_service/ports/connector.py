"""The connector contract: one mailbox at its provider, and the errors named by recovery."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import ClassVar, Protocol

from inbox_service.domain.sync import Change, MessageRef

from .outsides import Priority

Cursor = str  # opaque, versioned text; only the connector that made it reads it


class Capability(Enum):
    """What a connector can do."""

    READ = "read"
    SEND = "send"
    LABELS = "labels"
    PUSH = "push"
    CONFIRMS_SENDS = "confirms_sends"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which messages count: newer than `since` (ms UTC, None = all) and with one of `labels`."""

    since: int | None = None
    labels: frozenset[str] = frozenset({"INBOX", "SENT"})


@dataclass(frozen=True, slots=True)
class Batch:
    """Some changes, and the cursor to store in the transaction that stores them.

    `done` is True on the last batch of a stream for now. `total` estimates the whole back-fill,
    None where unknown.
    """

    changes: tuple[Change, ...]
    next_cursor: Cursor
    done: bool
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A message as the provider holds it. `received_at` is the provider's time, ms UTC."""

    ref: MessageRef
    raw: bytes
    labels: frozenset[str]
    received_at: int


@dataclass(frozen=True, slots=True)
class FetchFailed:
    """A message that could not be fetched, and the error saying how to recover."""

    ref: MessageRef
    error: ConnectorError


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose mailbox it is: primary address, further addresses it may send as, granted scopes."""

    address: str
    aliases: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentRef:
    """Proof of a send: provider ids, and the Message-ID (no brackets) that recipients see."""

    provider_id: str
    thread_id: str
    message_id: str


class Sending(Enum):
    """Answers of find_sent other than a SentRef."""

    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"


class Action(StrEnum):
    """What `apply` can do to a message at the provider; each is idempotent."""

    ARCHIVE = "archive"
    MARK_READ = "mark_read"
    SPAM = "spam"
    TRASH = "trash"


@dataclass(frozen=True, slots=True)
class OutgoingRaw:
    """A composed mail (7-bit bytes) and the provider thread to join, "" for a new one."""

    raw: bytes
    thread_id: str = ""


class Connector(Protocol):
    """One mailbox at its provider.

    Built from (config, CredentialCell, Budget, Clock); knows no database, no web framework and no
    queue; logs no bodies. Every method may raise a ConnectorError, which is named by what the
    caller should do. One connector is used by one thread at a time.
    """

    kind: ClassVar[str]
    capabilities: ClassVar[frozenset[Capability]]

    def identify(self) -> Identity:
        """Return whose mailbox this is; the cheapest call that proves the credentials."""

    def start(self) -> Cursor:
        """Return the live cursor of this moment, taken before any listing."""

    def changes(self, cursor: Cursor) -> Iterator[Batch]:
        """Yield what happened since `cursor`, oldest first; may repeat, never skips.

        raises CursorExpired when the provider no longer knows the cursor.
        """

    def backfill(
        self, cursor: Cursor | None, scope: Scope, *, ids_only: bool = False
    ) -> Iterator[Batch]:
        """Yield MessageAdded for the messages of `scope`, newest first, resuming at `cursor`.

        With `ids_only` a batch is as large as the provider lists at once, and none tells a total:
        for whoever compares ids and fetches few.
        """

    def list_refs(self, scope: Scope) -> Iterator[MessageRef]:
        """Yield every message of `scope`; for reconciling, and after a lost cursor."""

    def fetch(
        self, refs: Sequence[MessageRef], priority: Priority
    ) -> Iterator[Fetched | FetchFailed]:
        """Yield one result per ref, in order. An error that concerns all of them is raised."""

    def prepare(self, outgoing: OutgoingRaw, key: str, *, again: bool = False) -> str:
        """Do what must precede a send and return a memo (opaque text) to store before `deliver`.

        `key` is the value of the mail's X-Unified-Inbox-Send-Id header. With `again` an earlier try
        may have left something at the provider: it is taken for this one, or removed.
        """

    def deliver(self, memo: str) -> SentRef:
        """Send once. raises SendUnsure when the provider may or may not have taken it."""

    def find_sent(self, key: str, memo: str) -> SentRef | Sending:
        """Look whether an earlier `deliver` went out, by the provider's own records."""

    def discard(self, key: str, memo: str, thread_id: str) -> None:
        """Remove what was prepared for a send that will never be delivered.

        `memo` is "" where nobody noted one; `thread_id` is the thread that it was prepared in, if
        any. Doing it twice is the same as once.
        """

    def apply(self, ref: MessageRef, action: Action) -> None:
        """Do `action` to the message; doing it twice is the same as once."""

    def watch(self, topic: str) -> int | None:
        """Ask for push to the topic and return when it ends (ms UTC), None where there is no push.

        raises Invalid for a topic that is none of the provider's.
        """

    def unwatch(self) -> None:
        """End what `watch` asked for; doing it twice is the same as once."""


class ConnectorError(Exception):
    """A connector failed."""


class RetryLater(ConnectorError):
    """The provider cannot answer now."""

    def __init__(self, after: float, message: str = "") -> None:
        """Take the seconds to wait before the next try."""
        super().__init__(message or f"Try again in {after:.0f} s.")
        self.after = after


class Unreachable(RetryLater):
    """Nobody answers at the provider's address."""


class QuotaSpent(RetryLater):
    """Our own share of the quota is spent for the moment: the provider was not asked."""


class SendLimit(RetryLater):
    """The provider takes no more mail from this mailbox for a while; reading goes on."""


class NeedsReauth(ConnectorError):
    """The owner must connect the mailbox again."""


class CursorExpired(ConnectorError):
    """The provider no longer knows the cursor: list again and compare."""


class SkipMessage(ConnectorError):
    """This message cannot be had now or ever (deleted, malformed id): go on without it."""


class ConnectorBroken(ConnectorError):
    """The connector met what it cannot handle: stop this mailbox and tell its owner."""


class SendUnsure(ConnectorError):
    """The provider may or may not have taken the mail: look with find_sent, never send again."""


class SendRefused(ConnectorError):
    """The provider refused the mail for good."""
