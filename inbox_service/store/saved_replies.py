"""Replies that are kept: whose they are, how they are found, how often they are used."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from inbox_service.domain.search_words import fold, words

from .rows import Row, all_rows, one_row
from .tables import saved_replies, team_members, teams

_COLUMNS = saved_replies.c


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose saved replies somebody sees, beside everybody's; `teams` None is those of any team."""

    site_id: int
    agent_id: int
    teams: frozenset[int] | None


def teams_of(connection: Connection, site_id: int, agent_id: int) -> frozenset[int]:
    query = select(team_members.c.team_id).where(
        team_members.c.site_id == site_id, team_members.c.agent_id == agent_id
    )
    return frozenset(connection.scalars(query))


def team_names(connection: Connection, site_id: int, ids: Collection[int]) -> dict[int, str]:
    query = select(teams.c.id, teams.c.name).where(
        teams.c.site_id == site_id, teams.c.id.in_(sorted(ids))
    )
    return {row.id: row.name for row in connection.execute(query)}


def get(connection: Connection, reach: Reach, reply_id: int, *, lock: bool = False) -> Row | None:
    """Return one that is within reach, removed or not; `lock` keeps others from changing it."""
    query = select(saved_replies).where(_within(reach), _COLUMNS.id == reply_id)
    return one_row(connection, query.with_for_update() if lock else query)


def page(
    connection: Connection, reach: Reach, text: str, after: int | None, limit: int
) -> list[Row]:
    """Return those that hold all words of a text, by name; `after` is the last one's id before."""
    query = _found(reach, text).order_by(_COLUMNS.folded, _COLUMNS.id).limit(limit)
    return all_rows(connection, query if after is None else query.where(_behind(reach, after)))


def best(connection: Connection, reach: Reach, text: str, limit: int) -> list[Row]:
    """Return those that hold all words of a text: by shortcut, then by name, then by use."""
    typed = fold(text).strip()
    is_close = case(
        (_COLUMNS.shortcut == typed, 0),
        (_COLUMNS.shortcut.startswith(typed, autoescape=True), 1),
        (_COLUMNS.folded.startswith(typed, autoescape=True), 2),
        else_=3,
    )
    # Without a text every row is as close as any other: then the most used come first.
    ranked = [is_close] if typed else []
    order = (*ranked, _COLUMNS.uses.desc(), _COLUMNS.folded, _COLUMNS.id)
    return all_rows(connection, _found(reach, text).order_by(*order).limit(limit))


def is_taken(connection: Connection, row: Mapping[str, Any]) -> bool:
    """Tell whether another one of the same people has the shortcut of this row."""
    query = select(_COLUMNS.id).where(
        _COLUMNS.site_id == row["site_id"],
        _COLUMNS.agent_id.is_not_distinct_from(row["agent_id"]),
        _COLUMNS.team_id.is_not_distinct_from(row["team_id"]),
        _COLUMNS.shortcut == row["shortcut"],
        _COLUMNS.removed_at.is_(None),
        _COLUMNS.id != row["id"],
    )
    return connection.execute(query.limit(1)).first() is not None


def count(connection: Connection, site_id: int, agent_id: int | None) -> int:
    """Return how many there are of an agent; None counts those of teams and of everybody."""
    query = select(func.count()).where(
        _COLUMNS.site_id == site_id,
        _COLUMNS.agent_id.is_not_distinct_from(agent_id),
        _COLUMNS.removed_at.is_(None),
    )
    return int(connection.execute(query).scalar_one())


def count_of_team(connection: Connection, site_id: int, team_id: int) -> int:
    """Return how many a team has."""
    query = select(func.count()).where(
        _COLUMNS.site_id == site_id, _COLUMNS.team_id == team_id, _COLUMNS.removed_at.is_(None)
    )
    return int(connection.execute(query).scalar_one())


def add(connection: Connection, row: Mapping[str, Any]) -> None:
    connection.execute(insert(saved_replies).values(**row))


def write(connection: Connection, site_id: int, reply_id: int, values: Mapping[str, Any]) -> None:
    """Change columns of one, and count its version up."""
    changed = {**values, "version": _COLUMNS.version + 1}
    connection.execute(update(saved_replies).where(_one(site_id, reply_id)).values(**changed))


def note_use(connection: Connection, site_id: int, reply_id: int, at: int) -> None:
    """Count a use; whoever edits it meanwhile is not in its way."""
    values = {"uses": _COLUMNS.uses + 1, "last_used_at": at}
    connection.execute(update(saved_replies).where(_one(site_id, reply_id)).values(**values))


def hand_over(connection: Connection, site_id: int, team_id: int, agent_id: int) -> None:
    """Let those of a team be an agent's own."""
    here = (_COLUMNS.site_id == site_id) & (_COLUMNS.team_id == team_id)
    values = {"team_id": None, "agent_id": agent_id, "version": _COLUMNS.version + 1}
    connection.execute(update(saved_replies).where(here).values(**values))


def forget_removed(connection: Connection, before: int) -> int:
    """Delete those that were removed before `before`; return how many."""
    return connection.execute(delete(saved_replies).where(_COLUMNS.removed_at < before)).rowcount


def _found(reach: Reach, text: str) -> Select[Any]:
    holds = [_COLUMNS.folded.contains(word, autoescape=True) for word in words(text)]
    return select(saved_replies).where(_within(reach), _COLUMNS.removed_at.is_(None), *holds)


def _within(reach: Reach) -> ColumnElement[bool]:
    of_teams = (
        _COLUMNS.team_id.is_not(None)
        if reach.teams is None
        else _COLUMNS.team_id.in_(sorted(reach.teams))
    )
    of_everybody = and_(_COLUMNS.agent_id.is_(None), _COLUMNS.team_id.is_(None))
    whose = or_(_COLUMNS.agent_id == reach.agent_id, of_teams, of_everybody)
    return and_(_COLUMNS.site_id == reach.site_id, whose)


def _behind(reach: Reach, after: int) -> ColumnElement[bool]:
    before = select(_COLUMNS.folded).where(_within(reach), _COLUMNS.id == after).scalar_subquery()
    return or_(_COLUMNS.folded > before, and_(_COLUMNS.folded == before, _COLUMNS.id > after))


def _one(site_id: int, reply_id: int) -> ColumnElement[bool]:
    return and_(_COLUMNS.site_id == site_id, _COLUMNS.id == reply_id)
