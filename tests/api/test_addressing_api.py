"""A composer is told to whom, as whom and how much; signatures are written by whom they are of."""

from __future__ import annotations

import pytest
from memory_feed import ADDRESS, feed_inbox
from shop import Shop

from inbox_service.domain.mail_size import LARGEST_MAIL, room_for_files
from inbox_service.domain.signatures import VARIABLES
from inbox_service.testing import add_customer, add_message, add_ticket

OMAR = {"name": "Omar", "email": "omar@example.net"}
RITA = {"name": "Rita", "email": "rita@example.org"}
US = {"name": "", "email": ADDRESS}


@pytest.fixture
def ticket_id(shop: Shop) -> int:
    customer_id = shop.add(add_customer, email=OMAR["email"], name="Omar")
    ticket_id = shop.add(add_ticket, shop.inbox_id, number=1, customer_id=customer_id)
    shop.add(add_message, ticket_id, recipients=[US, RITA], author_id=customer_id)
    return ticket_id


def test_a_composer_is_told_how_its_mail_is_addressed(shop: Shop, ticket_id: int) -> None:
    feed_inbox(shop)
    assert shop.manager.get("/tickets/1/addressing").json == {
        "answer": {"to": [OMAR], "cc": []},
        "answer_to_all": {"to": [OMAR], "cc": [RITA]},
        "senders": [ADDRESS],
        "is_list": False,
        "uninvited": [],
        "room": room_for_files(LARGEST_MAIL),
        "signature": "",
    }


def test_without_a_mailbox_there_is_no_way_out(shop: Shop, ticket_id: int) -> None:
    answer = shop.manager.get("/tickets/1/addressing")
    assert answer.json
    assert (answer.status_code, answer.json["code"]) == (409, "no_mailbox")


def test_everybody_writes_his_own_signature(shop: Shop) -> None:
    ana = shop.hire(9)
    written = ana.call("PUT", "/me/signature", {"text": " {agent.name}\n"}).get_json()
    assert (written["text"], written["variables"]) == ("{agent.name}", list(VARIABLES))
    assert ana.get("/me/signature").json == written
    assert shop.manager.get("/me/signature").get_json()["text"] == ""


def test_managers_write_an_inboxes_signature(shop: Shop) -> None:
    path = f"/inboxes/{shop.inbox_id}/signature"
    assert shop.manager.call("PUT", path, {"text": "The shop"}).status_code == 200
    assert shop.hire(9).get(path).get_json()["text"] == "The shop"


def test_a_signature_can_be_previewed_with_what_its_variables_stand_for(shop: Shop) -> None:
    feed_inbox(shop)
    values = shop.manager.get("/me/signature").get_json()["values"]
    assert values == shop.manager.get(f"/inboxes/{shop.inbox_id}/signature").get_json()["values"]
    assert values["inbox.address"] == ADDRESS
    assert set(VARIABLES) - set(values) == {"ticket.reference", "customer.name"}
    assert all(values.values())


def test_who_sees_no_inbox_previews_his_signature_without_one(shop: Shop) -> None:
    values = shop.hire(9, name="Ana").get("/me/signature").get_json()["values"]
    assert (values["agent.name"], values["inbox.address"]) == ("Ana", "")


def test_agents_do_not(shop: Shop) -> None:
    path = f"/inboxes/{shop.inbox_id}/signature"
    assert shop.hire(9).call("PUT", path, {"text": "Mine"}).status_code == 403


def test_an_inbox_that_is_not_there_has_no_signature(shop: Shop) -> None:
    assert shop.manager.get("/inboxes/1/signature").status_code == 404
