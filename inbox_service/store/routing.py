"""Routing rules in their order, and the tickets they can be tried on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from inbox_service.domain.rights import Viewer
from inbox_service.domain.routing import SEARCHED_LETTERS, Conditions, Rule

from .rows import Row
from .tables import form_entries, forms, inboxes, messages, routing_rules, tickets


def rules(connection: Connection, site_id: int) -> list[Rule]:
    """Return the site's rules in the order they are tried."""
    query = (
        select(routing_rules)
        .where(routing_rules.c.site_id == site_id)
        .order_by(routing_rules.c.position, routing_rules.c.id)
    )
    return [_rule(row) for row in connection.execute(query).mappings()]


def rule(connection: Connection, site_id: int, rule_id: int) -> Rule | None:
    """Return one rule, locked until the end of the transaction."""
    query = select(routing_rules).where(_here(site_id, rule_id)).with_for_update()
    row = connection.execute(query).mappings().one_or_none()
    return _rule(row) if row else None


def lock_ids(connection: Connection, site_id: int) -> list[int]:
    """Lock every rule of the site, in the order of their ids, and return the ids."""
    query = (
        select(routing_rules.c.id)
        .where(routing_rules.c.site_id == site_id)
        .order_by(routing_rules.c.id)
        .with_for_update()
    )
    return list(connection.scalars(query))


def add(connection: Connection, site_id: int, new: Rule, at: int) -> None:
    """Insert the rule after all others."""
    last = connection.scalar(
        select(func.max(routing_rules.c.position)).where(routing_rules.c.site_id == site_id)
    )
    connection.execute(
        insert(routing_rules).values(
            site_id=site_id,
            id=new.id,
            position=(last or 0) + 1,
            created_at=at,
            **_columns(new),
        )
    )


def write(connection: Connection, site_id: int, changed: Rule) -> None:
    """Overwrite the rule; its place in the order stays."""
    query = update(routing_rules).where(_here(site_id, changed.id)).values(**_columns(changed))
    connection.execute(query)


def remove(connection: Connection, site_id: int, rule_id: int) -> bool:
    """Delete the rule; False where there is none."""
    return connection.execute(delete(routing_rules).where(_here(site_id, rule_id))).rowcount == 1


def reorder(connection: Connection, site_id: int, ids: Sequence[int]) -> None:
    """Give the rules the order of `ids`."""
    for position, rule_id in enumerate(ids, start=1):
        query = update(routing_rules).where(_here(site_id, rule_id)).values(position=position)
        connection.execute(query)


def inbox_exists(connection: Connection, site_id: int, inbox_id: int) -> bool:
    query = select(inboxes.c.id).where(inboxes.c.site_id == site_id, inboxes.c.id == inbox_id)
    return connection.scalar(query) is not None


def form_exists(connection: Connection, site_id: int, form_id: int) -> bool:
    query = select(forms.c.id).where(forms.c.site_id == site_id, forms.c.id == form_id)
    return connection.scalar(query) is not None


def newest_tickets(connection: Connection, viewer: Viewer, limit: int) -> Sequence[RowMapping]:
    """Return the tickets that came last among those the viewer sees, the newest first."""
    query = (
        select(tickets.c.id, tickets.c.number, tickets.c.subject, tickets.c.inbox_id)
        # What was merged away has its messages elsewhere.
        .where(tickets.c.site_id == viewer.site_id, tickets.c.merged_into.is_(None))
        .order_by(tickets.c.number.desc())
        .limit(limit)
    )
    if viewer.inboxes is not None:
        query = query.where(tickets.c.inbox_id.in_(sorted(viewer.inboxes)))
    return connection.execute(query).mappings().all()


def first_messages(
    connection: Connection, site_id: int, ticket_ids: Collection[int]
) -> dict[int, RowMapping]:
    """Return what opened each ticket: author_email, subject, and the beginning of the texts."""
    firsts = (
        select(func.min(messages.c.id))
        .where(
            messages.c.site_id == site_id,
            messages.c.ticket_id.in_(sorted(ticket_ids)),
            messages.c.kind == "in",
        )
        .group_by(messages.c.ticket_id)
    )
    query = select(
        messages.c.ticket_id,
        messages.c.author_email,
        messages.c.subject,
        func.substr(messages.c.text, 1, SEARCHED_LETTERS).label("text"),
        func.substr(messages.c.folded_text, 1, SEARCHED_LETTERS).label("folded_text"),
    ).where(messages.c.site_id == site_id, messages.c.id.in_(firsts))
    return {row["ticket_id"]: row for row in connection.execute(query).mappings()}


def forms_of(
    connection: Connection, site_id: int, ticket_ids: Collection[int]
) -> dict[int, RowMapping]:
    """Return form_id and definition of the form that each ticket came in by, where it did."""
    same_form = (forms.c.site_id == form_entries.c.site_id) & (forms.c.id == form_entries.c.form_id)
    query = (
        select(form_entries.c.ticket_id, form_entries.c.form_id, forms.c.definition)
        .join_from(form_entries, forms, same_form)
        .where(form_entries.c.site_id == site_id, form_entries.c.ticket_id.in_(sorted(ticket_ids)))
    )
    return {row["ticket_id"]: row for row in connection.execute(query).mappings()}


def _here(site_id: int, rule_id: int | None) -> Any:
    return (routing_rules.c.site_id == site_id) & (routing_rules.c.id == rule_id)


def _rule(row: RowMapping) -> Rule:
    kept: Mapping[str, Any] = row["conditions"]
    conditions = Conditions(**{**kept, "words": tuple(kept.get("words", ()))})
    return Rule(
        row["id"],
        row["name"],
        row["enabled"],
        conditions,
        row["team_id"],
        row["assignee_id"],
        tuple(row["adds_tags"]),
    )


def _columns(rule: Rule) -> Row:
    return {
        "name": rule.name,
        "enabled": rule.enabled,
        "conditions": rule.conditions.asked(),
        "team_id": rule.team_id,
        "assignee_id": rule.assignee_id,
        "adds_tags": list(rule.adds_tags),
    }
