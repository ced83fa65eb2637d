"""What a change to a ticket writes, counts and tells."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, select
from team import Team

from inbox_service.errors import Conflict, Invalid, Stale
from inbox_service.services import tickets as service
from inbox_service.services.views import TicketView
from inbox_service.store import counters
from inbox_service.store.counters import Bucket
from inbox_service.store.ids import new_id
from inbox_service.store.tables import events, teams, tickets
from inbox_service.testing import START, FakeClock, add_agent, add_inbox, add_ticket


@pytest.fixture
def ticket_id(team: Team) -> int:
    return team.add(add_ticket, team.inbox_id, number=1, waiting_since=START)


def change(team: Team, version: int = 1, **values: Any) -> TicketView:
    return service.change(team.deps, team.caller, 1, version, values)


def told(team: Team) -> list[tuple[str, dict[str, Any]]]:
    with team.reading() as connection:
        rows = connection.execute(select(events).order_by(events.c.seq))
        return [(row.kind, row.data) for row in rows]


def counted(team: Team) -> dict[Bucket, int]:
    with team.reading() as connection:
        return dict(counters.read(connection, team.site_id))


def test_solving_ends_the_wait_and_notes_when(team: Team, ticket_id: int, clock: FakeClock) -> None:
    solved_at = clock.advance(hours=2)
    row = change(team, status="solved").row
    assert (row["solved_at"], row["waiting_since"]) == (solved_at, None)
    assert told(team) == [("ticket_status_changed", {"status": ["open", "solved"]})]


def test_opening_again_forgets_when_it_was_solved(team: Team, ticket_id: int) -> None:
    change(team, status="solved")
    assert change(team, 2, status="open").row["solved_at"] is None


def test_counters_move_with_the_ticket(team: Team, ticket_id: int) -> None:
    change(team, status="pending", assignee_id=team.agent_id)
    moved = Bucket(team.inbox_id, None, team.agent_id, "inbox", "pending")
    assert counted(team) == {moved: 1}


def test_a_change_to_what_is_changes_nothing(team: Team, ticket_id: int) -> None:
    view = change(team, status="open", priority="normal", tags=[], assignee_id=None)
    assert view.row["version"] == 1
    assert told(team) == []


def test_a_change_of_nothing_changes_nothing(team: Team, ticket_id: int) -> None:
    assert change(team).row["version"] == 1


def test_each_property_is_told_with_what_it_was_and_is(team: Team, ticket_id: int) -> None:
    other = team.add(add_inbox)
    change(team, priority="urgent", inbox_id=other, place="spam", assignee_id=team.agent_id)
    assert told(team) == [
        ("ticket_priority_changed", {"priority": ["normal", "urgent"]}),
        ("ticket_moved", {"inbox_id": [str(team.inbox_id), str(other)]}),
        ("ticket_moved", {"place": ["inbox", "spam"]}),
        ("ticket_assigned", {"assignee_id": [None, str(team.agent_id)]}),
        ("ticket_arrived", {}),
    ]


def test_the_event_of_a_subject_does_not_quote_it(team: Team, ticket_id: int) -> None:
    change(team, subject="Order 17")
    assert told(team) == [("subject_changed", {"subject": [True]})]


def test_tags_are_made_put_on_and_taken_off(team: Team, ticket_id: int) -> None:
    assert change(team, tags=["vip", "refund"]).tags == ["refund", "vip"]
    view = change(team, 2, tags=["vip", "late"])
    assert (view.tags, view.row["version"]) == (["late", "vip"], 3)
    assert told(team)[1:] == [
        ("ticket_tagged", {"tags": ["late"]}),
        ("ticket_untagged", {"tags": ["refund"]}),
    ]


def test_tags_of_the_site_are_shared_by_its_tickets(team: Team, ticket_id: int) -> None:
    team.add(add_ticket, team.inbox_id, number=2)
    change(team, tags=["vip"])
    assert service.change(team.deps, team.caller, 2, 1, {"tags": ["vip"]}).tags == ["vip"]


def test_a_team_of_the_site_can_be_given(team: Team, ticket_id: int) -> None:
    row = {"site_id": team.site_id, "id": new_id(START), "name": "Billing", "created_at": START}
    with team.deps.sessions.writing() as connection:
        connection.execute(insert(teams).values(**row))
    assert change(team, team_id=row["id"]).row["team_id"] == row["id"]


@pytest.mark.parametrize("values", [{"role": "viewer"}, {"state": "suspended"}])
def test_a_ticket_is_not_given_to_who_cannot_work_on_it(
    team: Team, ticket_id: int, values: dict[str, str]
) -> None:
    colleague = team.add(add_agent, **values)
    with pytest.raises(Invalid, match="agent"):
        change(team, assignee_id=colleague)


def test_a_ticket_is_not_given_to_who_does_not_see_its_inbox(team: Team, ticket_id: int) -> None:
    other = team.add(add_inbox)
    colleague = team.add(add_agent, inboxes=(other,))
    with pytest.raises(Invalid, match="this inbox"):
        change(team, assignee_id=colleague)
    # Moved there in the same change, it is the colleague's inbox.
    assert change(team, assignee_id=colleague, inbox_id=other).row["assignee_id"] == colleague


def test_a_merged_ticket_is_not_changed(team: Team, ticket_id: int) -> None:
    other = team.add(add_ticket, team.inbox_id, number=2)
    with team.deps.sessions.writing() as connection:
        here = (tickets.c.site_id == team.site_id) & (tickets.c.id == ticket_id)
        connection.execute(tickets.update().where(here).values(merged_into=other))
    with pytest.raises(Conflict, match="merged"):
        change(team, status="solved")


def test_a_stale_change_carries_the_ticket_as_it_is(team: Team, ticket_id: int) -> None:
    change(team, status="pending")
    with pytest.raises(Stale) as raised:
        change(team, 1, status="solved")
    assert raised.value.details["ticket"].row["status"] == "pending"
