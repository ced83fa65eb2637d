"""Inboxes, mailboxes, customers, the feed and the news."""

from __future__ import annotations

from typing import Any

import pytest
from shop import Client, Shop

from inbox_service.domain.events import SYSTEM, NewEvent
from inbox_service.store import events
from inbox_service.testing import (
    START,
    MemoryPresence,
    add_customer,
    add_inbox,
    add_message,
    add_ticket,
)

TEAM = {"name": "Repairs", "members": []}


def tell(shop: Shop, *inbox_ids: int | None) -> None:
    """Append an event per inbox."""
    with shop.deps.sessions.writing() as connection:
        new = [NewEvent("mail_received", SYSTEM, inbox_id=inbox_id) for inbox_id in inbox_ids]
        events.append(connection, shop.site_id, new, START)


def ask(client: Client, after: int | None = None, **more: Any) -> dict[str, Any]:
    answer = client.call("POST", "/live", {"after": after, **more})
    assert answer.status_code == 200
    return answer.json or {}


def got(client: Client, path: str, **query: Any) -> dict[str, Any]:
    answer = client.get(path, **query)
    assert answer.status_code == 200
    return answer.json or {}


def test_inboxes_are_listed_with_what_stands_in_them(shop: Shop) -> None:
    shop.add(add_ticket, shop.inbox_id)
    shop.add(add_ticket, shop.inbox_id, assignee_id=shop.manager_id)
    shop.add(add_ticket, shop.inbox_id, assignee_id=shop.manager_id, status="solved")
    shop.add(add_ticket, shop.inbox_id, place="spam")
    listed = got(shop.manager, "/inboxes")
    counts = {"open": 2, "pending": 0, "solved": 1, "unassigned": 1}
    assert listed["items"] == [
        {
            "id": str(shop.inbox_id),
            "name": "shop support",
            "colour": "#3858e9",
            "addresses": [],
            "team_id": None,
            "counts": counts,
        }
    ]
    assert listed["counts"] == {**counts, "mine": 1, "snoozed": 0, "spam": 1} | {
        "trash": 0,
        "outbox": 0,
        "mentions": 0,
    }


def test_a_limited_agent_counts_his_inboxes_only(shop: Shop) -> None:
    sales = shop.add(add_inbox, name="sales")
    for inbox_id in (shop.inbox_id, shop.inbox_id, sales):
        shop.add(add_ticket, inbox_id)
    agent = shop.hire(9, inboxes=(sales,))
    listed = got(agent, "/inboxes")
    assert [item["name"] for item in listed["items"]] == ["sales"]
    assert listed["counts"]["open"] == 1
    assert ask(agent)["counts"]["inboxes"] == {
        str(sales): {"open": 1, "pending": 0, "solved": 0, "unassigned": 1}
    }


def test_a_team_counts_its_open_tickets_in_the_inboxes_that_somebody_sees(shop: Shop) -> None:
    sales, team = shop.add(add_inbox, name="sales"), shop.manager.call("POST", "/teams", TEAM)
    team_id = int((team.json or {})["id"])
    for inbox_id in (shop.inbox_id, shop.inbox_id, sales):
        shop.add(add_ticket, inbox_id, team_id=team_id)
    for values in ({"status": "pending"}, {"place": "spam"}, {"snoozed_until": START + 1}):
        shop.add(add_ticket, sales, team_id=team_id, **values)
    limited = shop.hire(9, inboxes=(sales,))
    assert ask(shop.manager)["counts"]["teams"] == {str(team_id): 3}
    assert ask(limited)["counts"]["teams"] == {str(team_id): 1}
    assert len(got(limited, "/tickets", team=team_id, status="open", snoozed=False)["items"]) == 1


@pytest.mark.parametrize("path", ["/mailboxes", "/forms", "/teams", "/tags"])
def test_an_empty_desk_lists_nothing(shop: Shop, path: str) -> None:
    assert got(shop.manager, path) == {"items": [], "next_cursor": None}


def test_a_customer_is_shown_with_the_newest_tickets(shop: Shop) -> None:
    customer_id = shop.add(add_customer, email="omar@example.net", name="Omar")
    for number in (1, 2):
        at = START + number
        shop.add(add_ticket, shop.inbox_id, at, number=number, customer_id=customer_id)
    shown = got(shop.manager, f"/customers/{customer_id}")
    assert (shown["name"], shown["addresses"]) == ("Omar", [{"email": "omar@example.net"}])
    assert [ticket["number"] for ticket in shown["tickets"]] == [2, 1]


def test_customers_are_found_by_name_and_address(shop: Shop) -> None:
    shop.add(add_customer, email="amal@example.net", name="Amal")
    shop.add(add_customer, email="omar@100%.example", name="Omar")
    found = {
        words: [item["name"] for item in got(shop.manager, "/customers", query=words)["items"]]
        for words in ("AMAL", "example.net", "omar@", "100%.", "%", "nobody", "")
    }
    assert found == {
        "AMAL": ["Amal"],
        "example.net": ["Amal"],
        "omar@": ["Omar"],
        "100%.": ["Omar"],
        "%": ["Omar"],
        "nobody": [],
        "": ["Omar", "Amal"],
    }


def test_customers_are_paged(shop: Shop) -> None:
    for _ in range(3):
        shop.add(add_customer)
    first = got(shop.manager, "/customers", limit=2)
    second = got(shop.manager, "/customers", limit=2, cursor=first["next_cursor"])
    ids = {item["id"] for item in first["items"] + second["items"]}
    assert (len(ids), second["next_cursor"]) == (3, None)


def test_a_limited_agent_knows_the_customers_of_his_inboxes(shop: Shop) -> None:
    sales = shop.add(add_inbox, name="sales")
    stranger, known = shop.add(add_customer, name="A"), shop.add(add_customer, name="B")
    shop.add(add_ticket, shop.inbox_id, customer_id=stranger)
    shop.add(add_ticket, shop.inbox_id, customer_id=known)
    shop.add(add_ticket, sales, number=9, customer_id=known)
    agent = shop.hire(9, inboxes=(sales,))
    assert [item["name"] for item in got(agent, "/customers")["items"]] == ["B"]
    assert agent.get(f"/customers/{stranger}").status_code == 404
    tickets = got(agent, f"/customers/{known}")["tickets"]
    assert [ticket["number"] for ticket in tickets] == [9]


def test_the_feed_goes_on_where_it_ended(shop: Shop) -> None:
    tell(shop, shop.inbox_id, shop.inbox_id, None)
    first = got(shop.manager, "/events", after=0, limit=2)
    second = got(shop.manager, "/events", after=first["next_after"], limit=2)
    assert [event["seq"] for event in first["items"] + second["items"]] == [1, 2, 3]
    assert second["next_after"] == 3


def test_the_feed_skips_what_is_not_seen_and_goes_on(shop: Shop) -> None:
    sales = shop.add(add_inbox, name="sales")
    tell(shop, shop.inbox_id, sales, None, shop.inbox_id)
    agent = shop.hire(9, inboxes=(sales,))
    listed = got(agent, "/events")
    assert [event["seq"] for event in listed["items"]] == [2, 3]
    assert listed["next_after"] == 4


def test_news_are_what_happened_since(shop: Shop) -> None:
    tell(shop, shop.inbox_id)
    assert ask(shop.manager)["hints"] == []
    tell(shop, shop.inbox_id)
    news = ask(shop.manager, after=1)
    assert news["hints"] == [
        {
            "seq": 2,
            "ticket_number": None,
            "kind": "mail_received",
            "inbox_id": str(shop.inbox_id),
        }
    ]
    assert (news["seq"], ask(shop.manager, after=2)["hints"]) == (2, [])


@pytest.mark.parametrize(("told", "after"), [(1, 2), (201, 0), (2002, 1)])
def test_a_screen_that_cannot_catch_up_is_told_to_reload(shop: Shop, told: int, after: int) -> None:
    tell(shop, *[shop.inbox_id] * told)
    answer = shop.manager.call("POST", "/live", {"after": after})
    assert answer.json
    assert (answer.status_code, answer.json["code"], answer.json["seq"]) == (410, "reload", told)


def test_colleagues_see_who_is_there(shop: Shop) -> None:
    shop.add(add_ticket, shop.inbox_id, number=1)
    amal = shop.hire(9, name="Amal")
    assert ask(amal, viewing=1, mode="replying")["presence"] == []
    there = ask(shop.manager, viewing=None, mode=None)["presence"]
    assert [(one["ticket_number"], one["agent"]["name"], one["mode"]) for one in there] == [
        (1, "Amal", "replying")
    ]
    ask(amal, viewing=None, mode=None)
    assert ask(shop.manager)["presence"] == []


def test_presence_in_an_unseen_inbox_is_neither_told_nor_taken(shop: Shop) -> None:
    shop.add(add_ticket, shop.inbox_id, number=1)
    agent = shop.hire(9, inboxes=(shop.add(add_inbox),))
    ask(shop.manager, viewing=1, mode="viewing")
    assert ask(agent, viewing=1, mode="viewing")["presence"] == []
    assert isinstance(shop.deps.presence, MemoryPresence)
    assert [one.agent_id for one in shop.deps.presence.present(shop.site_id)] == [shop.manager_id]


@pytest.mark.parametrize(
    "question",
    [{"after": -1}, {"after": "1"}, {"after": 2**60}, {"mode": "asleep"}, {"viewing": 1.5}],
)
def test_a_wrong_question_is_refused(shop: Shop, question: dict[str, Any]) -> None:
    assert shop.manager.call("POST", "/live", question).status_code == 422


def test_a_wrong_place_in_the_feed_is_refused(shop: Shop) -> None:
    for after in ("-1", "x", str(2**70)):
        assert shop.manager.get("/events", after=after).status_code == 422


def test_unread_marks_are_each_agents_own(shop: Shop) -> None:
    ticket_id = shop.add(add_ticket, shop.inbox_id, number=1)
    message_id = shop.add(add_message, ticket_id)
    colleague = shop.hire(9)
    colleague.call("PUT", "/tickets/1/seen", {"message_id": str(message_id)})
    assert got(colleague, "/tickets/1")["unread"] is False
    assert got(shop.manager, "/tickets/1")["unread"] is True
