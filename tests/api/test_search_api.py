"""Search over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from shop import Shop

from inbox_service.services import search
from inbox_service.testing import START, add_inbox, add_message, add_ticket


@pytest.fixture
def desk(shop: Shop) -> Shop:
    """A shop with three tickets, of which the third is in another inbox."""
    inboxes = [shop.inbox_id, shop.inbox_id, shop.add(add_inbox, name="Returns")]
    for number, inbox_id in enumerate(inboxes, start=1):
        at = START + number
        ticket_id = shop.add(add_ticket, inbox_id, at, number=number, subject="My refund")
        shop.add(add_message, ticket_id, at, text="Where is my refund?")
    search.reindex(shop.deps, lambda *_: None)
    return shop


def items(shop: Shop, **query: Any) -> list[dict[str, Any]]:
    answer = shop.manager.get("/search", **query)
    assert answer.status_code == 200
    assert answer.json
    found: list[dict[str, Any]] = answer.json["items"]
    return found


def test_what_is_found_comes_with_the_place_that_shows_why(desk: Shop) -> None:
    first, *_ = items(desk, q="refund ")
    assert first["ticket"]["number"] == 3
    assert first["subject"] == [{"text": "My ", "hit": False}, {"text": "refund", "hit": True}]
    assert [piece["text"] for piece in first["hit"]["excerpt"]] == ["Where is my ", "refund", "?"]
    assert first["hit"]["author_name"] == "Omar"
    assert first["hit"]["direction"] == "ltr"


def test_properties_alone_have_no_hit(desk: Shop) -> None:
    assert [one["hit"] for one in items(desk, q="is:open")] == [None] * 3


def test_a_search_is_paged_by_cursor(desk: Shop) -> None:
    for q in ("refund", "is:open"):
        page: Any = desk.manager.get("/search", q=q, limit=2).json
        rest = items(desk, q=q, limit=2, cursor=page["next_cursor"])
        numbers = [one["ticket"]["number"] for one in (*page["items"], *rest)]
        assert numbers == [3, 2, 1]


def test_a_cursor_of_another_list_is_refused(desk: Shop) -> None:
    page: Any = desk.manager.get("/tickets", limit=1).json
    answer = desk.manager.get("/search", q="refund", cursor=page["next_cursor"])
    assert (answer.status_code, answer.json and answer.json["code"]) == (422, "invalid_cursor")


def test_an_agent_of_one_inbox_finds_what_is_there(desk: Shop) -> None:
    limited = desk.hire(9, inboxes=(desk.inbox_id,))
    answer: Any = limited.get("/search", q="refund").json
    assert [one["ticket"]["number"] for one in answer["items"]] == [2, 1]


def test_what_is_not_understood_says_what_is_meant(desk: Shop) -> None:
    answer: Any = desk.manager.get("/search", q="is:opne inbox:retrun")
    assert answer.status_code == 422
    assert answer.json["code"] == "search_not_understood"
    assert answer.json["problems"] == [
        {"part": "is:opne", "kind": "unknown_value", "instead": ["is:open"]},
        {"part": "inbox:retrun", "kind": "unknown_value", "instead": ["inbox:Returns"]},
    ]


@pytest.mark.parametrize("query", [{}, {"q": "x" * 501}, {"q": "a\0b"}])
def test_what_is_no_search_is_refused(desk: Shop, query: dict[str, str]) -> None:
    assert desk.manager.get("/search", **query).status_code == 422
