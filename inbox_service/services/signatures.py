"""What stands below mails: each agent's own words, and each inbox's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inbox_service.deps import Deps
from inbox_service.domain.signatures import VARIABLES, lasting
from inbox_service.errors import NotFound
from inbox_service.store import agents, inboxes, sites
from inbox_service.store import signatures as store

from . import auth, managers


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as it was written, and the variables it may hold.

    `values` is what they stand for in the caller's next mail; those of a ticket are not among them.
    """

    text: str
    values: Mapping[str, str]
    variables: tuple[str, ...] = VARIABLES


def mine(deps: Deps, caller: auth.Caller) -> Signature:
    """Return the calling agent's signature."""
    with auth.reading(deps, caller) as act:
        return _mine(act)


def write_mine(deps: Deps, caller: auth.Caller, text: str) -> Signature:
    """Change the calling agent's signature."""
    with auth.writing(deps, caller) as act:
        store.write_agents(act.connection, caller.site_id, act.viewer.agent_id or 0, text.strip())
        return _mine(act)


def of_inbox(deps: Deps, caller: auth.Caller, inbox_id: int) -> Signature:
    """Return an inbox's signature; raises NotFound."""
    with auth.reading(deps, caller) as act:
        return _of_inbox(act, inbox_id)


def write_inboxes(deps: Deps, caller: auth.Caller, inbox_id: int, text: str) -> Signature:
    """Change an inbox's signature; only managers do."""
    with managers.writing(deps, caller) as act:
        _of_inbox(act, inbox_id)
        store.write_inboxes(act.connection, caller.site_id, inbox_id, text.strip())
        return _of_inbox(act, inbox_id)


def _mine(act: auth.Act) -> Signature:
    text = store.of_agent(act.connection, act.viewer.site_id, act.viewer.agent_id or 0)
    return Signature(text or "", values_of(act, an_inbox(act)))


def _of_inbox(act: auth.Act, inbox_id: int) -> Signature:
    found = None
    if act.viewer.sees(inbox_id):
        found = store.of_inbox(act.connection, act.viewer.site_id, inbox_id)
    if found is None:
        raise NotFound("There is no such inbox.", code="inbox_not_found")
    return Signature(found, values_of(act, inbox_id))


def an_inbox(act: auth.Act) -> int | None:
    """Return an inbox that the caller's mail may come from; which one shows with each mail."""
    feeds = inboxes.feeds(act.connection, act.viewer.site_id, None)
    return next((one["inbox_id"] for one in feeds if act.viewer.sees(one["inbox_id"])), None)


def values_of(act: auth.Act, inbox_id: int | None) -> dict[str, str]:
    """Return what the variables stand for in every ticket of an inbox when the caller writes."""
    site_id, agent_id = act.viewer.site_id, act.viewer.agent_id
    site = sites.get(act.connection, site_id)
    agent = agents.get(act.connection, site_id, agent_id) if agent_id else None
    nobody = {"name": "", "email": ""}
    feeds = inboxes.feeds(act.connection, site_id, inbox_id) if inbox_id else []
    address = feeds[0]["email"] if feeds else ""
    name = store.name_of_inbox(act.connection, site_id, inbox_id) if inbox_id else ""
    assert site is not None
    return lasting(dict(agent) if agent else nobody, dict(site), name, address)
