"""Reading and writing in a ticket over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from shop import Shop
from sqlalchemy import func, insert, select
from werkzeug.test import TestResponse

from inbox_service.store.ids import new_id
from inbox_service.store.tables import inbox_addresses, mailboxes, messages, outbox
from inbox_service.testing import (
    START,
    RecordingQueue,
    add_customer,
    add_inbox,
    add_message,
    add_ticket,
)


@pytest.fixture
def ticket_id(shop: Shop) -> int:
    customer_id = shop.add(add_customer, email="omar@example.net")
    return shop.add(add_ticket, shop.inbox_id, number=1, customer_id=customer_id)


@pytest.fixture
def mailbox_id(shop: Shop) -> int:
    """A mailbox that feeds the shop's inbox, so that replies have a way out."""
    mailbox_id, site = new_id(START), {"site_id": shop.site_id}
    box = {"kind": "memory", "address": "support@shop.example", "config": {}, "labels": []}
    times = {"since": START, "connected_at": START, "due_at": START}
    feed = {"inbox_id": shop.inbox_id, "mailbox_id": mailbox_id, "email": "support@shop.example"}
    with shop.deps.sessions.writing() as connection:
        connection.execute(
            insert(mailboxes).values(**site, id=mailbox_id, credentials=b"", **box, **times)
        )
        connection.execute(
            insert(inbox_addresses).values(**site, id=new_id(START), **feed, is_default=True)
        )
    return mailbox_id


def write(shop: Shop, key: str = "key-1", **said: Any) -> TestResponse:
    body = {"kind": "note", "text": "Looks lost.", "seen_up_to": None} | said
    headers = {"Idempotency-Key": key}
    return shop.manager.call("POST", "/tickets/1/messages", body, headers=headers)


def code(answer: TestResponse) -> tuple[int, str]:
    assert answer.json
    return answer.status_code, answer.json["code"]


def written(shop: Shop) -> int:
    with shop.deps.sessions.reading() as connection:
        return connection.execute(select(func.count()).select_from(messages)).scalar_one()


def test_messages_are_listed_oldest_first_in_pages(shop: Shop, ticket_id: int) -> None:
    ids = [str(shop.add(add_message, ticket_id, START + place)) for place in range(3)]
    first = shop.manager.get("/tickets/1/messages", limit=2).json
    assert first
    second = shop.manager.get("/tickets/1/messages", limit=2, cursor=first["next_cursor"]).json
    assert second
    assert [item["id"] for item in first["items"] + second["items"]] == ids
    assert second["next_cursor"] is None


def test_messages_are_listed_newest_first_where_that_is_asked_for(
    shop: Shop, ticket_id: int
) -> None:
    ids = [str(shop.add(add_message, ticket_id, START + place)) for place in range(3)]
    asked = {"limit": 2, "order": "newest"}
    first = shop.manager.get("/tickets/1/messages", **asked).json
    assert first
    second = shop.manager.get("/tickets/1/messages", **asked, cursor=first["next_cursor"]).json
    assert second
    assert [item["id"] for item in first["items"] + second["items"]] == ids[::-1]
    assert second["next_cursor"] is None


def test_a_cursor_of_one_order_is_none_of_the_other(shop: Shop, ticket_id: int) -> None:
    for place in range(2):
        shop.add(add_message, ticket_id, START + place)
    page = shop.manager.get("/tickets/1/messages", limit=1, order="newest").json
    assert page
    answer = shop.manager.get("/tickets/1/messages", cursor=page["next_cursor"])
    assert code(answer) == (422, "invalid_cursor")


def test_a_message_is_shown_as_the_contract_says(shop: Shop, ticket_id: int) -> None:
    people = [{"name": "Shop", "email": "support@shop.example"}]
    message_id = shop.add(add_message, ticket_id, recipients=people, html="", author_id=None)
    shown = shop.manager.get("/tickets/1/messages").json
    assert shown
    assert shown["items"] == [
        {
            "id": str(message_id),
            "kind": "in",
            "automatic": None,
            "erased": False,
            "particulars": None,
            "author": {
                "type": "customer",
                "id": None,
                "name": "Omar",
                "email": "omar@example.net",
            },
            "new_person": False,
            "sender_proven": False,
            "to": people,
            "cc": [],
            "bcc": [],
            "forwards_id": None,
            "subject": "",
            "text": "Where is it?",
            "folded_text": "",
            "html": None,
            "folded_html": None,
            "remote_images": 0,
            "shows_images": False,
            "direction": "ltr",
            "created_at": "2026-01-12T08:00:00.000Z",
            "sent_elsewhere": False,
            "has_original": False,
            "attachments": [],
            "sending": None,
        }
    ]


def test_a_note_is_written_and_read_by_its_author(shop: Shop, ticket_id: int) -> None:
    answer = write(shop)
    assert answer.json
    assert (answer.status_code, answer.json["kind"], answer.json["author"]["name"]) == (
        201,
        "note",
        "shop manager",
    )
    shown = shop.manager.get("/tickets/1").json
    assert shown
    assert (shown["message_count"], shown["unread"]) == (1, False)


def test_a_retry_under_the_same_key_writes_nothing_new(shop: Shop, ticket_id: int) -> None:
    first, second = write(shop), write(shop)
    assert first.json == second.json
    assert (second.status_code, written(shop)) == (201, 1)


def test_a_key_stands_for_one_request(shop: Shop, ticket_id: int) -> None:
    write(shop)
    assert code(write(shop, text="Something else.")) == (422, "idempotency_key_reused")
    assert written(shop) == 1


def test_a_key_belongs_to_its_agent(shop: Shop, ticket_id: int) -> None:
    write(shop)
    body = {"kind": "note", "text": "Looks lost.", "seen_up_to": None}
    colleague = shop.hire(9)
    answer = colleague.call(
        "POST", "/tickets/1/messages", body, headers={"Idempotency-Key": "key-1"}
    )
    assert (answer.status_code, written(shop)) == (201, 2)


def test_a_key_is_asked_for(shop: Shop, ticket_id: int) -> None:
    body = {"kind": "note", "text": "Looks lost."}
    answer = shop.manager.call("POST", "/tickets/1/messages", body)
    assert code(answer) == (422, "idempotency_key_required")


def test_a_replayed_request_writes_nothing(shop: Shop, ticket_id: int) -> None:
    body = {"kind": "note", "text": "Looks lost."}
    for key, status in (("a", 201), ("b", 401)):
        answer = shop.manager.call(
            "POST", "/tickets/1/messages", body, headers={"Idempotency-Key": key}, jti="j" * 32
        )
        assert answer.status_code == status
    assert written(shop) == 1


def test_a_reply_waits_to_be_sent_and_the_worker_is_told(
    shop: Shop, ticket_id: int, mailbox_id: int
) -> None:
    seen = shop.add(add_message, ticket_id, mailbox_id=mailbox_id)
    answer = write(shop, kind="reply", text="On its way.", seen_up_to=str(seen))
    assert answer.json
    assert answer.status_code == 201
    assert answer.json["sending"] == {
        "state": "waiting",
        "reason": "",
        "detail": "",
        "since": "2026-01-12T08:00:00.000Z",
        "due_at": "2026-01-12T08:00:00.000Z",
    }
    with shop.deps.sessions.reading() as connection:
        row = connection.execute(select(outbox)).one()
    assert isinstance(shop.deps.queue, RecordingQueue)
    assert shop.deps.queue.hints == [("deliver", (shop.site_id, row.id))]


def test_a_reply_retried_is_queued_once(shop: Shop, ticket_id: int, mailbox_id: int) -> None:
    seen = shop.add(add_message, ticket_id, mailbox_id=mailbox_id)
    for _ in range(2):
        assert write(shop, kind="reply", seen_up_to=str(seen)).status_code == 201
    with shop.deps.sessions.reading() as connection:
        assert len(connection.execute(select(outbox)).all()) == 1


def test_a_reply_shows_what_somebody_else_wrote_meanwhile(
    shop: Shop, ticket_id: int, mailbox_id: int
) -> None:
    seen = shop.add(add_message, ticket_id, mailbox_id=mailbox_id)
    newer = shop.add(add_message, ticket_id, START + 5, text="Never mind, it came.")
    answer = write(shop, kind="reply", seen_up_to=str(seen))
    assert code(answer) == (412, "unseen_messages")
    assert answer.json
    assert [(one["id"], one["text"]) for one in answer.json["unseen"]] == [
        (str(newer), "Never mind, it came.")
    ]
    # The same key works once the agent has read it.
    assert write(shop, kind="reply", seen_up_to=str(newer)).status_code == 201


def test_a_reply_can_solve_the_ticket(shop: Shop, ticket_id: int, mailbox_id: int) -> None:
    seen = shop.add(add_message, ticket_id, mailbox_id=mailbox_id)
    write(shop, kind="reply", seen_up_to=str(seen), set_status="solved")
    shown = shop.manager.get("/tickets/1").json
    assert shown
    assert shown["status"] == "solved"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": " \n"}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"text": "x" * 500_001}, "text"),
        ({"kind": "song"}, "kind"),
        ({"to": []}, "to"),
        ({"to": "omar@example.net"}, "to"),
        ({"seen_up_to": 5}, "seen_up_to"),
        ({"set_status": "done"}, "set_status"),
    ],
)
def test_a_wrong_message_is_named_and_not_written(
    shop: Shop, ticket_id: int, said: dict[str, Any], field: str
) -> None:
    answer = write(shop, **said)
    assert answer.json
    assert (answer.status_code, answer.json["field"], written(shop)) == (422, field, 0)


def test_a_viewer_writes_nothing(shop: Shop, ticket_id: int) -> None:
    viewer = shop.hire(9, role="viewer")
    for kind in ("note", "reply"):
        answer = viewer.call(
            "POST",
            "/tickets/1/messages",
            {"kind": kind, "text": "Hm."},
            headers={"Idempotency-Key": "k"},
        )
        assert code(answer) == (403, "read_only")


@pytest.mark.parametrize("rest", ["/messages", "/events"])
def test_a_conversation_of_another_inbox_is_not_found(
    shop: Shop, ticket_id: int, rest: str
) -> None:
    agent = shop.hire(9, inboxes=(shop.add(add_inbox),))
    assert code(agent.get(f"/tickets/1{rest}")) == (404, "ticket_not_found")


def test_events_of_a_ticket_name_who_did_what(shop: Shop, ticket_id: int) -> None:
    write(shop)
    shop.manager.call("PATCH", "/tickets/1", {"status": "solved"}, headers={"If-Match": '"2"'})
    listed = shop.manager.get("/tickets/1/events").json
    assert listed
    assert [event["kind"] for event in listed["items"]] == ["note_added", "ticket_status_changed"]
    assert listed["items"][1] == {
        "seq": 2,
        "at": "2026-01-12T08:00:00.000Z",
        "kind": "ticket_status_changed",
        "ticket_number": 1,
        "message_id": None,
        "actor": {"type": "agent", "id": str(shop.manager_id), "name": "shop manager"},
        "data": {"status": ["open", "solved"]},
    }
