"""How often somebody may guess: counted per process, which is enough against long codes."""

from __future__ import annotations

import threading
from collections import deque

from inbox_service.errors import TooMany
from inbox_service.ports import Clock

_MOST_CLIENTS = 10_000


class FailedAttempts:
    """Refuses a client that failed too often lately."""

    def __init__(self, clock: Clock, most: int = 10, within_ms: int = 15 * 60_000) -> None:
        """Allow `most` failures per client within `within_ms`."""
        self._clock, self._most, self._within = clock, most, within_ms
        self._failures: dict[str, deque[int]] = {}
        self._lock = threading.Lock()

    def check(self, client: str) -> None:
        """Raise TooMany, with the seconds to wait, where the client failed too often."""
        now = self._clock.now()
        with self._lock:
            times = self._recent(client, now)
            if len(times) >= self._most:
                wait = (times[0] + self._within - now) // 1000 + 1
                raise TooMany(
                    f"Too many wrong codes: try again in {wait // 60 + 1} minutes.",
                    retry_after=wait,
                )

    def failed(self, client: str) -> None:
        """Count a failure."""
        # Only failures count: a whole office may pair from one address.
        now = self._clock.now()
        with self._lock:
            if len(self._failures) >= _MOST_CLIENTS:
                # The oldest known client is forgotten: memory stays bounded under a flood.
                self._failures.pop(next(iter(self._failures)))
            self._failures.setdefault(client, deque()).append(now)

    def _recent(self, client: str, now: int) -> deque[int]:
        times = self._failures.get(client, deque())
        while times and times[0] <= now - self._within:
            times.popleft()
        if not times:
            self._failures.pop(client, None)
        return times
