"""Lists of tickets with a name."""

from __future__ import annotations

from typing import Any

import pytest
from team import Team

from inbox_service.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from inbox_service.services import saved_views as service
from inbox_service.services.auth import Caller
from inbox_service.services.saved_views import COUNTED_TO, MOST_VIEWS, SavedView
from inbox_service.testing import START, FakeClock, add_agent, add_inbox, add_ticket


def caller_of(team: Team, wp_user_id: int, **values: Any) -> Caller:
    team.add(add_agent, wp_user_id=wp_user_id, **values)
    return Caller(team.site_id, "agent", str(wp_user_id))


def save(
    team: Team, caller: Caller | None = None, *, shared: bool = False, **asked: Any
) -> SavedView:
    return service.add_view(team.deps, caller or team.caller, "Mine", asked, shared=shared)


def names(team: Team, caller: Caller) -> list[str]:
    return [one.row["name"] for one in service.list_views(team.deps, caller)]


@pytest.fixture
def lead(team: Team) -> Caller:
    return caller_of(team, 21, role="lead")


@pytest.fixture
def colleague(team: Team) -> Caller:
    return caller_of(team, 22, role="agent")


def test_a_view_is_its_makers_alone_until_it_is_shared(
    team: Team, lead: Caller, colleague: Caller
) -> None:
    view = save(team, lead, status="open")
    assert (names(team, lead), names(team, colleague)) == (["Mine"], [])
    service.change_view(team.deps, lead, view.row["id"], 1, {"shared": True})
    assert names(team, colleague) == ["Mine"]
    assert not service.list_views(team.deps, colleague)[0].may_change


def test_only_leads_and_managers_share(team: Team, lead: Caller, colleague: Caller) -> None:
    with pytest.raises(Forbidden):
        save(team, colleague, shared=True)
    shared = save(team, lead, shared=True)
    with pytest.raises(Forbidden):
        service.remove_view(team.deps, colleague, shared.row["id"])


def test_anothers_own_view_is_not_there(team: Team, lead: Caller, colleague: Caller) -> None:
    view = save(team, lead)
    with pytest.raises(NotFound):
        service.change_view(team.deps, colleague, view.row["id"], 1, {"name": "Yours"})


def test_a_change_names_the_version_it_is_meant_for(team: Team, lead: Caller) -> None:
    view = save(team, lead)
    changed = service.change_view(team.deps, lead, view.row["id"], 1, {"name": " A  B "})
    assert (changed.row["name"], changed.row["version"]) == ("A B", 2)
    with pytest.raises(Stale) as stale:
        service.change_view(team.deps, lead, view.row["id"], 1, {"name": "C"})
    assert stale.value.details["view"].row["name"] == "A B"


def test_a_removed_view_can_be_taken_back_for_a_day(
    team: Team, lead: Caller, clock: FakeClock
) -> None:
    view = save(team, lead)
    service.remove_view(team.deps, lead, view.row["id"])
    assert names(team, lead) == []
    back = service.change_view(team.deps, lead, view.row["id"], 1, {"removed": False})
    assert names(team, lead) == ["Mine"]
    service.remove_view(team.deps, lead, view.row["id"])
    clock.advance(hours=25)
    save(team, lead)
    with pytest.raises(NotFound):
        service.change_view(
            team.deps, lead, view.row["id"], back.row["version"], {"removed": False}
        )


def test_views_are_put_in_order(team: Team, lead: Caller) -> None:
    first, second = save(team, lead), save(team, lead, status="open")
    service.order_views(team.deps, lead, [second.row["id"], first.row["id"]])
    there = [one.row["id"] for one in service.list_views(team.deps, lead)]
    assert there == [second.row["id"], first.row["id"]]


def test_there_is_a_limit(team: Team, lead: Caller) -> None:
    for _ in range(MOST_VIEWS):
        save(team, lead)
    with pytest.raises(Conflict):
        save(team, lead)
    save(team, lead, shared=True)


@pytest.mark.parametrize("name", ["inbox", "team", "assignee", "customer"])
def test_a_view_names_only_what_there_is(team: Team, lead: Caller, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        service.add_view(team.deps, lead, "Mine", {name: 1}, shared=False)
    assert refused.value.details["field"] == f"filter.{name}"


def test_a_shared_view_counts_what_each_may_see(team: Team, lead: Caller) -> None:
    hidden = team.add(add_inbox)
    for inbox_id in (hidden, hidden, team.inbox_id):
        team.add(add_ticket, inbox_id)
    limited = caller_of(team, 23, role="agent", inboxes=(team.inbox_id,))
    save(team, lead, shared=True, status="open")
    save(team, lead, shared=True, inbox=hidden)
    counts = [[one.count for one in service.list_views(team.deps, who)] for who in (lead, limited)]
    assert counts == [[3, 2], [1]]


def test_it_counts_to_a_hundred_and_for_half_a_minute(
    team: Team, lead: Caller, clock: FakeClock
) -> None:
    view = save(team, lead, status="open")
    for place in range(COUNTED_TO + 1):
        team.add(add_ticket, team.inbox_id, START + place)
    seen = [service.list_views(team.deps, lead)[0]]
    clock.advance(seconds=31)
    seen.append(service.list_views(team.deps, lead)[0])
    assert view.count == 0
    assert [(one.count, one.has_more) for one in seen] == [(0, False), (COUNTED_TO, True)]


def test_whoever_may_only_read_saves_nothing(team: Team) -> None:
    reader = caller_of(team, 24, role="viewer")
    with pytest.raises(Forbidden):
        save(team, reader)
    assert names(team, reader) == []
