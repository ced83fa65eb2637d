"""What the desk shows, and at what cost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from team import Team

from inbox_service.errors import Forbidden, NotFound
from inbox_service.services import feed, live, views
from inbox_service.services.asked import Asked
from inbox_service.services.auth import Caller
from inbox_service.testing import (
    START,
    MemoryPresence,
    add_agent,
    add_inbox,
    add_message,
    add_ticket,
)


@contextmanager
def statements(team: Team) -> Iterator[list[str]]:
    """Collect the SQL that runs meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    engine = team.deps.sessions.engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def fill(team: Team, tickets: int) -> None:
    for place in range(tickets):
        at = START + place
        ticket_id = team.add(add_ticket, team.inbox_id, at, assignee_id=team.agent_id)
        team.add(add_message, ticket_id, at)


def listed(team: Team, limit: int = 50) -> views.Page[views.TicketView]:
    return views.list_tickets(team.deps, team.caller, Asked(), None, limit)


def test_a_page_of_many_costs_as_many_queries_as_a_page_of_one(team: Team) -> None:
    fill(team, 1)
    with statements(team) as for_one:
        listed(team)
    fill(team, 20)
    with statements(team) as for_many:
        assert len(listed(team).items) == 21
    assert len(for_many) == len(for_one) <= 10


def test_the_last_page_names_no_next(team: Team) -> None:
    fill(team, 3)
    assert listed(team, 3).next_key is None
    assert listed(team, 2).next_key is not None


def test_asking_for_news_when_there_are_none_is_cheap(team: Team) -> None:
    fill(team, 5)
    live.news(team.deps, team.caller, 0, None, None)
    with statements(team) as asked:
        live.news(team.deps, team.caller, 0, None, None)
    assert len([one for one in asked if one.startswith("SELECT")]) <= 6
    assert not [one for one in asked if one.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_counting_reads_counters_and_of_the_tickets_only_those_with_mentions(team: Team) -> None:
    fill(team, 5)
    with statements(team) as asked:
        _, tallies = views.list_inboxes(team.deps, team.caller)
    assert (tallies.all["open"], tallies.all["mine"], tallies.all["unassigned"]) == (5, 5, 0)
    assert not [one for one in asked if "FROM tickets" in one and "JOIN mentions" not in one]


def test_what_is_unread_follows_the_viewer(team: Team) -> None:
    fill(team, 1)
    team.add(add_agent, wp_user_id=8)
    both = [
        listed(team),
        views.list_tickets(team.deps, Caller(team.site_id, "agent", "8"), Asked(), None, 5),
    ]
    assert [page.items[0].unread for page in both] == [True, True]


def test_a_program_reads_like_somebody_who_may_not_write(team: Team) -> None:
    fill(team, 1)
    program = Caller(team.site_id, "program", "1", scopes=frozenset({"read"}))
    page = views.list_tickets(team.deps, program, Asked(), None, 5)
    mine = views.list_tickets(team.deps, program, Asked(assignee="me"), None, 5)
    assert (len(page.items), len(mine.items)) == (1, 0)


@pytest.mark.parametrize("typ", ["customer", "guest", "plugin"])
def test_only_agents_and_programs_look_at_the_desk(team: Team, typ: str) -> None:
    with pytest.raises(Forbidden):
        views.list_tickets(team.deps, Caller(team.site_id, typ, "7"), Asked(), None, 5)


def test_an_agent_of_another_site_is_unknown_here(team: Team) -> None:
    stranger = Caller(team.site_id + 1, "agent", "7")
    with pytest.raises(Forbidden):
        views.show_ticket(team.deps, stranger, 1)


def test_a_suggestion_in_an_unseen_inbox_is_not_told(team: Team) -> None:
    hidden = team.add(add_inbox)
    first = team.add(add_ticket, hidden, number=1)
    team.add(add_ticket, team.inbox_id, number=2, suggested_ticket_id=first)
    team.add(add_agent, wp_user_id=9, inboxes=(team.inbox_id,))
    limited = Caller(team.site_id, "agent", "9")
    assert views.show_ticket(team.deps, team.caller, 2).suggestion == 1
    assert views.show_ticket(team.deps, limited, 2).suggestion is None
    with pytest.raises(NotFound):
        views.show_ticket(team.deps, limited, 1)


def test_an_agent_limited_to_many_inboxes_reads_them_merged(team: Team) -> None:
    boxes = tuple(team.add(add_inbox) for _ in range(4))
    for place, inbox_id in enumerate(boxes * 3):
        team.add(add_ticket, inbox_id, number=100 + place, last_activity_at=START + place)
    team.add(add_agent, wp_user_id=9, inboxes=boxes[:3])
    limited = Caller(team.site_id, "agent", "9")
    found: list[int] = []
    key: tuple[int, ...] | None = None
    while True:
        page = views.list_tickets(team.deps, limited, Asked(), key, 2)
        found += [view.row["number"] for view in page.items]
        key = page.next_key
        if key is None:
            break
    assert found == [110, 109, 108, 106, 105, 104, 102, 101, 100]


def test_presence_of_a_ticket_that_is_gone_is_left_out(team: Team) -> None:
    board = team.deps.presence
    assert isinstance(board, MemoryPresence)
    ticket_id = team.add(add_ticket, team.inbox_id, number=1)
    colleague = team.add(add_agent, wp_user_id=8, name="Amal")
    live.news(team.deps, Caller(team.site_id, "agent", "8"), None, 1, "viewing")
    there = live.news(team.deps, team.caller, None, None, None).presence
    assert [(one.ticket_number, one.agent.id) for one in there] == [(1, colleague)]
    board.forget()
    assert ticket_id
    assert live.news(team.deps, team.caller, None, None, None).presence == []


def test_the_feed_of_a_new_site_is_empty_and_starts_at_its_beginning(team: Team) -> None:
    assert feed.list_events(team.deps, team.caller, 0, 50) == ([], 0)


def test_the_feed_never_goes_back(team: Team) -> None:
    # A client that is ahead (the database was restored) keeps its place.
    assert feed.list_events(team.deps, team.caller, 9, 50) == ([], 9)
