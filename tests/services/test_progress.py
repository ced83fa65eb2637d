"""How far a back-fill is, how fast it goes, and how long it will take."""

from __future__ import annotations

from typing import Any

from mail_shop import Shop

from inbox_service.services.progress import Progress, progress_of
from inbox_service.store import sync_runs

MINUTE_MS = 60_000


def running(shop: Shop, done: int, total: int | None) -> None:
    shop.set_mailbox(backfill_state="running", backfill_done=done, backfill_total=total)


def note_run(shop: Shop, minutes_ago: float, read: int, **values: Any) -> None:
    """Note that a sync read so many messages."""
    at = shop.clock.now() - int(minutes_ago * MINUTE_MS)
    row = {"stream": "backfill", "started_at": at, "ended_at": at, "known": 0, **values}
    with shop.deps.sessions.writing() as connection:
        sync_runs.add(connection, shop.mailbox(), outcomes={"ticket": read}, error="", **row)


def progress(shop: Shop) -> Progress:
    with shop.deps.sessions.reading() as connection:
        return progress_of(connection, shop.site_id, shop.mailbox(), shop.clock.now())


def test_a_back_fill_that_is_done_has_neither_pace_nor_time_left(shop: Shop) -> None:
    assert progress(shop) == Progress("done", 0, 0)


def test_the_pace_is_that_of_the_last_minutes(shop: Shop) -> None:
    running(shop, 500, 1100)
    note_run(shop, 60, 9000)
    note_run(shop, 2, 150)
    note_run(shop, 1, 150)
    assert progress(shop) == Progress("running", 500, 1100, per_minute=150, seconds_left=240)


def test_messages_that_are_passed_over_count_for_the_pace(shop: Shop) -> None:
    running(shop, 100, 200)
    note_run(shop, 1, 0, known=100)
    assert progress(shop).seconds_left == 60


def test_live_mail_counts_for_nothing(shop: Shop) -> None:
    running(shop, 100, 200)
    note_run(shop, 1, 50, stream="live")
    assert progress(shop) == Progress("running", 100, 200)


def test_nobody_can_tell_a_pace_in_the_first_seconds(shop: Shop) -> None:
    running(shop, 25, 200)
    note_run(shop, 0.05, 25)
    assert progress(shop).per_minute is None


def test_without_a_total_nobody_can_tell_the_time_left(shop: Shop) -> None:
    running(shop, 25, None)
    note_run(shop, 1, 25)
    assert (progress(shop).per_minute, progress(shop).seconds_left) == (25, None)


def test_a_back_fill_that_stands_still_has_no_time_left_to_tell(shop: Shop) -> None:
    running(shop, 25, 200)
    assert progress(shop) == Progress("running", 25, 200)
