"""The true outsides the service talks to, as protocols. Nothing here imports anything of ours
but the domain's values; connectors depend on this module and the domain only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum
from typing import Any, ClassVar, Protocol, runtime_checkable

from .domain.sync import Change as Change
from .domain.sync import LabelsChanged as LabelsChanged
from .domain.sync import MessageAdded as MessageAdded
from .domain.sync import MessageRef as MessageRef
from .domain.sync import MessageRemoved as MessageRemoved

Credentials = Mapping[str, Any]
Cursor = str  # opaque, versioned text; only the connector that made it reads it


class Clock(Protocol):
    """The time, so that tests can set it."""

    def now(self) -> int:
        """Return milliseconds since the epoch, UTC."""


class Priority(IntEnum):
    """Who goes first when quota units are scarce."""

    SEND = 0
    LIVE = 1
    BACKFILL = 2


class Budget(Protocol):
    """Provider quota of one mailbox, shared by every worker."""

    def take(self, units: int, priority: Priority) -> None:
        """Spend `units` now, or raise RetryLater with the seconds until they would be there."""

    def pause(self, seconds: float) -> None:
        """Let no worker spend anything for so long, and less for a while after.

        For when the provider itself says that too much was spent.
        """


class CredentialCell(Protocol):
    """The sealed credentials of one mailbox."""

    def read(self) -> Credentials:
        """Return the stored credentials, opened."""

    def renew(
        self, stale: Credentials, renewal: Callable[[Credentials], Credentials]
    ) -> Credentials:
        """Replace credentials under a lock, once for however many callers.

        When what is stored differs from `stale`, somebody else renewed it: return that. Otherwise
        call `renewal` with what is stored (it may do I/O and raise), store and return its result.
        """


class BlobStore(Protocol):
    """Immutable bytes by (site, sha256)."""

    def put(self, site_id: int, content: bytes) -> str:
        """Store durably (fsynced) and return the sha256 in hex; the same content is stored once."""

    def get(self, site_id: int, sha256: str) -> bytes:
        """Return the content; raises NotFound."""

    def delete(self, site_id: int, sha256: str) -> None:
        """Remove the content; a missing one is no error."""


class SecretBox(Protocol):
    """Authenticated encryption bound to a context."""

    def seal(self, plain: bytes, context: str) -> bytes:
        """Encrypt; only the same `context` (site and row) opens it again."""

    def open(self, sealed: bytes, context: str) -> bytes:
        """Decrypt; raises Misconfigured when key or context do not fit."""

    def sign(self, message: bytes, purpose: str) -> str:
        """Return a URL-safe signature of `message`, bound to `purpose`."""

    def verify(self, message: bytes, signature: str, purpose: str) -> bool:
        """Tell, in constant time, whether `sign` made this signature."""

    def signatures(self, message: bytes, purpose: str) -> list[str]:
        """Return every signature that `verify` takes, the newest key's first.

        For marks too short to hold a whole one; compare in constant time.
        """


class JobQueue(Protocol):
    """Hints to workers. The truth is rows: a lost hint only costs a minute."""

    def hint(self, job: str, *args: int) -> None:
        """Ask for the named job with these ids soon, at most once in the queue at a time."""


@dataclass(frozen=True, slots=True)
class Presence:
    """One agent at one ticket; `mode` is "viewing" or "replying"."""

    agent_id: int
    ticket_id: int
    mode: str


class PresenceBoard(Protocol):
    """Who looks at what right now; forgets by itself after 15 s. It may be empty, never wrong."""

    def mark(self, site_id: int, presence: Presence | None, agent_id: int) -> None:
        """Note where the agent is, None for nowhere."""

    def present(self, site_id: int) -> list[Presence]:
        """Return everybody's presence on the site."""

    def watched(self) -> frozenset[int]:
        """Return the sites where an agent has the inbox open: marked within the last 40 s."""


# --- the connector contract -------------------------------------------------------------------


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

    def prepare(self, outgoing: OutgoingRaw, key: str) -> str:
        """Do what must precede a send and return a memo (opaque text) to store before `deliver`.

        `key` is the value of the mail's X-Unified-Inbox-Send-Id header.
        """

    def deliver(self, memo: str) -> SentRef:
        """Send once. raises SendUnsure when the provider may or may not have taken it."""

    def find_sent(self, key: str, memo: str) -> SentRef | Sending:
        """Look whether an earlier `deliver` went out, by the provider's own records."""

    def apply(self, ref: MessageRef, action: Action) -> None:
        """Do `action` to the message; doing it twice is the same as once."""

    def watch(self) -> int | None:
        """Ask for push and return when it ends (ms UTC), None where there is no push."""


class ConnectorError(Exception):
    """A connector failed."""


class RetryLater(ConnectorError):
    """The provider cannot answer now."""

    def __init__(self, after: float, message: str = "") -> None:
        """Take the seconds to wait before the next try."""
        super().__init__(message or f"Try again in {after:.0f} s.")
        self.after = after


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


# --- connecting an account --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `ok` is None where nobody can tell; `words` and `remedy` are sentences.

    `code` is stable, for programs, and says what is wrong; "" where nothing is.
    """

    name: str
    ok: bool | None
    words: str
    remedy: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """The owner's own app at the provider."""

    client_id: str
    client_secret: str


@dataclass(frozen=True, slots=True)
class ConsentRequest:
    """What an owner is sent to the provider with; `challenge` is the S256 one of RFC 7636.

    `login_hint` names the account to offer first, "" for none.
    """

    client_id: str
    redirect_uri: str
    state: str
    challenge: str
    login_hint: str = ""


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """What the owner came back with, and what was kept here meanwhile."""

    code: str
    verifier: str
    redirect_uri: str


class Consent(Protocol):
    """How accounts of one kind are connected: by their owner's consent, or by a service's key."""

    def authorization_url(self, request: ConsentRequest) -> str:
        """Return the provider's page that asks the owner."""

    def exchange(self, client: OAuthClient, answer: ConsentAnswer) -> Credentials:
        """Return the credentials behind a code. raises RetryLater and ConnectionRefused."""

    def credentials_of_key(self, key: Mapping[str, Any], address: str) -> Credentials:
        """Return the credentials by which a service account acts for `address`.

        raises Invalid naming the wrong field of `key`.
        """

    def identify(self, cell: CredentialCell, budget: Budget) -> Identity:
        """Return whose credentials these are; it asks the provider."""

    def missing_scopes(self, credentials: Credentials) -> list[str]:
        """Return the scopes that are needed and were not granted."""

    def consent_ends_at(self, credentials: Credentials, mode: str | None) -> int | None:
        """Return when the consent ends (ms UTC), None where nobody knows of an end.

        The provider may have said so, or it follows from `mode`: what the owner said of the app,
        "testing", "production", "internal", or None.
        """

    def checks(self, credentials: Credentials, identity: Identity, mode: str | None) -> list[Check]:
        """Return what is to be said of an account that answers."""

    def explain(self, error: ConnectorError) -> Check:
        """Return in an owner's words what an error means and what to do about it."""

    def revoke(self, credentials: Credentials) -> bool:
        """Give the consent back; False where there is none to give back. raises RetryLater."""


# --- push -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Notice:
    """Word that something changed in the mailbox of `address`, "" where it names none.

    `id` is the provider's for the notice, and the same when it is delivered again; `receipt` is
    what acknowledges this delivery.
    """

    address: str
    id: str
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class PushProof:
    """What a pushed notice's token proves: for whom it was made, by whose account."""

    audience: str
    signer: str


class Subscription(Protocol):
    """A place where notices wait to be pulled. It is used by one thread at a time."""

    def pull(self) -> list[Notice]:
        """Wait for notices, half a minute or so; [] when there were none.

        What is not acknowledged soon comes again. raises RetryLater, and ConnectorBroken in words
        that tell the owner what to set right.
        """

    def acknowledge(self, notices: Sequence[Notice]) -> None:
        """Let these notices not come again. raises as `pull` does."""


class Push(Protocol):
    """How a provider tells of new mail, by pull or by push."""

    def project_of(self, topic: str) -> str:
        """Return the provider's project that a topic belongs to; raises Invalid for no topic."""

    def checked_subscription(self, name: str) -> str:
        """Return the name of a subscription; raises Invalid for text that is none."""

    def credentials_of_key(self, key: Mapping[str, Any]) -> Credentials:
        """Return the credentials of a service account; raises Invalid naming the wrong field."""

    def subscription(self, name: str, credentials: Credentials) -> Subscription:
        """Return a subscription to be pulled; nothing is asked of the provider yet."""

    def proof(self, token: str) -> PushProof:
        """Return what a token that came with a push proves.

        raises PushRefused, and RetryLater where the provider's keys cannot be had now.
        """

    def notice(self, body: bytes) -> Notice:
        """Read what was pushed; raises PushRefused for anything else."""


class PushRefused(ConnectorError):
    """What was pushed here is not the provider's."""


class ConnectionRefused(ConnectorError):
    """The provider refused the connection; `code` is stable and names the reason."""

    def __init__(self, code: str, message: str = "") -> None:
        """Take the code and the provider's words."""
        super().__init__(message)
        self.code = code


@runtime_checkable
class Examinable(Protocol):
    """A connector that can try what its provider's documents leave open, on the real account."""

    def examine(self, *, send: bool) -> Iterator[Check]:
        """Yield a finding per open point; with `send` also those that need a mail to oneself."""


class ConnectorSource(Protocol):
    """Makes connectors by kind; handed in by the composition roots."""

    def kinds(self) -> list[str]:
        """Return the known kinds, sorted."""

    def build(
        self, kind: str, config: Mapping[str, Any], cell: CredentialCell, budget: Budget
    ) -> Connector:
        """Make a connector; raises Invalid for an unknown kind or a wrong config."""

    def consent(self, kind: str) -> Consent:
        """Return how accounts of this kind are connected; raises Invalid where they cannot be."""

    def push(self, kind: str) -> Push:
        """Return how this kind's provider tells of new mail; raises Invalid where it does not."""


class BudgetSource(Protocol):
    """Gives the budget of a mailbox."""

    def of(self, project: str, mailbox: str) -> Budget:
        """Return the budget shared by all workers for this provider project and mailbox."""
