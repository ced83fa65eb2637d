"""How far back a mailbox is read and which labels: chosen when connecting, and after."""

from __future__ import annotations

from typing import Any

import pytest
from mail_shop import SALES, Shop

from inbox_service.domain.mail import INBOX, SENT, UNREAD
from inbox_service.errors import Invalid
from inbox_service.services.scopes import rescoped

DAY_MS = 24 * 3600 * 1000


def old_mail(shop: Shop, days: float, *labels: str, **headers: str) -> str:
    """Put a mail of some days ago into sales@, of which the history tells nothing."""
    at = shop.clock.now() - int(days * DAY_MS)
    raw = shop.mail(**{"To": SALES, "Message_ID": f"<old{days}@x>", **headers})
    ref = shop.sales.deliver(raw, labels=labels or (INBOX,), received_at=at)
    shop.sales.forget_last_change()
    return ref.provider_id


def rescope(shop: Shop, **settings: Any) -> None:
    """Choose another depth or other labels for sales@, as its owner does."""
    row = shop.mailbox(shop.sales_id)
    shop.set_mailbox(shop.sales_id, **rescoped(row, settings, shop.clock.advance(seconds=1)))


def subjects(shop: Shop) -> list[str]:
    return [row["subject"] for row in shop.tickets()]


def test_a_greater_depth_reads_what_is_older_and_passes_over_what_is_known(shop: Shop) -> None:
    old_mail(shop, 5, subject="Recent")
    rescope(shop, depth_days=180)
    shop.sync(shop.sales_id)
    old_mail(shop, 300, subject="Ancient")
    rescope(shop, depth_days=None)
    outcome = shop.sync(shop.sales_id)
    assert (outcome.found, outcome.known) == ({"ticket": 1}, 1)
    assert subjects(shop) == ["Recent", "Ancient"]


def test_another_label_is_read_from_its_beginning(shop: Shop) -> None:
    old_mail(shop, 2, "Label_7", subject="Filed away")
    rescope(shop, labels=[INBOX, SENT, "Label_7"])
    shop.sync(shop.sales_id)
    assert subjects(shop) == ["Filed away"]


def test_what_a_wider_scope_finds_is_history_though_it_came_after_connecting(shop: Shop) -> None:
    shop.clock.advance(hours=48)
    old_mail(shop, 1, "Label_7", INBOX)
    rescope(shop, labels=[INBOX, SENT, "Label_7"])
    shop.sync(shop.sales_id)
    assert shop.ticket()["from_before"]


def test_live_mail_after_a_wider_scope_is_no_history(shop: Shop) -> None:
    rescope(shop, depth_days=None)
    shop.arrive(to=shop.sales, To=SALES)
    shop.sync(shop.sales_id)
    assert not shop.ticket()["from_before"]


def test_less_leaves_what_was_read_and_reads_nothing_again(shop: Shop) -> None:
    row = shop.mailbox(shop.sales_id)
    assert rescoped(row, {"depth_days": 7, "labels": [INBOX]}, 5) == {
        "depth_days": 7,
        "labels": [INBOX],
    }


def test_a_worker_at_the_old_scope_loses_the_mailbox(shop: Shop) -> None:
    shop.set_mailbox(shop.sales_id, lease_holder="w1")
    rescope(shop, depth_days=None)
    row = shop.mailbox(shop.sales_id)
    assert (row["lease_holder"], row["backfill_state"]) == (None, "pending")


@pytest.mark.parametrize("labels", [[], ["DRAFT"], ["SPAM"], ["no such"], ["x" * 101]])
def test_only_labels_that_can_be_read_are_taken(shop: Shop, labels: list[str]) -> None:
    row = shop.mailbox()
    with pytest.raises(Invalid) as refused:
        rescoped(row, {"labels": labels}, 5)
    assert refused.value.details["field"] == "labels"


def test_an_old_mail_that_is_marked_read_does_not_become_a_ticket(shop: Shop) -> None:
    provider_id = old_mail(shop, 400, INBOX, UNREAD)
    shop.sales.relabel(provider_id, remove=[UNREAD])
    shop.sync(shop.sales_id)
    assert (shop.tickets(), shop.outcomes()) == ([], [])


def test_an_old_mail_that_is_moved_to_the_inbox_is_older_than_the_owner_asked_for(
    shop: Shop,
) -> None:
    provider_id = old_mail(shop, 400, UNREAD)
    shop.sales.relabel(provider_id, add=[INBOX])
    shop.sync(shop.sales_id)
    assert (shop.tickets(), shop.outcomes()) == ([], [])


def test_a_recent_mail_that_is_moved_to_the_inbox_becomes_a_ticket(shop: Shop) -> None:
    provider_id = old_mail(shop, 3, UNREAD)
    shop.sales.relabel(provider_id, add=[INBOX])
    shop.sync(shop.sales_id)
    assert shop.outcomes() == ["ticket"]
