"""What stands below mails: each agent's own words, and each inbox's."""

from __future__ import annotations

from dataclasses import dataclass

from inbox_service.deps import Deps
from inbox_service.domain.signatures import VARIABLES
from inbox_service.errors import NotFound
from inbox_service.store import signatures as store

from . import auth, managers


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as it was written, and the variables it may hold."""

    text: str
    variables: tuple[str, ...] = VARIABLES


def mine(deps: Deps, caller: auth.Caller) -> Signature:
    """Return the calling agent's signature."""
    with auth.reading(deps, caller) as act:
        found = store.of_agent(act.connection, caller.site_id, act.viewer.agent_id or 0)
    return Signature(found or "")


def write_mine(deps: Deps, caller: auth.Caller, text: str) -> Signature:
    """Change the calling agent's signature."""
    with auth.writing(deps, caller) as act:
        store.write_agents(act.connection, caller.site_id, act.viewer.agent_id or 0, text.strip())
    return Signature(text.strip())


def of_inbox(deps: Deps, caller: auth.Caller, inbox_id: int) -> Signature:
    """Return an inbox's signature; raises NotFound."""
    with auth.reading(deps, caller) as act:
        return _of_inbox(act, inbox_id)


def write_inboxes(deps: Deps, caller: auth.Caller, inbox_id: int, text: str) -> Signature:
    """Change an inbox's signature; only managers do."""
    with managers.writing(deps, caller) as act:
        _of_inbox(act, inbox_id)
        store.write_inboxes(act.connection, caller.site_id, inbox_id, text.strip())
    return Signature(text.strip())


def _of_inbox(act: auth.Act, inbox_id: int) -> Signature:
    found = None
    if act.viewer.sees(inbox_id):
        found = store.of_inbox(act.connection, act.viewer.site_id, inbox_id)
    if found is None:
        raise NotFound("There is no such inbox.", code="inbox_not_found")
    return Signature(found)
