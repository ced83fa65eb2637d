"""The worker process: takes hints from the queue and runs their jobs."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping

import structlog
from redis import Redis
from rq import Queue, SimpleWorker
from rq.job import Job
from rq.serializers import JSONSerializer

from inbox_service.deps import Deps
from inbox_service.services import housekeeping

from . import jobs, valkey
from .queue import QUEUES

log = structlog.get_logger(__name__)

Jobs = Mapping[str, Callable[..., None]]

# A worker that waits says so this often; one that was killed is forgotten a minute later.
_HEARTBEAT_SECONDS = 30
# RQ waits its `worker_ttl` less 15 s for a job, and beats its heart between two waits.
_WORKER_TTL = _HEARTBEAT_SECONDS + 15


class InboxWorker(SimpleWorker):
    """Runs jobs in its own process, one at a time.

    RQ's forking worker starts a process for every job: 11 ms against 1.5 ms for a job of one
    transaction (200 jobs, SQLite), and each child opens its own database connections and loads the
    connectors again, as connections must not cross a fork. What the fork protects against (a job
    that kills its process) costs a restart by the supervisor here, and nothing is lost by it: the
    truth is rows.
    """

    # After a restart of the server nobody should wait a minute for the next try.
    max_connection_wait_time = 5.0
    log_result_lifespan = False


def run(deps: Deps) -> None:
    """Work until SIGTERM or SIGINT; the job at hand is finished first.

    raises Unavailable when there is no Redis or Valkey.
    """
    url = valkey.url_of(deps.settings)
    valkey.require(url)
    holder = deps.settings.holder or f"worker-{os.getpid()}-{secrets.token_hex(4)}"
    housekeeping.release_holds(deps, holder)
    log.info("worker_started", holder=holder)
    make_worker(valkey.connect(url), jobs.known_jobs(deps, holder), holder).work(logging_level=None)
    deps.sessions.close()


def make_worker(connection: Redis, known: Jobs, holder: str) -> InboxWorker:
    """Return a worker on all queues that runs the jobs of `known`."""
    queues = [Queue(name, connection=connection, serializer=JSONSerializer) for name in QUEUES]
    return InboxWorker(
        queues,
        # A restarted worker keeps its holder, and RQ refuses a name that seems to live still.
        name=f"{holder}-{secrets.token_hex(3)}",
        connection=connection,
        job_class=_job_class(known),
        serializer=JSONSerializer,
        worker_ttl=_WORKER_TTL,
        log_job_description=False,
    )


def _job_class(known: Jobs) -> type[Job]:
    class KnownJob(Job):
        """A job of ours: a name in the queue can never make a worker import and call anything."""

        @property
        def func(self) -> Callable[..., None]:
            return known[self.func_name or ""]

    return KnownJob
