import pytest
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer

from inbox_service.deps import Deps
from workers.jobs import known_jobs
from workers.queue import QUEUES, InlineQueue, RqQueue


def waiting(connection: Redis, name: str = "sync") -> list[str]:
    return Queue(name, connection=connection, serializer=JSONSerializer).job_ids


def take_first(connection: Redis, name: str = "sync") -> str:
    """Take a job out of the queue as a worker does, and leave its hash where it is."""
    queue = Queue(name, connection=connection, serializer=JSONSerializer)
    job_id = queue.pop_job_id()
    assert job_id is not None
    return job_id


def test_a_hint_waits_in_the_queue_under_its_ids(connection: Redis) -> None:
    RqQueue(connection).hint("sync_mailbox", 1, 2)
    (job_id,) = waiting(connection)
    assert job_id.startswith("sync_mailbox-1-2-")


def test_a_hint_that_waits_is_not_queued_again(connection: Redis) -> None:
    queue = RqQueue(connection)
    for _ in range(3):
        queue.hint("sync_mailbox", 1, 2)
    assert len(waiting(connection)) == 1


def test_hints_with_other_ids_wait_beside_it(connection: Redis) -> None:
    queue = RqQueue(connection)
    queue.hint("sync_mailbox", 1, 2)
    queue.hint("sync_mailbox", 1, 3)
    assert len(waiting(connection)) == 2


def test_a_job_that_was_taken_can_be_hinted_again_while_it_runs(connection: Redis) -> None:
    queue = RqQueue(connection)
    queue.hint("sync_mailbox", 1, 2)
    taken = take_first(connection)
    queue.hint("sync_mailbox", 1, 2)
    assert len(waiting(connection)) == 1
    assert taken not in waiting(connection)


def test_sends_have_a_queue_of_their_own(connection: Redis) -> None:
    RqQueue(connection).hint("deliver", 1, 9)
    assert len(waiting(connection, "send")) == 1
    assert waiting(connection) == []


def test_a_hint_without_a_server_is_lost_quietly(no_connection: Redis) -> None:
    RqQueue(no_connection).hint("sync_mailbox", 1, 2)


def test_what_is_queued_is_json(connection: Redis) -> None:
    RqQueue(connection).hint("sync_mailbox", 1, 2)
    (job,) = Queue("sync", connection=connection, serializer=JSONSerializer).jobs
    assert job.args == [1, 2]
    assert job.func_name == "sync_mailbox"


def test_an_inline_queue_runs_the_job_at_once() -> None:
    ran: list[tuple[int, ...]] = []
    InlineQueue({"deliver": lambda *ids: ran.append(ids)}).hint("deliver", 1, 2)
    assert ran == [(1, 2)]


def test_an_inline_queue_runs_what_a_job_hints_after_it() -> None:
    ran: list[str] = []

    def first() -> None:
        queue.hint("second")
        ran.append("first")

    queue = InlineQueue({"first": first, "second": lambda: ran.append("second")})
    queue.hint("first")
    assert ran == ["first", "second"]


def test_an_inline_queue_goes_on_after_a_job_that_failed() -> None:
    ran: list[str] = []
    queue = InlineQueue({"bad": lambda: 1 / 0, "good": lambda: ran.append("good")})
    with pytest.raises(ZeroDivisionError):
        queue.hint("bad")
    queue.hint("good")
    assert ran == ["good"]


def test_every_job_has_a_queue(deps: Deps) -> None:
    queued = {job for jobs in QUEUES.values() for job in jobs}
    assert queued == known_jobs(deps, "worker").keys()
