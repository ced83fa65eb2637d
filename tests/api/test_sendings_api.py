"""Replies on their way out over HTTP: taken back, put off, resolved."""

from __future__ import annotations

from typing import Any

import pytest
from shop import Shop
from sqlalchemy import insert
from werkzeug.test import TestResponse

from inbox_service.store import suppressions
from inbox_service.store.ids import new_id
from inbox_service.store.tables import inbox_addresses, mailboxes, outbox, sites
from inbox_service.testing import START, add_customer, add_inbox, add_message, add_ticket

LATER = "2026-01-13T08:00:00.000Z"


@pytest.fixture
def asked(shop: Shop) -> str:
    """The customer's message in ticket 1, in a shop that can answer and takes back within 10 s."""
    customer_id = shop.add(add_customer, email="omar@example.net")
    ticket_id = shop.add(add_ticket, shop.inbox_id, number=1, customer_id=customer_id)
    mailbox_id, site = new_id(START), {"site_id": shop.site_id}
    box = {"kind": "memory", "address": "support@shop.example", "config": {}, "labels": []}
    times = {"since": START, "connected_at": START, "due_at": START, "credentials": b""}
    feed = {"inbox_id": shop.inbox_id, "mailbox_id": mailbox_id, "email": "support@shop.example"}
    with shop.deps.sessions.writing() as connection:
        connection.execute(insert(mailboxes).values(**site, id=mailbox_id, **box, **times))
        connection.execute(
            insert(inbox_addresses).values(**site, id=new_id(START), **feed, is_default=True)
        )
        connection.execute(sites.update().values(undo_seconds=10))
    return str(shop.add(add_message, ticket_id, mailbox_id=mailbox_id))


def write(shop: Shop, asked: str, **said: Any) -> dict[str, Any]:
    body = {"kind": "reply", "text": "On its way.", "seen_up_to": asked} | said
    headers = {"Idempotency-Key": "key-1"}
    answer = shop.manager.call("POST", "/tickets/1/messages", body, headers=headers)
    assert answer.status_code == 201
    return dict(answer.json or {})


def call(shop: Shop, method: str, message: dict[str, Any], body: Any = None) -> TestResponse:
    path = f"/tickets/1/messages/{message['id']}/sending"
    answer: TestResponse = shop.manager.call(method, path, body)
    return answer


def listed(shop: Shop) -> list[dict[str, Any]]:
    answer = shop.manager.get("/tickets/1/messages").json
    return list(answer["items"]) if answer else []


def test_a_new_reply_says_until_when_it_can_be_taken_back(shop: Shop, asked: str) -> None:
    sending = write(shop, asked)["sending"]
    assert (sending["state"], sending["due_at"]) == ("held", "2026-01-12T08:00:10.000Z")


def test_a_reply_that_is_taken_back_comes_back_as_it_was_written(shop: Shop, asked: str) -> None:
    message = write(shop, asked, cc=["eve@example.org"])
    answer = call(shop, "DELETE", message)
    assert answer.json == {"text": "On its way.", "cc": ["eve@example.org"]}
    assert [one["id"] for one in listed(shop)] == [asked]


def test_a_reply_that_is_being_sent_cannot_be_taken_back(shop: Shop, asked: str) -> None:
    message = write(shop, asked)
    with shop.deps.sessions.writing() as connection:
        connection.execute(outbox.update().values(state="claimed"))
    answer = call(shop, "DELETE", message)
    assert (answer.status_code, answer.json and answer.json["code"]) == (409, "too_late")


def test_a_reply_for_later_stands_in_the_conversation_with_its_time(shop: Shop, asked: str) -> None:
    write(shop, asked, send_at=LATER)
    sending = listed(shop)[-1]["sending"]
    assert (sending["state"], sending["due_at"]) == ("scheduled", LATER)


def test_a_reply_for_later_can_be_sent_now(shop: Shop, asked: str) -> None:
    message = write(shop, asked, send_at=LATER)
    assert call(shop, "PATCH", message, {"send_at": None}).status_code == 204
    assert listed(shop)[-1]["sending"]["state"] == "waiting"


def test_tickets_with_replies_that_have_not_left_are_listed_and_counted(
    shop: Shop, asked: str
) -> None:
    shop.add(add_ticket, shop.inbox_id, number=2)
    message = write(shop, asked, send_at=LATER)
    unsent = shop.manager.get("/tickets", unsent="true").json
    assert unsent
    assert [one["number"] for one in unsent["items"]] == [1]
    assert counted(shop) == 1
    call(shop, "DELETE", message)
    assert counted(shop) == 0


def test_replies_in_an_inbox_that_an_agent_does_not_see_are_not_counted_for_him(
    shop: Shop, asked: str
) -> None:
    write(shop, asked, send_at=LATER)
    other = shop.add(add_inbox)
    agent = shop.hire(9, inboxes=(other,))
    assert (agent.get("/inboxes").json or {})["counts"]["outbox"] == 0
    assert agent.get("/sending/unsent").json == {"items": []}


def test_what_has_not_left_is_told_with_its_ticket(shop: Shop, asked: str) -> None:
    write(shop, asked, send_at=LATER)
    [found] = (shop.manager.get("/sending/unsent").json or {})["items"]
    assert (found["ticket_number"], found["sending"]["state"]) == (1, "scheduled")
    with shop.deps.sessions.writing() as connection:
        connection.execute(outbox.update().values(state="sent"))
    assert shop.manager.get("/sending/unsent").json == {"items": []}


def counted(shop: Shop) -> int:
    return int((shop.manager.get("/inboxes").json or {})["counts"]["outbox"])


@pytest.mark.parametrize(("outcome", "shown"), [("sent", "sent"), ("not_sent", "failed")])
def test_who_looked_says_what_became_of_it(
    shop: Shop, asked: str, outcome: str, shown: str
) -> None:
    message = write(shop, asked)
    with shop.deps.sessions.writing() as connection:
        connection.execute(outbox.update().values(state="unsure", delivering_since=START))
    assert call(shop, "PATCH", message, {"outcome": outcome}).status_code == 204
    assert listed(shop)[-1]["sending"]["state"] == shown


@pytest.mark.parametrize("body", [{}, {"send_at": None, "outcome": "sent"}, {"outcome": "held"}])
def test_a_change_says_one_thing(shop: Shop, asked: str, body: dict[str, Any]) -> None:
    message = write(shop, asked, send_at=LATER)
    assert call(shop, "PATCH", message, body).status_code == 422


def test_addresses_that_mail_came_back_from_are_named(shop: Shop, asked: str) -> None:
    mark = ("gone@example.org", "No such address.", int(asked), START)
    with shop.deps.sessions.writing() as connection:
        suppressions.suppress(connection, shop.site_id, *mark)
    answer = shop.manager.get("/suppressed-addresses", emails="eve@example.org, Gone@example.org")
    since = "2026-01-12T08:00:00.000Z"
    assert (answer.json or {})["items"] == [
        {"email": "gone@example.org", "reason": "No such address.", "since": since}
    ]


# --- how sending stands ---------------------------------------------------------------------------


def stands(shop: Shop) -> dict[str, Any]:
    return dict(shop.manager.get("/sending").json or {})


def test_what_a_mailbox_sent_within_a_day_stands_beside_its_limit(shop: Shop, asked: str) -> None:
    write(shop, asked, cc=["eve@example.org"])
    sent = {"state": "sent", "settled_at": START}
    with shop.deps.sessions.writing() as connection:
        connection.execute(outbox.update().values(**sent))
        connection.execute(mailboxes.update().values(sends_paused_until=START + 1000))
    [mailbox] = stands(shop)["mailboxes"]
    assert (mailbox["recipients"], mailbox["limit"]) == (2, 2000)
    assert mailbox["paused_until"] == "2026-01-12T08:00:01.000Z"


def test_a_manager_says_how_long_replies_can_be_taken_back(shop: Shop, asked: str) -> None:
    assert shop.manager.call("PUT", "/sending", {"undo_seconds": 30}).status_code == 204
    assert stands(shop)["undo_seconds"] == 30
    due_at = write(shop, asked)["sending"]["due_at"]
    assert due_at == "2026-01-12T08:00:30.000Z"


@pytest.mark.parametrize("seconds", [-1, 61, "ten"])
def test_nobody_can_take_back_for_longer_than_a_minute(shop: Shop, seconds: Any) -> None:
    assert shop.manager.call("PUT", "/sending", {"undo_seconds": seconds}).status_code == 422


def set_limit(shop: Shop, limit: Any) -> int:
    path = f"/sending/mailboxes/{stands(shop)['mailboxes'][0]['id']}"
    return int(shop.manager.call("PUT", path, {"daily_limit": limit}).status_code)


def test_a_manager_says_how_many_a_mailbox_may_write_to(shop: Shop, asked: str) -> None:
    assert set_limit(shop, 100) == 204
    [mailbox] = stands(shop)["mailboxes"]
    assert (mailbox["limit"], mailbox["daily_limit"], mailbox["provider_limit"]) == (100, 100, 2000)
    assert set_limit(shop, None) == 204
    assert stands(shop)["mailboxes"][0]["limit"] == 2000


@pytest.mark.parametrize("limit", [0, 10_001, "many"])
def test_a_limit_that_nobody_can_mean_is_refused(shop: Shop, asked: str, limit: Any) -> None:
    assert set_limit(shop, limit) == 422


def test_an_agent_sees_how_his_mailboxes_stand_and_no_others(shop: Shop, asked: str) -> None:
    own = shop.hire(9, role="agent", inboxes=(shop.inbox_id,))
    other = shop.hire(10, role="agent", inboxes=(shop.add(add_inbox),))
    assert [len((one.get("/sending").json or {})["mailboxes"]) for one in (own, other)] == [1, 0]


def test_agents_do_not_say_how_long_replies_can_be_taken_back(shop: Shop) -> None:
    agent = shop.hire(9, role="agent")
    assert agent.call("PUT", "/sending", {"undo_seconds": 3}).status_code == 403
