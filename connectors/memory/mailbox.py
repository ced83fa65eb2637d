"""The provider's side of a memory mailbox: what it holds, what happened to it, how it fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from threading import RLock

from inbox_service.domain.mail import INBOX, SENT, SPAM, TRASH, UNREAD
from inbox_service.ports import (
    Change,
    Clock,
    ConnectorError,
    LabelsChanged,
    MessageAdded,
    MessageRef,
    MessageRemoved,
    NeedsReauth,
)

_HIDING = frozenset({SPAM, TRASH})
_HEAD_END = re.compile(rb"(\r?\n\r?\n)")


@dataclass(frozen=True, slots=True)
class StoredMail:
    """A mail of a memory mailbox. `number` counts up in order of arrival."""

    number: int
    ref: MessageRef
    raw: bytes
    labels: frozenset[str]
    received_at: int

    @property
    def headers(self) -> Message:
        return message_from_bytes(self.raw, policy=compat32)

    @property
    def message_id(self) -> str:
        """The Message-ID without brackets, "" where there is none."""
        return bare_id(self.headers["Message-ID"])


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail that waits to be sent, and the thread it joins."""

    raw: bytes
    thread_id: str


@dataclass
class Faults:
    """What shall go wrong next, by method name; each error is used once, None stands for none."""

    queued: dict[str, list[ConnectorError | None]] = field(default_factory=dict)
    lost_answers: int = 0
    revoked: bool = False

    def check(self, method: str) -> None:
        """Raise what is queued for the method, or NeedsReauth after a revocation."""
        if self.revoked:
            raise NeedsReauth("The owner has revoked the access.")
        waiting = self.queued.get(method)
        error = waiting.pop(0) if waiting else None
        if error is not None:
            raise error


class MemoryMailbox:
    """One mailbox; every method may be called from any thread.

    Like Gmail it replaces the Message-ID of what it sends, so that nobody relies on the id he
    composed. `carry` takes each sent mail to its recipients.
    """

    def __init__(
        self,
        address: str,
        clock: Clock,
        aliases: Iterable[str] = (),
        carry: Callable[[bytes], None] | None = None,
    ) -> None:
        self.address = address
        self.aliases = tuple(aliases)
        self._clock = clock
        self._carry = carry
        self._lock = RLock()
        self._mails: dict[str, StoredMail] = {}
        self._drafts: dict[str, Draft] = {}
        self._history: list[tuple[int, Change]] = []
        self._sequence = 0
        self._oldest_known = 0
        self._faults = Faults()

    # --- what other people and their programs do

    def deliver(
        self,
        raw: bytes,
        labels: Iterable[str] = (INBOX, UNREAD),
        received_at: int | None = None,
    ) -> MessageRef:
        """Take in a mail from outside, in the thread that its References name."""
        with self._lock:
            return self._add(raw, frozenset(labels), received_at, self._thread_of(raw)).ref

    def relabel(
        self, provider_id: str, add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> None:
        """Change a message's labels; no change leaves no trace in the history."""
        with self._lock:
            mail = self._mails[provider_id]
            labels = (mail.labels | frozenset(add)) - frozenset(remove)
            if labels != mail.labels:
                self._mails[provider_id] = replace(mail, labels=labels)
                if labels - mail.labels or _HIDING & mail.labels - labels:
                    # It may have come into a label that is read, which only the reader knows.
                    self._note(MessageAdded(mail.ref))
                # The labels of that moment, although they may have changed again when it is read.
                self._note(LabelsChanged(mail.ref, labels))

    def delete(self, provider_id: str) -> None:
        with self._lock:
            self._note(MessageRemoved(self._mails.pop(provider_id).ref))

    def drop_drafts(self) -> None:
        """Remove all drafts, as a person tidying up would."""
        with self._lock:
            self._drafts.clear()

    # --- faults

    def fail_next(self, method: str, *errors: ConnectorError, after: int = 0) -> None:
        """Let calls of a connector method raise these errors, one each, after so many that work."""
        with self._lock:
            self._faults.queued.setdefault(method, []).extend([*([None] * after), *errors])

    def lose_next_answer(self) -> None:
        """Accept the next send, but lose the answer on its way back."""
        with self._lock:
            self._faults.lost_answers += 1

    def expire_cursors(self) -> None:
        """Forget the history so far, so that every earlier cursor has expired."""
        with self._lock:
            # The step makes the present position too old as well, as if a week had passed.
            self._sequence += 1
            self._oldest_known = self._sequence
            self._history.clear()

    def forget_last_change(self) -> None:
        """Let the history never have told of the last change, as Gmail's may (its sync guide)."""
        with self._lock:
            self._history.pop()

    def revoke(self, *, revoked: bool = True) -> None:
        """Take the connector's access away, or give it back."""
        with self._lock:
            self._faults.revoked = revoked

    def meet(self, method: str) -> None:
        """Raise the fault that is due for a connector method, if any."""
        with self._lock:
            self._faults.check(method)

    # --- what the connector asks

    def position(self) -> int:
        with self._lock:
            return self._sequence

    def history(self, since: int) -> list[tuple[int, Change]] | None:
        """Return what happened after `since`, oldest first; None where that is forgotten."""
        with self._lock:
            if since < self._oldest_known:
                return None
            return [entry for entry in self._history if entry[0] > since]

    def mails(self, labels: Iterable[str] = ()) -> list[StoredMail]:
        """Return the mails that carry one of `labels` (all without), in order of arrival."""
        wanted = frozenset(labels)
        with self._lock:
            return [m for m in self._mails.values() if not wanted or m.labels & wanted]

    def get(self, provider_id: str) -> StoredMail | None:
        with self._lock:
            return self._mails.get(provider_id)

    def trash(self, provider_id: str) -> None:
        self.relabel(provider_id, add={TRASH}, remove={INBOX})

    def save_draft(self, raw: bytes, thread_id: str) -> str:
        """Keep a mail for sending and return the draft's id."""
        with self._lock:
            self._sequence += 1
            draft_id = f"r{self._sequence}"
            self._drafts[draft_id] = Draft(raw, thread_id)
            return draft_id

    def drafts_with(self, header: str, value: str) -> list[str]:
        """Return the ids of the drafts whose header has this value."""
        with self._lock:
            drafts = [(one, message_from_bytes(kept.raw)) for one, kept in self._drafts.items()]
        return [one for one, mail in drafts if mail[header] == value]

    def remove_draft(self, draft_id: str) -> None:
        """Remove a draft; one that is gone is no error."""
        with self._lock:
            self._drafts.pop(draft_id, None)

    def has_draft(self, draft_id: str) -> bool:
        with self._lock:
            return draft_id in self._drafts

    def send_draft(self, draft_id: str) -> StoredMail | None:
        """Send a draft once; None where it is gone, ConnectionError where the answer is lost."""
        with self._lock:
            draft = self._drafts.pop(draft_id, None)
            if draft is None:
                return None
            # As at Gmail, a thread that is gone does not stop the mail.
            thread_id = draft.thread_id if self._has_thread(draft.thread_id) else ""
            raw = with_message_id(draft.raw, f"sent-{self._sequence + 1}@memory.example")
            sent = self._add(raw, frozenset({SENT}), None, thread_id)
            lost = self._faults.lost_answers > 0
            self._faults.lost_answers -= lost
        # Outside the lock: the recipient may be another mailbox that is sending to this one.
        if self._carry:
            self._carry(raw)
        if lost:
            raise ConnectionError("The connection closed before the answer.")
        return sent

    def _add(
        self, raw: bytes, labels: frozenset[str], received_at: int | None, thread_id: str
    ) -> StoredMail:
        number = self._sequence + 1
        ref = MessageRef(f"m{number}", thread_id or f"t{number}")
        now = self._clock.now() if received_at is None else received_at
        mail = self._mails[ref.provider_id] = StoredMail(number, ref, raw, labels, now)
        self._note(MessageAdded(ref))
        return mail

    def _note(self, change: Change) -> None:
        self._sequence += 1
        self._history.append((self._sequence, change))

    def _has_thread(self, thread_id: str) -> bool:
        return any(mail.ref.thread_id == thread_id for mail in self._mails.values())

    def _thread_of(self, raw: bytes) -> str:
        headers = message_from_bytes(raw, policy=compat32)
        named = f"{headers['References'] or ''} {headers['In-Reply-To'] or ''}".split()
        answered = {bare_id(name) for name in named}
        threads = (m.ref.thread_id for m in self._mails.values() if m.message_id in answered)
        return next(threads, "")


def bare_id(value: object) -> str:
    """Return a message id without blanks and angle brackets."""
    return str(value or "").strip().removeprefix("<").removesuffix(">")


def without_header(raw: bytes, name: str) -> bytes:
    """Return the mail without a header, every other byte as it was."""
    head, gap, body = _HEAD_END.split(raw, maxsplit=1) if _HEAD_END.search(raw) else (raw, b"", b"")
    field_lines = rb"(?im)^" + name.encode() + rb":.*\n?(?:[ \t].*\n?)*"
    return re.sub(field_lines, b"", head + gap[: len(gap) // 2]) + gap[len(gap) // 2 :] + body


def with_message_id(raw: bytes, message_id: str) -> bytes:
    """Return the mail with another Message-ID."""
    return f"Message-ID: <{message_id}>\r\n".encode() + without_header(raw, "Message-ID")
