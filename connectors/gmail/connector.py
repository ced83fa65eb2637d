"""The Gmail connector: the contract's methods, each by the module that knows how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from connectors.gmail.account import identify
from connectors.gmail.api import ME, GmailApi, Request
from connectors.gmail.config import GmailConfig
from connectors.gmail.cursors import live_cursor
from connectors.gmail.drafts import Drafts
from connectors.gmail.errors import OtherWatchExists
from connectors.gmail.fetching import fetch
from connectors.gmail.history import changes
from connectors.gmail.listing import Listing
from connectors.gmail.live import READING, Account, examine
from connectors.gmail.live_sending import examine_by_sending
from connectors.gmail.oauth import TokenEndpoint
from connectors.gmail.pubsub import project_of
from connectors.gmail.sending import Sender
from connectors.registry import Setup
from inbox_service.domain.mail import INBOX, SPAM, UNREAD
from inbox_service.ports import (
    Action,
    Batch,
    Capability,
    Check,
    Cursor,
    Fetched,
    FetchFailed,
    Identity,
    MessageRef,
    OutgoingRaw,
    Priority,
    Scope,
    Sending,
    SentRef,
)

if TYPE_CHECKING:
    from googleapiclient._apis.gmail.v1.schemas import (
        Message,
        ModifyMessageRequest,
        WatchRequest,
    )


class GmailConnector:
    """One Gmail mailbox. Config: see GmailConfig.

    Credentials in the cell: client_id, client_secret, refresh_token; access_token, expires_at (ms
    UTC) and scope are kept beside them.
    """

    kind: ClassVar[str] = "gmail"
    capabilities: ClassVar[frozenset[Capability]] = frozenset(Capability)

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._config = GmailConfig.read(setup.config)
        self._api = GmailApi(setup, self._config)
        self._listing = Listing(self._api, setup.clock)
        self._sender = Sender(self._api)
        self._drafts = Drafts(self._api)

    def identify(self) -> Identity:
        """Return the account, the addresses it has proven to own, and the granted scopes."""
        return identify(self._api, self._setup.cell)

    def start(self) -> Cursor:
        """Return the live cursor of this moment.

        It is the profile's, not the newest message's: on a quiet mailbox Gmail has long forgotten
        the history id of the last message.
        """
        profile = self._api.call(self._api.users.getProfile(userId=ME), Priority.LIVE)
        return live_cursor(int(profile["historyId"]))

    def changes(self, cursor: Cursor) -> Iterator[Batch]:
        return changes(self._api, cursor, self._config.labels)

    def backfill(
        self, cursor: Cursor | None, scope: Scope, *, ids_only: bool = False
    ) -> Iterator[Batch]:
        return self._listing.backfill(cursor, scope, ids_only=ids_only)

    def list_refs(self, scope: Scope) -> Iterator[MessageRef]:
        return self._listing.refs(scope)

    def fetch(
        self, refs: Sequence[MessageRef], priority: Priority
    ) -> Iterator[Fetched | FetchFailed]:
        return fetch(self._api, refs, priority)

    def prepare(self, outgoing: OutgoingRaw, key: str, *, again: bool = False) -> str:
        """Make the draft, or take the one that an earlier try made."""
        left = self._drafts.of(key, outgoing.thread_id) if again else []
        for draft_id in left[1:]:
            self._drafts.delete(draft_id)
        return self._sender.take(left[0]) if left else self._sender.prepare(outgoing)

    def deliver(self, memo: str) -> SentRef:
        return self._sender.deliver(memo)

    def find_sent(self, key: str, memo: str) -> SentRef | Sending:
        return self._sender.find_sent(key, memo)

    def discard(self, key: str, memo: str, thread_id: str) -> None:
        """Remove the draft, and any other that carries the key where none was noted."""
        noted = [self._sender.draft_of(memo)] if memo else self._drafts.of(key, thread_id)
        for draft_id in noted:
            self._drafts.delete(draft_id)

    def apply(self, ref: MessageRef, action: Action) -> None:
        """Do `action` to the message; raises SkipMessage where it is gone."""
        messages = self._api.messages
        request: Request[Message]
        if action is Action.TRASH:
            request = messages.trash(userId=ME, id=ref.provider_id)
        else:
            request = messages.modify(userId=ME, id=ref.provider_id, body=_LABELS[action])
        self._api.call(request, Priority.LIVE)

    def watch(self, topic: str) -> int | None:
        """Ask Gmail to push to the topic, and return when it stops (7 days later, ms UTC)."""
        project_of(topic)
        try:
            return self._watch(topic)
        except OtherWatchExists:
            # Gmail keeps one watch per project and user; ours shall be it.
            self.unwatch()
            return self._watch(topic)

    def unwatch(self) -> None:
        self._api.call(self._api.users.stop(userId=ME), Priority.LIVE)

    def examine(self, *, send: bool) -> Iterator[Check]:
        """Yield what the account does where Google's pages leave it open; see docs/unverified.md.

        It reads only; with `send` it also sends a mail to the account itself and trashes it again.
        """
        tokens = TokenEndpoint(self._setup.endpoints.google_oauth_root, self._setup.clock)
        account = Account(self._api, self._setup.cell, tokens, self._config.address)
        yield from examine(account, READING)
        if send:
            yield from examine_by_sending(account)

    def _watch(self, topic: str) -> int:
        body: WatchRequest = {
            "topicName": topic,
            "labelIds": sorted(self._config.labels),
            "labelFilterBehavior": "include",
        }
        answer = self._api.call(self._api.users.watch(userId=ME, body=body), Priority.LIVE)
        return int(answer["expiration"])


_LABELS: dict[Action, ModifyMessageRequest] = {
    Action.ARCHIVE: {"removeLabelIds": [INBOX]},
    Action.MARK_READ: {"removeLabelIds": [UNREAD]},
    Action.SPAM: {"addLabelIds": [SPAM], "removeLabelIds": [INBOX]},
}
