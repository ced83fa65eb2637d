"""What the service is given: time, quota, secrets, blobs, a queue, who is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Protocol

Credentials = Mapping[str, Any]


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
        """Spend `units` now, or raise QuotaSpent with the seconds until they would be there."""

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


class BudgetSource(Protocol):
    """Gives the budget of a mailbox."""

    def of(self, project: str, mailbox: str) -> Budget:
        """Return the budget shared by all workers for this provider project and mailbox."""
