"""Rules tried out: what they would have done with the last tickets, as if these came now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from sqlalchemy import RowMapping

from inbox_service.deps import Deps
from inbox_service.domain.routing import Facts, Rule, decide
from inbox_service.store import agents, routing, tags

from . import auth
from .routing import Target, facts_of_tickets, target_of
from .routing_rules import require_lead
from .views import Named

TRIED_TICKETS = 100


@dataclass(frozen=True, slots=True)
class Trial:
    """What the rules would do with a ticket.

    `rule` says who gets it, None where none does; `rules` are all that fit, `tags` what they add.
    """

    number: int
    subject: str
    rule: Rule | None
    rules: Sequence[Rule]
    tags: Sequence[str]
    team: Named | None
    assignee: Named | None


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A ticket as the rules met it, and the tags that people put on it since."""

    row: RowMapping
    facts: Facts
    put_on: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Outcome:
    rule: Rule | None
    rules: tuple[Rule, ...]
    tags: tuple[str, ...]
    target: Target


def dry_run(deps: Deps, caller: auth.Caller, wanted: Sequence[Rule] | None = None) -> list[Trial]:
    """Return what the site's rules, or `wanted`, would do with the last tickets the caller sees.

    Nothing is written. As in life the rules run once on the ticket as it came (with the inbox it
    lies in now), and once more where nobody got it and somebody put a tag on it.
    """
    with auth.reading(deps, caller) as act:
        require_lead(act.viewer)
        connection, site_id = act.connection, caller.site_id
        rules = routing.rules(connection, site_id) if wanted is None else wanted
        # A few rules take all tickets: each one's agent is looked up once per inbox.
        target = cache(partial(target_of, connection, site_id))
        arrivals = _newest(act)
        outcomes = [_outcome(rules, arrival, target) for arrival in arrivals]
        teams = {team["id"]: team["name"] for team in agents.all_teams(connection, site_id)}
        people = {one["id"]: one["name"] for one in agents.all_active(connection, site_id)}
    return [
        Trial(
            arrival.row["number"],
            arrival.row["subject"],
            outcome.rule,
            outcome.rules,
            outcome.tags,
            _named(outcome.target.team_id, teams),
            _named(outcome.target.assignee_id, people),
        )
        for arrival, outcome in zip(arrivals, outcomes, strict=True)
    ]


def _newest(act: auth.Act) -> list[_Arrival]:
    connection, site_id = act.connection, act.viewer.site_id
    rows = routing.newest_tickets(connection, act.viewer, TRIED_TICKETS)
    ids = [row["id"] for row in rows]
    carried = tags.of_tickets(connection, site_id, ids)
    automatic = tags.put_on_by_the_system(connection, site_id, ids)
    facts = facts_of_tickets(connection, site_id, rows, {})
    return [
        _Arrival(
            row,
            facts[row["id"]],
            frozenset(carried.get(row["id"], ())) - automatic.get(row["id"], frozenset()),
        )
        for row in rows
    ]


def _outcome(
    rules: Sequence[Rule], arrival: _Arrival, target_of_rule: Callable[[Rule, int], Target]
) -> _Outcome:
    facts, inbox_id = arrival.facts, arrival.row["inbox_id"]
    first = decide(rules, facts)
    target = target_of_rule(first.rule, inbox_id) if first.rule else Target()
    put_on = arrival.put_on - facts.tags
    if target.values() or not put_on:
        return _Outcome(first.rule, first.rules, first.tags, target)
    again = decide(rules, replace(facts, tags=facts.tags | frozenset(first.tags) | put_on))
    target = target_of_rule(again.rule, inbox_id) if again.rule else Target()
    fitting = tuple(dict.fromkeys((*first.rules, *again.rules)))
    added = tuple(sorted({*first.tags, *again.tags}))
    return _Outcome(again.rule or first.rule, fitting, added, target)


def _named(one_id: int | None, names: Mapping[int, str]) -> Named | None:
    # Rules that are only tried may name what is not there.
    return Named(one_id, names[one_id]) if one_id is not None and one_id in names else None
