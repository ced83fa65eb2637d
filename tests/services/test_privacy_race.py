"""Mail of somebody who is being erased just then: his, or a stranger's, never a mixture."""

from __future__ import annotations

import pytest
from mail_shop import Shop
from together import at_once

from inbox_service.services import privacy, sync
from inbox_service.store.tables import customer_addresses, customers, participants

EMAIL = "omar@example.net"
ROUNDS = 5


def sync_once(shop: Shop) -> None:
    outcome = sync.sync_mailbox(shop.deps, shop.site_id, shop.support_id, "test")
    assert outcome.error == ""


def owners(shop: Shop) -> dict[int, bool]:
    """Return of each customer whether he was erased."""
    return {row["id"]: row["erased_at"] is not None for row in shop.rows(customers)}


def assert_no_mixture(shop: Shop) -> None:
    """Whoever was erased has no address and no say; everybody else has both."""
    erased = owners(shop)
    addressed = {row["customer_id"] for row in shop.rows(customer_addresses)}
    assert addressed == {customer_id for customer_id, gone in erased.items() if not gone}
    taking_part = {row["ticket_id"] for row in shop.rows(participants)}
    for ticket in shop.tickets():
        gone = erased[ticket["customer_id"]]
        assert (ticket["erased_at"] is not None) == gone
        assert (ticket["id"] in taking_part) != gone


@pytest.mark.parametrize("references", ["<first@x>", "<other@x>"])
def test_a_batch_that_comes_while_its_sender_is_erased_is_his_or_a_strangers(
    shop: Shop, references: str
) -> None:
    for number in range(ROUNDS):
        shop.arrive(Message_ID="<first@x>", subject=f"Round {number}")
        shop.sync()
        shop.arrive(References=references, subject=f"Answer {number}")
        shop.clock.advance(seconds=1)
        at_once(
            lambda: privacy.erase_whole(shop.deps, shop.site_id, EMAIL), lambda: sync_once(shop)
        )
        assert_no_mixture(shop)
    shop.sync()
    privacy.erase_whole(shop.deps, shop.site_id, EMAIL)
    assert all(owners(shop).values())
    assert_no_mixture(shop)


def test_two_erasures_at_once_do_the_work_once(shop: Shop) -> None:
    for number in range(4):
        shop.arrive(subject=f"Question {number}")
    shop.sync()
    erase = [lambda: privacy.erase_whole(shop.deps, shop.site_id, EMAIL)] * 2
    at_once(*erase)
    assert owners(shop).popitem()[1]
    assert_no_mixture(shop)
    assert shop.event_kinds().count("customer_erased") >= 4
