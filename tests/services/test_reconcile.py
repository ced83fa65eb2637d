"""A mailbox compared with its provider: everything shown is accounted for, or fetched."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from mail_shop import SUPPORT, Shop
from sqlalchemy import select

from inbox_service.domain.mail import INBOX, SENT
from inbox_service.errors import Conflict, NotFound, Unavailable
from inbox_service.ports import ConnectorBroken, RetryLater
from inbox_service.services import reconcile
from inbox_service.store.tables import mailboxes as mailbox_rows
from inbox_service.store.tables import receipts, reconciliations, waiting_ids
from inbox_service.testing import FakeClock

DAY_MS = 24 * 3600 * 1000


def compared(shop: Shop) -> dict[str, Any]:
    """Compare support@ here and now; return the result."""
    list(reconcile.compare(shop.deps, SUPPORT, "test", rest=lambda _: None))
    return reconcile.last_result(shop.deps, SUPPORT)


def work(shop: Shop) -> bool:
    return reconcile.work_on(shop.deps, shop.site_id, shop.support_id, "worker")


def row(shop: Shop) -> dict[str, Any]:
    mine = reconciliations.c.mailbox_id == shop.support_id
    return shop.rows(reconciliations, mine)[0]


def is_due(shop: Shop) -> bool:
    return (shop.site_id, shop.support_id) in reconcile.due(shop.deps)


def lose_receipt(shop: Shop, provider_id: str) -> None:
    """Forget a mail, as a bug or a restored backup would."""
    lost = receipts.c.provider_id == provider_id
    named = waiting_ids.c.receipt_id.in_(select(receipts.c.id).where(lost))
    with shop.deps.sessions.writing() as connection:
        connection.execute(waiting_ids.delete().where(named))
        connection.execute(receipts.delete().where(lost))


def hold(shop: Shop, holder: str | None, until: int | None) -> None:
    mine = mailbox_rows.c.id == shop.support_id
    with shop.deps.sessions.writing() as connection:
        held = {"lease_holder": holder, "lease_until": until}
        connection.execute(mailbox_rows.update().where(mine).values(**held))


def park(shop: Shop) -> str:
    """Let an automatic reply arrive, which is parked and so in no ticket."""
    return shop.arrive(subject="Away", Auto_Submitted="auto-replied")


def test_everything_the_provider_shows_is_accounted_for(shop: Shop) -> None:
    shop.arrive(subject="One")
    shop.arrive(subject="Two")
    park(shop)
    shop.sync()
    result = compared(shop)
    assert (result["shown"], result["accounted"], result["missing"]) == (3, 3, 0)
    assert result["outcomes"] == {"parked": 1, "ticket": 2}


def test_an_empty_mailbox_is_accounted_for(shop: Shop) -> None:
    assert compared(shop)["shown"] == 0


def test_a_mail_without_receipt_is_fetched_by_the_ordinary_way(shop: Shop) -> None:
    lost = park(shop)
    shop.sync()
    lose_receipt(shop, lost)
    shop.clock.advance(hours=1)
    result = compared(shop)
    assert (result["shown"], result["missing"], result["fetched"]) == (1, 0, 1)
    assert shop.outcomes() == ["parked"]


def test_mail_that_came_meanwhile_was_not_missing(shop: Shop) -> None:
    shop.arrive()
    result = compared(shop)
    assert (result["shown"], result["missing"], result["fetched"]) == (1, 0, 0)
    assert shop.outcomes() == ["ticket"]


def test_more_missing_mail_than_one_portion_is_fetched(shop: Shop) -> None:
    lost = [park(shop) for _ in range(30)]
    shop.sync()
    for provider_id in lost:
        lose_receipt(shop, provider_id)
    assert compared(shop)["fetched"] == 30
    assert shop.outcomes() == ["parked"] * 30


def test_a_mail_in_two_labels_is_one_mail(shop: Shop) -> None:
    shop.support.deliver(shop.mail(), labels=[INBOX, SENT])
    shop.sync()
    assert compared(shop)["shown"] == 1


def test_a_mail_that_cannot_be_fetched_stays_missing_until_it_can(shop: Shop) -> None:
    lost = park(shop)
    shop.sync()
    lose_receipt(shop, lost)
    shop.support.fail_next("fetch", ConnectorBroken("It makes no sense."))
    with pytest.raises(Unavailable, match="It makes no sense"):
        compared(shop)
    assert row(shop)["error"] == "It makes no sense."


def test_a_rate_limit_is_waited_for(shop: Shop) -> None:
    shop.arrive()
    shop.sync()
    rests: list[float] = []
    shop.support.fail_next("backfill", RetryLater(7))
    list(reconcile.compare(shop.deps, SUPPORT, "test", rests.append))
    assert rests == [7]
    assert reconcile.last_result(shop.deps, SUPPORT)["shown"] == 1


def test_a_mailbox_that_is_being_read_is_waited_for(shop: Shop) -> None:
    shop.arrive()
    hold(shop, "other", shop.clock.now() + 60_000)
    rests: list[float] = []

    def rest(seconds: float) -> None:
        rests.append(seconds)
        hold(shop, None, None)

    list(reconcile.compare(shop.deps, SUPPORT, "test", rest))
    assert len(rests) == 1
    assert reconcile.last_result(shop.deps, SUPPORT)["missing"] == 0


def test_an_interrupted_comparison_can_be_taken_up_at_once(shop: Shop) -> None:
    shop.arrive()
    shop.sync()
    steps = reconcile.compare(shop.deps, SUPPORT, "first")
    next(steps)
    steps.close()
    assert row(shop)["claim_holder"] is None
    list(reconcile.compare(shop.deps, SUPPORT, "second"))
    assert reconcile.last_result(shop.deps, SUPPORT)["shown"] == 1


def test_two_do_not_compare_a_mailbox_at_once(shop: Shop) -> None:
    shop.arrive()
    shop.sync()
    steps = reconcile.compare(shop.deps, SUPPORT, "first")
    next(steps)
    with pytest.raises(Conflict, match="another process"):
        compared(shop)
    assert not work(shop)


def test_whoever_lost_the_claim_stores_nothing(shop: Shop) -> None:
    shop.arrive()
    shop.sync()
    steps = reconcile.compare(shop.deps, SUPPORT, "late")
    next(steps)
    shop.clock.advance(ms=reconcile.CLAIM_MS + 1)
    compared(shop)
    before = row(shop)
    list(steps)
    assert row(shop) == before


# --- each night ------------------------------------------------------------------------------


def test_a_mailbox_is_compared_once_it_is_read_whole_and_then_each_night(shop: Shop) -> None:
    assert is_due(shop)
    assert not work(shop)
    assert row(shop)["result"]["missing"] == 0
    assert not is_due(shop)
    shop.clock.advance(hours=36)
    assert is_due(shop)


def test_a_mailbox_that_is_not_read_whole_is_not_due(shop: Shop) -> None:
    mine = mailbox_rows.c.id == shop.support_id
    with shop.deps.sessions.writing() as connection:
        values = {"backfill_state": "running"}
        connection.execute(mailbox_rows.update().where(mine).values(**values))
    assert not is_due(shop)
    with pytest.raises(Conflict, match="first time"):
        compared(shop)


def test_a_stopped_mailbox_is_not_due_and_says_why(shop: Shop) -> None:
    shop.support.revoke()
    shop.sync()
    assert not is_due(shop)
    assert not work(shop)
    with pytest.raises(Conflict, match="not being read"):
        compared(shop)


def test_a_long_comparison_lets_others_in_between_and_goes_on(shop: Shop) -> None:
    for _ in range(130):
        park(shop)
    shop.sync()
    slow = replace(shop.deps, clock=SlowClock(shop.clock))
    key = (shop.site_id, shop.support_id)
    assert reconcile.work_on(slow, *key, "worker")
    paused = row(shop)
    assert (paused["tally"]["shown"], paused["claim_holder"]) == (100, None)
    assert not reconcile.work_on(slow, *key, "another worker")
    assert row(shop)["result"]["shown"] == 130


@dataclass
class SlowClock:
    """A clock by which every step takes as long as a worker has for one mailbox."""

    clock: FakeClock

    def now(self) -> int:
        return self.clock.advance(ms=reconcile.SLICE_MS)


def test_a_quota_that_ends_puts_the_comparison_off(shop: Shop) -> None:
    shop.support.fail_next("backfill", RetryLater(90))
    assert not work(shop)
    assert row(shop)["due_at"] == shop.clock.now() + 90_000
    assert not is_due(shop)


def test_a_comparison_that_failed_keeps_the_last_result_and_is_tried_again(shop: Shop) -> None:
    shop.arrive()
    shop.sync()
    work(shop)
    shop.clock.advance(hours=36)
    shop.support.fail_next("backfill", ConnectorBroken("No list today."))
    work(shop)
    assert (row(shop)["error"], row(shop)["result"]["shown"]) == ("No list today.", 1)
    shop.clock.advance(hours=1, seconds=1)
    assert is_due(shop)
    work(shop)
    assert row(shop)["error"] == ""


def test_a_comparison_that_stood_still_for_long_begins_again(shop: Shop) -> None:
    shop.arrive()
    shop.sync()
    steps = reconcile.compare(shop.deps, SUPPORT, "first")
    next(steps)
    steps.close()
    began = row(shop)["started_at"]
    shop.clock.advance(hours=2)
    assert compared(shop)["started_at"] > began


def test_a_failing_comparison_leaves_the_mailbox_healthy(shop: Shop) -> None:
    shop.support.fail_next("backfill", ConnectorBroken("No list today."))
    work(shop)
    assert shop.rows(mailbox_rows, mailbox_rows.c.id == shop.support_id)[0]["state"] == "healthy"


def test_what_was_never_compared_has_no_result(shop: Shop) -> None:
    with pytest.raises(NotFound, match="not compared yet"):
        reconcile.last_result(shop.deps, SUPPORT)
