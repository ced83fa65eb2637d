"""The rules of routing: written and put in order by managers, and by leads who see all inboxes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.domain.rights import Viewer
from inbox_service.domain.routing import Conditions, Rule, fault_of
from inbox_service.errors import Conflict, Forbidden, Invalid, NotFound
from inbox_service.store import agents, routing
from inbox_service.store.ids import new_id

from . import auth
from .routing import can_take

MOST_RULES = 200
# What a rule that is written for the first time was before.
_NO_RULE = Rule(None, "", enabled=False, conditions=Conditions())


def list_rules(deps: Deps, caller: auth.Caller) -> list[Rule]:
    """Return the rules in the order they are tried."""
    with auth.reading(deps, caller) as act:
        require_lead(act.viewer)
        return routing.rules(act.connection, caller.site_id)


def add_rule(deps: Deps, caller: auth.Caller, wanted: Rule) -> Rule:
    """Add a rule after all others; raises Invalid naming the field."""
    with _writing(deps, caller) as act:
        if len(routing.lock_ids(act.connection, caller.site_id)) >= MOST_RULES:
            raise Conflict(f"There are {MOST_RULES} rules already.", code="too_many_rules")
        new = replace(wanted, id=new_id(act.at)).tidied()
        _check(act.connection, caller.site_id, new, _NO_RULE)
        routing.add(act.connection, caller.site_id, new, act.at)
    return new


def change_rule(deps: Deps, caller: auth.Caller, rule_id: int, changes: Mapping[str, Any]) -> Rule:
    """Change any of name, enabled, conditions, adds_tags (as a whole), team_id and assignee_id.

    raises Invalid naming the field. What a rule refers to is checked only where it is new: a rule
    whose agent is away can still be switched off.
    """
    with _writing(deps, caller) as act:
        before = routing.rule(act.connection, caller.site_id, rule_id)
        if before is None:
            raise _unknown()
        changed = replace(before, **changes).tidied()
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


@contextmanager
def _writing(deps: Deps, caller: auth.Caller) -> Iterator[auth.Act]:
    with auth.writing(deps, caller) as act:
        require_lead(act.viewer)
        yield act


def require_lead(viewer: Viewer) -> None:
    """Raise Forbidden `leads_only` for whoever may not write rules."""
    if not viewer.can_route:
        message = "Only managers, and leads who see every inbox, may do this."
        raise Forbidden(message, code="leads_only")


def _unknown() -> NotFound:
    return NotFound("There is no such rule here.", code="rule_not_found")


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
