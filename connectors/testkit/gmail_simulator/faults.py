"""Faults to order: errors, storms, delays, dropped connections."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Literal, get_args

from connectors.testkit.gmail_simulator.errors import (
    ApiError,
    ConnectionDropped,
    OAuthError,
    invalid,
    known,
    until,
)
from connectors.testkit.gmail_simulator.wire import Json

Kind = Literal["error", "drop", "accept_then_drop", "accept_then_error", "delay", "blank_page"]
OAUTH_ENDPOINTS = ("token", "revoke", "consent")


@dataclass(slots=True)
class Fault:
    """What goes wrong, where, and how often.

    `method` is a Gmail method less "gmail.users." ("messages.get"), or "token", "revoke",
    "pubsub.pull", with `*` as wildcard; `account` "" means all. `times` None never ends.
    `probability` below 1 makes a storm, repeatable by `seed`. "accept_then_drop" does the work and
    ends the connection without an answer, "accept_then_error" with an error; "blank_page" makes
    history.list answer with a page token and no records. `delay` is ms and goes with every kind.
    `retry_after` (ms) makes the error the 429 that names a time: the limit of bandwidth, or of
    mails sent.
    """

    method: str
    kind: Kind = "error"
    account: str = ""
    times: int | None = 1
    status: int = 0
    reason: str = "backendError"
    message: str = ""
    probability: float = 1.0
    seed: int = 0
    delay: int = 0
    reset: bool = False
    retry_after: int = 0
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        """Check the kind and start the dice."""
        if self.kind not in get_args(Kind):
            raise invalid(f"Unknown kind of fault '{self.kind}'.")
        self.chance = random.Random(self.seed)  # noqa: S311 - a repeatable storm, no secret

    @classmethod
    def of(cls, values: Json) -> Fault:
        try:
            return cls(**values)
        except TypeError as error:
            raise invalid(f"Not a fault: {error}") from error

    def hits(self, method: str, account: str) -> bool:
        """Tell whether this call is struck, and count it if so."""
        if self.times == 0 or not fnmatchcase(method, self.method):
            return False
        if self.account and self.account.lower() != account:
            return False
        if self.probability < 1 and self.chance.random() >= self.probability:
            return False
        if self.times is not None:
            self.times -= 1
        return True

    def error(self, method: str, now: int) -> ApiError | OAuthError:
        """Return the answer this fault gives; the OAuth endpoints speak another language."""
        if method in OAUTH_ENDPOINTS:
            status = self.status or (400 if self.reason.startswith("invalid_") else 503)
            return OAuthError(self.reason, self.message or "Bad Request", status)
        if self.retry_after:
            return until(now + self.retry_after, sending=method.endswith(".send"))
        return known(self.reason, self.message, self.status)

    def before(self, method: str, now: int) -> None:
        if self.kind == "error":
            raise self.error(method, now)
        if self.kind == "drop":
            raise ConnectionDropped(reset=self.reset)

    def after(self, method: str, now: int) -> None:
        if self.kind == "accept_then_drop":
            raise ConnectionDropped(reset=self.reset)
        if self.kind == "accept_then_error":
            raise self.error(method, now)


class Faults:
    """The faults in force; the first that fits a call strikes it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        with self._lock:
            self._faults.append(fault)

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def take(self, method: str, account: str) -> Fault | None:
        """Return the fault that strikes this call."""
        with self._lock:
            if not self._faults:
                return None
            # The first that fits, so that an order of faults can be told beforehand.
            struck = next((fault for fault in self._faults if fault.hits(method, account)), None)
            self._faults = [fault for fault in self._faults if fault.times != 0]
            return struck
