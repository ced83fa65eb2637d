"""Quota units: what each method costs, and the limits per user."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager

from connectors.testkit.gmail_simulator.errors import ApiError, known
from connectors.testkit.gmail_simulator.settings import Settings

MINUTE = 60_000

# developers.google.com/workspace/gmail/api/reference/quota, as of September 2026.
UNITS_2026 = {
    "getProfile": 1,
    "stop": 50,
    "watch": 100,
    "drafts.create": 10,
    "drafts.delete": 10,
    "drafts.get": 20,
    "drafts.list": 5,
    "drafts.send": 100,
    "drafts.update": 15,
    "history.list": 2,
    "labels.create": 5,
    "labels.delete": 5,
    "labels.get": 1,
    "labels.list": 1,
    "labels.patch": 5,
    "labels.update": 5,
    "messages.attachments.get": 20,
    "messages.batchDelete": 50,
    "messages.batchModify": 50,
    "messages.delete": 10,
    "messages.get": 20,
    "messages.import": 25,
    "messages.insert": 25,
    "messages.list": 5,
    "messages.modify": 5,
    "messages.send": 100,
    "messages.trash": 20,
    "messages.untrash": 5,
    "settings.sendAs.get": 1,
    "settings.sendAs.list": 1,
    "threads.delete": 20,
    "threads.get": 40,
    "threads.list": 10,
    "threads.modify": 10,
    "threads.trash": 20,
    "threads.untrash": 10,
}
# The table before May 2026, where it differs.
UNITS_2025 = UNITS_2026 | {
    "drafts.get": 5,
    "messages.attachments.get": 5,
    "messages.get": 5,
    "messages.trash": 5,
    "threads.get": 10,
    "threads.trash": 10,
}


class Quota:
    """Counts units and calls per user of a project; keeps them within the limits."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._spent: defaultdict[str, deque[tuple[int, int]]] = defaultdict(deque)
        self._sums: Counter[str] = Counter()
        self._running: Counter[str] = Counter()
        self._units: Counter[str] = Counter()
        self._calls: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def charge(self, settings: Settings, user: str, account: str, method: str, now: int) -> None:
        """Take the units of `method`; raises ApiError when the last minute had too many."""
        table = UNITS_2025 if settings.unit_table == "2025" else UNITS_2026
        units = table[method]
        with self._lock:
            self._forget(user, now - MINUTE)
            limit = settings.quota_per_minute
            # A refused call costs nothing, or a client that waits too little would never recover.
            if limit and self._sums[user] + units > limit:
                raise known("rateLimitExceeded", status=settings.quota_status)
            self._spent[user].append((now, units))
            self._sums[user] += units
            self._units[account] += units
            self._calls[account][method] += 1

    def _forget(self, user: str, until: int) -> None:
        spent = self._spent[user]
        while spent and spent[0][0] <= until:
            self._sums[user] -= spent.popleft()[1]

    @contextmanager
    def running(self, settings: Settings, user: str) -> Iterator[None]:
        """Count a call while it runs; raises ApiError when the user has too many at once."""
        with self._lock:
            if settings.concurrency and self._running[user] >= settings.concurrency:
                raise too_many_at_once()
            self._running[user] += 1
        try:
            yield
        finally:
            with self._lock:
                self._running[user] -= 1

    def busy(self, account: str) -> bool:
        """Tell whether a call for the account is running."""
        with self._lock:
            return any(
                count and user.endswith(f":{account}") for user, count in self._running.items()
            )

    def units(self, account: str) -> int:
        with self._lock:
            return self._units[account]

    def calls(self, account: str) -> dict[str, int]:
        with self._lock:
            return dict(self._calls[account])

    def reset(self) -> None:
        with self._lock:
            for counts in (self._spent, self._sums, self._units, self._calls):
                counts.clear()


def too_many_at_once() -> ApiError:
    """Return the answer to one call too many at the same time."""
    return ApiError(429, "rateLimitExceeded", "Too many concurrent requests for user.")
