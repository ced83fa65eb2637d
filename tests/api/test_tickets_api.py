"""Tickets over HTTP: lists, single ones, changes."""

from __future__ import annotations

from typing import Any

import pytest
from shop import MANAGER, Shop
from werkzeug.test import TestResponse

from inbox_service.domain.tickets import ORDERS, PRIORITIES
from inbox_service.testing import START, add_customer, add_inbox, add_message, add_ticket


def ticket(shop: Shop, number: int, **values: Any) -> int:
    at = values.pop("at", START)
    inbox_id = values.pop("inbox_id", shop.inbox_id)
    return shop.add(add_ticket, inbox_id, at, number=number, **values)


def numbers(answer: TestResponse) -> list[int]:
    assert answer.status_code == 200
    assert answer.json
    return [item["number"] for item in answer.json["items"]]


def change(shop: Shop, number: int, version: int | str, /, **values: Any) -> TestResponse:
    return shop.manager.call(
        "PATCH", f"/tickets/{number}", values, headers={"If-Match": f'"{version}"'}
    )


def code(answer: TestResponse) -> tuple[int, str]:
    assert answer.json
    return answer.status_code, answer.json["code"]


def test_a_ticket_is_shown_as_the_contract_says(shop: Shop) -> None:
    customer_id = shop.add(add_customer, email="omar@example.net", name="Omar")
    ticket_id = ticket(shop, 5, customer_id=customer_id, assignee_id=shop.manager_id)
    answer = shop.manager.get("/tickets/5")
    assert answer.headers["ETag"] == '"1"'
    assert answer.json == {
        "id": str(ticket_id),
        "number": 5,
        "reference": answer.json["reference"] if answer.json else "",
        "subject": "Where is my order?",
        "direction": "ltr",
        "status": "open",
        "place": "inbox",
        "priority": "normal",
        "channel": "mail",
        "inbox_id": str(shop.inbox_id),
        "customer": {"id": str(customer_id), "name": "Omar", "email": "omar@example.net"},
        "assignee": {"id": str(shop.manager_id), "name": "shop manager"},
        "team_id": None,
        "tags": [],
        "followers": [],
        "snippet": "",
        "snippet_direction": "ltr",
        "unread": False,
        "has_draft": False,
        "has_attachments": False,
        "message_count": 0,
        "from_before": False,
        "waiting_since": None,
        "last_activity_at": "2026-01-12T08:00:00.000Z",
        "created_at": "2026-01-12T08:00:00.000Z",
        "snoozed_until": None,
        "back_from_snooze": False,
        "version": 1,
        "suggestion": None,
        "merged_into": None,
        "erased": False,
    }


def test_lists_are_by_last_activity_newest_first(shop: Shop) -> None:
    ticket(shop, 1, last_activity_at=START + 5)
    ticket(shop, 2, last_activity_at=START + 9, status="solved")
    ticket(shop, 3, last_activity_at=START + 7, status="pending")
    assert numbers(shop.manager.get("/tickets")) == [2, 3, 1]


@pytest.mark.parametrize("query", [{}, {"status": "open"}, *({"order": order} for order in ORDERS)])
def test_pages_join_without_gap_or_overlap(shop: Shop, query: dict[str, str]) -> None:
    for number in range(1, 8):
        # Three share a moment: the id decides among them.
        at = START + number // 3
        waits = {"waiting_since": at} if number % 2 else {}
        priority = PRIORITIES[number % 4]
        ticket(shop, number, last_activity_at=at, created_at=-at, priority=priority, **waits)
    whole = numbers(shop.manager.get("/tickets", **query))
    pages, cursor = [], {}
    while cursor is not None:
        answer = shop.manager.get("/tickets", limit=2, **query, **cursor)
        pages += numbers(answer)
        assert answer.json
        following = answer.json["next_cursor"]
        cursor = {"cursor": following} if following else None
    assert pages == whole
    assert sorted(pages) == list(range(1, 8))


def test_a_cursor_says_nothing_in_another_order(shop: Shop) -> None:
    for number in (1, 2):
        ticket(shop, number)
    following = shop.manager.get("/tickets", limit=1).json["next_cursor"]
    answer = shop.manager.get("/tickets", order="created", cursor=following)
    assert code(answer) == (422, "invalid_cursor")


def test_filters_narrow_the_list(shop: Shop) -> None:
    sales = shop.add(add_inbox, name="sales")
    ticket(shop, 1)
    ticket(shop, 2, inbox_id=sales, assignee_id=shop.manager_id)
    ticket(shop, 3, place="spam")
    ticket(shop, 4, status="solved")
    shown = {
        "inbox": numbers(shop.manager.get("/tickets", inbox=sales)),
        "mine": numbers(shop.manager.get("/tickets", assignee="me")),
        "by id": numbers(shop.manager.get("/tickets", assignee=shop.manager_id)),
        "nobody's": numbers(shop.manager.get("/tickets", assignee="none", status="open")),
        "spam": numbers(shop.manager.get("/tickets", place="spam")),
        "solved": numbers(shop.manager.get("/tickets", status="solved")),
    }
    assert shown == {
        "inbox": [2],
        "mine": [2],
        "by id": [2],
        "nobody's": [1],
        "spam": [3],
        "solved": [4],
    }


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"status": "done"}, "status"),
        ({"place": "attic"}, "place"),
        ({"inbox": "x"}, "inbox"),
        ({"assignee": "you"}, "assignee"),
        ({"assignee": "1\n"}, "assignee"),
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"team": "9" * 30}, "team"),
        ({"inbox": "\u0661"}, "inbox"),
    ],
)
def test_a_wrong_filter_is_named(shop: Shop, query: dict[str, Any], field: str) -> None:
    answer = shop.manager.get("/tickets", **query)
    assert answer.json
    assert (answer.status_code, answer.json["field"]) == (422, field)


@pytest.mark.parametrize(
    "cursor", ["", "x", "dGlja2V0czE6MQ", "\u00e9", "AAAA", "Zm9vMToxOjI", "=" * 9]
)
def test_a_malformed_cursor_is_refused(shop: Shop, cursor: str) -> None:
    assert code(shop.manager.get("/tickets", cursor=cursor)) == (422, "invalid_cursor")


def test_a_cursor_of_another_list_is_refused(shop: Shop) -> None:
    ticket_id = ticket(shop, 1)
    for _ in range(2):
        shop.add(add_message, ticket_id)
    page = shop.manager.get("/tickets/1/messages", limit=1).json
    assert page
    assert code(shop.manager.get("/tickets", cursor=page["next_cursor"])) == (
        422,
        "invalid_cursor",
    )


def test_a_ticket_that_is_not_there_is_not_found(shop: Shop) -> None:
    assert code(shop.manager.get("/tickets/77")) == (404, "ticket_not_found")


def test_an_agent_of_some_inboxes_sees_their_tickets_only(shop: Shop) -> None:
    sales, press = shop.add(add_inbox, name="sales"), shop.add(add_inbox, name="press")
    ticket(shop, 1)
    ticket(shop, 2, inbox_id=sales, last_activity_at=START + 1)
    ticket(shop, 3, inbox_id=press, last_activity_at=START + 2, status="solved")
    agent = shop.hire(9, inboxes=(sales, press))
    assert numbers(agent.get("/tickets")) == [3, 2]
    assert numbers(agent.get("/tickets", inbox=shop.inbox_id)) == []
    assert numbers(agent.get("/tickets", assignee="none")) == [3, 2]
    assert numbers(agent.get("/tickets", assignee="me")) == []
    assert code(agent.get("/tickets/1")) == (404, "ticket_not_found")


def test_a_ticket_is_unread_until_its_newest_message_is_seen(shop: Shop) -> None:
    ticket_id = ticket(shop, 1)
    message_id = shop.add(add_message, ticket_id)
    before = shop.manager.get("/tickets/1").json
    seen = shop.manager.call("PUT", "/tickets/1/seen", {"message_id": str(message_id)})
    after = shop.manager.get("/tickets/1").json
    assert before
    assert after
    assert (before["unread"], seen.status_code, after["unread"]) == (True, 204, False)


def test_reading_an_older_message_later_does_not_unread(shop: Shop) -> None:
    ticket_id = ticket(shop, 1)
    first, second = shop.add(add_message, ticket_id), shop.add(add_message, ticket_id, START + 1)
    for message_id in (second, first):
        shop.manager.call("PUT", "/tickets/1/seen", {"message_id": str(message_id)})
    shown = shop.manager.get("/tickets/1").json
    assert shown
    assert shown["unread"] is False


def test_a_message_of_another_ticket_cannot_be_marked(shop: Shop) -> None:
    ticket(shop, 1)
    other = shop.add(add_message, ticket(shop, 2))
    answer = shop.manager.call("PUT", "/tickets/1/seen", {"message_id": str(other)})
    assert code(answer) == (422, "invalid")


def test_tickets_from_before_are_not_unread(shop: Shop) -> None:
    shop.add(add_message, ticket(shop, 1, from_before=True))
    shown = shop.manager.get("/tickets/1").json
    assert shown
    assert shown["unread"] is False


def test_a_ticket_names_the_one_it_looks_like(shop: Shop) -> None:
    first = ticket(shop, 1)
    ticket(shop, 2, suggested_ticket_id=first)
    shown = shop.manager.get("/tickets/2").json
    assert shown
    assert shown["suggestion"] == {"number": 1}


def test_a_ticket_that_went_into_another_names_it_and_is_in_no_list(shop: Shop) -> None:
    into = ticket(shop, 1)
    gone = ticket(shop, 2, merged_into=into)
    ticket(shop, 3, suggested_ticket_id=gone)
    shown = [shop.manager.get(f"/tickets/{number}").json or {} for number in (2, 3)]
    assert shown[0]["merged_into"] == {"number": 1}
    assert shown[1]["suggestion"] == {"number": 1}
    listed = shop.manager.get("/tickets").json or {}
    assert [one["number"] for one in listed["items"]] == [3, 1]


def test_a_change_is_made_once_for_the_version_it_names(shop: Shop) -> None:
    ticket(shop, 1)
    first = change(shop, 1, 1, status="solved", priority="high")
    assert first.json
    assert (first.status_code, first.headers["ETag"]) == (200, '"2"')
    assert (first.json["status"], first.json["priority"], first.json["version"]) == (
        "solved",
        "high",
        2,
    )
    second = change(shop, 1, 1, status="open")
    assert code(second) == (412, "stale")
    assert second.json
    assert second.json["ticket"]["version"] == 2


def test_a_change_without_a_version_is_refused(shop: Shop) -> None:
    ticket(shop, 1)
    answer = shop.manager.call("PATCH", "/tickets/1", {"status": "solved"})
    assert code(answer) == (428, "precondition_required")


@pytest.mark.parametrize(
    "version", ["", "x", '1", "2', "*", "9" * 30, "\u0661".encode().decode("latin-1")]
)
def test_a_version_that_is_none_matches_nothing(shop: Shop, version: str) -> None:
    ticket(shop, 1)
    assert code(change(shop, 1, version, status="solved")) == (412, "stale")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"status": "done"}, "status"),
        ({"priority": None}, "priority"),
        ({"assignee_id": 5}, "assignee_id"),
        ({"assignee_id": "99"}, "assignee_id"),
        ({"team_id": "99"}, "team_id"),
        ({"inbox_id": "99"}, "inbox_id"),
        ({"inbox_id": None}, "inbox_id"),
        ({"subject": ""}, "subject"),
        ({"subject": "a\0"}, "subject"),
        ({"tags": "vip"}, "tags"),
        ({"tags": [""]}, "tags.0"),
        ({"tags": ["x" * 65]}, "tags.0"),
        ({"version": 4}, "version"),
    ],
)
def test_a_wrong_change_is_named_and_changes_nothing(
    shop: Shop, values: dict[str, Any], field: str
) -> None:
    ticket(shop, 1)
    answer = change(shop, 1, 1, **{"priority": "high", **values})
    assert answer.json
    assert (answer.status_code, answer.json["field"]) == (422, field)
    shown = shop.manager.get("/tickets/1").json
    assert shown
    assert (shown["version"], shown["priority"]) == (1, "normal")


def test_a_ticket_is_snoozed_and_comes_back(shop: Shop) -> None:
    ticket(shop, 1)
    until = {"until": "2026-01-13T08:00:00.000Z"}
    put = shop.manager.call("PUT", "/tickets/1/snooze", until, headers={"If-Match": '"1"'})
    assert put.json
    assert (put.json["snoozed_until"], put.headers["ETag"]) == (until["until"], '"2"')
    assert numbers(shop.manager.get("/tickets", snoozed="true")) == [1]
    assert numbers(shop.manager.get("/tickets", snoozed="false")) == []
    late = shop.manager.call("DELETE", "/tickets/1/snooze", headers={"If-Match": '"1"'})
    assert code(late) == (412, "stale")
    ended = shop.manager.call("DELETE", "/tickets/1/snooze", headers={"If-Match": '"2"'})
    assert ended.json
    assert ended.json["snoozed_until"] is None


def test_a_ticket_is_merged_and_taken_out_again(shop: Shop) -> None:
    ticket(shop, 1)
    ticket(shop, 2)
    into, first = {"into": 1}, {"If-Match": '"1"'}
    merged = shop.manager.call("PUT", "/tickets/2/merge", into, headers=first)
    assert merged.json
    assert (merged.json["merged_into"], merged.headers["ETag"]) == ({"number": 1}, '"2"')
    assert numbers(shop.manager.get("/tickets")) == [1]
    late = shop.manager.call("DELETE", "/tickets/2/merge", headers=first)
    assert code(late) == (412, "stale")
    back = shop.manager.call("DELETE", "/tickets/2/merge", headers={"If-Match": '"2"'})
    assert back.json
    assert back.json["merged_into"] is None


def test_nobody_merges_into_what_he_does_not_see(shop: Shop) -> None:
    ticket(shop, 1)
    sales = shop.add(add_inbox)
    ticket(shop, 2, inbox_id=sales)
    agent = shop.hire(9, inboxes=(sales,))
    answer = agent.call("PUT", "/tickets/2/merge", {"into": 1}, headers={"If-Match": '"1"'})
    assert code(answer) == (422, "no_such_ticket")


def test_spam_and_its_sender_are_blocked_listed_and_let_in_again(shop: Shop) -> None:
    customer_id = shop.add(add_customer, email="pills@spam.example")
    ticket(shop, 1, customer_id=customer_id)
    body, first = {"block_sender": True}, {"If-Match": '"1"'}
    spam = shop.manager.call("PUT", "/tickets/1/spam", body, headers=first)
    assert spam.json
    assert spam.json["place"] == "spam"
    listed = shop.manager.get("/blocked-senders").json or {}
    [blocked] = listed["items"]
    assert (blocked["email"], blocked["agent_name"]) == ("pills@spam.example", "shop manager")
    assert shop.manager.call("DELETE", f"/blocked-senders/{blocked['id']}").status_code == 204
    again = shop.manager.call("DELETE", f"/blocked-senders/{blocked['id']}")
    assert code(again) == (404, "block_not_found")
    back = shop.manager.call("DELETE", "/tickets/1/spam", headers={"If-Match": '"2"'})
    assert back.json
    assert back.json["place"] == "inbox"


def test_an_address_is_blocked_by_hand(shop: Shop) -> None:
    for email in ("Pills@Spam.example", "pills@spam.example"):
        assert shop.manager.call("POST", "/blocked-senders", {"email": email}).status_code == 204
    listed = shop.manager.get("/blocked-senders").json or {}
    assert [one["email"] for one in listed["items"]] == ["pills@spam.example"]
    wrong = shop.manager.call("POST", "/blocked-senders", {"email": "nobody"})
    assert code(wrong) == (422, "invalid_address")


def test_an_agent_follows_a_ticket_and_no_more(shop: Shop) -> None:
    ticket(shop, 1)
    me = {"id": str(shop.manager_id), "name": "shop manager"}
    for method, followers in (("PUT", [me]), ("DELETE", []), ("DELETE", [])):
        answer = shop.manager.call(method, "/tickets/1/following")
        assert answer.json
        assert (answer.json["followers"], answer.json["version"]) == (followers, 1)


def test_a_viewer_changes_nothing(shop: Shop) -> None:
    ticket(shop, 1)
    shop.change_agent(MANAGER, role="viewer")
    assert code(change(shop, 1, 1, status="solved")) == (403, "read_only")


def test_a_limited_agent_cannot_change_what_he_does_not_see(shop: Shop) -> None:
    ticket(shop, 1)
    agent = shop.hire(9, inboxes=(shop.add(add_inbox),))
    answer = agent.call("PATCH", "/tickets/1", {"status": "solved"}, headers={"If-Match": '"1"'})
    assert code(answer) == (404, "ticket_not_found")
