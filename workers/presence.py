"""Who looks at which ticket, in Redis or Valkey, for 15 seconds at a time."""

from __future__ import annotations

from redis import Redis
from redis.exceptions import RedisError
from rq.utils import as_text

from inbox_service.ports import Clock, Presence

from .valkey import Outage

_SECONDS = 15


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
        try:
            if presence is None:
                self._connection.hdel(_key(site_id), str(agent_id))
                return
            note = f"{self._clock.now()} {presence.ticket_id} {presence.mode}"
            with self._connection.pipeline() as pipe:
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


def _key(site_id: int) -> str:
    return f"inbox:presence:{site_id}"
