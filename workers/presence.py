"""Who looks at which ticket, in Redis or Valkey, for 15 seconds at a time."""

from __future__ import annotations

from redis import Redis
from redis.exceptions import RedisError
from rq.utils import as_text

from inbox_service.ports import Clock, Presence

from .valkey import Outage

_SECONDS = 15
# An open screen asks for news every 15 s at least; one that is hidden does not ask.
_WATCHED_SECONDS = 40
# One sorted set for all sites: the scheduler asks for all of them at once, every other second.
_WATCHED = "inbox:watched"


class ValkeyPresence:
    """One hash per site: agent id -> "when ticket mode". A server that is down shows nobody.

    Fields of a hash expire by themselves only in the newest servers, so each carries its time, and
    the hash as a whole goes when nobody has marked anything for 15 s.
    """

    def __init__(self, connection: Redis, clock: Clock) -> None:
        """Take the client; nothing is sent yet."""
        self._connection = connection
        self._clock = clock
        self._outage = Outage("nobody sees who else is at a ticket")

    def mark(self, site_id: int, presence: Presence | None, agent_id: int) -> None:
        """Note where the agent is, None for nowhere."""
        now = self._clock.now()
        try:
            with self._connection.pipeline(transaction=False) as pipe:
                pipe.zadd(_WATCHED, {str(site_id): now})
                if presence is None:
                    pipe.hdel(_key(site_id), str(agent_id))
                else:
                    note = f"{now} {presence.ticket_id} {presence.mode}"
                    pipe.hset(_key(site_id), str(agent_id), note)
                    pipe.expire(_key(site_id), _SECONDS)
                pipe.execute()
        except RedisError as error:
            self._outage.begin(error)

    def present(self, site_id: int) -> list[Presence]:
        """Return everybody's presence on the site."""
        try:
            notes = self._connection.hgetall(_key(site_id))
        except RedisError as error:
            self._outage.begin(error)
            return []
        self._outage.end()
        oldest = self._clock.now() - _SECONDS * 1000
        return [
            Presence(int(agent_id), int(ticket_id), mode)
            for agent_id, note in notes.items()
            for at, ticket_id, mode in [as_text(note).split(" ", 2)]
            if int(at) > oldest
        ]

    def watched(self) -> frozenset[int]:
        """Return the sites where an agent has the inbox open; none where nobody can tell."""
        oldest = self._clock.now() - _WATCHED_SECONDS * 1000
        try:
            with self._connection.pipeline(transaction=False) as pipe:
                pipe.zremrangebyscore(_WATCHED, 0, oldest)
                pipe.zrange(_WATCHED, 0, -1)
                _, sites = pipe.execute()
        except RedisError as error:
            self._outage.begin(error)
            return frozenset()
        return frozenset(int(as_text(site)) for site in sites)


def _key(site_id: int) -> str:
    return f"inbox:presence:{site_id}"
