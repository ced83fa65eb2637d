"""The rules of routing: written and put in order by managers and leads, and tried out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from sqlalchemy import Connection, RowMapping

from inbox_service.deps import Deps
from inbox_service.domain.rights import Viewer
from inbox_service.domain.routing import (
    Conditions,
    Facts,
    Rule,
    domain_of,
    fault_of,
    first_match,
)
from inbox_service.errors import Conflict, Forbidden, Invalid, NotFound
from inbox_service.store import agents, routing, tags
from inbox_service.store.ids import new_id

from . import auth
from .routing import Target, can_take, searched_text, target_of
from .views import Named

MOST_RULES = 200
TRIED_TICKETS = 100
# What a rule that is written for the first time was before.
_NO_RULE = Rule(None, "", enabled=False, conditions=Conditions())


@dataclass(frozen=True, slots=True)
class Trial:
    """What the rules would do with a ticket; `rule` is None where none fits."""

    number: int
    subject: str
    rule: Rule | None
    team: Named | None
    assignee: Named | None


def list_rules(deps: Deps, caller: auth.Caller) -> list[Rule]:
    """Return the rules in the order they are tried."""
    with auth.reading(deps, caller) as act:
        _require_lead(act.viewer)
        return routing.rules(act.connection, caller.site_id)


def add_rule(deps: Deps, caller: auth.Caller, wanted: Rule) -> Rule:
    """Add a rule after all others; raises Invalid naming the field."""
    with _writing(deps, caller) as act:
        if len(routing.lock_ids(act.connection, caller.site_id)) >= MOST_RULES:
            raise Conflict(f"There are {MOST_RULES} rules already.", code="too_many_rules")
        new = _tidied(replace(wanted, id=new_id(act.at)))
        _check(act.connection, caller.site_id, new, _NO_RULE)
        routing.add(act.connection, caller.site_id, new, act.at)
    return new


def change_rule(deps: Deps, caller: auth.Caller, rule_id: int, changes: Mapping[str, Any]) -> Rule:
    """Change any of name, enabled, conditions (as a whole), team_id and assignee_id.

    raises Invalid naming the field. What a rule refers to is checked only where it is new: a rule
    whose agent is away can still be switched off.
    """
    with _writing(deps, caller) as act:
        before = routing.rule(act.connection, caller.site_id, rule_id)
        if before is None:
            raise _unknown()
        changed = _tidied(replace(before, **changes))
        _check(act.connection, caller.site_id, changed, before)
        routing.write(act.connection, caller.site_id, changed)
    return changed


def remove_rule(deps: Deps, caller: auth.Caller, rule_id: int) -> None:
    """Remove a rule; what it has routed stays where it is."""
    with _writing(deps, caller) as act:
        if not routing.remove(act.connection, caller.site_id, rule_id):
            raise _unknown()


def order_rules(deps: Deps, caller: auth.Caller, ids: Sequence[int]) -> None:
    """Put the rules in this order; raises Conflict where `ids` are not just the site's rules."""
    with _writing(deps, caller) as act:
        known = routing.lock_ids(act.connection, caller.site_id)
        if sorted(ids) != known:
            raise Conflict(
                "The rules were changed by somebody else: reload and try again.",
                code="rules_changed",
                field="ids",
            )
        routing.reorder(act.connection, caller.site_id, ids)


def dry_run(deps: Deps, caller: auth.Caller, wanted: Sequence[Rule] | None = None) -> list[Trial]:
    """Return what the site's rules, or `wanted`, would do with the last tickets the caller sees.

    Nothing is written. Tickets are taken as they are now: with the inbox they lie in and the tags
    that were put on them since they came.
    """
    with auth.reading(deps, caller) as act:
        _require_lead(act.viewer)
        rules = routing.rules(act.connection, caller.site_id) if wanted is None else wanted
        found = [(row, first_match(rules, facts)) for row, facts in _newest(act)]
        return _trials(act.connection, caller.site_id, found)


@contextmanager
def _writing(deps: Deps, caller: auth.Caller) -> Iterator[auth.Act]:
    with auth.writing(deps, caller) as act:
        _require_lead(act.viewer)
        yield act


def _require_lead(viewer: Viewer) -> None:
    if not viewer.can_route:
        raise Forbidden("Only managers and leads may do this.", code="leads_only")


def _unknown() -> NotFound:
    return NotFound("There is no such rule here.", code="rule_not_found")


def _tidied(rule: Rule) -> Rule:
    return replace(rule, name=rule.name.strip(), conditions=rule.conditions.tidied())


def _check(connection: Connection, site_id: int, rule: Rule, before: Rule) -> None:
    fault = fault_of(rule) or _missing(connection, site_id, rule, before)
    if fault is not None:
        field, sentence = fault
        raise Invalid(sentence, field=field)


def _missing(
    connection: Connection, site_id: int, rule: Rule, before: Rule
) -> tuple[str, str] | None:
    """Return field and sentence of what the rule newly refers to and is not there."""
    wanted, known = rule.conditions, before.conditions
    takes = partial(can_take, inbox_id=wanted.inbox)
    references: tuple[tuple[str, int | None, int | None, Callable[..., bool], str], ...] = (
        ("conditions.form", wanted.form, known.form, routing.form_exists, "such form."),
        ("conditions.inbox", wanted.inbox, known.inbox, routing.inbox_exists, "such inbox."),
        ("team_id", rule.team_id, before.team_id, agents.team_exists, "such team."),
        ("assignee_id", rule.assignee_id, before.assignee_id, takes, "agent who can answer it."),
    )
    for field, value, was, exists, what in references:
        if value not in (None, was) and not exists(connection, site_id, value):
            return field, f"There is no {what}"
    return None


def _newest(act: auth.Act) -> list[tuple[RowMapping, Facts]]:
    """Return the last tickets with what the rules look at, in a fixed number of queries."""
    connection, site_id = act.connection, act.viewer.site_id
    rows = routing.newest_tickets(connection, act.viewer, TRIED_TICKETS)
    ids = [row["id"] for row in rows]
    firsts = routing.first_messages(connection, site_id, ids)
    forms = routing.forms_of(connection, site_id, ids)
    tagged = tags.of_tickets(connection, site_id, ids)
    return [
        (row, _facts(row, forms.get(row["id"]), tagged.get(row["id"], []), firsts.get(row["id"])))
        for row in rows
    ]


def _facts(
    row: RowMapping, form_id: int | None, tagged: Sequence[str], first: RowMapping | None
) -> Facts:
    if first is None:
        return Facts(form_id, row["inbox_id"], frozenset(tagged), "", row["subject"])
    text = searched_text(first["subject"], first["text"], first["folded_text"])
    sender = domain_of(first["author_email"])
    return Facts(form_id, row["inbox_id"], frozenset(tagged), sender, text)


def _trials(
    connection: Connection, site_id: int, found: Sequence[tuple[RowMapping, Rule | None]]
) -> list[Trial]:
    # A few rules take all tickets: each one's agent is looked up once per inbox.
    target = cache(partial(target_of, connection, site_id))
    teams = {team["id"]: team["name"] for team in agents.all_teams(connection, site_id)}
    people = {one["id"]: one["name"] for one in agents.all_active(connection, site_id)}
    trials = []
    for row, rule in found:
        goal = target(rule, row["inbox_id"]) if rule else Target(None, None)
        named = (_named(goal.team_id, teams), _named(goal.assignee_id, people))
        trials.append(Trial(row["number"], row["subject"], rule, *named))
    return trials


def _named(one_id: int | None, names: Mapping[int, str]) -> Named | None:
    # Rules that are only tried may name what is not there.
    return Named(one_id, names[one_id]) if one_id is not None and one_id in names else None
