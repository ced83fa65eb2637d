"""Teams: made by managers, and taken apart without losing what was theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, RowMapping
from sqlalchemy.exc import IntegrityError

from inbox_service.deps import Deps
from inbox_service.domain.events import Actor, NewEvent
from inbox_service.domain.rights import LEADING_ROLES
from inbox_service.domain.routing import fault_of
from inbox_service.errors import Conflict, Invalid, NotFound, Stale
from inbox_service.store import agents, events, routing, saved_replies
from inbox_service.store import teams as store
from inbox_service.store.ids import new_id

from . import auth, managers

# Tickets that lose their team in one transaction: others wait for their locks meanwhile.
RELEASED_AT_ONCE = 500
# A ticket or a rule may be given to a team in the moment it goes.
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Member:
    """An agent of a team."""

    agent_id: int
    name: str
    leads: bool


@dataclass(frozen=True, slots=True)
class Team:
    """A team and its active members, by name."""

    id: int
    name: str
    version: int
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Uses:
    """How much names a team."""

    tickets: int
    rules: int
    saved_replies: int


def list_teams(deps: Deps, caller: auth.Caller) -> list[Team]:
    with auth.reading(deps, caller) as act:
        return _all(act.connection, caller.site_id)


def uses_of(deps: Deps, caller: auth.Caller, team_id: int) -> Uses:
    """Return what would lose the team; for managers."""
    with managers.reading(deps, caller) as act:
        _found(act.connection, caller.site_id, team_id)
        return Uses(
            store.count_tickets(act.connection, caller.site_id, team_id),
            store.count_rules(act.connection, caller.site_id, team_id),
            saved_replies.count_of_team(act.connection, caller.site_id, team_id),
        )


def add_team(deps: Deps, caller: auth.Caller, name: str, leading: Mapping[int, bool]) -> Team:
    """Make a team of these agents, each with whether he leads it; for managers.

    raises Conflict `team_name_taken`, and Invalid naming the field.
    """
    with _naming(), managers.writing(deps, caller) as act:
        team_id = new_id(act.at)
        store.add(act.connection, caller.site_id, team_id, _tidied(name), act.at)
        _set_members(act.connection, caller.site_id, team_id, leading)
        return _shown(act.connection, caller.site_id, team_id)


def change_team(
    deps: Deps, caller: auth.Caller, team_id: int, version: int, changes: Mapping[str, Any]
) -> Team:
    """Change a team's `name`, or its `members` as a whole, that is still at `version`.

    raises Stale with the team as it is, and otherwise what `add_team` raises.
    """
    with _naming(), managers.writing(deps, caller) as act:
        before = _found(act.connection, caller.site_id, team_id, lock=True)
        if before["version"] != version:
            raise Stale(team=_shown(act.connection, caller.site_id, team_id))
        name = _tidied(changes.get("name", before["name"]))
        store.write(act.connection, caller.site_id, team_id, name)
        if "members" in changes:
            _set_members(act.connection, caller.site_id, team_id, changes["members"])
        return _shown(act.connection, caller.site_id, team_id)


def remove_team(deps: Deps, caller: auth.Caller, team_id: int) -> None:
    """Take a team away: its tickets and rules stay, and have none. For managers.

    Its saved replies become the manager's own: nobody else was meant to read them. A rule that
    gives tickets to nobody else is switched off, with its words kept. What is done is done should
    this be interrupted; asked again, it goes on there.
    """
    with managers.writing(deps, caller) as act:
        _found(act.connection, caller.site_id, team_id)
        _leave_rules(act.connection, caller.site_id, team_id)
    actor = Actor("agent", act.viewer.agent_id)
    for _ in range(_ATTEMPTS):
        while _release_some(deps, caller.site_id, team_id, actor):
            pass
        if _is_gone(deps, caller.site_id, team_id, actor):
            return
    raise Conflict("The team is still given tickets: try again.", code="team_in_use")


def _release_some(deps: Deps, site_id: int, team_id: int, actor: Actor) -> bool:
    """Let a part of the team's tickets be of none; tell whether there were any."""
    with deps.sessions.writing() as connection:
        locked = store.lock_tickets(connection, site_id, team_id, RELEASED_AT_ONCE)
        if not locked:
            return False
        store.release(connection, site_id, locked)
        told = {"team_id": [str(team_id), None]}
        new = [
            NewEvent("ticket_team_changed", actor, row["id"], None, row["inbox_id"], told)
            for row in locked
        ]
        events.append(connection, site_id, new, deps.clock.now())
    return True


def _is_gone(deps: Deps, site_id: int, team_id: int, actor: Actor) -> bool:
    # No ticket is locked here: whoever gives one to the team has its row, and waits for counters.
    try:
        with deps.sessions.writing() as connection:
            _leave_rules(connection, site_id, team_id)
            saved_replies.hand_over(connection, site_id, team_id, actor.id or 0)
            store.forget(connection, site_id, team_id)
    except IntegrityError:
        return False
    return True


def _leave_rules(connection: Connection, site_id: int, team_id: int) -> None:
    routing.lock_ids(connection, site_id)
    for rule in routing.rules(connection, site_id):
        if rule.team_id == team_id:
            left = replace(rule, team_id=None)
            is_whole = fault_of(left) is None
            routing.write(connection, site_id, replace(left, enabled=rule.enabled and is_whole))


@contextmanager
def _naming() -> Iterator[None]:
    # The unique key decides, as two managers may choose one name at once.
    try:
        yield
    except IntegrityError as error:
        taken = "There is a team of this name already."
        raise Conflict(taken, code="team_name_taken", field="name") from error


def _tidied(name: str) -> str:
    tidy = " ".join(name.split())
    if not tidy:
        raise Invalid("Give the team a name.", field="name")
    return tidy


def _set_members(
    connection: Connection, site_id: int, team_id: int, leading: Mapping[int, bool]
) -> None:
    roles = {one["id"]: one["role"] for one in agents.all_active(connection, site_id)}
    for agent_id, leads in leading.items():
        if agent_id not in roles:
            raise Invalid("There is no such agent.", field="members")
        if leads and roles[agent_id] not in LEADING_ROLES:
            raise Invalid("Only a team lead or a manager can lead a team.", field="members")
    store.set_members(connection, site_id, team_id, leading)


def _found(
    connection: Connection, site_id: int, team_id: int, *, lock: bool = False
) -> Mapping[str, Any]:
    row = store.get(connection, site_id, team_id, lock=lock)
    if row is None:
        raise NotFound("There is no such team.", code="team_not_found")
    return row


def _all(connection: Connection, site_id: int) -> list[Team]:
    known = store.members(connection, site_id)
    return [
        Team(row["id"], row["name"], row["version"], _members(known.get(row["id"], [])))
        for row in agents.all_teams(connection, site_id)
    ]


def _shown(connection: Connection, site_id: int, team_id: int) -> Team:
    return next(one for one in _all(connection, site_id) if one.id == team_id)


def _members(rows: Sequence[RowMapping]) -> tuple[Member, ...]:
    # Who lost the role leads nobody, until he has it again.
    return tuple(
        Member(row["agent_id"], row["name"], row["leads"] and row["role"] in LEADING_ROLES)
        for row in rows
    )
