"""A mailbox synced by hand."""

import pytest
from mail_shop import SUPPORT, Shop

from inbox_service.errors import Conflict, NotFound, Unavailable
from inbox_service.ports import ConnectorBroken, RetryLater
from inbox_service.services.foreground import sync_until_done
from inbox_service.store.tables import mailboxes


def no_rest(_seconds: float) -> None:
    return


def test_a_sync_by_hand_tells_what_each_batch_brought(shop: Shop) -> None:
    shop.arrive()
    shop.arrive(Subject="And my invoice?")
    outcomes = list(sync_until_done(shop.deps, SUPPORT, "me", no_rest))
    assert [outcome.found for outcome in outcomes] == [{"ticket": 2}]


def test_a_sync_by_hand_goes_on_until_the_history_is_read(shop: Shop) -> None:
    with shop.deps.sessions.writing() as connection:
        connection.execute(mailboxes.update().values(live_cursor=None, backfill_state="pending"))
    for number in range(120):
        shop.arrive(Subject=f"Order {number}")
    outcomes = list(sync_until_done(shop.deps, SUPPORT, "me", no_rest))
    assert len(outcomes) > 1
    assert sum(outcome.found["ticket"] for outcome in outcomes) == 120


def test_a_pause_of_the_provider_is_waited_for(shop: Shop) -> None:
    shop.arrive()
    shop.support.fail_next("changes", RetryLater(3.0, "slow down"))
    rests: list[float] = []
    outcomes = list(sync_until_done(shop.deps, SUPPORT, "me", rests.append))
    assert [outcome.pause_s for outcome in outcomes] == [3, 0]
    assert rests == [3.0]


def test_a_mailbox_that_is_broken_is_not_tried_again(shop: Shop) -> None:
    shop.support.fail_next("changes", ConnectorBroken("The API is switched off."))
    with pytest.raises(Unavailable, match="switched off"):
        list(sync_until_done(shop.deps, SUPPORT, "me", no_rest))


def test_a_mailbox_that_a_worker_holds_is_left_to_it(shop: Shop) -> None:
    with shop.deps.sessions.writing() as connection:
        held = {"lease_holder": "worker", "lease_until": shop.clock.now() + 60_000}
        connection.execute(mailboxes.update().values(**held))
    with pytest.raises(Conflict, match="another process"):
        list(sync_until_done(shop.deps, SUPPORT, "me", no_rest))


def test_a_mailbox_that_is_not_connected_is_named(shop: Shop) -> None:
    with pytest.raises(NotFound, match=r"nobody@shop\.example"):
        list(sync_until_done(shop.deps, "nobody@shop.example", "me", no_rest))
