"""The job queue: RQ on Redis or Valkey, and one that runs jobs on the spot."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping

from redis import Redis
from redis.exceptions import RedisError, WatchError
from rq import Queue
from rq.serializers import JSONSerializer
from rq.utils import as_text

from .valkey import Outage

# What each queue takes; workers empty them in this order, so that an answer to a customer does not
# stand behind a back-fill, nor new mail behind what nobody waits for.
QUEUES: Mapping[str, tuple[str, ...]] = {
    "send": ("deliver",),
    "sync": ("sync_mailbox",),
    "desk": ("work_on_bulk",),
    "care": ("reconcile_mailbox", "tidy_draft", "render_preview"),
}
# A batch takes seconds. A job that takes this long hangs, and its lease has run out.
JOB_SECONDS = 300
# A failed job is kept this long for whoever looks for the cause.
_FAILURE_SECONDS = 3600
_MARK_SECONDS = 86_400


class RqQueue:
    """Hints as RQ jobs, each at most once waiting.

    RQ's own unique ids say "exists", not "waits": with them a mailbox that is being synced could
    not be hinted again, and one whose worker was killed would be locked out until the job expired.
    So a mark names the job that was queued last for these ids, and it waits as long as it stands in
    the list.
    """

    def __init__(self, connection: Redis) -> None:
        """Take the client; nothing is sent yet."""
        self._connection = connection
        self._outage = Outage("work waits for a sweep of the scheduler")
        self._queues = {
            job: Queue(name, connection=connection, serializer=JSONSerializer)
            for name, jobs in QUEUES.items()
            for job in jobs
        }

    def hint(self, job: str, *args: int) -> None:
        """Queue the job unless it waits already; a server that is down loses the hint only."""
        try:
            self._enqueue_once(self._queues[job], job, args)
        except WatchError:
            # Somebody queued it in this very moment, which is all we wanted.
            return
        except RedisError as error:
            self._outage.begin(error)
        else:
            self._outage.end()

    def _enqueue_once(self, queue: Queue, job: str, args: tuple[int, ...]) -> None:
        name = "-".join([job, *map(str, args)])
        mark = f"inbox:waiting:{name}"
        with self._connection.pipeline() as pipe:
            pipe.watch(mark)  # type: ignore[no-untyped-call]
            last = pipe.get(mark)
            if last is not None and pipe.lpos(queue.key, as_text(last)) is not None:
                return
            job_id = f"{name}-{secrets.token_hex(4)}"
            pipe.multi()
            pipe.set(mark, job_id, ex=_MARK_SECONDS)
            queue.enqueue_call(
                job,
                args=args,
                job_id=job_id,
                timeout=JOB_SECONDS,
                result_ttl=0,
                failure_ttl=_FAILURE_SECONDS,
                pipeline=pipe,
            )
            pipe.execute()


class InlineQueue:
    """Runs a job where it is hinted: for tests and for commands in the foreground.

    A job that hints while another runs is run after it, not inside it.
    """

    def __init__(self, jobs: Mapping[str, Callable[..., None]]) -> None:
        """Take the jobs by name."""
        self._jobs = jobs
        self._waiting: dict[tuple[str, tuple[int, ...]], None] = {}
        self._running = False

    def hint(self, job: str, *args: int) -> None:
        """Run the job with these ids, and then all that it hinted itself."""
        self._waiting[(job, args)] = None
        if not self._running:
            self._run_all()

    def _run_all(self) -> None:
        self._running = True
        try:
            while self._waiting:
                job, args = next(iter(self._waiting))
                del self._waiting[(job, args)]
                self._jobs[job](*args)
        finally:
            self._running = False
