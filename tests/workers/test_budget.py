import threading
import time

import pytest
from redis import Redis

from inbox_service.ports import Budget, Priority, RetryLater
from inbox_service.settings import Settings
from workers.budget import Rates, ValkeyBudgets

# 600 a minute is 10 a second: the bucket holds 100.
RATE = 600
SUPPORT = "support@shop.example"


def budget(connection: Redis, mailbox: str = SUPPORT, rate: int = RATE, **others: int) -> Budget:
    return ValkeyBudgets(connection, Rates(rate, **others)).of("project", mailbox)


def age(connection: Redis, seconds: float) -> None:
    """Let this much time have passed for every bucket."""
    for key in connection.keys("inbox:*"):
        for name in ("at", "closed"):
            if connection.hexists(key, name):
                connection.hincrbyfloat(key, name, -seconds)


def full(connection: Redis, **values: int) -> Budget:
    """Return a budget that nobody has used for long."""
    one = budget(connection, **values)
    one.take(0, Priority.SEND)
    age(connection, 86_400)
    return one


def spend_all(one: Budget, priority: Priority, units: int = 5) -> int:
    spent = 0
    try:
        while True:
            one.take(units, priority)
            spent += units
    except RetryLater:
        return spent


def wait_of(one: Budget, units: int, priority: Priority = Priority.SEND) -> float:
    with pytest.raises(RetryLater) as refusal:
        one.take(units, priority)
    return refusal.value.after


def test_a_full_bucket_holds_ten_seconds_of_the_rate(connection: Redis) -> None:
    assert spend_all(full(connection), Priority.SEND) in (100, 105)


def test_a_bucket_that_nobody_knows_holds_one_second_of_the_rate(connection: Redis) -> None:
    assert spend_all(budget(connection), Priority.SEND) in (10, 15)


def test_a_bucket_that_nobody_knows_fills_although_all_are_refused(connection: Redis) -> None:
    one = budget(connection)
    assert 8 < wait_of(one, 80, Priority.BACKFILL) <= 9
    age(connection, 9)
    one.take(80, Priority.BACKFILL)


def test_emptying_the_server_again_and_again_gives_nobody_more(connection: Redis) -> None:
    one, spent = full(connection), 0
    spend_all(one, Priority.SEND)
    started = time.monotonic()
    for _ in range(50):
        connection.flushall()
        spent += spend_all(one, Priority.SEND, units=1)
    assert spent <= 10 * (time.monotonic() - started) + 1


def test_a_backfill_leaves_the_last_fifth_to_others(connection: Redis) -> None:
    one = full(connection)
    assert spend_all(one, Priority.BACKFILL) in (80, 85)
    assert spend_all(one, Priority.LIVE) in (15, 20)


def test_a_send_finds_units_where_live_mail_found_none(connection: Redis) -> None:
    one = full(connection)
    spend_all(one, Priority.LIVE)
    one.take(5, Priority.SEND)


def test_a_refusal_says_when_the_units_will_be_there(connection: Redis) -> None:
    one = full(connection)
    spend_all(one, Priority.SEND)
    assert 4.5 <= wait_of(one, 50) <= 5.1


def test_a_refused_call_takes_nothing(connection: Redis) -> None:
    one = full(connection)
    spend_all(one, Priority.SEND)
    before = wait_of(one, 50)
    assert wait_of(one, 50) <= before


def test_the_bucket_fills_again_with_time(connection: Redis) -> None:
    one = full(connection)
    spend_all(one, Priority.SEND)
    age(connection, 5)
    assert spend_all(one, Priority.SEND) in (50, 55)


def test_workers_share_one_bucket_per_mailbox(connection: Redis) -> None:
    spend_all(full(connection), Priority.SEND)
    wait_of(budget(connection), 10)


def test_mailboxes_have_buckets_of_their_own(connection: Redis) -> None:
    spend_all(full(connection), Priority.SEND)
    budget(connection, "sales@shop.example").take(10, Priority.SEND)


def test_a_call_that_costs_more_than_the_bucket_holds_goes_through_when_full(
    connection: Redis,
) -> None:
    one = full(connection)
    one.take(250, Priority.SEND)
    assert wait_of(one, 1) > 14


def test_zero_means_no_limit(connection: Redis) -> None:
    one = budget(connection, rate=0)
    for _ in range(100):
        one.take(1_000_000, Priority.BACKFILL)
    one.pause(60)
    one.take(1, Priority.BACKFILL)


# --- the project ----------------------------------------------------------------------------------


def test_the_mailboxes_of_a_project_share_its_rate(connection: Redis) -> None:
    spend_all(full(connection, project=RATE), Priority.SEND)
    wait_of(budget(connection, "sales@shop.example", project=RATE), 10)


def test_a_backfill_leaves_a_fifth_of_the_projects_day_to_others(connection: Redis) -> None:
    # A fifth of a day's 5,000 units may be spent at once, and a fifth of that is kept.
    one = full(connection, rate=60_000, project_day=5_000)
    assert spend_all(one, Priority.BACKFILL) in (800, 805)
    assert spend_all(one, Priority.LIVE) in (150, 155)


def test_a_day_that_has_just_begun_to_be_counted_holds_up_nobody(connection: Redis) -> None:
    one = budget(connection, project_day=24 * 60 * RATE)
    one.take(5, Priority.LIVE)
    assert wait_of(one, 5, Priority.BACKFILL) < 3


def test_what_is_new_does_not_stop_a_backfill_on_a_day_just_begun(connection: Redis) -> None:
    one = budget(connection, rate=60_000, project_day=24 * 60 * RATE)
    assert spend_all(one, Priority.LIVE) > 400
    assert wait_of(one, 5, Priority.BACKFILL) < 3


def test_what_the_project_refuses_costs_the_mailbox_nothing(connection: Redis) -> None:
    one = full(connection, project=60)
    spend_all(one, Priority.SEND)
    assert spend_all(budget(connection), Priority.SEND) in (90, 95)


def test_mailboxes_of_unknown_projects_share_nothing(connection: Redis) -> None:
    budgets = ValkeyBudgets(connection, Rates(RATE, project=RATE))
    spend_all(budgets.of("", SUPPORT), Priority.SEND)
    budgets.of("", "sales@shop.example").take(10, Priority.SEND)


def test_the_settings_name_the_rates(tmp_path) -> None:
    settings = Settings.from_env({"INBOX_DATA_DIR": str(tmp_path), "INBOX_WORKERS": "6"})
    assert Rates.of(settings) == Rates(4800, 960_000, 64_000_000, processes=8)


# --- when the provider says that it was too much --------------------------------------------------


def test_a_pause_stops_every_worker_for_as_long_as_was_asked(connection: Redis) -> None:
    full(connection).pause(3600)
    assert 3590 < wait_of(budget(connection), 1) <= 3600


def test_a_pause_stops_one_mailbox_only(connection: Redis) -> None:
    full(connection).pause(3600)
    budget(connection, "sales@shop.example").take(10, Priority.SEND)


def test_a_process_remembers_its_pause_when_the_server_was_emptied(connection: Redis) -> None:
    one = full(connection)
    one.pause(3600)
    connection.flushall()
    assert wait_of(one, 1) > 3590


def test_after_a_pause_the_bucket_is_empty_and_fills_more_slowly(connection: Redis) -> None:
    full(connection).pause(60)
    age(connection, 60)
    # Seven tenths of 10 units a second.
    assert 4.5 <= wait_of(budget(connection), 35) <= 5


def test_ten_minutes_after_a_pause_all_is_as_before(connection: Redis) -> None:
    full(connection).pause(60)
    age(connection, 660)
    one = budget(connection)
    spend_all(one, Priority.SEND)
    assert 2.5 <= wait_of(one, 35) <= 3.5


def test_workers_refused_at_the_same_time_slow_the_pace_once(connection: Redis) -> None:
    for _ in range(10):
        budget(connection).pause(60)
    [pace] = [connection.hget(key, "pace") for key in connection.keys("inbox:units:*")]
    assert float(pace) == pytest.approx(0.7, abs=0.01)


def test_a_shorter_pause_does_not_end_a_longer_one(connection: Redis) -> None:
    one = budget(connection)
    one.pause(3600)
    one.pause(5)
    assert wait_of(budget(connection), 1) > 3590


# --- without the server ---------------------------------------------------------------------------


def test_without_the_server_the_processes_divide_the_rate(no_connection: Redis) -> None:
    one = budget(no_connection, rate=24_000, processes=4)
    started = time.monotonic()
    spent = 0
    while time.monotonic() - started < 0.5:
        spent += spend_all(one, Priority.SEND, units=1)
        time.sleep(0.01)
    # 24,000 a minute is 400 a second; a quarter is 100.
    assert 0 < spent <= 100 * (time.monotonic() - started) + 1


def test_without_the_server_a_pause_holds_in_its_process(no_connection: Redis) -> None:
    one = budget(no_connection)
    one.pause(60)
    assert wait_of(one, 1) > 59


def test_workers_that_take_at_once_never_overdraw(connection: Redis) -> None:
    one, spent = full(connection), []
    threads = [
        threading.Thread(target=lambda: spent.append(spend_all(one, Priority.SEND)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(spent) in (100, 105, 110)
