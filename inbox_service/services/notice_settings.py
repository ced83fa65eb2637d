"""What an agent wants to hear of by mail, as he says himself."""

from __future__ import annotations

from collections.abc import Collection

from inbox_service.deps import Deps
from inbox_service.store import agents
from inbox_service.store import notices as store
from inbox_service.store.rows import Row

from . import auth


def mine(deps: Deps, caller: auth.Caller) -> Row:
    """Return the calling agent's settings; `bounce` says why his address gets nothing, or ""."""
    with auth.reading(deps, caller) as act:
        return _current(act)


def choose(deps: Deps, caller: auth.Caller, *, kinds: Collection[str], with_text: bool) -> Row:
    """Write what the calling agent wants to hear of, and whether with what was said."""
    with auth.writing(deps, caller) as act:
        row = store.settings_for(act.connection, caller.site_id, act.viewer.agent_id or 0)
        store.put_settings(
            act.connection, row | {"kinds": sorted(set(kinds)), "with_text": with_text}
        )
        return _current(act)


def _current(act: auth.Act) -> Row:
    site_id, agent_id = act.viewer.site_id, act.viewer.agent_id or 0
    row = store.settings_for(act.connection, site_id, agent_id)
    agent = agents.get(act.connection, site_id, agent_id)
    email = agent["email"] if agent else ""
    # Of an address that he has no more it does not matter that it bounced.
    return row | {"email": email, "bounce": row["bounce"] if row["bounced_email"] == email else ""}
