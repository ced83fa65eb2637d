import threading
from collections.abc import Callable

from sqlalchemy import insert, select, update
from structlog.testing import capture_logs

from inbox_service.deps import Deps
from inbox_service.ports import Presence
from inbox_service.services import housekeeping
from inbox_service.store.tables import idempotency, mailboxes, pairing_codes, used_tokens
from inbox_service.testing import START, FakeClock, RecordingQueue, add_site
from workers import listen, schedule
from workers.schedule import Task, run_tasks


def add_mailbox(deps: Deps, site_id: int, due_at: int = START, mailbox_id: int = 5) -> None:
    values = {
        "site_id": site_id,
        "id": mailbox_id,
        "kind": "memory",
        "address": f"box{mailbox_id}@shop.example",
        "config": {},
        "credentials": b"",
        "labels": [],
        "since": START,
        "connected_at": START,
        "due_at": due_at,
    }
    with deps.sessions.writing() as connection:
        connection.execute(insert(mailboxes).values(**values))


def site_of(deps: Deps) -> int:
    with deps.sessions.writing() as connection:
        return add_site(connection)


def hints(deps: Deps) -> list[tuple[str, tuple[int, ...]]]:
    assert isinstance(deps.queue, RecordingQueue)
    return deps.queue.hints


def stopping_after(count: int, action: Callable[[], None], stop: threading.Event) -> Task:
    calls = iter(range(count))

    def act() -> None:
        if next(calls) == count - 1:
            stop.set()
        action()

    return Task("counted", 0.001, act)


def test_a_sweep_hints_the_mailboxes_that_are_due(deps: Deps) -> None:
    site_id = site_of(deps)
    add_mailbox(deps, site_id)
    add_mailbox(deps, site_id, due_at=START + 60_000, mailbox_id=6)
    assert schedule.hint_due_mailboxes(deps) == 1
    assert hints(deps) == [("sync_mailbox", (site_id, 5))]


def test_a_sweep_leaves_a_mailbox_that_somebody_holds(deps: Deps) -> None:
    site_id = site_of(deps)
    add_mailbox(deps, site_id)
    with deps.sessions.writing() as connection:
        held = {"lease_holder": "w1", "lease_until": START + 60_000}
        connection.execute(update(mailboxes).values(**held))
    assert schedule.hint_due_mailboxes(deps) == 0


def test_a_sweep_hints_the_comparison_of_mailboxes_that_are_read_whole(deps: Deps) -> None:
    site_id = site_of(deps)
    add_mailbox(deps, site_id)
    assert schedule.hint_due_comparisons(deps) == 0
    with deps.sessions.writing() as connection:
        connection.execute(update(mailboxes).values(backfill_state="done", live_cursor="m1:1"))
    assert schedule.hint_due_comparisons(deps) == 1
    assert hints(deps) == [("reconcile_mailbox", (site_id, 5))]


def test_a_sweep_with_nothing_to_send_hints_nothing(deps: Deps) -> None:
    assert schedule.hint_due_sends(deps) == 0
    assert hints(deps) == []


def test_the_scheduler_sweeps_sends_and_mailboxes_and_keeps_house(deps: Deps) -> None:
    names = [task.name for task in schedule.sweeps(deps)]
    assert names[:2] == ["sends", "mailboxes"]
    assert {"comparisons", "housekeeping"} <= set(names)
    for task in schedule.sweeps(deps):
        task.action()


def test_a_task_is_done_again_and_again_until_the_stop() -> None:
    stop, done = threading.Event(), []
    run_tasks([stopping_after(3, lambda: done.append(1), stop)], stop)
    assert len(done) == 3


def test_a_sweep_that_fails_stops_neither_itself_nor_the_others() -> None:
    stop, done = threading.Event(), []
    bad = Task("bad", 0.001, lambda: 1 / 0)
    with capture_logs() as logs:
        run_tasks([bad, stopping_after(3, lambda: done.append(1), stop)], stop)
    assert len(done) == 3
    assert {"event": "sweep_failed", "task": "bad"}.items() <= logs[0].items()


def test_listening_hints_due_mailboxes_where_an_agent_is_at_a_ticket(deps: Deps) -> None:
    busy, quiet = site_of(deps), site_of(deps)
    add_mailbox(deps, busy)
    add_mailbox(deps, quiet, mailbox_id=6)
    deps.presence.mark(busy, Presence(7, 42, "viewing"), 7)
    assert listen.hint_watched_mailboxes(deps) == 1
    assert hints(deps) == [("sync_mailbox", (busy, 5))]


def test_listening_leaves_mailboxes_that_are_not_due(deps: Deps) -> None:
    site_id = site_of(deps)
    add_mailbox(deps, site_id, due_at=START + 1000)
    deps.presence.mark(site_id, Presence(7, 42, "viewing"), 7)
    assert listen.hint_watched_mailboxes(deps) == 0


def test_housekeeping_forgets_tokens_only_when_they_have_expired(
    deps: Deps, clock: FakeClock
) -> None:
    site_id = site_of(deps)
    with deps.sessions.writing() as connection:
        for jti, expires_at in (("old", START - 1), ("live", START + 1)):
            row = {"site_id": site_id, "jti": jti, "expires_at": expires_at}
            connection.execute(insert(used_tokens).values(**row))
    assert housekeeping.forget_expired(deps)["used_tokens"] == 1
    with deps.sessions.reading() as connection:
        assert list(connection.execute(select(used_tokens.c.jti)).scalars()) == ["live"]


def test_housekeeping_keeps_responses_for_a_day(deps: Deps, clock: FakeClock) -> None:
    site_id = site_of(deps)
    row = {"site_id": site_id, "actor": "agent:1", "key": "k", "request_hash": "h", "status": 201}
    with deps.sessions.writing() as connection:
        connection.execute(insert(idempotency).values(**row, response={}, created_at=START))
    clock.advance(hours=23)
    assert housekeeping.forget_expired(deps)["idempotency"] == 0
    clock.advance(hours=2)
    assert housekeeping.forget_expired(deps)["idempotency"] == 1


def test_housekeeping_forgets_pairing_codes_a_day_after_their_end(
    deps: Deps, clock: FakeClock
) -> None:
    site_id = site_of(deps)
    row = {"site_id": site_id, "id": 1, "code_hash": "h", "created_at": START}
    with deps.sessions.writing() as connection:
        connection.execute(insert(pairing_codes).values(**row, expires_at=START))
    clock.advance(hours=25)
    assert housekeeping.forget_expired(deps)["pairing_codes"] == 1


def test_what_a_dead_worker_held_is_free_and_what_others_hold_is_not(deps: Deps) -> None:
    site_id = site_of(deps)
    for mailbox_id, holder in ((5, "dead"), (6, "alive")):
        add_mailbox(deps, site_id, mailbox_id=mailbox_id)
        with deps.sessions.writing() as connection:
            connection.execute(
                update(mailboxes)
                .where(mailboxes.c.id == mailbox_id)
                .values(lease_holder=holder, lease_until=START + 60_000)
            )
    assert housekeeping.release_holds(deps, "dead") == 1
    schedule.hint_due_mailboxes(deps)
    assert hints(deps) == [("sync_mailbox", (site_id, 5))]
