import os
import signal
import threading
from collections.abc import Callable, Mapping

import pytest
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer

from inbox_service.deps import Deps
from inbox_service.errors import Unavailable
from workers import valkey
from workers.queue import RqQueue
from workers.worker import make_worker, run

Jobs = Mapping[str, Callable[..., None]]


def work_off(connection: Redis, jobs: Jobs) -> None:
    make_worker(connection, jobs, "tester").work(burst=True, logging_level=None)


def test_a_worker_runs_what_was_hinted(connection: Redis) -> None:
    ran: list[tuple[int, ...]] = []
    RqQueue(connection).hint("sync_mailbox", 1, 2)
    work_off(connection, {"sync_mailbox": lambda *ids: ran.append(ids)})
    assert ran == [(1, 2)]


def test_sends_go_before_syncs(connection: Redis) -> None:
    ran: list[str] = []
    queue = RqQueue(connection)
    queue.hint("sync_mailbox", 1, 2)
    queue.hint("deliver", 1, 9)
    work_off(
        connection,
        {
            "sync_mailbox": lambda *_: ran.append("sync"),
            "deliver": lambda *_: ran.append("send"),
        },
    )
    assert ran == ["send", "sync"]


def test_a_job_may_hint_itself_and_runs_once_more(connection: Redis) -> None:
    queue, ran = RqQueue(connection), []

    def sync(*ids: int) -> None:
        ran.append(ids)
        if len(ran) == 1:
            queue.hint("sync_mailbox", *ids)

    queue.hint("sync_mailbox", 1, 2)
    work_off(connection, {"sync_mailbox": sync})
    assert ran == [(1, 2), (1, 2)]


def test_a_job_that_fails_does_not_stop_the_next(connection: Redis) -> None:
    ran: list[int] = []

    def sync(_site: int, mailbox: int) -> None:
        ran.append(mailbox)
        if mailbox == 1:
            raise ValueError

    queue = RqQueue(connection)
    queue.hint("sync_mailbox", 1, 1)
    queue.hint("sync_mailbox", 1, 2)
    work_off(connection, {"sync_mailbox": sync})
    assert ran == [1, 2]


def test_a_mailbox_whose_job_failed_can_be_hinted_again(connection: Redis) -> None:
    queue, ran = RqQueue(connection), []

    def sync(*ids: int) -> None:
        ran.append(ids)
        raise ValueError

    for _ in range(2):
        queue.hint("sync_mailbox", 1, 2)
        work_off(connection, {"sync_mailbox": sync})
    assert len(ran) == 2


def test_a_name_in_the_queue_cannot_call_other_code(connection: Redis) -> None:
    queue = Queue("sync", connection=connection, serializer=JSONSerializer)
    job = queue.enqueue("os.putenv", "INBOX_TEST_PWNED", "yes")
    work_off(connection, {})
    assert job.get_status() == "failed"
    assert "KeyError" in (job.latest_result().exc_string or "")


def test_finished_jobs_leave_nothing_behind(connection: Redis) -> None:
    RqQueue(connection).hint("sync_mailbox", 1, 2)
    work_off(connection, {"sync_mailbox": lambda *_: None})
    assert connection.keys("rq:job:*") == []


def test_a_worker_finishes_its_job_before_it_obeys_sigterm(connection: Redis) -> None:
    finished = threading.Event()

    def sync(*_ids: int) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        finished.set()

    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    RqQueue(connection).hint("sync_mailbox", 1, 2)
    RqQueue(connection).hint("sync_mailbox", 1, 3)
    make_worker(connection, {"sync_mailbox": sync}, "tester").work(logging_level=None)
    signal.signal(signal.SIGTERM, before[0])
    signal.signal(signal.SIGINT, before[1])
    assert finished.is_set()
    assert len(Queue("sync", connection=connection).job_ids) == 1


def test_a_worker_without_a_server_says_what_to_do(deps: Deps) -> None:
    assert not deps.settings.redis_url
    with pytest.raises(Unavailable, match="inbox up"):
        run(deps)


def test_a_worker_shows_in_the_registry_while_it_works(connection: Redis, valkey_url: str) -> None:
    seen: list[int] = []

    def sync(*_ids: int) -> None:
        seen.append(valkey.connect(valkey_url).scard("rq:workers"))

    RqQueue(connection).hint("sync_mailbox", 1, 2)
    work_off(connection, {"sync_mailbox": sync})
    assert seen == [1]
