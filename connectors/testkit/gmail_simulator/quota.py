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
        self._minutes: defaultdict[str, _Minute] = defaultdict(_Minute)
        self._levels: dict[str, tuple[int, float]] = {}
        self._running: Counter[str] = Counter()
        self._units: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._calls: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def charge(self, settings: Settings, project: str, account: str, method: str, now: int) -> None:
        """Take the units of `method`; raises ApiError when they are not there."""
        table = UNITS_2025 if settings.unit_table == "2025" else UNITS_2026
        units, user = table[method], f"{project}:{account}"
        with self._lock:
            short = self._short(settings, project, user, units, now)
            if short:
                self._refused[account] += 1
                raise _exceeded(short, settings.quota_status)
            # A refused call costs nothing, or a client that waits too little would never recover.
            self._minutes[user].add(now, units)
            self._minutes[project].add(now, units)
            self._levels[user] = (now, self._level(settings, user, now) - units)
            self._units[account] += units
            self._calls[account][method] += 1

    def _short(self, settings: Settings, project: str, user: str, units: int, now: int) -> str:
        """Return which limit these units would break, "" for none."""
        if settings.quota_per_minute and settings.quota_burst:
            if self._level(settings, user, now) < units:
                return "per user"
        elif _over(settings.quota_per_minute, self._minutes[user].sum(now) + units):
            return "per user"
        over = _over(settings.project_quota_per_minute, self._minutes[project].sum(now) + units)
        return "per project" if over else ""

    def _level(self, settings: Settings, user: str, now: int) -> float:
        """Return what a smoothed bucket holds: full at first, and filled evenly."""
        at, level = self._levels.get(user, (now, float(settings.quota_burst)))
        filled = level + (now - at) * settings.quota_per_minute / MINUTE
        return min(filled, float(settings.quota_burst))

    @contextmanager
    def running(self, settings: Settings, user: str) -> Iterator[None]:
        """Count a call while it runs; raises ApiError when the user has too many at once."""
        with self._lock:
            if settings.concurrency and self._running[user] >= settings.concurrency:
                self._refused[user.rpartition(":")[2]] += 1
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

    def refused(self, account: str) -> int:
        """Return how many of the account's calls met a limit."""
        with self._lock:
            return self._refused[account]

    def reset(self) -> None:
        with self._lock:
            for counts in (self._minutes, self._levels, self._units, self._refused, self._calls):
                counts.clear()


class _Minute:
    """The units of the last 60 seconds."""

    def __init__(self) -> None:
        self._spent: deque[tuple[int, int]] = deque()
        self._sum = 0

    def add(self, now: int, units: int) -> None:
        self._spent.append((now, units))
        self._sum += units

    def sum(self, now: int) -> int:
        while self._spent and self._spent[0][0] <= now - MINUTE:
            self._sum -= self._spent.popleft()[1]
        return self._sum


def _over(limit: int, units: int) -> bool:
    return bool(limit) and units > limit


def _exceeded(limit: str, status: int) -> ApiError:
    text = (
        "Quota exceeded for quota metric 'Total Query Cost' and limit"
        f" 'Units per minute {limit}' of service 'gmail.googleapis.com' for consumer"
        " 'project_number:100000000001'."
    )
    return known("rateLimitExceeded", text, status)


def too_many_at_once() -> ApiError:
    """Return the answer to one call too many at the same time."""
    return ApiError(429, "rateLimitExceeded", "Too many concurrent requests for user.")
