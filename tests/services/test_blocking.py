"""Spam by an agent's word, and what becomes of later mail of who wrote it."""

from __future__ import annotations

import pytest
from mail_shop import SUPPORT, Shop

from inbox_service.errors import Conflict, Invalid
from inbox_service.services import blocking
from inbox_service.store.tables import blocked_senders, receipts

PILLS = "Pills <pills@spam.example>"


@pytest.fixture
def annoyed(shop: Shop) -> Shop:
    """The shop with a mail about pills as ticket 1."""
    shop.arrive(Message_ID="<one@x>", From=PILLS, Subject="Cheap")
    shop.sync()
    return shop


def mark(shop: Shop, number: int = 1, *, block: bool = True) -> None:
    version = shop.ticket(number)["version"]
    blocking.mark_spam(shop.deps, shop.caller, number, version, block_sender=block)


def unmark(shop: Shop, number: int = 1) -> None:
    version = shop.ticket(number)["version"]
    blocking.unmark_spam(shop.deps, shop.caller, number, version)


def blocked(shop: Shop) -> list[str]:
    return [row["email"] for row in shop.rows(blocked_senders)]


def test_later_mail_of_a_blocked_sender_is_spam_with_a_receipt_that_says_why(annoyed: Shop) -> None:
    mark(annoyed)
    annoyed.arrive(From=PILLS, Subject="Cheaper")
    annoyed.sync()
    assert [row["place"] for row in annoyed.tickets()] == ["spam", "spam"]
    last = annoyed.rows(receipts)[-1]
    assert (last["outcome"], last["reason"]) == ("ticket", "its sender is blocked")


def test_nothing_automatic_follows_it(annoyed: Shop) -> None:
    mark(annoyed)
    annoyed.arrive(From=PILLS, Subject="Cheaper")
    annoyed.sync()
    assert [one["data"] for one in annoyed.events()[-2:]] == [{"history": True}] * 2


def test_his_answer_to_spam_stays_there(annoyed: Shop) -> None:
    mark(annoyed)
    annoyed.arrive(From=PILLS, References="<one@x>")
    annoyed.sync()
    assert (len(annoyed.tickets()), annoyed.ticket()["place"]) == (1, "spam")


def test_where_people_are_at_work_his_mail_waits_on_the_shelf(annoyed: Shop) -> None:
    annoyed.arrive(From=PILLS, Message_ID="<two@x>", Subject="Other")
    annoyed.sync()
    mark(annoyed)
    annoyed.arrive(From=PILLS, References="<two@x>")
    annoyed.sync()
    assert annoyed.outcomes()[-1] == "parked"
    assert annoyed.ticket(2)["place"] == "inbox"


def test_mail_of_others_comes_in_as_before(annoyed: Shop) -> None:
    mark(annoyed)
    annoyed.arrive()
    annoyed.sync()
    assert annoyed.ticket(2)["place"] == "inbox"


def test_spam_alone_blocks_nobody(annoyed: Shop) -> None:
    mark(annoyed, block=False)
    assert (blocked(annoyed), annoyed.ticket()["place"]) == ([], "spam")


def test_who_takes_a_ticket_out_of_spam_ends_its_block(annoyed: Shop) -> None:
    mark(annoyed)
    assert blocked(annoyed) == ["pills@spam.example"]
    unmark(annoyed)
    assert (blocked(annoyed), annoyed.ticket()["place"]) == ([], "inbox")
    assert annoyed.event_kinds()[-4:] == [
        "ticket_moved",
        "sender_blocked",
        "ticket_moved",
        "sender_unblocked",
    ]


def test_a_block_made_elsewhere_outlives_that(annoyed: Shop) -> None:
    blocking.block(annoyed.deps, annoyed.caller, "pills@spam.example")
    mark(annoyed)
    unmark(annoyed)
    assert blocked(annoyed) == ["pills@spam.example"]


def test_nobody_blocks_ourselves(shop: Shop) -> None:
    with pytest.raises(Invalid, match="address of yours"):
        blocking.block(shop.deps, shop.caller, SUPPORT)
    shop.arrive(From=SUPPORT, Reply_To=SUPPORT)
    shop.sync()
    with pytest.raises(Conflict, match="Nobody from outside"):
        mark(shop)
    assert shop.ticket()["place"] == "inbox"
