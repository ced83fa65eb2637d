"""What `inbox doctor` looks at in the processes: Redis or Valkey, the workers, the clock."""

from __future__ import annotations

from collections.abc import Iterator

from redis import Redis
from redis.exceptions import RedisError
from rq import Worker
from rq.serializers import JSONSerializer

from inbox_service.checks import Finding
from inbox_service.deps import Deps

from . import valkey

_CLOCK_TOLERANCE_SECONDS = 5
_START = "Run `inbox up`, or `inbox worker` where each process is started by itself."


def processes(deps: Deps) -> Iterator[Finding]:
    """Look whether the queue answers, whether anybody works on it, and what time it has."""
    client = valkey.connect(valkey.url_of(deps.settings))
    try:
        client.ping()
        yield Finding("queue", ok=True, detail=_server(client))
        yield _workers(client)
        yield _clock(client, deps)
    except RedisError:
        yield Finding(
            "queue",
            ok=False,
            detail="Redis or Valkey does not answer",
            remedy="Run `inbox up`, or check REDIS_URL and the server it names.",
        )
    finally:
        client.close()


def _server(client: Redis) -> str:
    info = client.info("server")
    return f"{info.get('server_name', 'redis')} {info.get('valkey_version', info['redis_version'])}"


def _workers(client: Redis) -> Finding:
    # A worker's entry ends by itself when its heart has not beaten for a minute.
    workers = Worker.all(connection=client, serializer=JSONSerializer)
    if workers:
        return Finding("workers", ok=True, detail=f"{len(workers)} at work")
    return Finding("workers", ok=False, detail="none at work", remedy=_START)


def _clock(client: Redis, deps: Deps) -> Finding:
    seconds, _ = client.time()
    apart = abs(deps.clock.now() / 1000 - seconds)
    if apart <= _CLOCK_TOLERANCE_SECONDS:
        return Finding("clock", ok=True, detail="agrees with the queue's host")
    return Finding(
        "clock",
        ok=False,
        detail=f"{apart:.0f} s apart from the queue's host",
        remedy="Set both hosts' clocks (NTP): signed requests live for 60 s only.",
    )
