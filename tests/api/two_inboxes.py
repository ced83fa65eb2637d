"""A site whose people see one of its two inboxes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from permission_rows import Row
from populate import Filled, fill
from shop import API, Client, Shop, open_shop
from sqlalchemy import Connection, func, insert, select, update
from trials import Stage, Untraced
from werkzeug.test import TestResponse

from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.domain.rights import ROLES, Role
from inbox_service.store import agents as agent_store
from inbox_service.store.tables import (
    agents,
    blocked_senders,
    bulks,
    form_entries,
    messages,
    routing_rules,
    team_members,
    tickets,
    uploads,
)
from inbox_service.testing import START, add_inbox

NEAR, FAR, FOREIGN = "NEAR7f3a", "FAR91bd", "FOREIGN5c"
WORKS_HERE = {role: 20 + place for place, role in enumerate(ROLES)}


@dataclass(frozen=True)
class Corner:
    """What is in one inbox: its mark, which stands in all of its texts, and ids by name."""

    mark: str
    ids: Mapping[str, Any]
    tokens: tuple[str, ...]

    def told_by(self, text: str) -> list[str]:
        """Return what an answer tells of this corner: its mark, or the ids of what is in it."""
        things = ("inbox", "ticket", "message", "reply", "customer", "mailbox", "attachment")
        found = [name for name in things if f'"{self.ids[name]}"' in text]
        return [*found, *([self.mark] if self.mark in text else [])]


@dataclass(frozen=True)
class World:
    """Two inboxes of one site, and another site."""

    sessions: Untraced
    shop: Shop
    near: Corner
    far: Corner
    foreign: Corner

    def ask(
        self,
        role: Role,
        route: str,
        row: Row,
        of: Corner,
        reach: tuple[Corner, ...] | None,
        body_of: Corner | None = None,
    ) -> TestResponse:
        """Call a route as somebody of this role who sees `reach`, None for all, and undo it.

        The address names things of the corner `of`, the body those of `body_of`.
        """
        method, path = route.split(" ")
        with self.sessions.trial() as connection:
            self._put(connection, role, reach)
            answer = self.client(role).call(
                method,
                address(path, row, of),
                row.body((body_of or of).ids),
                row.query,
                {"If-Match": '"1"', "Idempotency-Key": "0123456789abcdef"},
            )
            answer.get_data()
            if role != "manager" and reach is not None and self.far not in reach:
                assert self._rows(connection) == self._before(), (role, route)
        return answer

    def client(self, role: Role) -> Client:
        """Return the person who has this role."""
        return self.shop.agent(WORKS_HERE[role])

    def _put(self, connection: Connection, role: Role, reach: tuple[Corner, ...] | None) -> None:
        here = (agents.c.site_id == self.shop.site_id) & (agents.c.wp_user_id == WORKS_HERE[role])
        agent_id = connection.execute(select(agents.c.id).where(here)).scalar_one()
        chosen = [corner.ids["inbox"] for corner in reach or ()]
        agent_store.set_reach(
            connection, self.shop.site_id, agent_id, sees_all=reach is None, inbox_ids=chosen
        )
        # Begun while he still saw the ticket.
        for table in (uploads, bulks):
            begun = update(table).where(table.c.site_id == self.shop.site_id)
            connection.execute(begun.values(agent_id=agent_id))

    def _before(self) -> list[Any]:
        with self.sessions.real.reading() as connection:
            return self._rows(connection)

    def _rows(self, connection: Connection) -> list[Any]:
        """Return what is in the far inbox."""
        queries = [
            select(tickets).where(tickets.c.inbox_id == self.far.ids["inbox"]),
            select(messages).where(messages.c.ticket_id == self.far.ids["ticket"]),
            select(uploads.c.id, uploads.c.received).where(
                uploads.c.ticket_id == self.far.ids["ticket"]
            ),
        ]
        return [row for query in queries for row in connection.execute(query.order_by("id"))]


def open_world(stage: Stage, google: GmailSimulator) -> World:
    """Fill two inboxes of one site and one of another."""
    app, deps = stage.app, stage.deps
    shop = open_shop(app, deps, "matrix")
    elsewhere = replace(shop, inbox_id=shop.add(add_inbox, name=FAR))
    far = _corner(fill(elsewhere, FAR, 301, google))
    _rename_references(shop)
    near = _corner(fill(shop, NEAR, 101, google))
    foreign = _corner(fill(open_shop(app, deps, "foreign"), FOREIGN, 202, google))
    with deps.sessions.writing() as connection:
        rules = select(routing_rules.c.id).where(routing_rules.c.site_id == shop.site_id)
        ids = [str(one) for one in connection.scalars(rules)]
        near, far = (replace(one, ids={**one.ids, "rules": ids}) for one in (near, far))
        for corner in (near, far):
            of_ticket = blocked_senders.c.id == corner.ids["blocked"]
            connection.execute(
                update(blocked_senders).where(of_ticket).values(ticket_id=corner.ids["ticket"])
            )
        for role, wp_user_id in WORKS_HERE.items():
            _hire(connection, shop.site_id, role, wp_user_id, far.ids["team"])
    return World(stage.sessions, shop, near, far, foreign)


def address(path: str, row: Row, of: Corner) -> str:
    """Return a path with the ids of a corner in it."""
    known = {
        **{f"{name}_id": value for name, value in of.ids.items()},
        "number": of.ids["number"],
        "wp_user_id": of.ids["number"],
        "kind": "reply",
        "reference": "K7M2Q9XA",
        "token": of.tokens[0],
        **{name: part(of.ids) for name, part in row.parts.items()},
    }
    return path.format(**known).removeprefix(API)


def _corner(filled: Filled) -> Corner:
    return Corner(filled.mark, {**filled.ids, "inbox": filled.shop.inbox_id}, filled.tokens)


def _rename_references(shop: Shop) -> None:
    # `populate` gives every site the same ones, and this site gets them twice.
    with shop.deps.sessions.writing() as connection:
        for table in (tickets, form_entries):
            here = table.c.site_id == shop.site_id
            renamed = func.replace(table.c.reference, "K7M2", "F7M2")
            connection.execute(update(table).where(here).values(reference=renamed))


def _hire(connection: Connection, site_id: int, role: Role, wp_user_id: int, team_id: int) -> None:
    """Take somebody in who is in the team of the far inbox: that must open nothing."""
    agent_id = wp_user_id * 1000
    row = {"site_id": site_id, "id": agent_id, "wp_user_id": wp_user_id, "role": role}
    row |= {"name": role, "email": f"{role}@desk.example", "created_at": START}
    connection.execute(insert(agents).values(**row))
    place = {"site_id": site_id, "team_id": team_id, "agent_id": agent_id, "leads": True}
    connection.execute(insert(team_members).values(**place))
