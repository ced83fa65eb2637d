"""A team that goes while tickets and rules are still being given to it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import func, select
from team import Team
from together import at_once

from inbox_service.domain.routing import Conditions, Rule
from inbox_service.errors import Conflict, Invalid, NotFound
from inbox_service.services import routing_rules, teams, tickets
from inbox_service.services.auth import Caller
from inbox_service.store import counters, routing
from inbox_service.store import teams as store
from inbox_service.store.counters import Bucket
from inbox_service.store.tables import events
from inbox_service.store.tables import tickets as ticket_rows
from inbox_service.testing import add_agent, add_customer, add_ticket

TICKETS = 40


@pytest.fixture
def manager(team: Team) -> Caller:
    team.add(add_agent, wp_user_id=9, role="manager")
    return Caller(team.site_id, "agent", "9")


def recounted(team: Team) -> dict[Bucket, int]:
    """Count the tickets one by one."""
    names = ("inbox_id", "team_id", "assignee_id", "place", "status")
    columns = [ticket_rows.c[name] for name in names]
    with team.reading() as connection:
        rows = connection.execute(select(*columns, func.count()).group_by(*columns))
        return {Bucket(*row[:-1]): row[-1] for row in rows}


def counted(team: Team) -> dict[Bucket, int]:
    with team.reading() as connection:
        return dict(counters.read(connection, team.site_id))


def assert_nothing_names(team: Team, team_id: int) -> None:
    with team.reading() as connection:
        assert store.get(connection, team.site_id, team_id) is None
        assert store.count_rules(connection, team.site_id, team_id) == 0
    assert counted(team) == recounted(team)
    assert team_id not in {bucket.team_id for bucket in counted(team)}


def fill(team: Team, count: int, **values: Any) -> None:
    """Add tickets of one customer, numbered from 0."""
    with team.deps.sessions.writing() as connection:
        customer_id = add_customer(connection, team.site_id)
        for number in range(count):
            given = {"number": number, "customer_id": customer_id, **values}
            add_ticket(connection, team.site_id, team.inbox_id, **given)


def give(team: Team, team_id: int, numbers: range) -> None:
    """Give tickets to the team, one after the other, for as long as it is there."""
    for number in numbers:
        # "There is no such team": refused, and not an error of the database.
        with suppress(Invalid):
            tickets.change(team.deps, team.caller, number, 1, {"team_id": team_id})


def take_away(team: Team, manager: Caller, team_id: int) -> None:
    """Remove the team, again where it is told that it is still being given tickets."""
    for _ in range(TICKETS):
        with suppress(Conflict):
            return teams.remove_team(team.deps, manager, team_id)
    raise AssertionError("The team was never gone.")


def test_tickets_given_to_a_team_that_goes_are_in_none_or_refused(
    team: Team, manager: Caller
) -> None:
    fill(team, TICKETS)
    made = teams.add_team(team.deps, manager, "Repairs", {})
    half = TICKETS // 2
    at_once(
        lambda: give(team, made.id, range(half)),
        lambda: give(team, made.id, range(half, TICKETS)),
        lambda: take_away(team, manager, made.id),
    )
    assert_nothing_names(team, made.id)


def test_rules_written_for_a_team_that_goes_are_off_or_refused(team: Team, manager: Caller) -> None:
    made = teams.add_team(team.deps, manager, "Repairs", {})
    rule = Rule(None, "Cracks", True, Conditions(words=("crack",)), made.id)

    def write_rules() -> None:
        for _ in range(10):
            with suppress(Invalid):
                routing_rules.add_rule(team.deps, manager, rule)

    at_once(write_rules, lambda: teams.remove_team(team.deps, manager, made.id))
    assert_nothing_names(team, made.id)
    with team.reading() as connection:
        assert not any(one.enabled for one in routing.rules(connection, team.site_id))


def test_a_team_of_many_tickets_is_let_go_in_parts(team: Team, manager: Caller) -> None:
    made = teams.add_team(team.deps, manager, "Repairs", {})
    many = teams.RELEASED_AT_ONCE * 2 + 1
    fill(team, many, team_id=made.id)
    teams.remove_team(team.deps, manager, made.id)
    assert_nothing_names(team, made.id)
    with team.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(events)) == many


def test_a_removal_that_was_interrupted_goes_on_when_it_is_asked_for_again(
    team: Team, manager: Caller
) -> None:
    made = teams.add_team(team.deps, manager, "Repairs", {})
    fill(team, 3, team_id=made.id)
    with team.deps.sessions.writing() as connection:
        store.release(connection, team.site_id, first_of(connection, team, made.id))
    teams.remove_team(team.deps, manager, made.id)
    assert_nothing_names(team, made.id)


def first_of(connection: Any, team: Team, team_id: int) -> Any:
    return store.lock_tickets(connection, team.site_id, team_id, 1)


def test_two_managers_who_remove_a_team_at_once_do_it_once(team: Team, manager: Caller) -> None:
    made = teams.add_team(team.deps, manager, "Repairs", {})
    fill(team, 5, team_id=made.id)

    def remove() -> None:
        with suppress(NotFound):
            teams.remove_team(team.deps, manager, made.id)

    at_once(remove, remove)
    assert_nothing_names(team, made.id)
    with team.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(events)) == 5
