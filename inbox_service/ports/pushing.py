"""How a provider tells of new mail, pulled or pushed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from .connector import ConnectorError
from .outsides import Credentials


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
