"""Tickets that agents write down, take apart and give to others, over HTTP."""

from __future__ import annotations

from typing import Any

from shop import Shop
from werkzeug.test import TestResponse

from inbox_service.testing import add_customer, add_message, add_ticket

RITA = {"name": "Rita Moss", "email": "rita@example.org"}


def open_ticket(shop: Shop, /, **values: Any) -> TestResponse:
    body = {"inbox_id": str(shop.inbox_id), "customer": RITA, "subject": "A call"}
    body |= {"channel": "phone", **values}
    return shop.manager.call("POST", "/tickets", body, headers={"Idempotency-Key": "k"})


def put(shop: Shop, path: str, body: Any, method: str = "PUT") -> TestResponse:
    return shop.manager.call(method, path, body, headers={"If-Match": '"1"'})


def told(answer: TestResponse, status: int = 201) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert isinstance(answer.json, dict)
    return answer.json


def test_a_ticket_is_opened_by_hand(shop: Shop) -> None:
    answer = open_ticket(shop, note="She asks for a lamp.", assignee_id=str(shop.manager_id))
    ticket = told(answer)
    assert answer.headers["ETag"] == f'"{ticket["version"]}"'
    assert (ticket["number"], ticket["channel"]) == (1, "phone")
    assert ticket["customer"]["email"] == "rita@example.org"
    assert ticket["assignee"]["id"] == str(shop.manager_id)
    assert len(told(shop.manager.get("/tickets/1/messages"), 200)["items"]) == 1


def test_how_it_came_is_one_of_the_ways_there_are(shop: Shop) -> None:
    assert open_ticket(shop, channel="form").status_code == 422
    assert open_ticket(shop, channel="pigeon").status_code == 422


def test_a_ticket_is_given_to_another_customer(shop: Shop) -> None:
    shop.add(add_ticket, shop.inbox_id, number=1)
    lina = shop.add(add_customer, email="lina@example.org", name="Lina")
    answer = put(shop, "/tickets/1/customer", {"id": str(lina)})
    assert told(answer, 200)["customer"]["name"] == "Lina"


def test_messages_become_a_ticket_of_their_own(shop: Shop) -> None:
    ticket_id = shop.add(add_ticket, shop.inbox_id, number=1)
    shop.change_site(last_ticket_number=1)
    shop.add(add_message, ticket_id)
    second = shop.add(add_message, ticket_id)
    body = {"message_ids": [str(second)], "subject": "The vase"}
    ticket = told(put(shop, "/tickets/1/split", body, "POST"))
    assert (ticket["subject"], ticket["message_count"]) == ("The vase", 1)
