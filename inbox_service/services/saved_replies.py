"""Saved replies: written once by an agent for himself, or by leads for a team or everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inbox_service import mime
from inbox_service.deps import Deps
from inbox_service.domain.saved_replies import VARIABLES, first_name, unknown_variables
from inbox_service.domain.search_words import fold
from inbox_service.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from inbox_service.store import agents
from inbox_service.store import saved_replies as store
from inbox_service.store.ids import new_id
from inbox_service.store.rows import Row

from . import auth, signatures
from .views import Page

# Of one agent, and of teams and everybody together: more than that nobody finds anything in.
MOST_OWN = 200
MOST_SHARED = 500
MOST_LETTERS = 20_000
REACHES = ("mine", "team", "everybody")


@dataclass(frozen=True, slots=True)
class SavedReply:
    """A saved reply's row, its team's name, and whether the caller may change it."""

    row: Row
    team_name: str
    can_edit: bool

    @property
    def reach(self) -> str:
        """Whose it is."""
        if self.row["agent_id"] is not None:
            return "mine"
        return "everybody" if self.row["team_id"] is None else "team"


def list_replies(
    deps: Deps, caller: auth.Caller, text: str, after: tuple[int, ...] | None, limit: int
) -> Page[SavedReply]:
    """Return those the caller sees that hold all words of a text, by name."""
    with auth.reading(deps, caller) as act:
        start = after[0] if after else None
        rows = store.page(act.connection, reach_of(act), text, start, limit + 1)
        shown = _dressed(act, rows[:limit])
    return Page(shown, (rows[limit - 1]["id"],) if len(rows) > limit else None)


def show(deps: Deps, caller: auth.Caller, reply_id: int) -> SavedReply:
    """Return one; raises NotFound, also for a colleague's own."""
    with auth.reading(deps, caller) as act:
        return _dressed(act, [_found(act, reply_id)])[0]


def sample_values(deps: Deps, caller: auth.Caller) -> tuple[Sequence[str], Mapping[str, str]]:
    """Return the variables there are, and what those stand for that no ticket is needed for."""
    with auth.reading(deps, caller) as act:
        values = signatures.values_of(act, signatures.an_inbox(act))
    return VARIABLES, {**values, "agent.first_name": first_name(values["agent.name"])}


def add(deps: Deps, caller: auth.Caller, wording: Mapping[str, Any]) -> SavedReply:
    """Keep a reply: `name`, `texts` (HTML by language), `shortcut`, `reach`, `team_id`.

    raises Invalid naming the field or an unknown variable, Forbidden for the reach, Conflict
    `shortcut_taken`.
    """
    with auth.writing(deps, caller) as act:
        row: Row = {"site_id": caller.site_id, "id": new_id(act.at), "created_at": act.at}
        row |= {"agent_id": act.viewer.agent_id, "team_id": None}
        row |= {"shortcut": "", "uses": 0, "version": 1}
        row |= _changed(act, row, wording)
        _require_room(act, row)
        store.add(act.connection, row)
        return _dressed(act, [_found(act, row["id"])])[0]


def change(
    deps: Deps, caller: auth.Caller, reply_id: int, version: int, wording: Mapping[str, Any]
) -> SavedReply:
    """Change what `wording` names of one that is still at `version`; raises as `add` does.

    raises Stale with the reply as it is.
    """
    with auth.writing(deps, caller) as act:
        row = _held(act, reply_id)
        if row["version"] != version:
            raise Stale(saved_reply=_dressed(act, [row])[0])
        changed = _changed(act, row, wording)
        if changed["agent_id"] != row["agent_id"]:
            _require_room(act, {**row, **changed})
        store.write(act.connection, caller.site_id, reply_id, changed)
        return _dressed(act, [_found(act, reply_id)])[0]


def remove(deps: Deps, caller: auth.Caller, reply_id: int) -> None:
    """Take one away; for a month it can be brought back."""
    with auth.writing(deps, caller) as act:
        _held(act, reply_id)
        store.write(act.connection, caller.site_id, reply_id, {"removed_at": act.at})


def bring_back(deps: Deps, caller: auth.Caller, reply_id: int) -> SavedReply:
    """Undo a removal; raises Conflict where its shortcut was given to another one meanwhile."""
    with auth.writing(deps, caller) as act:
        row = _held(act, reply_id, is_removed=True)
        if row["removed_at"] is not None:
            _require_free(act, row)
            _require_room(act, row)
            store.write(act.connection, caller.site_id, reply_id, {"removed_at": None})
        return _dressed(act, [_found(act, reply_id)])[0]


def reach_of(act: auth.Act) -> store.Reach:
    """Return whose saved replies the caller sees; who looks after them sees every team's."""
    site_id, agent_id = act.viewer.site_id, act.viewer.agent_id or 0
    teams = None if act.viewer.can_route else store.teams_of(act.connection, site_id, agent_id)
    return store.Reach(site_id, agent_id, teams)


def _dressed(act: auth.Act, rows: Sequence[Row]) -> list[SavedReply]:
    ids = {row["team_id"] for row in rows if row["team_id"] is not None}
    names = store.team_names(act.connection, act.viewer.site_id, ids)
    return [SavedReply(row, names.get(row["team_id"], ""), _may_edit(act, row)) for row in rows]


def _may_edit(act: auth.Act, row: Mapping[str, Any]) -> bool:
    is_mine = row["agent_id"] is not None and row["agent_id"] == act.viewer.agent_id
    return act.viewer.can_reply and (is_mine or act.viewer.can_route)


def _found(act: auth.Act, reply_id: int, *, is_removed: bool = False, lock: bool = False) -> Row:
    row = store.get(act.connection, reach_of(act), reply_id, lock=lock)
    if row is None or (row["removed_at"] is not None and not is_removed):
        raise NotFound("There is no such saved reply.", code="saved_reply_not_found")
    return row


def _held(act: auth.Act, reply_id: int, *, is_removed: bool = False) -> Row:
    row = _found(act, reply_id, is_removed=is_removed, lock=True)
    if not _may_edit(act, row):
        raise _not_yours()
    return row


def _changed(act: auth.Act, row: Row, wording: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of the row with what the wording names."""
    texts = row.get("texts", {})
    if "texts" in wording:
        texts = {language: _clean(html) for language, html in wording["texts"].items()}
        texts = {language: html for language, html in texts.items() if html}
    name = " ".join(wording.get("name", row.get("name", "")).split())
    if not name:
        raise Invalid("Give the saved reply a name.", code="saved_reply_unnamed", field="name")
    if not texts:
        raise Invalid(
            "Write a text in one language at least.", code="saved_reply_empty", field="texts"
        )
    shortcut = fold(wording.get("shortcut", row["shortcut"])).strip().lstrip("/")
    if len(shortcut.split()) > 1:
        raise Invalid("A shortcut is one word.", code="shortcut_not_a_word", field="shortcut")
    said = " ".join([name, shortcut, *(mime.text_of(html) for html in texts.values())])
    changed = {"name": name, "shortcut": shortcut, "texts": texts, "folded": fold(said)}
    changed |= _owner(act, row, wording)
    _require_free(act, {**row, **changed})
    return changed


def _clean(html: str) -> str:
    unknown = unknown_variables(html)
    if unknown:
        raise Invalid(
            f"{{{unknown[0]}}} stands for nothing here.",
            code="unknown_variable",
            field="texts",
            variable=unknown[0],
        )
    clean = mime.sanitize(html).html
    # A picture alone says something, too.
    return clean if mime.text_of(clean).strip() or "<img" in clean else ""


def _owner(act: auth.Act, row: Row, wording: Mapping[str, Any]) -> dict[str, int | None]:
    reach = wording.get("reach")
    owner = {"agent_id": row["agent_id"], "team_id": row["team_id"]}
    if reach is not None:
        owner = {"agent_id": act.viewer.agent_id if reach == "mine" else None, "team_id": None}
    if reach == "team":
        owner["team_id"] = _team(act, wording.get("team_id"))
    if not _may_edit(act, owner):
        raise _not_yours()
    return owner


def _team(act: auth.Act, team_id: int | None) -> int:
    if team_id is None or not agents.team_exists(act.connection, act.viewer.site_id, team_id):
        raise Invalid("Choose the team that it is for.", field="team_id")
    return team_id


def _require_free(act: auth.Act, row: Row) -> None:
    if row["shortcut"] and store.is_taken(act.connection, row):
        taken = f"Another saved reply has the shortcut {row['shortcut']} already."
        raise Conflict(taken, code="shortcut_taken", field="shortcut")


def _require_room(act: auth.Act, row: Row) -> None:
    most = MOST_SHARED if row["agent_id"] is None else MOST_OWN
    if store.count(act.connection, act.viewer.site_id, row["agent_id"]) >= most:
        raise Conflict(
            f"There are {most} saved replies already: remove one first.",
            code="too_many_saved_replies",
            most=most,
        )


def _not_yours() -> Forbidden:
    return Forbidden(
        "Saved replies of teams and of everybody are changed by leads and managers.",
        code="not_your_saved_reply",
    )
