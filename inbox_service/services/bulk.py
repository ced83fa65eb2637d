"""One change to many tickets: those that were ticked, or all that a list would show.

The tickets are written down first, with the versions they have at that moment; then they are
changed a hundred at a time, each hundred in one transaction with what became of it. So a kill
loses nothing, what was changed by somebody else meanwhile is left out, and the whole can be taken
back. Few tickets are done before the answer; the rest is a worker's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.errors import Forbidden, InboxError, Invalid, NotFound
from inbox_service.store import agents, ticket_views, tickets
from inbox_service.store import bulk as store
from inbox_service.store.ids import new_id

from . import auth
from .asked import Asked, filter_of
from .changing import Changes, Changing
from .idempotency import Key, once
from .snoozing import check_time
from .views import TicketRow, TicketView, dress

# As many as one transaction changes without keeping others waiting.
AT_ONCE = 100
# Beyond this somebody has chosen what he did not mean.
MOST = 10_000
_READ_AT_ONCE = 1_000
_SHOWN_LEFT_OUT = 100
_HINTED = 20

Row = Mapping[str, Any]
# Writes the tickets of a bulk down, and returns how many they are.
Choice = Callable[[auth.Act, Row], int]


@dataclass(frozen=True, slots=True)
class BulkView:
    """A bulk's row, number and reason of what was left out, and the tickets as they are now.

    The tickets are there only where all were done before the answer.
    """

    row: Row
    left_out: Sequence[Row]
    tickets: Sequence[TicketView] = ()


def change_these(
    deps: Deps, caller: auth.Caller, versions: Mapping[int, int], changes: Changes, key: Key
) -> BulkView:
    """Change tickets by number, each while it is at the version that is given with its number."""

    def choose(act: auth.Act, bulk: Row) -> int:
        rows = tickets.with_numbers(act.connection, caller.site_id, versions)
        seen = [row for row in rows if act.viewer.sees(row["inbox_id"])]
        chosen = [{"id": row["id"], "version": versions[row["number"]]} for row in seen]
        return store.add_items(act.connection, bulk, chosen)

    return _begin(deps, caller, {"changes": changes}, choose, key)


def change_all(
    deps: Deps, caller: auth.Caller, asked: Asked, changes: Changes, key: Key
) -> BulkView:
    """Change all tickets that a list shows at this moment. raises Invalid `too_many`."""

    def choose(act: auth.Act, bulk: Row) -> int:
        return store.add_items(act.connection, bulk, _matching(act, asked))

    return _begin(deps, caller, {"changes": changes}, choose, key)


def take_back(deps: Deps, caller: auth.Caller, bulk_id: int, key: Key) -> BulkView:
    """Let the tickets of a bulk be as they were, unless somebody changed them since.

    One that is under way ends first. raises NotFound.
    """

    def choose(act: auth.Act, bulk: Row) -> int:
        undone = _own(act, bulk_id, lock=True)
        _end(act.connection, undone, "cancelled", act.at)
        return store.add_items_to_undo(act.connection, bulk, undone)

    return _begin(deps, caller, {"changes": {}, "undoes": bulk_id}, choose, key)


def show(deps: Deps, caller: auth.Caller, bulk_id: int) -> BulkView:
    """Return how far a bulk of the caller's is. raises NotFound."""
    with auth.reading(deps, caller) as act:
        return _view(act, _own(act, bulk_id))


def cancel(deps: Deps, caller: auth.Caller, bulk_id: int) -> BulkView:
    """Let the tickets that were not changed yet be as they are. raises NotFound."""
    with auth.writing(deps, caller) as act:
        _end(act.connection, _own(act, bulk_id, lock=True), "cancelled", act.at)
        return _view(act, _own(act, bulk_id))


def running(deps: Deps) -> list[tuple[int, int]]:
    """Return (site, bulk) of those that are under way."""
    with deps.sessions.reading() as connection:
        return store.running(connection, _HINTED)


def work_on(deps: Deps, site_id: int, bulk_id: int) -> bool:
    """Change the next tickets of a bulk; tell whether there are more."""
    with deps.sessions.writing() as connection:
        bulk = store.get(connection, site_id, bulk_id, lock=True)
        if bulk is None or bulk["state"] != "running":
            return False
        agent = agents.get(connection, site_id, bulk["agent_id"])
        viewer = agents.viewer(connection, agent) if agent else None
        now = deps.clock.now()
        if agent is None or viewer is None or agent["state"] != "active" or not viewer.can_reply:
            # What somebody may no longer do is not done in his name.
            _end(connection, bulk, "cancelled", now)
            return False
        return _go_on(auth.Act(connection, viewer, now), bulk)


def _begin(
    deps: Deps, caller: auth.Caller, values: Mapping[str, Any], choice: Choice, key: Key
) -> BulkView:
    check_time(values["changes"].get("snoozed_until"), deps.clock.now())
    with auth.writing(deps, caller) as act:
        bulk_id = once(act, key, lambda: _add(act, values, choice))
        bulk = _own(act, bulk_id)
        shown: Sequence[TicketView] = ()
        if bulk["state"] == "running" and bulk["total"] <= AT_ONCE:
            _go_on(act, bulk)
            shown = _tickets_of(act, bulk)
        view = _view(act, _own(act, bulk_id), shown)
    if view.row["state"] == "running":
        deps.queue.hint("work_on_bulk", caller.site_id, bulk_id)
    return view


def _add(act: auth.Act, values: Mapping[str, Any], choice: Choice) -> int:
    if act.viewer.agent_id is None:
        raise Forbidden
    if values.get("undoes") is not None:
        # Looked for before a row names it.
        _own(act, values["undoes"], lock=True)
    own = {"site_id": act.viewer.site_id, "id": new_id(act.at), "agent_id": act.viewer.agent_id}
    store.add(act.connection, {**own, **values, "created_at": act.at})
    store.write(act.connection, own, {"total": choice(act, own)})
    return own["id"]


def _matching(act: auth.Act, asked: Asked) -> Iterator[Row]:
    """Yield the tickets of a list, from its first page to its last."""
    wanted, found = filter_of(act, asked), 0
    after: tuple[int, ...] | None = None
    while True:
        rows, after = ticket_views.page(act.connection, act.viewer, wanted, after, _READ_AT_ONCE)
        found += len(rows)
        if found > MOST:
            raise Invalid(
                f"These are more than {MOST} tickets: narrow the list first.",
                code="too_many",
                most=MOST,
            )
        yield from ({"id": row["id"], "version": row["version"]} for row in rows)
        if after is None:
            return


def _go_on(act: auth.Act, bulk: Row) -> bool:
    """Change the next tickets of a locked bulk that is running; tell whether there are more."""
    items = store.waiting(act.connection, bulk, AT_ONCE)
    locked = tickets.get_many(
        act.connection, act.viewer.site_id, [item["ticket_id"] for item in items], lock=True
    )
    changing = Changing(act, locked.values())
    settled = [_plan(changing, act, bulk, item, locked[item["ticket_id"]]) for item in items]
    changing.write()
    store.settle(act.connection, settled)
    left_out = sum(item["state"] == "left_out" for item in settled)
    done = {"done": bulk["done"] + len(items) - left_out, "left_out": bulk["left_out"] + left_out}
    store.write(act.connection, bulk, done)
    if len(items) == AT_ONCE and done["done"] + done["left_out"] < bulk["total"]:
        return True
    _end(act.connection, bulk, "done", act.at)
    return False


def _plan(changing: Changing, act: auth.Act, bulk: Row, item: Row, ticket: TicketRow) -> Row:
    """Plan the change of one ticket, and return its item with what became of it."""
    try:
        _check(act, item, ticket)
        changes = item["changes"] if bulk["undoes"] else bulk["changes"]
        planned = changing.plan(ticket, changes, restores=bulk["undoes"] is not None)
    except InboxError as error:
        return {**item, "state": "left_out", "reason": error.code, "before": None}
    return {**item, "state": "done", "reason": "", "before": planned.before or None}


def _check(act: auth.Act, item: Row, ticket: TicketRow) -> None:
    if not act.viewer.sees(ticket["inbox_id"]):
        raise NotFound(code="ticket_not_found")
    if ticket["version"] != item["version"]:
        raise Invalid(code="stale")


def _end(connection: Connection, bulk: Row, state: str, at: int) -> None:
    if bulk["state"] == "running":
        store.write(connection, bulk, {"state": state, "finished_at": at})


def _own(act: auth.Act, bulk_id: int, *, lock: bool = False) -> Row:
    """Return a bulk of whoever acts; nobody else can stop it or take it back."""
    bulk = store.get(act.connection, act.viewer.site_id, bulk_id, lock=lock)
    if bulk is None or bulk["agent_id"] != act.viewer.agent_id:
        raise NotFound("There is no such bulk of yours.", code="bulk_not_found")
    return bulk


def _tickets_of(act: auth.Act, bulk: Row) -> list[TicketView]:
    rows = store.tickets_of(act.connection, bulk, AT_ONCE)
    seen = [row for row in rows if act.viewer.sees(row["inbox_id"])]
    return dress(act.connection, act.viewer, seen)


def _view(act: auth.Act, bulk: Row, shown: Sequence[TicketView] = ()) -> BulkView:
    rows = store.left_out(act.connection, bulk, _SHOWN_LEFT_OUT) if bulk["left_out"] else []
    # One that was moved out of the caller's reach meanwhile is counted, and not named.
    return BulkView(bulk, [row for row in rows if act.viewer.sees(row["inbox_id"])], shown)
