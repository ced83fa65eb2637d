"""Agents, the inboxes they are limited to, teams."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, delete, insert, select, update

from inbox_service.domain.rights import Viewer, reach_of

from .tables import agent_inboxes, agents, teams
from .upsert import insert_into


def active(connection: Connection, site_id: int, wp_user_id: int) -> RowMapping | None:
    """Return the agent who is this WordPress user, unless unknown or suspended."""
    query = select(agents).where(
        agents.c.site_id == site_id,
        agents.c.wp_user_id == wp_user_id,
        agents.c.state == "active",
    )
    return connection.execute(query).mappings().one_or_none()


def get(connection: Connection, site_id: int, agent_id: int) -> RowMapping | None:
    query = select(agents).where(agents.c.site_id == site_id, agents.c.id == agent_id)
    return connection.execute(query).mappings().one_or_none()


def viewer(connection: Connection, agent: RowMapping) -> Viewer:
    """Return what this agent may see and do."""
    chosen = [] if agent["sees_all"] else _chosen(connection, agent["site_id"], agent["id"])
    inboxes = reach_of(agent["role"], sees_all=agent["sees_all"], chosen=chosen)
    return Viewer(agent["site_id"], agent["role"], agent["id"], inboxes)


def inboxes_chosen(connection: Connection, site_id: int) -> dict[int, list[int]]:
    """Return the inboxes that were chosen for each agent, whether or not he sees all."""
    query = select(agent_inboxes.c.agent_id, agent_inboxes.c.inbox_id).where(
        agent_inboxes.c.site_id == site_id
    )
    found: dict[int, list[int]] = {}
    for agent_id, inbox_id in connection.execute(query.order_by(agent_inboxes.c.inbox_id)):
        found.setdefault(agent_id, []).append(inbox_id)
    return found


def set_reach(
    connection: Connection, site_id: int, agent_id: int, *, sees_all: bool, inbox_ids: Iterable[int]
) -> None:
    """Say which inboxes the agent sees; the chosen ones are kept while he sees all."""
    here = (agents.c.site_id == site_id) & (agents.c.id == agent_id)
    connection.execute(update(agents).where(here).values(sees_all=sees_all))
    connection.execute(
        delete(agent_inboxes).where(
            agent_inboxes.c.site_id == site_id, agent_inboxes.c.agent_id == agent_id
        )
    )
    rows = [
        {"site_id": site_id, "agent_id": agent_id, "inbox_id": inbox_id}
        for inbox_id in sorted(set(inbox_ids))
    ]
    if rows:
        connection.execute(insert(agent_inboxes), rows)


def all_active(connection: Connection, site_id: int) -> Sequence[RowMapping]:
    """Return the agents who may sign in, by name."""
    query = (
        select(agents)
        .where(agents.c.site_id == site_id, agents.c.state == "active")
        .order_by(agents.c.name, agents.c.id)
    )
    return connection.execute(query).mappings().all()


def names(connection: Connection, site_id: int, ids: Iterable[int]) -> dict[int, str]:
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    query = select(agents.c.id, agents.c.name).where(
        agents.c.site_id == site_id, agents.c.id.in_(wanted)
    )
    return {row.id: row.name for row in connection.execute(query)}


def save(connection: Connection, row: Mapping[str, Any]) -> None:
    """Insert the agent, or overwrite what is known of this WordPress user; the id stays."""
    # Not the id: whoever comes back owns his old tickets and messages again.
    kept = {name: row[name] for name in ("name", "email", "role", "locale", "state")}
    connection.execute(
        insert_into(connection, agents)
        .values(**row)
        .on_conflict_do_update(index_elements=["site_id", "wp_user_id"], set_=kept)
    )


def suspend(connection: Connection, site_id: int, *, wp_user_id: int) -> None:
    connection.execute(
        update(agents)
        .where(agents.c.site_id == site_id, agents.c.wp_user_id == wp_user_id)
        .values(state="suspended")
    )


def suspend_others(connection: Connection, site_id: int, wp_user_ids: Collection[int]) -> int:
    """Suspend every active agent who is none of these users; return how many."""
    result = connection.execute(
        update(agents)
        .where(
            and_(agents.c.site_id == site_id, agents.c.state == "active"),
            agents.c.wp_user_id.not_in(sorted(wp_user_ids)),
        )
        .values(state="suspended")
    )
    return result.rowcount


def all_teams(connection: Connection, site_id: int) -> Sequence[RowMapping]:
    query = select(teams).where(teams.c.site_id == site_id).order_by(teams.c.name)
    return connection.execute(query).mappings().all()


def _chosen(connection: Connection, site_id: int, agent_id: int) -> list[int]:
    query = select(agent_inboxes.c.inbox_id).where(
        agent_inboxes.c.site_id == site_id, agent_inboxes.c.agent_id == agent_id
    )
    return list(connection.scalars(query))


def team_exists(connection: Connection, site_id: int, team_id: int) -> bool:
    """Tell whether there is this team; if so it stays until the end of the transaction."""
    query = select(teams.c.id).where(teams.c.site_id == site_id, teams.c.id == team_id)
    # As a foreign key locks: whoever changes the team waits for us, other tickets do not.
    locked = query.with_for_update(read=True, key_share=True)
    return connection.execute(locked).one_or_none() is not None
