import threading
import time

import pytest
from redis import Redis

from inbox_service.ports import Budget, Priority, RetryLater
from workers.budget import ValkeyBudgets

# 600 a minute is 10 a second: the bucket holds 100.
RATE = 600


def budget(connection: Redis, mailbox: str = "support@shop.example", rate: int = RATE) -> Budget:
    return ValkeyBudgets(connection, rate).of("project", mailbox)


def spend_all(one: Budget, priority: Priority, units: int = 5) -> int:
    spent = 0
    try:
        while True:
            one.take(units, priority)
            spent += units
    except RetryLater:
        return spent


def test_a_full_bucket_holds_ten_seconds_of_the_rate(connection: Redis) -> None:
    assert spend_all(budget(connection), Priority.SEND) in (100, 105)


def test_a_backfill_leaves_the_last_fifth_to_others(connection: Redis) -> None:
    one = budget(connection)
    assert spend_all(one, Priority.BACKFILL) in (80, 85)
    assert spend_all(one, Priority.LIVE) in (15, 20)


def test_a_send_finds_units_where_live_mail_found_none(connection: Redis) -> None:
    one = budget(connection)
    spend_all(one, Priority.LIVE)
    one.take(5, Priority.SEND)


def test_a_refusal_says_when_the_units_will_be_there(connection: Redis) -> None:
    one = budget(connection)
    spend_all(one, Priority.SEND)
    with pytest.raises(RetryLater) as refusal:
        one.take(50, Priority.SEND)
    assert 4.5 <= refusal.value.after <= 5.1


def test_the_bucket_fills_again_with_time(connection: Redis) -> None:
    one = budget(connection, rate=60_000)
    spend_all(one, Priority.SEND, units=5000)
    time.sleep(0.15)
    one.take(100, Priority.SEND)


def test_workers_share_one_bucket_per_mailbox(connection: Redis) -> None:
    spend_all(budget(connection), Priority.SEND)
    with pytest.raises(RetryLater):
        budget(connection).take(10, Priority.SEND)


def test_mailboxes_have_buckets_of_their_own(connection: Redis) -> None:
    spend_all(budget(connection), Priority.SEND)
    budget(connection, "sales@shop.example").take(10, Priority.SEND)


def test_a_call_that_costs_more_than_the_bucket_holds_goes_through_when_full(
    connection: Redis,
) -> None:
    one = budget(connection)
    one.take(250, Priority.SEND)
    with pytest.raises(RetryLater) as refusal:
        one.take(1, Priority.SEND)
    assert refusal.value.after > 14


def test_zero_means_no_limit(connection: Redis) -> None:
    one = budget(connection, rate=0)
    for _ in range(100):
        one.take(1_000_000, Priority.BACKFILL)


def test_without_the_server_each_process_keeps_to_a_quarter_of_the_rate(
    no_connection: Redis,
) -> None:
    one = budget(no_connection, rate=24_000)
    started = time.monotonic()
    spent = 0
    while time.monotonic() - started < 0.5:
        spent += spend_all(one, Priority.SEND, units=1)
        time.sleep(0.01)
    # 24,000 a minute is 400 a second; a quarter is 100.
    assert 0 < spent <= 100 * (time.monotonic() - started) + 1


def test_workers_that_take_at_once_never_overdraw(connection: Redis) -> None:
    one, spent = budget(connection), []
    threads = [
        threading.Thread(target=lambda: spent.append(spend_all(one, Priority.SEND)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(spent) in (100, 105, 110)
