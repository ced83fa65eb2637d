"""Real, small implementations of the ports that a connector is built from, for tests."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from inbox_service.ports import Clock, Credentials, Priority, QuotaSpent


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: int = 1_780_000_000_000) -> None:
        self.at = at

    def now(self) -> int:
        return self.at

    def advance(self, milliseconds: int) -> None:
        self.at += milliseconds


class MemoryCell:
    """Credentials in memory; `renewals` counts how often they were really renewed."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._lock = Lock()
        self.renewals = 0

    def read(self) -> Credentials:
        return self._credentials

    def renew(
        self, stale: Credentials, renewal: Callable[[Credentials], Credentials]
    ) -> Credentials:
        """Replace the credentials unless somebody else did it before."""
        with self._lock:
            if dict(self._credentials) == dict(stale):
                self._credentials = renewal(self._credentials)
                self.renewals += 1
            return self._credentials


class CountingBudget:
    """A budget that notes what is spent, and the pauses that were asked for.

    It ends at `limit` units, where there is one.
    """

    def __init__(self, limit: int | None = None) -> None:
        self.limit = limit
        self.spent: list[tuple[int, Priority]] = []
        self.pauses: list[float] = []

    @property
    def total(self) -> int:
        return sum(units for units, _ in self.spent)

    def take(self, units: int, priority: Priority) -> None:
        """Note the units, or raise QuotaSpent once `limit` would be passed."""
        if self.limit is not None and self.total + units > self.limit:
            raise QuotaSpent(60)
        self.spent.append((units, priority))

    def pause(self, seconds: float) -> None:
        """Note that the provider asked for a pause."""
        self.pauses.append(seconds)


class BucketBudget:
    """A budget that fills with the clock, as the shared one of the workers does.

    It holds ten seconds of `rate` (units per second); a back-fill leaves a fifth of it to others.
    """

    def __init__(self, clock: Clock, rate: float) -> None:
        self._clock = clock
        self._rate = rate
        self._size = self._level = rate * 10
        self._at = clock.now()

    def take(self, units: int, priority: Priority) -> None:
        """Spend the units, or raise QuotaSpent with the seconds until they would be there."""
        now = self._clock.now()
        self._level = min(self._size, self._level + (now - self._at) / 1000 * self._rate)
        self._at = now
        kept = self._size / 5 if priority is Priority.BACKFILL else 0
        needed = min(units + kept, self._size)
        if self._level < needed:
            raise QuotaSpent((needed - self._level) / self._rate)
        self._level -= units

    def pause(self, seconds: float) -> None:
        """Spend what the bucket would hold by then."""
        self._level -= self._size + seconds * self._rate
