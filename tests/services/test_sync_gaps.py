"""No mail is jumped over: lost cursors, workers that come too late."""

from __future__ import annotations

import pytest
from mail_shop import Shop

from inbox_service.ports import RetryLater
from inbox_service.services import sync
from inbox_service.services.held_mailbox import HeldMailbox, LeaseLost

SLOW_DOWN = RetryLater(5, "Slow down.")


@pytest.fixture
def small(shop: Shop) -> Shop:
    """The shop, whose support@ is listed in pages of two."""
    shop.set_mailbox(config={"mailbox": shop.support.address, "page": 2})
    return shop


def lose(shop: Shop, count: int) -> None:
    """Let mails arrive, and the provider forget that they did."""
    for number in range(count):
        shop.arrive(subject=f"Lost {number}")
    shop.support.expire_cursors()


def miss(shop: Shop, subject: str) -> str:
    """Let a mail arrive that the provider's history never tells of."""
    provider_id = shop.arrive(subject=subject)
    shop.support.forget_last_change()
    return provider_id


# --- a lost cursor ------------------------------------------------------------------------------


def test_what_a_lost_cursor_hid_is_found_over_many_pages(small: Shop) -> None:
    lose(small, 7)
    small.sync()
    assert len(small.tickets()) == 7
    assert not small.sync().found


def test_a_lost_cursor_stays_until_everything_was_compared(small: Shop) -> None:
    before = small.mailbox()["live_cursor"]
    lose(small, 5)
    small.support.fail_next("backfill", SLOW_DOWN)
    small.look_once()
    assert small.mailbox()["live_cursor"] == before
    small.sync()
    row = small.mailbox()
    assert row["live_cursor"] not in (None, before)
    assert (row["gap_cursor"], row["diff_cursor"], row["state"]) == (None, None, "healthy")


def test_a_mailbox_is_not_called_healthy_while_something_may_be_missing(small: Shop) -> None:
    lose(small, 2)
    small.support.fail_next("backfill", SLOW_DOWN)
    looked_at = small.mailbox()["live_cursor_at"]
    small.look_once()
    small.support.fail_next("backfill", SLOW_DOWN)
    small.look_once()
    row = small.mailbox()
    assert (row["state"], row["live_cursor_at"]) == ("syncing", looked_at)


def test_new_mail_comes_in_while_what_was_lost_is_looked_for(small: Shop) -> None:
    lose(small, 5)
    small.support.fail_next("backfill", SLOW_DOWN, SLOW_DOWN)
    small.look_once()
    small.arrive(subject="Fresh")
    small.look_once()
    assert [row["subject"] for row in small.tickets()] == ["Fresh"]
    small.sync()
    assert len(small.tickets()) == 6


def test_a_comparison_goes_on_where_the_quota_ended_it(small: Shop) -> None:
    lose(small, 6)
    small.support.fail_next("fetch", SLOW_DOWN, after=3)
    small.look_once()
    assert len(small.tickets()) == 3
    assert small.mailbox()["diff_cursor"] is not None
    small.sync()
    assert len(small.tickets()) == 6


def test_a_cursor_lost_again_during_the_comparison_begins_it_anew(small: Shop) -> None:
    lose(small, 4)
    small.support.fail_next("fetch", SLOW_DOWN, after=2)
    small.look_once()
    lose(small, 3)
    small.sync()
    assert len(small.tickets()) == 7


def test_mail_that_an_outage_of_ten_days_held_up_is_a_ticket_that_starts_nothing(
    shop: Shop,
) -> None:
    shop.arrive(subject="Early")
    shop.clock.advance(hours=10 * 24)
    shop.arrive(subject="Late")
    shop.support.expire_cursors()
    shop.sync()
    assert [(row["subject"], row["status"], row["from_before"]) for row in shop.tickets()] == [
        ("Early", "open", False),
        ("Late", "open", False),
    ]
    opened = [event["data"] for event in shop.events() if event["kind"] == "ticket_opened"]
    assert [data["history"] for data in opened] == [True, False]


# --- workers that come too late -------------------------------------------------------------------


def held(shop: Shop, holder: str = "test") -> HeldMailbox:
    found = HeldMailbox.take(shop.deps, shop.site_id, shop.support_id, holder)
    assert found is not None
    return found


@pytest.mark.parametrize("column", ["live_cursor", "gap_cursor", "backfill_cursor", "diff_cursor"])
def test_a_late_worker_with_an_old_cursor_stores_nothing(shop: Shop, column: str) -> None:
    late = held(shop)
    shop.set_mailbox(**{column: "m1:999"})
    with pytest.raises(LeaseLost), shop.deps.sessions.writing() as connection:
        late.write(connection, {column: "m1:5"}, shop.clock.now())
    assert shop.mailbox()[column] == "m1:999"


def test_a_worker_whose_lease_another_took_stores_nothing(shop: Shop) -> None:
    late = held(shop, "slow")
    shop.clock.advance(seconds=121)
    shop.arrive()
    shop.sync()
    with pytest.raises(LeaseLost), shop.deps.sessions.writing() as connection:
        late.write(connection, {"live_cursor": "m1:0"}, shop.clock.now())


def test_a_worker_that_lost_its_mailbox_says_so_and_changes_nothing_of_it(shop: Shop) -> None:
    late = held(shop, "slow")
    shop.clock.advance(seconds=121)
    shop.sync()
    before = shop.mailbox()
    with shop.deps.sessions.writing() as connection:
        assert not late.release(connection, {"state": "stopped"}, shop.clock.now())
    assert shop.mailbox() == before


def test_whoever_makes_a_mailbox_due_during_a_sync_has_it_synced_again(shop: Shop) -> None:
    busy = held(shop)
    asked_at = shop.clock.advance(seconds=1)
    shop.set_mailbox(due_at=asked_at)
    with shop.deps.sessions.writing() as connection:
        busy.release(connection, {}, asked_at + 60_000)
    assert sync.due_mailboxes(shop.deps)[0] == (shop.site_id, shop.support_id)
