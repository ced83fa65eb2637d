"""Changes to many tickets over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from shop import Shop
from werkzeug.test import TestResponse

from inbox_service.testing import RecordingQueue, add_ticket


@pytest.fixture
def two(shop: Shop) -> Shop:
    """The shop with tickets 1 and 2."""
    for number in (1, 2):
        shop.add(add_ticket, shop.inbox_id, number=number)
    return shop


def start(shop: Shop, key: str = "k", /, **body: Any) -> TestResponse:
    return shop.manager.call("POST", "/bulk", body, headers={"Idempotency-Key": key})


def chosen(*numbers: int) -> list[dict[str, int]]:
    return [{"number": number, "version": 1} for number in numbers]


def told(answer: TestResponse) -> dict[str, Any]:
    assert answer.status_code in (200, 201), answer.text
    assert isinstance(answer.json, dict)
    return answer.json


def test_chosen_tickets_are_changed_and_returned_with_one_request(two: Shop) -> None:
    answer = told(start(two, tickets=chosen(1, 2), changes={"status": "solved"}))
    assert (answer["state"], answer["total"], answer["done"]) == ("done", 2, 2)
    assert [(one["number"], one["status"], one["version"]) for one in answer["tickets"]] == [
        (1, "solved", 2),
        (2, "solved", 2),
    ]


def test_what_is_left_out_is_named_with_its_reason(two: Shop) -> None:
    two.manager.call("PATCH", "/tickets/2", {"priority": "high"}, headers={"If-Match": '"1"'})
    answer = told(start(two, tickets=chosen(1, 2), changes={"place": "trash"}))
    assert answer["left_out"] == 1
    assert answer["left_out_tickets"] == [{"number": 2, "reason": "stale"}]


def test_all_that_a_list_shows_are_changed_and_taken_back(two: Shop) -> None:
    changes = {"assignee_id": str(two.manager_id), "add_tags": ["monday"]}
    query = {"status": "open", "assignee": "none", "snoozed": "false"}
    begun = told(start(two, filter=query, changes=changes))
    assert begun["done"] == 2
    back = told(start(two, "undo", undoes=begun["id"]))
    assert (back["undoes"], back["done"]) == (begun["id"], 2)
    assert told(two.manager.get("/tickets/1"))["assignee"] is None
    assert told(two.manager.get("/tickets/1"))["tags"] == []


def test_a_long_one_is_watched_and_stopped(shop: Shop) -> None:
    with shop.deps.sessions.writing() as connection:
        for number in range(1, 102):
            add_ticket(connection, shop.site_id, shop.inbox_id, number=number)
    begun = told(start(shop, filter={}, changes={"status": "solved"}))
    assert (begun["state"], begun["total"], begun["tickets"]) == ("running", 101, [])
    assert isinstance(shop.deps.queue, RecordingQueue)
    assert shop.deps.queue.hints == [("work_on_bulk", (shop.site_id, int(begun["id"])))]
    assert told(shop.manager.get(f"/bulk/{begun['id']}"))["done"] == 0
    stopped = told(shop.manager.call("DELETE", f"/bulk/{begun['id']}"))
    assert stopped["state"] == "cancelled"


@pytest.mark.parametrize(
    "body",
    [
        {"changes": {"status": "solved"}},
        {"tickets": chosen(1), "filter": {}, "changes": {"status": "solved"}},
        {"tickets": chosen(1)},
        {"tickets": chosen(1), "changes": {}},
        {"tickets": [], "changes": {"status": "solved"}},
        {"undoes": "5", "changes": {"status": "solved"}},
        {"tickets": chosen(1), "changes": {"subject": "All the same"}},
    ],
)
def test_what_says_not_which_tickets_or_not_what_to_change_is_refused(
    two: Shop, body: dict[str, Any]
) -> None:
    assert start(two, **body).status_code == 422


def test_without_a_key_nothing_is_changed(two: Shop) -> None:
    body = {"tickets": chosen(1), "changes": {"status": "solved"}}
    answer = two.manager.call("POST", "/bulk", body)
    assert answer.json
    assert answer.json["code"] == "idempotency_key_required"


def test_who_only_reads_changes_nothing(two: Shop) -> None:
    reader = two.hire(30, role="viewer")
    body = {"tickets": chosen(1), "changes": {"status": "solved"}}
    answer = reader.call("POST", "/bulk", body, headers={"Idempotency-Key": "k"})
    assert answer.status_code == 403
