"""Who follows a ticket hears of its answers, as his settings say."""

from __future__ import annotations

import pytest
from mail_shop import Shop

from inbox_service.errors import Conflict
from inbox_service.services import following, merging, notice_settings, noticing
from inbox_service.store.tables import followers, pending_notices


@pytest.fixture
def desk(shop: Shop) -> Shop:
    """The shop with tickets 1 and 2, of which all was told."""
    shop.arrive(Message_ID="<one@x>")
    shop.arrive(Message_ID="<two@x>", Subject="Another")
    shop.sync()
    noticing.look_after(shop.deps)
    return shop


def follow(shop: Shop, number: int = 1, *, is_following: bool = True) -> None:
    following.follow(shop.deps, shop.caller, number, is_following=is_following)


def told(shop: Shop, answers: str = "<one@x>") -> list[str]:
    """Let the customer answer; return what the agent is to be told of."""
    shop.arrive(References=answers)
    shop.sync()
    noticing.look_after(shop.deps)
    return [row["kind"] for row in shop.rows(pending_notices)]


def test_a_follower_is_told_of_an_answer_in_a_ticket_that_is_not_his(desk: Shop) -> None:
    assert told(desk) == []
    follow(desk)
    assert told(desk) == ["answered"]


def test_who_follows_no_more_is_told_no_more(desk: Shop) -> None:
    follow(desk)
    follow(desk, is_following=False)
    assert told(desk) == []


def test_who_wants_no_mail_of_answers_gets_none(desk: Shop) -> None:
    follow(desk)
    notice_settings.choose(desk.deps, desk.caller, kinds=["assigned"], with_text=True)
    assert told(desk) == []


def test_the_timeline_tells_of_it_once(desk: Shop) -> None:
    follow(desk)
    follow(desk)
    follow(desk, is_following=False)
    assert desk.event_kinds()[-2:] == ["ticket_followed", "ticket_unfollowed"]


def test_followers_go_with_a_merged_ticket_and_back(desk: Shop) -> None:
    follow(desk, 2)
    merging.merge(desk.deps, desk.caller, 2, desk.ticket(2)["version"], 1)
    assert told(desk) == ["answered"]
    merging.unmerge(desk.deps, desk.caller, 2, desk.ticket(2)["version"])
    assert [row["ticket_id"] for row in desk.rows(followers)] == [desk.ticket(2)["id"]]


def test_a_merged_ticket_is_not_followed(desk: Shop) -> None:
    merging.merge(desk.deps, desk.caller, 2, desk.ticket(2)["version"], 1)
    with pytest.raises(Conflict, match="merged"):
        follow(desk, 2)
