"""Tickets that are out of sight until a time, or until their customer writes."""

from __future__ import annotations

from typing import Any

import pytest
from mail_shop import Shop
from sqlalchemy import select
from team import Team

from inbox_service.domain.tickets import has_returned
from inbox_service.errors import Conflict, Invalid, Stale
from inbox_service.services import snoozing, views
from inbox_service.services import tickets as service
from inbox_service.services.asked import Asked
from inbox_service.services.conversations import mark_seen
from inbox_service.services.tallies import tally
from inbox_service.services.views import TicketView
from inbox_service.store import agents
from inbox_service.store.tables import events
from inbox_service.testing import START, FakeClock, add_agent, add_message, add_ticket

HOUR = 3_600_000


@pytest.fixture
def ticket_id(team: Team) -> int:
    return team.add(add_ticket, team.inbox_id, number=1, waiting_since=START)


def snooze(team: Team, until: int | None = START + HOUR, version: int = 1) -> TicketView:
    return snoozing.snooze(team.deps, team.caller, 1, version, until)


def told(team: Team) -> list[tuple[str, dict[str, Any]]]:
    with team.reading() as connection:
        rows = connection.execute(select(events).order_by(events.c.seq))
        return [(row.kind, row.data) for row in rows]


def counted(team: Team) -> dict[str, int]:
    with team.reading() as connection:
        agent = agents.get(connection, team.site_id, team.agent_id)
        assert agent is not None
        tallies = tally(connection, agents.viewer(connection, agent))
    return {name: number for name, number in tallies.all.items() if number}


def listed(team: Team, **wanted: Any) -> list[int]:
    page = views.list_tickets(team.deps, team.caller, Asked(**wanted), None, 50)
    return [one.row["number"] for one in page.items]


def test_a_snoozed_ticket_is_in_its_own_list_and_in_no_other(team: Team, ticket_id: int) -> None:
    team.add(add_ticket, team.inbox_id, number=2)
    assert snooze(team).row["snoozed_until"] == START + HOUR
    assert listed(team, status="open", snoozed=False) == [2]
    assert listed(team, snoozed=True) == [1]
    assert listed(team) == [2, 1]
    assert counted(team) == {"open": 1, "unassigned": 1, "snoozed": 1}


def test_it_comes_back_by_itself_when_its_time_is_over(
    team: Team, ticket_id: int, clock: FakeClock
) -> None:
    snooze(team)
    assert snoozing.return_due(team.deps) == 0
    now = clock.advance(hours=1)
    assert snoozing.return_due(team.deps) == 1
    row = views.show_ticket(team.deps, team.caller, 1).row
    assert (row["snoozed_until"], row["last_activity_at"]) == (None, now)
    assert told(team) == [
        ("ticket_snoozed", {"until": "2026-01-12T09:00:00.000Z"}),
        ("ticket_returned", {"by": "time"}),
    ]
    assert counted(team) == {"open": 1, "unassigned": 1}
    assert snoozing.return_due(team.deps) == 0


def test_a_pending_one_comes_back_open(team: Team, clock: FakeClock) -> None:
    team.add(add_ticket, team.inbox_id, number=1, status="pending")
    snooze(team)
    clock.advance(hours=2)
    snoozing.return_due(team.deps)
    assert views.show_ticket(team.deps, team.caller, 1).row["status"] == "open"
    assert counted(team) == {"open": 1, "unassigned": 1}


def test_an_agent_may_end_it_and_snooze_it_again(team: Team, ticket_id: int) -> None:
    snooze(team)
    assert snooze(team, None, 2).row["snoozed_until"] is None
    assert snooze(team, START + 2 * HOUR, 3).row["version"] == 4
    assert [kind for kind, _ in told(team)] == [
        "ticket_snoozed",
        "ticket_returned",
        "ticket_snoozed",
    ]


def test_ending_what_is_not_snoozed_changes_nothing(team: Team, ticket_id: int) -> None:
    assert snooze(team, None).row["version"] == 1
    assert told(team) == []


def test_solving_ends_the_snooze_for_good(team: Team, ticket_id: int, clock: FakeClock) -> None:
    snooze(team)
    service.change(team.deps, team.caller, 1, 2, {"status": "solved"})
    clock.advance(hours=2)
    assert snoozing.return_due(team.deps) == 0
    assert counted(team) == {"solved": 1}


def test_what_was_thrown_away_meanwhile_stays_there(
    team: Team, ticket_id: int, clock: FakeClock
) -> None:
    snooze(team)
    service.change(team.deps, team.caller, 1, 2, {"place": "trash"})
    assert counted(team) == {"trash": 1}
    clock.advance(hours=2)
    assert snoozing.return_due(team.deps) == 0
    row = views.show_ticket(team.deps, team.caller, 1).row
    assert (row["place"], row["snoozed_until"]) == ("trash", None)
    assert told(team)[-1][0] == "ticket_moved"


@pytest.mark.parametrize(
    ("until", "code"),
    [(START, "time_past"), (START - 1, "time_past"), (START + 367 * 24 * HOUR, "time_too_far")],
)
def test_a_time_that_nobody_can_mean_is_refused(
    team: Team, ticket_id: int, until: int, code: str
) -> None:
    with pytest.raises(Invalid) as raised:
        snooze(team, until)
    assert (raised.value.code, raised.value.details) == (code, {"field": "until"})


@pytest.mark.parametrize("values", [{"status": "solved"}, {"place": "spam"}, {"place": "trash"}])
def test_what_is_done_or_thrown_away_is_not_snoozed(team: Team, values: dict[str, str]) -> None:
    team.add(add_ticket, team.inbox_id, number=1, **values)
    with pytest.raises(Conflict, match="open or pending"):
        snooze(team)


def test_what_was_changed_meanwhile_is_not_snoozed_unseen(team: Team, ticket_id: int) -> None:
    service.change(team.deps, team.caller, 1, 1, {"priority": "high"})
    with pytest.raises(Stale):
        snooze(team)


def test_the_customers_answer_brings_it_back(shop: Shop) -> None:
    shop.arrive(Message_ID="<first@example.net>")
    shop.sync()
    later = shop.clock.now() + HOUR
    snoozing.snooze(shop.deps, shop.caller, 1, shop.ticket()["version"], later)
    shop.arrive(References="<first@example.net>")
    shop.sync()
    assert shop.ticket()["snoozed_until"] is None
    assert shop.event_kinds()[-3:] == ["ticket_snoozed", "ticket_returned", "message_received"]


def test_a_reply_that_solves_ends_it(shop: Shop) -> None:
    shop.arrive()
    shop.sync()
    later = shop.clock.now() + HOUR
    snoozing.snooze(shop.deps, shop.caller, 1, shop.ticket()["version"], later)
    shop.reply(set_status="solved")
    assert shop.ticket()["snoozed_until"] is None
    shop.clock.advance(hours=2)
    assert snoozing.return_due(shop.deps) == 0


def back(team: Team) -> bool:
    """Return whether the only ticket says that it is back from a snooze."""
    row = views.show_ticket(team.deps, team.caller, 1).row
    return has_returned(dict(row))


def let_return(team: Team, clock: FakeClock, **values: Any) -> int:
    """Let a ticket come back, and return its only message."""
    ticket_id = team.add(add_ticket, team.inbox_id, number=1, **values)
    message_id = team.add(add_message, ticket_id)
    snooze(team)
    clock.advance(hours=1)
    snoozing.return_due(team.deps)
    return message_id


@pytest.mark.parametrize("is_own", [True, False])
def test_it_says_that_it_is_back_until_somebody_whose_it_is_opens_it(
    team: Team, clock: FakeClock, is_own: bool
) -> None:
    assignee = {"assignee_id": team.agent_id} if is_own else {}
    message_id = let_return(team, clock, **assignee)
    assert back(team)
    mark_seen(team.deps, team.caller, 1, message_id)
    assert not back(team)


def test_a_colleague_who_opens_it_leaves_the_mark(team: Team, clock: FakeClock) -> None:
    other = team.add(add_agent)
    message_id = let_return(team, clock, assignee_id=other)
    mark_seen(team.deps, team.caller, 1, message_id)
    assert back(team)


def test_one_that_is_snoozed_again_or_solved_is_not_back(team: Team, clock: FakeClock) -> None:
    let_return(team, clock)
    version = views.show_ticket(team.deps, team.caller, 1).row["version"]
    snooze(team, clock.now() + HOUR, version)
    assert not back(team)
    service.change(team.deps, team.caller, 1, version + 1, {"status": "solved"})
    assert not back(team)
