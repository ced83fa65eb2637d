"""Agents: the WordPress users who may work at the desk, as their site's plugin reports them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping

from inbox_service.deps import Deps
from inbox_service.domain.rights import Role, Viewer
from inbox_service.store import agents, tag_views
from inbox_service.store.ids import new_id

from . import auth


@dataclass(frozen=True, slots=True)
class Report:
    """What the plugin reports of one WordPress user."""

    wp_user_id: int
    name: str
    email: str
    role: Role
    locale: str


def replace_all(deps: Deps, caller: auth.Caller, reports: Iterable[Report]) -> tuple[int, int]:
    """Take the full list of agents; who is not on it is suspended. Return (active, suspended)."""
    known = {report.wp_user_id: report for report in reports}
    with auth.plugin_writing(deps, caller) as (connection, at):
        # In one order, so that two full lists at once cannot lock each other out.
        for _, report in sorted(known.items()):
            _save(connection, caller.site_id, report, at)
        suspended = agents.suspend_others(connection, caller.site_id, known.keys())
    return len(known), suspended


def report_one(deps: Deps, caller: auth.Caller, report: Report) -> None:
    """Take what is new about one agent, or take in a new one."""
    with auth.plugin_writing(deps, caller) as (connection, at):
        _save(connection, caller.site_id, report, at)


def suspend(deps: Deps, caller: auth.Caller, wp_user_id: int) -> None:
    """Let this WordPress user in no more; what he did stays his."""
    with auth.plugin_writing(deps, caller) as (connection, _):
        agents.suspend(connection, caller.site_id, wp_user_id=wp_user_id)


def myself(deps: Deps, caller: auth.Caller) -> dict[str, Any]:
    """Return the calling agent, and what it may do."""
    with auth.reading(deps, caller) as act:
        agent = agents.get(act.connection, caller.site_id, act.viewer.agent_id or 0)
    return {**(agent or {}), "can": rights_of(act.viewer)}


def rights_of(viewer: Viewer) -> dict[str, Any]:
    """Return what somebody may do and see, as screens ask it; `inbox_ids` is None for all."""
    return {
        "reply": viewer.can_reply,
        "manage": viewer.can_manage,
        "route": viewer.can_route,
        "inbox_ids": None if viewer.inboxes is None else sorted(viewer.inboxes),
    }


def colleagues(deps: Deps, caller: auth.Caller) -> Sequence[RowMapping]:
    with auth.reading(deps, caller) as act:
        return agents.all_active(act.connection, caller.site_id)


def all_tags(deps: Deps, caller: auth.Caller) -> Sequence[RowMapping]:
    with auth.reading(deps, caller) as act:
        return tag_views.seen_by(act.connection, act.viewer)


def _save(connection: Connection, site_id: int, report: Report, at: int) -> None:
    row = {
        "site_id": site_id,
        "id": new_id(at),
        "wp_user_id": report.wp_user_id,
        "name": report.name,
        "email": report.email.lower(),
        "role": report.role,
        "locale": report.locale,
        "state": "active",
        "created_at": at,
    }
    agents.save(connection, row)
