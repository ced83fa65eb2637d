"""Teams: who is in them and leads them, and what names them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from .counters import Bucket, apply, shift
from .rows import Row, one_row
from .tables import agents, counters, inboxes, routing_rules, team_members, teams, tickets


def get(connection: Connection, site_id: int, team_id: int, *, lock: bool = False) -> Row | None:
    """Return the team, locked until the end of the transaction where `lock` says so."""
    query = select(teams).where(teams.c.site_id == site_id, teams.c.id == team_id)
    return one_row(connection, query.with_for_update() if lock else query)


def members(connection: Connection, site_id: int) -> dict[int, list[RowMapping]]:
    """Return, by team, its active agents by name: agent_id, name, role, leads."""
    query = (
        select(
            team_members.c.team_id,
            team_members.c.agent_id,
            team_members.c.leads,
            agents.c.name,
            agents.c.role,
        )
        .join_from(
            team_members,
            agents,
            (team_members.c.site_id == agents.c.site_id) & (team_members.c.agent_id == agents.c.id),
        )
        .where(team_members.c.site_id == site_id, agents.c.state == "active")
        .order_by(agents.c.name, agents.c.id)
    )
    found: dict[int, list[RowMapping]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["team_id"], []).append(row)
    return found


def add(connection: Connection, site_id: int, team_id: int, name: str, at: int) -> None:
    """Insert a team without members; raises IntegrityError where the name is taken."""
    row = {"site_id": site_id, "id": team_id, "name": name, "created_at": at, "version": 1}
    connection.execute(insert(teams).values(**row))


def write(connection: Connection, site_id: int, team_id: int, name: str) -> None:
    """Name the team and count its version up; raises IntegrityError where the name is taken."""
    connection.execute(
        update(teams)
        .where(teams.c.site_id == site_id, teams.c.id == team_id)
        .values(name=name, version=teams.c.version + 1)
    )


def set_members(
    connection: Connection, site_id: int, team_id: int, leading: Mapping[int, bool]
) -> None:
    """Let these agents be the team's, each with whether he leads it."""
    # Suspended agents were on no list: who comes back is in his team again.
    active = select(agents.c.id).where(agents.c.site_id == site_id, agents.c.state == "active")
    connection.execute(
        delete(team_members).where(
            team_members.c.site_id == site_id,
            team_members.c.team_id == team_id,
            team_members.c.agent_id.in_(active),
        )
    )
    rows = [
        {"site_id": site_id, "team_id": team_id, "agent_id": agent_id, "leads": leads}
        for agent_id, leads in leading.items()
    ]
    if rows:
        connection.execute(insert(team_members), rows)


def count_tickets(connection: Connection, site_id: int, team_id: int) -> int:
    """Return how many tickets the team has, wherever they stand."""
    query = select(func.sum(counters.c.tickets)).where(
        counters.c.site_id == site_id, counters.c.team_id == team_id
    )
    return int(connection.scalar(query) or 0)


def count_rules(connection: Connection, site_id: int, team_id: int) -> int:
    """Return how many rules give tickets to the team."""
    query = select(func.count()).where(
        routing_rules.c.site_id == site_id, routing_rules.c.team_id == team_id
    )
    return int(connection.execute(query).scalar_one())


def lock_tickets(
    connection: Connection, site_id: int, team_id: int, limit: int
) -> Sequence[RowMapping]:
    """Lock up to `limit` of the team's tickets, in the order of their ids, and return them."""
    some = (
        select(tickets.c.id)
        .where(tickets.c.site_id == site_id, tickets.c.team_id == team_id)
        .limit(limit)
    )
    # Named first and locked then: sorting all tickets of a large team for every part takes long.
    ids = sorted(connection.scalars(some))
    query = (
        select(tickets)
        # Another team's, since they were named, where somebody was faster.
        .where(tickets.c.site_id == site_id, tickets.c.id.in_(ids), tickets.c.team_id == team_id)
        .order_by(tickets.c.id)
        .with_for_update()
    )
    return connection.execute(query).mappings().all()


def release(connection: Connection, site_id: int, locked: Sequence[RowMapping]) -> None:
    """Let these locked tickets be of no team, and count them so."""
    connection.execute(
        update(tickets)
        .where(tickets.c.site_id == site_id, tickets.c.id.in_([row["id"] for row in locked]))
        .values(team_id=None, version=tickets.c.version + 1)
    )
    deltas: Counter[Bucket] = Counter()
    for row in locked:
        shift(deltas, row, {**row, "team_id": None})
    apply(connection, site_id, deltas)


def forget(connection: Connection, site_id: int, team_id: int) -> None:
    """Delete the team with its members, and let its inboxes be of none.

    raises IntegrityError where a ticket or a rule names it.
    """
    here = (inboxes.c.site_id == site_id) & (inboxes.c.team_id == team_id)
    connection.execute(update(inboxes).where(here).values(team_id=None))
    connection.execute(
        delete(team_members).where(
            team_members.c.site_id == site_id, team_members.c.team_id == team_id
        )
    )
    connection.execute(delete(teams).where(teams.c.site_id == site_id, teams.c.id == team_id))
