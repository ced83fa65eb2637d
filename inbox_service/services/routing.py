"""Routing: a new ticket goes to the team and the agent of the first rule that fits it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from inbox_service.domain.events import SYSTEM
from inbox_service.domain.routing import Facts, Rule, domain_of, first_match
from inbox_service.store import agents, routing

from .desk import Desk, Row
from .mail_reading import Mail


@dataclass(frozen=True, slots=True)
class Target:
    """To whom a rule gives a ticket, as far as it can."""

    team_id: int | None
    assignee_id: int | None


def route(
    connection: Connection, site_id: int, desk: Desk, ticket: Row, facts: Facts
) -> Rule | None:
    """Give a ticket that `desk` has just opened to whom the rules say; return the rule that did.

    For live tickets only: history is quiet. Call it after "ticket_opened" is recorded.
    """
    rule = first_match(routing.rules(connection, site_id), facts)
    if rule is None:
        return None
    target = target_of(connection, site_id, rule, ticket["inbox_id"])
    if target.team_id is not None:
        ticket["team_id"] = target.team_id
        desk.record("ticket_team_changed", SYSTEM, ticket, team_id=[None, str(target.team_id)])
    if target.assignee_id is not None:
        ticket["assignee_id"] = target.assignee_id
        told = [None, str(target.assignee_id)]
        desk.record("ticket_assigned", SYSTEM, ticket, assignee_id=told)
    return rule


def facts_of_mail(ticket: Row, mail: Mail, sender: str, subject: str) -> Facts:
    """Return what the rules look at, for a ticket that a mail of `sender` opens."""
    said = (mail.visible.text, mail.visible.folded_text) if mail.visible else ("", "")
    # Nobody has put a tag on it yet.
    return Facts(
        None, ticket["inbox_id"], frozenset(), domain_of(sender), searched_text(subject, *said)
    )


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
