"""The original of a message over HTTP."""

from __future__ import annotations

import pytest
from shop import Shop, open_shop

from inbox_service.testing import add_inbox, add_message, add_ticket

RAW = (
    b"Authentication-Results: mx.google.com; spf=pass smtp.mailfrom=omar@example.net\r\n"
    b"From: Omar <omar@example.net>\r\nSubject: Lamp\r\n\r\nWhere is it?\r\n"
)


@pytest.fixture
def ticket_id(shop: Shop) -> int:
    return shop.add(add_ticket, shop.inbox_id, number=1)


def add_mail(shop: Shop, ticket_id: int, raw: bytes = RAW, **values: str) -> str:
    blob = shop.deps.blobs.put(shop.site_id, raw)
    message_id = shop.add(add_message, ticket_id, blob=blob, **values)
    return f"/tickets/1/messages/{message_id}/original"


def test_an_original_tells_headers_checks_and_text(shop: Shop, ticket_id: int) -> None:
    shown = shop.manager.get(add_mail(shop, ticket_id)).json
    assert shown
    token = shown.pop("file_token")
    assert shown == {
        "headers": [
            {"name": "From", "value": "Omar <omar@example.net>"},
            {"name": "Subject", "value": "Lamp"},
        ],
        "checks": [{"method": "spf", "verdict": "pass", "domain": "example.net"}],
        "text": RAW.decode(),
        "is_cut": False,
        "size": len(RAW),
    }
    assert shop.plugin.get(f"/files/{token}").data == RAW


def test_its_file_is_saved_and_never_shown(shop: Shop, ticket_id: int) -> None:
    shown = shop.manager.get(add_mail(shop, ticket_id)).json
    assert shown
    answer = shop.plugin.get(f"/files/{shown['file_token']}")
    assert answer.headers["Content-Type"] == "message/rfc822"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=message-")


def test_of_a_long_original_the_beginning_is_told(shop: Shop, ticket_id: int) -> None:
    shown = shop.manager.get(add_mail(shop, ticket_id, RAW + b"x" * 300_000)).json
    assert shown
    assert (len(shown["text"]), shown["is_cut"]) == (200_000, True)


def test_a_note_has_none_even_where_it_came_by_mail(shop: Shop, ticket_id: int) -> None:
    path = add_mail(shop, ticket_id, kind="note")
    answer = shop.manager.get(path)
    assert answer.json
    assert (answer.status_code, answer.json["code"]) == (404, "original_not_found")
    listed = shop.manager.get("/tickets/1/messages").json
    assert listed
    assert [one["has_original"] for one in listed["items"]] == [False]


def test_an_agent_who_may_not_see_the_ticket_sees_no_original(shop: Shop, ticket_id: int) -> None:
    path = add_mail(shop, ticket_id)
    agent = shop.hire(9, inboxes=(shop.add(add_inbox),))
    assert agent.get(path).status_code == 404


def test_a_message_is_sought_in_its_own_ticket_alone(shop: Shop, ticket_id: int) -> None:
    path = add_mail(shop, ticket_id)
    shop.add(add_ticket, shop.inbox_id, number=2)
    assert shop.manager.get(path.replace("/tickets/1/", "/tickets/2/")).status_code == 404


def test_a_token_of_another_site_opens_nothing(shop: Shop, ticket_id: int) -> None:
    shown = shop.manager.get(add_mail(shop, ticket_id)).json
    assert shown
    other = open_shop(shop.app, shop.deps, "other")
    assert other.plugin.get(f"/files/{shown['file_token']}").status_code == 404
