"""Provider quota: one token bucket per project and mailbox, shared by every worker."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from redis import Redis
from redis.commands.core import Script
from redis.exceptions import RedisError

from inbox_service.ports import Budget, Priority, RetryLater

from .valkey import Outage

# A full bucket may be spent at once, on top of the minute's refill: ten seconds' worth keeps the
# worst minute at 7/6 of the rate, and the default rate (80 % of Gmail's table) below the quota.
_BURST_SECONDS = 10
# The share of the bucket that a priority leaves for those before it: a back-fill never holds up
# what is new, and nothing holds up an answer to a customer.
_KEPT_FOR_OTHERS = {Priority.SEND: 0.0, Priority.LIVE: 0.05, Priority.BACKFILL: 0.2}
# Without the shared bucket each process keeps to this share of the rate on its own.
_ALONE_SHARE = 0.25
# No call is told to wait less, so that a rounding error does not become a busy loop.
_SHORTEST_WAIT = 0.05

# The server's own clock fills the bucket: the clocks of several hosts differ. A call that costs
# more than the bucket holds is let through when the bucket is full, and leaves a debt.
_TAKE = """
local now = redis.call('TIME')
local at = tonumber(now[1]) + tonumber(now[2]) / 1e6
local units, rate = tonumber(ARGV[1]), tonumber(ARGV[2])
local size, kept = tonumber(ARGV[3]), tonumber(ARGV[4])
local bucket = redis.call('HMGET', KEYS[1], 'level', 'at')
local level = tonumber(bucket[1]) or size
level = math.min(size, level + math.max(0, at - (tonumber(bucket[2]) or at)) * rate)
local needed = math.min(units + kept, size)
if level < needed then
  return tostring((needed - level) / rate)
end
redis.call('HSET', KEYS[1], 'level', tostring(level - units), 'at', string.format('%.6f', at))
redis.call('EXPIRE', KEYS[1], 600)
return '0'
"""


class ValkeyBudgets:
    """The budgets of all mailboxes, at `units_per_minute` each; 0 means no limit."""

    def __init__(self, connection: Redis, units_per_minute: int) -> None:
        """Take the client and the rate."""
        self._script = connection.register_script(_TAKE)
        self._rate = units_per_minute / 60
        self._local: dict[str, _LocalBucket] = {}
        self._lock = threading.Lock()
        self._outage = Outage("each process keeps to a share of the quota on its own")

    def of(self, project: str, mailbox: str) -> Budget:
        """Return the budget of this mailbox in this provider project."""
        if not self._rate:
            return _NoLimit()
        return _SharedBudget(
            script=self._script,
            key=f"inbox:units:{project}:{mailbox}",
            rate=self._rate,
            alone=self._alone(mailbox),
            outage=self._outage,
        )

    def _alone(self, mailbox: str) -> _LocalBucket:
        with self._lock:
            return self._local.setdefault(mailbox, _LocalBucket(self._rate * _ALONE_SHARE))


class _NoLimit:
    def take(self, _units: int, _priority: Priority) -> None:
        return


@dataclass(frozen=True, slots=True)
class _SharedBudget:
    script: Script
    key: str
    rate: float
    alone: _LocalBucket
    outage: Outage

    def take(self, units: int, priority: Priority) -> None:
        size = self.rate * _BURST_SECONDS
        kept = size * _KEPT_FOR_OTHERS[priority]
        try:
            answer = self.script(keys=[self.key], args=[units, self.rate, size, kept])
        except RedisError as error:
            self.outage.begin(error)
            self.alone.take(units, priority)
            return
        self.outage.end()
        _refuse_when_short(float(answer))


@dataclass(slots=True)
class _LocalBucket:
    """The same bucket in this process alone, for as long as the shared one cannot be asked."""

    rate: float
    level: float = 0.0
    at: float = field(default_factory=time.monotonic)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, units: int, priority: Priority) -> None:
        size = self.rate * _BURST_SECONDS
        with self.lock:
            now = time.monotonic()
            self.level = min(size, self.level + (now - self.at) * self.rate)
            self.at = now
            needed = min(units + size * _KEPT_FOR_OTHERS[priority], size)
            if self.level >= needed:
                self.level -= units
                return
            short = needed - self.level
        _refuse_when_short(short / self.rate)


def _refuse_when_short(seconds: float) -> None:
    if seconds > 0:
        raise RetryLater(
            max(seconds, _SHORTEST_WAIT), "The mailbox has spent its quota for the moment."
        )
