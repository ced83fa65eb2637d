"""Provider quota: token buckets per mailbox and per project, shared by every worker."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from redis import Redis
from redis.commands.core import Script
from redis.exceptions import RedisError

from inbox_service.ports import Budget, Priority, QuotaSpent
from inbox_service.settings import Settings

from .valkey import Outage

# A full bucket may be spent at once, on top of the minute's refill: ten seconds' worth keeps the
# worst minute at 7/6 of the rate, and the default rate (80 % of Gmail's table) below the quota.
_BURST_SECONDS = 10
_DAY_SECONDS = 86_400
# For the same reason: a day begun with a full bucket spends 6/5 of the day's rate.
_DAY_BURST_SECONDS = _DAY_SECONDS / 5
# The share of the bucket that a priority leaves for those before it: a back-fill never holds up
# what is new, and nothing holds up an answer to a customer.
_KEPT_FOR_OTHERS = {Priority.SEND: 0.0, Priority.LIVE: 0.05, Priority.BACKFILL: 0.2}
# No call is told to wait less, so that a rounding error does not become a busy loop.
_SHORTEST_WAIT = 0.05

# The server's own clock fills the buckets: the clocks of several hosts differ. A call that costs
# more than a bucket holds is let through when it is full, and leaves a debt. A bucket that nobody
# knows holds a second's worth for a process that has not spent anything yet, and nothing for
# others: after FLUSHALL it may have been spent a moment ago. A day's bucket holds a quarter
# besides: the fifth that is kept for others and something to go on with, or a back-fill could do
# nothing for an hour. `pace` is the share of
# the rate that the provider was last seen to bear; it comes back within ten minutes.
_FILL = """
local now = redis.call('TIME')
local at = tonumber(now[1]) + tonumber(now[2]) / 1e6
local function keep(key, level, pace, since)
  redis.call('HSET', key, 'level', tostring(level), 'pace', tostring(pace),
             'at', string.format('%.6f', since))
end
local function fill(key, rate, size, unknown)
  if size > 3600 * rate then unknown = unknown + 0.25 * size end
  if redis.call('EXISTS', key) == 0 then keep(key, math.min(size, unknown), 1, at) end
  local known = redis.call('HMGET', key, 'level', 'at', 'pace', 'closed')
  local passed = math.max(0, at - tonumber(known[2]))
  local pace = math.min(1, tonumber(known[3]) + passed / 600)
  local level = math.min(size, tonumber(known[1]) + passed * rate * pace)
  return level, pace, (tonumber(known[4]) or 0) - at
end
"""
_TAKE = (
    _FILL
    + """
local units, kept, is_new = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local levels, paces, wait = {}, {}, 0
for n, key in ipairs(KEYS) do
  local rate, size = tonumber(ARGV[3 * n + 1]), tonumber(ARGV[3 * n + 2])
  local level, pace, closed = fill(key, rate, size, is_new * rate)
  local short = math.min(units + kept * size, size) - level
  wait = math.max(wait, closed, short / (rate * pace))
  levels[n], paces[n] = level - units, pace
  redis.call('EXPIRE', key, math.ceil(math.max(closed, 0)) + ARGV[3 * n + 3])
end
if wait > 0 then return tostring(wait) end
for n, key in ipairs(KEYS) do keep(key, levels[n], paces[n], at) end
return '0'
"""
)
# Many workers may be refused at once; only the first of them slows the pace. Nothing is filled
# while the provider wants a pause, so that there is no burst at its end.
_PAUSE = (
    _FILL
    + """
local level, pace, closed = fill(KEYS[1], tonumber(ARGV[2]), tonumber(ARGV[3]), 0)
if closed <= 0 then pace = math.max(0.25, pace * 0.7) end
local seconds = math.max(closed, tonumber(ARGV[1]))
keep(KEYS[1], math.min(level, 0), pace, at + seconds)
redis.call('HSET', KEYS[1], 'closed', string.format('%.6f', at + seconds))
redis.call('EXPIRE', KEYS[1], math.ceil(seconds) + 600)
"""
)


@dataclass(frozen=True, slots=True)
class Rates:
    """What may be spent: units a minute by a mailbox, and by a whole project a minute and a day.

    0 means no limit. `processes` is how many share the rate where no server can be asked.
    """

    mailbox: int
    project: int = 0
    project_day: int = 0
    processes: int = 4

    @classmethod
    def of(cls, settings: Settings) -> Rates:
        """Return the rates of the settings."""
        return cls(
            settings.gmail_units_per_minute,
            settings.gmail_project_units_per_minute,
            settings.gmail_project_units_per_day,
            # The workers and web processes, and the one that listens.
            settings.workers + settings.web_processes + 1,
        )


@dataclass(frozen=True, slots=True)
class _Bucket:
    """A bucket's key, its rate in units per second, and how many seconds' worth it holds."""

    key: str
    rate: float
    seconds: float

    def arguments(self) -> tuple[float, float, int]:
        # Forgotten only when it would be full again anyway.
        return self.rate, self.rate * self.seconds, int(self.seconds) + 600


class ValkeyBudgets:
    """The budgets of all mailboxes, each within its own rates and those of its project."""

    def __init__(self, connection: Redis, rates: Rates) -> None:
        """Take the client and the rates."""
        self._take = connection.register_script(_TAKE)
        self._pause = connection.register_script(_PAUSE)
        self._rates = rates
        self._local: dict[str, _LocalBucket] = {}
        self._lock = threading.Lock()
        self._outage = Outage("each process keeps to a share of the quota on its own")

    def of(self, project: str, mailbox: str) -> Budget:
        """Return the budget of this mailbox in this provider project, "" where it is not known."""
        if not self._rates.mailbox:
            return _NoLimit()
        return _SharedBudget(
            take_script=self._take,
            pause_script=self._pause,
            buckets=self._buckets(project, mailbox),
            alone=self._alone(f"{project}:{mailbox}"),
            outage=self._outage,
        )

    def _buckets(self, project: str, mailbox: str) -> tuple[_Bucket, ...]:
        rates = self._rates
        found = [
            _Bucket(f"inbox:units:{project}:{mailbox}", rates.mailbox / 60, _BURST_SECONDS),
            _Bucket(f"inbox:project-units:{project}", rates.project / 60, _BURST_SECONDS),
            _Bucket(
                f"inbox:project-day:{project}", rates.project_day / _DAY_SECONDS, _DAY_BURST_SECONDS
            ),
        ]
        # Mailboxes whose project nobody knows are not known to share one either.
        return tuple(bucket for bucket in (found if project else found[:1]) if bucket.rate)

    def _alone(self, key: str) -> _LocalBucket:
        share = self._rates.mailbox / 60 / self._rates.processes
        with self._lock:
            return self._local.setdefault(key, _LocalBucket(share))


class _NoLimit:
    def take(self, _units: int, _priority: Priority) -> None:
        return

    def pause(self, _seconds: float) -> None:
        return


@dataclass(frozen=True, slots=True)
class _SharedBudget:
    take_script: Script
    pause_script: Script
    buckets: Sequence[_Bucket]
    alone: _LocalBucket
    outage: Outage

    def take(self, units: int, priority: Priority) -> None:
        # Known here even where the server was emptied meanwhile.
        self.alone.refuse_while_closed()
        limits = [value for bucket in self.buckets for value in bucket.arguments()]
        try:
            answer = self.take_script(
                keys=[bucket.key for bucket in self.buckets],
                args=[units, _KEPT_FOR_OTHERS[priority], int(self.alone.is_new), *limits],
            )
        except RedisError as error:
            self.outage.begin(error)
            self.alone.take(units, priority)
            return
        self.outage.end()
        _refuse_when_short(float(answer))
        self.alone.is_new = False

    def pause(self, seconds: float) -> None:
        self.alone.pause(seconds)
        own = self.buckets[0]
        try:
            self.pause_script(keys=[own.key], args=[seconds, *own.arguments()])
        except RedisError as error:
            self.outage.begin(error)


@dataclass(slots=True)
class _LocalBucket:
    """The same bucket in this process alone, for as long as the shared one cannot be asked.

    `is_new` until the process has spent something of the shared one.
    """

    rate: float
    level: float = 0.0
    at: float = field(default_factory=time.monotonic)
    closed_until: float = 0.0
    is_new: bool = True
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

    def pause(self, seconds: float) -> None:
        with self.lock:
            self.closed_until = max(self.closed_until, time.monotonic() + seconds)
            self.level = min(self.level, 0.0)

    def refuse_while_closed(self) -> None:
        _refuse_when_short(self.closed_until - time.monotonic())


def _refuse_when_short(seconds: float) -> None:
    if seconds > 0:
        raise QuotaSpent(
            max(seconds, _SHORTEST_WAIT), "The mailbox has spent its quota for the moment."
        )
