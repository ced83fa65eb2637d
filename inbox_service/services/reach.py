"""Which inboxes each agent sees: chosen by managers, and asked again at every request."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping

from inbox_service.deps import Deps
from inbox_service.domain.events import Actor, NewEvent
from inbox_service.domain.rights import Role, reach_of
from inbox_service.errors import Invalid, NotFound
from inbox_service.store import agents, counters, events, mailbox_views

from . import auth, managers


@dataclass(frozen=True, slots=True)
class Reach:
    """What an agent sees: every inbox, or those that were chosen for him.

    `open_elsewhere` counts open tickets that he has in inboxes he does not see: nobody works there.
    """

    id: int
    wp_user_id: int
    name: str
    role: Role
    sees_all: bool
    inbox_ids: list[int]
    open_elsewhere: int


def list_reach(deps: Deps, caller: auth.Caller) -> list[Reach]:
    """Return what each active agent sees, by name; for managers."""
    with managers.reading(deps, caller) as act:
        return _all(act.connection, caller.site_id)


def change_reach(
    deps: Deps, caller: auth.Caller, agent_id: int, *, sees_all: bool, inbox_ids: Collection[int]
) -> Reach:
    """Say which inboxes an agent sees; for managers. It counts from his next request on.

    raises NotFound, and Invalid for an inbox that is not there.
    """
    with managers.writing(deps, caller) as act:
        connection, site_id = act.connection, caller.site_id
        known = {row["id"] for row in mailbox_views.inboxes_seen_by(connection, act.viewer)}
        if not known.issuperset(inbox_ids):
            raise Invalid("There is no such inbox.", field="inbox_ids")
        before = _one(connection, site_id, agent_id)
        agents.set_reach(connection, site_id, agent_id, sees_all=sees_all, inbox_ids=inbox_ids)
        after = _one(connection, site_id, agent_id)
        if (before.sees_all, before.inbox_ids) != (after.sees_all, after.inbox_ids):
            data = {"agent_id": str(agent_id), "sees_all": sees_all}
            actor = Actor("agent", act.viewer.agent_id)
            changed = NewEvent("agent_reach_changed", actor, data=data)
            events.append(connection, site_id, [changed], act.at)
        return after


def _one(connection: Connection, site_id: int, agent_id: int) -> Reach:
    found = next((one for one in _all(connection, site_id) if one.id == agent_id), None)
    if found is None:
        raise NotFound("There is no such agent.", code="agent_not_found")
    return found


def _all(connection: Connection, site_id: int) -> list[Reach]:
    chosen = agents.inboxes_chosen(connection, site_id)
    buckets = counters.read(connection, site_id)
    return [
        _reach(row, chosen.get(row["id"], []), buckets)
        for row in agents.all_active(connection, site_id)
    ]


def _reach(
    agent: RowMapping, chosen: list[int], buckets: Collection[tuple[counters.Bucket, int]]
) -> Reach:
    seen = reach_of(agent["role"], sees_all=agent["sees_all"], chosen=chosen)
    elsewhere = sum(
        number
        for bucket, number in buckets
        if bucket.assignee_id == agent["id"]
        and (bucket.place, bucket.status) == ("inbox", "open")
        and seen is not None
        and bucket.inbox_id not in seen
    )
    names = ("id", "wp_user_id", "name", "role", "sees_all")
    return Reach(
        **{name: agent[name] for name in names}, inbox_ids=chosen, open_elsewhere=elsewhere
    )
