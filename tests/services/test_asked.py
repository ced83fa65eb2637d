"""What a list of tickets can be narrowed to."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, select, update
from team import Team

from inbox_service.domain.tickets import ORDERS
from inbox_service.services import views
from inbox_service.services.asked import Asked
from inbox_service.services.auth import Caller
from inbox_service.services.conversations import mark_seen
from inbox_service.store import tags
from inbox_service.store.tables import tickets
from inbox_service.store.ticket_views import LOOKED_AT
from inbox_service.testing import (
    START,
    add_agent,
    add_customer,
    add_inbox,
    add_message,
    add_ticket,
)

HOUR = 3_600_000
DAY = 24 * HOUR


def found(team: Team, caller: Caller | None = None, **asked: Any) -> list[int]:
    page = views.list_tickets(team.deps, caller or team.caller, Asked(**asked), None, 50)
    return sorted(one.row["number"] for one in page.items)


def tag(team: Team, ticket_id: int, name: str) -> None:
    with team.deps.sessions.writing() as connection:
        tags.tag(connection, team.site_id, ticket_id, [name], START)


def test_by_tag(team: Team) -> None:
    for number in (1, 2, 3):
        ticket_id = team.add(add_ticket, team.inbox_id, number=number)
        tag(team, ticket_id, "vip" if number != 2 else "other")
    assert found(team, tag="vip") == [1, 3]
    assert found(team, tag="nobody has it") == []


def test_by_customer(team: Team) -> None:
    customer_id = team.add(add_customer)
    team.add(add_ticket, team.inbox_id, number=1, customer_id=customer_id)
    team.add(add_ticket, team.inbox_id, number=2, customer_id=customer_id, status="solved")
    team.add(add_ticket, team.inbox_id, number=3, customer_id=customer_id, place="spam")
    team.add(add_ticket, team.inbox_id, number=4)
    assert found(team, customer=customer_id) == [1, 2]
    assert found(team, customer=customer_id, status="solved") == [2]
    assert found(team, customer=customer_id, assignee="me") == []


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"priority": "urgent"}, [1]),
        ({"has_attachments": True}, [2]),
        ({"has_attachments": False}, [1, 3]),
        ({"waiting_hours": 4}, [3]),
        ({"waiting_hours": 4, "priority": "urgent"}, []),
    ],
)
def test_by_what_no_index_holds(team: Team, asked: dict[str, Any], numbers: list[int]) -> None:
    team.add(add_ticket, team.inbox_id, number=1, priority="urgent", waiting_since=START - HOUR)
    team.add(add_ticket, team.inbox_id, number=2, has_attachments=True)
    team.add(add_ticket, team.inbox_id, number=3, waiting_since=START - 5 * HOUR)
    assert found(team, **asked) == numbers


def test_by_the_day_of_the_last_activity(team: Team) -> None:
    for number, days in ((1, 0), (2, 3), (3, 40)):
        team.add(add_ticket, team.inbox_id, START - days * DAY, number=number)
    assert found(team, active_after="7d") == [1, 2]
    assert found(team, active_before="7d") == [3]
    assert found(team, active_after="1m", active_before="today") == [2]


def test_by_what_is_unread(team: Team) -> None:
    for number in (1, 2):
        ticket_id = team.add(add_ticket, team.inbox_id, number=number)
        message_id = team.add(add_message, ticket_id)
    assert found(team, unread=True) == [1, 2]
    mark_seen(team.deps, team.caller, 2, message_id)
    assert (found(team, unread=True), found(team, unread=False)) == ([1], [2])
    views.mark_unread(team.deps, team.caller, 2)
    assert found(team, unread=True) == [1, 2]


def in_order(team: Team, order: str, caller: Caller | None = None, **asked: Any) -> list[int]:
    """Return the numbers of a list as its pages of two tell them."""
    numbers: list[int] = []
    after: tuple[int, ...] | None = None
    while True:
        wanted = Asked(order=order, **asked)
        page = views.list_tickets(team.deps, caller or team.caller, wanted, after, 2)
        numbers += [one.row["number"] for one in page.items]
        after = page.next_key
        if after is None:
            return numbers


def test_who_waits_longest_comes_first_and_who_does_not_wait_last(team: Team) -> None:
    for number, hours in ((1, 2), (2, 9), (3, 5)):
        team.add(add_ticket, team.inbox_id, number=number, waiting_since=START - hours * HOUR)
    team.add(add_ticket, team.inbox_id, START - HOUR, number=4)
    team.add(add_ticket, team.inbox_id, number=5, status="solved")
    assert in_order(team, "waiting") == [2, 3, 1, 5, 4]
    assert in_order(team, "waiting", status="open") == [2, 3, 1, 4]
    assert in_order(team, "waiting", waiting_hours=4) == [2, 3]


def test_the_newest_comes_first_whatever_happened_to_the_others_since(team: Team) -> None:
    for number, hours in ((1, 2), (2, 9), (3, 5)):
        at, active = START - hours * HOUR, START + hours * HOUR
        team.add(add_ticket, team.inbox_id, at, number=number, last_activity_at=active)
    assert in_order(team, "activity") == [2, 3, 1]
    assert in_order(team, "created") == [1, 3, 2]
    assert in_order(team, "created", active_before="today") == []


def test_what_is_urgent_comes_first_and_of_one_priority_the_newest_activity(team: Team) -> None:
    for number, priority in enumerate(("low", "normal", "urgent", "high", "normal", "urgent"), 1):
        team.add(add_ticket, team.inbox_id, START + number, number=number, priority=priority)
    assert in_order(team, "priority") == [6, 3, 4, 5, 2, 1]
    assert in_order(team, "priority", priority="urgent") == [6, 3]


@pytest.mark.parametrize("order", ORDERS)
def test_in_any_order_the_same_tickets_are_shown_and_only_what_one_may_see(
    team: Team, order: str
) -> None:
    hidden, customer_id = team.add(add_inbox), team.add(add_customer)
    facts = [{"waiting_since": START}, {"priority": "urgent"}, {"status": "pending"}, {}]
    for number, values in enumerate(facts * 2):
        inbox_id, at = (hidden if number > 3 else team.inbox_id), START + number
        team.add(add_ticket, inbox_id, at, number=number, customer_id=customer_id, **values)
    team.add(add_agent, wp_user_id=9, inboxes=(team.inbox_id,))
    limited = Caller(team.site_id, "agent", "9")
    assert sorted(in_order(team, order)) == list(range(8))
    assert sorted(in_order(team, order, customer=customer_id)) == list(range(8))
    assert sorted(in_order(team, order, limited)) == [0, 1, 2, 3]
    assert sorted(in_order(team, order, inbox=hidden, assignee="none")) == [4, 5, 6, 7]
    assert in_order(team, order, limited, inbox=hidden) == []


def test_nobody_finds_what_he_may_not_see(team: Team) -> None:
    hidden, customer_id = team.add(add_inbox), team.add(add_customer)
    ticket_id = team.add(
        add_ticket, hidden, number=1, customer_id=customer_id, priority="high", has_attachments=True
    )
    tag(team, ticket_id, "vip")
    team.add(add_agent, wp_user_id=9, inboxes=(team.inbox_id,))
    limited = Caller(team.site_id, "agent", "9")
    asked: list[dict[str, Any]] = [
        {"tag": "vip"},
        {"customer": customer_id},
        {"customer": customer_id, "inbox": hidden},
        {"priority": "high"},
        {"has_attachments": True},
        {"inbox": hidden},
    ]
    assert [found(team, limited, **one) for one in asked] == [[]] * len(asked)
    assert [found(team, **one) for one in asked] == [[1]] * len(asked)


def many(team: Team, count: int) -> None:
    """Add tickets like the newest one, each a moment older than the one before."""
    with team.deps.sessions.writing() as connection:
        like = dict(connection.execute(select(tickets)).mappings().one())
        own = [
            {"id": like["id"] - n, "number": n + 1, "reference": f"R{n:07}"}
            for n in range(1, count)
        ]
        rows = [{**like, **one, "last_activity_at": START - one["number"]} for one in own]
        connection.execute(insert(tickets), rows)


def test_a_page_of_what_few_fit_goes_on_where_it_stopped_looking(team: Team) -> None:
    team.add(add_ticket, team.inbox_id, number=1)
    many(team, LOOKED_AT + 20)
    with team.deps.sessions.writing() as connection:
        connection.execute(
            update(tickets).where(tickets.c.number == LOOKED_AT + 5).values(priority="urgent")
        )
    asked = Asked(priority="urgent")
    first = views.list_tickets(team.deps, team.caller, asked, None, 50)
    assert first.items == []
    assert first.next_key
    assert first.next_key[1] == START - LOOKED_AT
    second = views.list_tickets(team.deps, team.caller, asked, first.next_key, 50)
    assert [one.row["number"] for one in second.items] == [LOOKED_AT + 5]
    assert second.next_key is None
