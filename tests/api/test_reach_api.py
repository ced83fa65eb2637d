"""Which inboxes somebody sees: said by managers, and true from the next request on."""

from __future__ import annotations

from typing import Any

import pytest
from shop import MANAGER, Client, Shop

from inbox_service.testing import add_inbox, add_message, add_ticket


@pytest.fixture
def sales(shop: Shop) -> int:
    return shop.add(add_inbox, name="Sales")


def person(shop: Shop, wp_user_id: int) -> Any:
    known = shop.manager.get("/agents/reach").json["items"]
    return next(one for one in known if one["wp_user_id"] == wp_user_id)


def limit(shop: Shop, wp_user_id: int, *inbox_ids: int, sees_all: bool = False) -> Any:
    body = {"sees_all": sees_all, "inbox_ids": [str(one) for one in inbox_ids]}
    path = f"/agents/{person(shop, wp_user_id)['id']}/reach"
    return shop.manager.call("PUT", path, body)


def listed(client: Client) -> list[int]:
    return [ticket["number"] for ticket in client.get("/tickets").json["items"]]


def test_whoever_was_limited_to_nothing_sees_every_inbox(shop: Shop) -> None:
    shop.hire(9)
    assert (person(shop, 9)["sees_all"], person(shop, 9)["inbox_ids"]) == (True, [])


def test_what_a_manager_chooses_counts_from_the_next_request_on(shop: Shop, sales: int) -> None:
    agent = shop.hire(9)
    shop.add(add_ticket, shop.inbox_id, number=1)
    shop.add(add_ticket, sales, number=2)
    assert listed(agent) == [2, 1]
    assert limit(shop, 9, sales).json["inbox_ids"] == [str(sales)]
    assert listed(agent) == [2]
    assert agent.get("/me").json["can"]["inbox_ids"] == [str(sales)]


def test_whoever_has_no_inbox_sees_nothing(shop: Shop) -> None:
    agent = shop.hire(9)
    shop.add(add_ticket, shop.inbox_id, number=1, subject="Refund")
    limit(shop, 9)
    assert listed(agent) == []
    assert agent.get("/search", q="refund").json["items"] == []
    assert agent.get("/inboxes").json["items"] == []
    assert agent.get("/tickets/1").status_code == 404


def test_the_chosen_inboxes_are_kept_while_somebody_sees_all(shop: Shop, sales: int) -> None:
    shop.hire(9)
    limit(shop, 9, sales, sees_all=True)
    assert (person(shop, 9)["sees_all"], person(shop, 9)["inbox_ids"]) == (True, [str(sales)])


def test_a_manager_sees_every_inbox_whatever_was_chosen(shop: Shop, sales: int) -> None:
    shop.add(add_ticket, shop.inbox_id, number=1)
    limit(shop, MANAGER, sales)
    assert listed(shop.manager) == [1]
    shop.hire(8, role="manager")
    shop.change_agent(MANAGER, role="agent")
    assert listed(shop.manager) == []


def test_open_tickets_that_somebody_can_see_no_more_are_counted(shop: Shop, sales: int) -> None:
    shop.hire(9)
    agent_id = int(person(shop, 9)["id"])
    for number, status in ((1, "open"), (2, "open"), (3, "solved")):
        shop.add(add_ticket, shop.inbox_id, number=number, status=status, assignee_id=agent_id)
    assert person(shop, 9)["open_elsewhere"] == 0
    assert limit(shop, 9, sales).json["open_elsewhere"] == 2


def test_the_live_feed_tells_at_once_what_somebody_may_do_now(shop: Shop, sales: int) -> None:
    agent = shop.hire(9)
    before = agent.call("POST", "/live", {}).json["rights"]
    assert before == {"reply": True, "manage": False, "route": False, "inbox_ids": None}
    limit(shop, 9, sales)
    shop.change_agent(9, role="viewer")
    after = agent.call("POST", "/live", {}).json["rights"]
    assert after == {**before, "reply": False, "inbox_ids": [str(sales)]}


def test_a_change_of_reach_is_told_once(shop: Shop, sales: int) -> None:
    shop.hire(9)
    for _ in range(2):
        limit(shop, 9, sales)
    kinds = [event["kind"] for event in shop.manager.get("/events").json["items"]]
    assert kinds.count("agent_reach_changed") == 1


@pytest.mark.parametrize("role", ["lead", "agent", "viewer"])
def test_only_managers_say_who_sees_what(shop: Shop, role: str) -> None:
    agent = shop.hire(9, role=role)
    body = {"sees_all": True, "inbox_ids": []}
    assert agent.get("/agents/reach").status_code == 403
    path = f"/agents/{person(shop, 9)['id']}/reach"
    assert agent.call("PUT", path, body).status_code == 403


def test_an_inbox_that_is_not_there_cannot_be_chosen(shop: Shop) -> None:
    shop.hire(9)
    answer = limit(shop, 9, 5)
    assert (answer.status_code, answer.json["field"]) == (422, "inbox_ids")


def test_there_is_no_reach_of_somebody_who_is_gone(shop: Shop) -> None:
    shop.hire(9)
    agent_id = person(shop, 9)["id"]
    shop.change_agent(9, state="suspended")
    body = {"sees_all": True, "inbox_ids": []}
    answer = shop.manager.call("PUT", f"/agents/{agent_id}/reach", body)
    assert (answer.status_code, answer.json["code"]) == (404, "agent_not_found")


def test_who_reads_only_marks_what_he_has_read(shop: Shop) -> None:
    ticket_id = shop.add(add_ticket, shop.inbox_id, number=1)
    message_id = shop.add(add_message, ticket_id)
    reader = shop.hire(9, role="viewer")
    answer = reader.call("PUT", "/tickets/1/seen", {"message_id": str(message_id)})
    assert answer.status_code == 204
    assert reader.get("/tickets/1").json["unread"] is False
