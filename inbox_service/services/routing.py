"""Routing: a new ticket gets tags, a team and an agent by the rules that fit it.

The rules run when a ticket is opened, and once more when somebody tags one that nobody has yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping

from inbox_service.domain.events import SYSTEM, NewEvent
from inbox_service.domain.forms import tags_of
from inbox_service.domain.routing import Facts, Rule, decide, domain_of
from inbox_service.store import agents, routing

from .desk import Desk, Row
from .mail_reading import Mail

_EVENT_OF = {"team_id": "ticket_team_changed", "assignee_id": "ticket_assigned"}


@dataclass(frozen=True, slots=True)
class Target:
    """To whom a rule gives a ticket, as far as it can."""

    team_id: int | None = None
    assignee_id: int | None = None

    def values(self) -> dict[str, int]:
        """Return what changes in the ticket."""
        given = {"team_id": self.team_id, "assignee_id": self.assignee_id}
        return {name: value for name, value in given.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Routed:
    """What the rules change in a ticket that is there: columns, tags, and the events to tell."""

    values: dict[str, int]
    tags: tuple[str, ...]
    told: list[NewEvent]


def route(
    connection: Connection, site_id: int, desk: Desk, ticket: Row, facts: Facts
) -> Rule | None:
    """Do with a ticket that `desk` has just opened what the rules say; return the one that decided.

    For live tickets only: history is quiet. Call it after "ticket_opened" is recorded.
    """
    decision = decide(routing.rules(connection, site_id), facts)
    desk.tag(ticket, decision.tags)
    if decision.rule is None:
        return None
    target = target_of(connection, site_id, decision.rule, ticket["inbox_id"])
    for name, value in target.values().items():
        ticket[name] = value
        change: dict[str, Any] = {name: [None, str(value)]}
        desk.record(_EVENT_OF[name], SYSTEM, ticket, **change)
    return decision.rule


def reroute(connection: Connection, ticket: Mapping[str, Any], tags: Iterable[str]) -> Routed:
    """Return what the rules make of a ticket that has no team and no agent, now with these tags."""
    site_id, carried = ticket["site_id"], frozenset(tags)
    facts = facts_of_tickets(connection, site_id, [ticket], {ticket["id"]: carried})[ticket["id"]]
    decision = decide(routing.rules(connection, site_id), facts)
    goal = Target()
    if decision.rule is not None:
        goal = target_of(connection, site_id, decision.rule, ticket["inbox_id"])
    told = [(_EVENT_OF[name], {name: [None, str(value)]}) for name, value in goal.values().items()]
    if decision.tags:
        told.insert(0, ("ticket_tagged", {"tags": list(decision.tags)}))
    place = (SYSTEM, ticket["id"], None, ticket["inbox_id"])
    events = [NewEvent(kind, *place, data) for kind, data in told]
    return Routed(goal.values(), decision.tags, events)


def facts_of_mail(ticket: Row, mail: Mail, sender: str, subject: str) -> Facts:
    """Return what the rules look at, for a ticket that a mail of `sender` opens."""
    said = (mail.visible.text, mail.visible.folded_text) if mail.visible else ("", "")
    # Nobody has put a tag on it yet.
    return Facts(
        None, ticket["inbox_id"], frozenset(), domain_of(sender), searched_text(subject, *said)
    )


def facts_of_tickets(
    connection: Connection,
    site_id: int,
    rows: Sequence[Mapping[str, Any] | RowMapping],
    tagged: Mapping[int, Collection[str]],
) -> dict[int, Facts]:
    """Return what the rules look at, by ticket, in a fixed number of queries.

    `rows` have id, inbox_id and subject; `tagged` has further tags than those of the ticket's form.
    """
    ids = [row["id"] for row in rows]
    firsts = routing.first_messages(connection, site_id, ids)
    forms = routing.forms_of(connection, site_id, ids)
    return {
        row["id"]: _facts(
            row, forms.get(row["id"]), tagged.get(row["id"], ()), firsts.get(row["id"])
        )
        for row in rows
    }


def _facts(
    row: Mapping[str, Any] | RowMapping,
    form: RowMapping | None,
    tagged: Collection[str],
    first: RowMapping | None,
) -> Facts:
    tags = frozenset({*tagged, *(tags_of(form["definition"]) if form else ())})
    form_id = form["form_id"] if form else None
    if first is None:
        return Facts(form_id, row["inbox_id"], tags, "", row["subject"])
    text = searched_text(first["subject"], first["text"], first["folded_text"])
    return Facts(form_id, row["inbox_id"], tags, domain_of(first["author_email"]), text)


def searched_text(subject: str, text: str, folded_text: str) -> str:
    """Return what rules search for words: the subject, and what is written below it."""
    # A mail that only quotes says it with the quote.
    return f"{subject}\n{text if text.strip() else folded_text}"


def target_of(connection: Connection, site_id: int, rule: Rule, inbox_id: int) -> Target:
    """Return the rule's team, and its agent unless he cannot take tickets of this inbox now.

    The rule stays as it is: he may be back tomorrow.
    """
    agent_id = rule.assignee_id
    is_there = agent_id is not None and can_take(connection, site_id, agent_id, inbox_id)
    return Target(rule.team_id, agent_id if is_there else None)


def can_take(connection: Connection, site_id: int, agent_id: int, inbox_id: int | None) -> bool:
    """Tell whether the agent may answer tickets of the inbox, None for any inbox."""
    agent = agents.get(connection, site_id, agent_id)
    if agent is None or agent["state"] != "active":
        return False
    viewer = agents.viewer(connection, agent)
    return viewer.can_reply and viewer.sees(inbox_id)
