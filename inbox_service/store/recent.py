"""What was worked out a moment ago, in this process, and need not be worked out again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

_MOST = 10_000


class Recent:
    """Values that count for `lasts` milliseconds; the oldest go where there are too many.

    Each process has its own: what two of them say may differ for as long.
    """

    def __init__(self, lasts: int = 30_000) -> None:
        """Start with nothing."""
        self._lasts = lasts
        self._kept: dict[Hashable, tuple[int, Any]] = {}
        self._lock = Lock()

    def forget(self) -> None:
        """Let everything be worked out anew."""
        with self._lock:
            self._kept.clear()

    def get(self, key: Hashable, now: int, make: Callable[[], Any]) -> Any:
        """Return the value of `key` at `now` (ms UTC), which `make` works out where it is due."""
        with self._lock:
            at, value = self._kept.get(key, (0, None))
        if at and at <= now < at + self._lasts:
            return value
        # Outside of the lock: two may work the same out at once, nobody waits for another's query.
        made = make()
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = (now, made)
            while len(self._kept) > _MOST:
                del self._kept[next(iter(self._kept))]
        return made
