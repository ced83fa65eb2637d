"""The connector onto a memory mailbox; it can do all that the contract knows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import ClassVar

from connectors.memory.mailbox import MemoryMailbox, StoredMail
from inbox_service.domain.mail import CHAT, DRAFT, INBOX, SEND_ID_HEADER, SENT, SPAM, TRASH, UNREAD
from inbox_service.ports import (
    Action,
    Batch,
    Budget,
    Capability,
    Change,
    Clock,
    Cursor,
    CursorExpired,
    Fetched,
    FetchFailed,
    Identity,
    MessageAdded,
    MessageRef,
    OutgoingRaw,
    Priority,
    Scope,
    Sending,
    SendUnsure,
    SentRef,
    SkipMessage,
)

_LIVE_PREFIX = "m1:"
_BACKFILL_PREFIX = "mb1:"
# What a listing leaves out, however else it is labelled.
_HIDDEN = frozenset({DRAFT, CHAT, SPAM, TRASH})
_WATCH_LASTS = 7 * 24 * 3600 * 1000


class MemoryConnector:
    """One MemoryMailbox by the connector contract; `page` is how many messages a batch holds."""

    kind: ClassVar[str] = "memory"
    capabilities: ClassVar[frozenset[Capability]] = frozenset(Capability)

    def __init__(
        self, mailbox: MemoryMailbox, budget: Budget, clock: Clock, page: int = 100
    ) -> None:
        self._mailbox = mailbox
        self._budget = budget
        self._clock = clock
        self._page = page

    def identify(self) -> Identity:
        self._begin("identify", Priority.LIVE)
        return Identity(self._mailbox.address, self._mailbox.aliases)

    def start(self) -> Cursor:
        self._begin("start", Priority.LIVE)
        return f"{_LIVE_PREFIX}{self._mailbox.position()}"

    def changes(self, cursor: Cursor) -> Iterator[Batch]:
        self._begin("changes", Priority.LIVE)
        since = _number(cursor, _LIVE_PREFIX)
        entries = None if since is None else self._mailbox.history(since)
        if since is None or entries is None:
            raise CursorExpired("The mailbox has forgotten this cursor.")
        pages = [entries[i : i + self._page] for i in range(0, len(entries), self._page)] or [[]]
        for page in pages:
            changes: tuple[Change, ...] = tuple(change for _, change in page)
            last = page[-1][0] if page else since
            yield Batch(changes, f"{_LIVE_PREFIX}{last}", done=page is pages[-1])

    def backfill(
        self, cursor: Cursor | None, scope: Scope, *, ids_only: bool = False
    ) -> Iterator[Batch]:
        self._begin("backfill", Priority.BACKFILL)
        found = sorted(self._in_scope(scope), key=_age)
        after = _position(cursor)
        left = [mail for mail in found if after is None or _age(mail) > after]
        pages = [left[i : i + self._page] for i in range(0, len(left), self._page)] or [[]]
        for page in pages:
            added = tuple(MessageAdded(mail.ref) for mail in page)
            position = _age(page[-1]) if page else after
            text = _BACKFILL_PREFIX + json.dumps(position)
            total = None if ids_only else len(found)
            yield Batch(added, text, done=page is pages[-1], total=total)

    def list_refs(self, scope: Scope) -> Iterator[MessageRef]:
        self._begin("list_refs", Priority.BACKFILL)
        yield from (mail.ref for mail in self._in_scope(scope))

    def fetch(
        self, refs: Sequence[MessageRef], priority: Priority
    ) -> Iterator[Fetched | FetchFailed]:
        for ref in refs:
            self._begin("fetch", priority)
            mail = self._mailbox.get(ref.provider_id)
            if mail is None:
                yield FetchFailed(ref, SkipMessage("There is no such message."))
            else:
                yield Fetched(mail.ref, mail.raw, mail.labels, mail.received_at)

    def prepare(self, outgoing: OutgoingRaw, key: str, *, again: bool = False) -> str:
        """Keep the mail as a draft, or take the one that an earlier try kept."""
        self._begin("prepare", Priority.SEND)
        left = self._mailbox.drafts_with(SEND_ID_HEADER, key) if again else []
        if left:
            return json.dumps({"draft": left[0]})
        return json.dumps({"draft": self._mailbox.save_draft(outgoing.raw, outgoing.thread_id)})

    def deliver(self, memo: str) -> SentRef:
        """Send once; raises SendUnsure where the answer was lost or the draft is gone."""
        self._begin("deliver", Priority.SEND)
        try:
            sent = self._mailbox.send_draft(_draft_of(memo))
        except ConnectionError as error:
            raise SendUnsure(str(error)) from error
        if sent is None:
            raise SendUnsure("The draft is gone: it was sent before, or removed.")
        return _sent_ref(sent)

    def find_sent(self, key: str, memo: str) -> SentRef | Sending:
        self._begin("find_sent", Priority.SEND)
        if self._mailbox.has_draft(_draft_of(memo)):
            return Sending.NOT_SENT
        for mail in self._mailbox.mails({SENT}):
            if mail.headers[SEND_ID_HEADER] == key:
                return _sent_ref(mail)
        return Sending.UNKNOWN

    def discard(self, key: str, memo: str, thread_id: str) -> None:  # noqa: ARG002 - all are searched
        """Remove the draft, and any other that carries the key where none was noted."""
        self._begin("discard", Priority.SEND)
        left = self._mailbox.drafts_with(SEND_ID_HEADER, key)
        for draft_id in [_draft_of(memo)] if memo else left:
            self._mailbox.remove_draft(draft_id)

    def apply(self, ref: MessageRef, action: Action) -> None:
        self._begin("apply", Priority.LIVE)
        if self._mailbox.get(ref.provider_id) is None:
            raise SkipMessage("There is no such message.")
        match action:
            case Action.ARCHIVE:
                self._mailbox.relabel(ref.provider_id, remove={INBOX})
            case Action.MARK_READ:
                self._mailbox.relabel(ref.provider_id, remove={UNREAD})
            case Action.SPAM:
                self._mailbox.relabel(ref.provider_id, add={SPAM}, remove={INBOX})
            case Action.TRASH:
                self._mailbox.trash(ref.provider_id)

    def watch(self, _topic: str) -> int | None:
        """Return when push would end; nothing is pushed by itself."""
        self._begin("watch", Priority.LIVE)
        return self._clock.now() + _WATCH_LASTS

    def unwatch(self) -> None:
        self._begin("unwatch", Priority.LIVE)

    def _begin(self, method: str, priority: Priority) -> None:
        self._budget.take(1, priority)
        self._mailbox.meet(method)

    def _in_scope(self, scope: Scope) -> list[StoredMail]:
        return [
            mail
            for mail in self._mailbox.mails(scope.labels)
            if not mail.labels & _HIDDEN and (scope.since is None or mail.received_at > scope.since)
        ]


def _age(mail: StoredMail) -> tuple[int, int]:
    """Order newest first, by a key that no other mail shares."""
    return (-mail.received_at, -mail.number)


def _number(cursor: Cursor, prefix: str) -> int | None:
    digits = cursor.removeprefix(prefix)
    return int(digits) if cursor.startswith(prefix) and digits.isdecimal() else None


def _position(cursor: Cursor | None) -> tuple[int, int] | None:
    if cursor is None or not cursor.startswith(_BACKFILL_PREFIX):
        return None
    position = json.loads(cursor.removeprefix(_BACKFILL_PREFIX))
    return None if position is None else (position[0], position[1])


def _draft_of(memo: str) -> str:
    return str(json.loads(memo)["draft"])


def _sent_ref(mail: StoredMail) -> SentRef:
    return SentRef(mail.ref.provider_id, mail.ref.thread_id, mail.message_id)
