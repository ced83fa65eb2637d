"""Saved views: lists of tickets with a name, for their maker or shared with everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inbox_service.deps import Deps
from inbox_service.domain.rights import LEADING_ROLES
from inbox_service.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from inbox_service.store import agents, customer_views, feeds, saved_views, ticket_views
from inbox_service.store.ids import new_id
from inbox_service.store.rows import Row

from . import auth
from .asked import Asked, filter_of

MOST_VIEWS = 50
# More than this is told as "99+": how many more there are is of no use.
COUNTED_TO = 100
# What differs with whoever asks.
_OWN = {"unread", "mentioned"}
_TAKEN_BACK_WITHIN_MS = 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view's row, whether the caller may change it, and how many tickets it has.

    `count` is COUNTED_TO at most; `has_more` says that there may be more than it tells.
    """

    row: Row
    may_change: bool
    count: int
    has_more: bool


def list_views(deps: Deps, caller: auth.Caller) -> list[SavedView]:
    """Return the caller's own views and the shared ones, those of unseen inboxes left out."""
    with auth.reading(deps, caller) as act:
        rows = saved_views.seen_by(act.connection, caller.site_id, act.viewer.agent_id)
        return [
            _shown(deps, act, row) for row in rows if act.viewer.sees(row["filter"].get("inbox"))
        ]


def add_view(
    deps: Deps, caller: auth.Caller, name: str, asked: Mapping[str, Any], *, shared: bool
) -> SavedView:
    """Save what a list is asked for; shared views are for managers and leads.

    raises Conflict `too_many_views`, Forbidden `leads_only`, and Invalid naming the field.
    """
    with auth.writing(deps, caller) as act:
        agent_id = _agent_of(act)
        saved_views.forget_removed(act.connection, caller.site_id, act.at - _TAKEN_BACK_WITHIN_MS)
        row: Row = {
            "site_id": caller.site_id,
            "id": new_id(act.at),
            "name": _tidied(name),
            "agent_id": agent_id,
            "shared": shared,
            "filter": _checked(act, asked),
            "created_at": act.at,
        }
        _require_right(act, row)
        _require_room(act, shared=shared)
        saved_views.add(act.connection, row)
        return _again(deps, act, row["id"])


def change_view(
    deps: Deps, caller: auth.Caller, view_id: int, version: int, changes: Mapping[str, Any]
) -> SavedView:
    """Change a view's `name`, `shared` or `filter` that is still at `version`.

    `removed`, False, takes back that it went. raises Stale with the view as it is, and otherwise
    what `add_view` raises.
    """
    with auth.writing(deps, caller) as act:
        row = _changeable(act, view_id)
        if row["version"] != version:
            raise Stale(view=_shown(deps, act, row))
        values = _values(act, changes)
        after = {**row, **values}
        _require_right(act, after)
        if (after["shared"], after["removed_at"]) != (row["shared"], row["removed_at"]):
            _require_room(act, shared=after["shared"])
        saved_views.change(act.connection, caller.site_id, view_id, values)
        return _again(deps, act, view_id)


def remove_view(deps: Deps, caller: auth.Caller, view_id: int) -> None:
    """Remove a view; for a day it can be taken back. raises NotFound, Forbidden."""
    with auth.writing(deps, caller) as act:
        _changeable(act, view_id)
        saved_views.remove(act.connection, caller.site_id, view_id, act.at)


def order_views(deps: Deps, caller: auth.Caller, ids: Sequence[int]) -> None:
    """Put views in this order, before those that are not named. raises NotFound, Forbidden."""
    with auth.writing(deps, caller) as act:
        # By their ids: two who do this at once wait, and do not stop each other.
        for view_id in sorted(set(ids)):
            _changeable(act, view_id)
        saved_views.reorder(act.connection, caller.site_id, ids)


def _shown(deps: Deps, act: auth.Act, row: Row) -> SavedView:
    count, has_more = _count(deps, act, row["filter"])
    return SavedView(row, _may_change(act, row), count, has_more)


def _again(deps: Deps, act: auth.Act, view_id: int) -> SavedView:
    row = saved_views.get(act.connection, act.viewer.site_id, view_id)
    return _shown(deps, act, row or {})


def _count(deps: Deps, act: auth.Act, asked: Mapping[str, Any]) -> tuple[int, bool]:
    viewer = act.viewer
    # Two who see the same inboxes share a number, unless it is of what is theirs alone.
    is_own = asked.get("assignee") == "me" or not asked.keys().isdisjoint(_OWN)
    whose = viewer.agent_id if is_own else viewer.inboxes
    key = (viewer.site_id, is_own, whose, tuple(sorted(asked.items())))

    def make() -> tuple[int, bool]:
        wanted = filter_of(act, Asked(**asked))
        return ticket_views.count_up_to(act.connection, viewer, wanted, COUNTED_TO)

    found: tuple[int, bool] = deps.recent.get(key, act.at, make)
    return found


def _changeable(act: auth.Act, view_id: int) -> Row:
    row = saved_views.get(act.connection, act.viewer.site_id, view_id)
    # Another's own view is nothing a colleague should learn of.
    if row is None or not (row["shared"] or row["agent_id"] == act.viewer.agent_id):
        raise NotFound("There is no such view any more.", code="view_not_found")
    _require_right(act, row)
    return row


def _may_change(act: auth.Act, row: Mapping[str, Any]) -> bool:
    if row["shared"]:
        return act.viewer.role in LEADING_ROLES
    return bool(act.viewer.can_reply)


def _require_right(act: auth.Act, row: Mapping[str, Any]) -> None:
    if not _may_change(act, row):
        words = "Only managers and leads share views with everybody, and change those that are."
        raise Forbidden(words, code="leads_only")


def _require_room(act: auth.Act, *, shared: bool) -> None:
    there = saved_views.count(
        act.connection, act.viewer.site_id, act.viewer.agent_id or 0, shared=shared
    )
    if there >= MOST_VIEWS:
        words = f"There are {MOST_VIEWS} views already: remove one you do not need."
        raise Conflict(words, code="too_many_views")


def _agent_of(act: auth.Act) -> int:
    if act.viewer.agent_id is None:
        raise Forbidden("A program has no views of its own.", code="agents_only")
    return act.viewer.agent_id


def _values(act: auth.Act, changes: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: changes[name] for name in ("shared",) if name in changes}
    if "name" in changes:
        values["name"] = _tidied(changes["name"])
    if "filter" in changes:
        values["filter"] = _checked(act, changes["filter"])
    if changes.get("removed") is False:
        values["removed_at"] = None
    return values


def _tidied(name: str) -> str:
    tidy = " ".join(name.split())
    if not tidy:
        raise Invalid("Give the view a name.", field="name")
    return tidy


def _checked(act: auth.Act, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is asked, where all that it names is there and may be seen by its maker."""
    site_id, viewer = act.viewer.site_id, act.viewer
    exists: dict[str, Callable[[int], bool]] = {
        "inbox": lambda one: viewer.sees(one) and bool(feeds.inbox(act.connection, site_id, one)),
        "team": lambda one: agents.team_exists(act.connection, site_id, one),
        "assignee": lambda one: agents.names(act.connection, site_id, {one}) != {},
        "customer": lambda one: customer_views.get(act.connection, viewer, one) is not None,
    }
    for name, is_there in exists.items():
        value = asked.get(name)
        if isinstance(value, int) and not is_there(value):
            raise Invalid(f"There is no such {name} here.", field=f"filter.{name}")
    return dict(asked)
