"""Signatures of agents and of inboxes."""

from __future__ import annotations

from sqlalchemy import Connection, Table, select, update

from .tables import agents, inboxes


def of_agent(connection: Connection, site_id: int, agent_id: int) -> str | None:
    """Return the agent's signature; None where there is no such agent."""
    return _read(connection, agents, site_id, agent_id)


def of_inbox(connection: Connection, site_id: int, inbox_id: int) -> str | None:
    """Return the inbox's signature; None where there is no such inbox."""
    return _read(connection, inboxes, site_id, inbox_id)


def name_of_inbox(connection: Connection, site_id: int, inbox_id: int) -> str:
    """Return how the inbox is called, "" where there is none."""
    here = (inboxes.c.site_id == site_id, inboxes.c.id == inbox_id)
    return connection.execute(select(inboxes.c.name).where(*here)).scalar_one_or_none() or ""


def write_agents(connection: Connection, site_id: int, agent_id: int, text: str) -> None:
    _write(connection, agents, site_id, agent_id, text)


def write_inboxes(connection: Connection, site_id: int, inbox_id: int, text: str) -> None:
    _write(connection, inboxes, site_id, inbox_id, text)


def _read(connection: Connection, table: Table, site_id: int, row_id: int) -> str | None:
    query = select(table.c.signature).where(table.c.site_id == site_id, table.c.id == row_id)
    return connection.execute(query).scalar_one_or_none()


def _write(connection: Connection, table: Table, site_id: int, row_id: int, text: str) -> None:
    here = (table.c.site_id == site_id, table.c.id == row_id)
    connection.execute(update(table).where(*here).values(signature=text))
