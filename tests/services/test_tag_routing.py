"""Tagging a ticket that nobody has lets the rules look at it again."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from team import Team

from inbox_service.domain.routing import Conditions, Rule
from inbox_service.services import tickets as service
from inbox_service.services.routing_trials import Trial, dry_run
from inbox_service.services.views import TicketView
from inbox_service.store import routing
from inbox_service.store.ids import new_id
from inbox_service.store.tables import agents, events
from inbox_service.testing import START, add_message, add_ticket


@pytest.fixture
def ticket_id(team: Team) -> int:
    """A ticket nobody has, about an order."""
    ticket_id = team.add(add_ticket, team.inbox_id, number=1)
    team.add(add_message, ticket_id, text="My order")
    return ticket_id


def add_rule(team: Team, *, to: int | None = None, puts: tuple[str, ...] = (), **asked: Any) -> int:
    rule = Rule(new_id(START), "Rule", True, Conditions(**asked), None, to, puts)
    with team.deps.sessions.writing() as connection:
        routing.add(connection, team.site_id, rule, START)
    return rule.id or 0


def change(team: Team, version: int = 1, **values: Any) -> TicketView:
    return service.change(team.deps, team.caller, 1, version, values)


def tried(team: Team) -> Trial:
    """Return what a dry run says of the newest ticket."""
    with team.deps.sessions.writing() as connection:
        connection.execute(agents.update().values(role="lead"))
    return dry_run(team.deps, team.caller)[0]


def told(team: Team) -> list[tuple[str, str, dict[str, Any]]]:
    with team.reading() as connection:
        rows = connection.execute(select(events).order_by(events.c.seq))
        return [(row.kind, row.actor_type, row.data) for row in rows]


def test_a_tag_routes_a_ticket_that_nobody_has(team: Team, ticket_id: int) -> None:
    add_rule(team, to=team.agent_id, tag="vip")
    view = change(team, tags=["vip"])
    assert (view.row["assignee_id"], view.row["version"]) == (team.agent_id, 2)
    assert told(team) == [
        ("ticket_tagged", "agent", {"tags": ["vip"]}),
        ("ticket_assigned", "system", {"assignee_id": [None, str(team.agent_id)]}),
    ]


def test_the_rules_put_their_own_tags_on_too(team: Team, ticket_id: int) -> None:
    add_rule(team, puts=("gold",), tag="vip", words=("order",))
    assert change(team, tags=["vip"]).tags == ["gold", "vip"]
    assert told(team)[1] == ("ticket_tagged", "system", {"tags": ["gold"]})


@pytest.mark.parametrize(
    "values",
    [{"status": "solved"}, {"place": "spam"}, {"assignee_id": None}, {"team_id": None}],
)
def test_a_ticket_that_is_settled_by_the_same_change_is_left_alone(
    team: Team, ticket_id: int, values: dict[str, Any]
) -> None:
    add_rule(team, to=team.agent_id, tag="vip")
    assert change(team, tags=["vip"], **values).row["assignee_id"] is None


def test_a_ticket_that_somebody_has_stays_with_him(team: Team, ticket_id: int) -> None:
    change(team, assignee_id=team.agent_id)
    add_rule(team, puts=("gold",), tag="vip")
    assert change(team, 2, tags=["vip"]).tags == ["vip"]


def test_taking_a_tag_off_routes_nothing(team: Team, ticket_id: int) -> None:
    change(team, tags=["vip", "late"])
    add_rule(team, to=team.agent_id, tag="vip")
    assert change(team, 2, tags=["vip"]).row["assignee_id"] is None


def test_a_tag_routes_by_the_inbox_that_the_same_change_moves_to(
    team: Team, ticket_id: int
) -> None:
    add_rule(team, to=team.agent_id, inbox=team.inbox_id + 1)
    assert change(team, tags=["vip"]).row["assignee_id"] is None


def test_a_trial_says_what_tagging_did(team: Team, ticket_id: int) -> None:
    decides = add_rule(team, to=team.agent_id, tag="vip")
    change(team, tags=["vip"])
    trial = tried(team)
    assert trial.rule is not None
    assert (trial.rule.id, trial.assignee and trial.assignee.id) == (decides, team.agent_id)


def test_a_trial_does_not_take_a_rules_own_tag_for_a_persons(team: Team, ticket_id: int) -> None:
    add_rule(team, to=team.agent_id, tag="gold")
    late = add_rule(team, puts=("gold",), tag="vip")
    change(team, tags=["vip"])
    # In life the first rule came too early to see what the second put on.
    trial = tried(team)
    assert (trial.rule, trial.tags, [rule.id for rule in trial.rules]) == (None, ("gold",), [late])


def test_a_trial_tries_the_second_time_with_the_tags_of_the_first(
    team: Team, ticket_id: int
) -> None:
    add_rule(team, to=team.agent_id, tag="order")
    add_rule(team, puts=("order",), words=("order",))
    assert tried(team).rule is None
    change(team, tags=["vip"])
    trial = tried(team)
    assert trial.rule is not None
    assert trial.assignee is not None
