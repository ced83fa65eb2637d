"""What agents began to write, kept as they type so that no crash, logout or lost device loses it.

A reply is kept whole, with its people, its sender, its files and what it passes on. Of what two
screens wrote at once the newest is the draft; the other is kept beside it and offered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.domain.moments import rfc3339
from inbox_service.errors import Conflict
from inbox_service.store import drafts, messages, uploads
from inbox_service.store.ids import new_id
from inbox_service.store.rows import Row

from . import auth
from .views import visible_ticket

Content = Mapping[str, Any]
# Site, agent, ticket and kind: he has one draft of each kind in a ticket.
Key = tuple[int, int, int, str]


@dataclass(frozen=True, slots=True)
class Save:
    """What a screen has, and how it came to it.

    `based_on` is the version it last saw, None where it saw no draft. `age` says how many
    milliseconds ago it was typed: a screen that was offline reports late, and its clock may be
    wrong. `other` says what becomes of the text that lost: "keep" it, "drop" it, or "swap" where
    `content` is that text, so that what was the draft is kept in its place.
    """

    content: Content
    based_on: int | None = None
    age: int = 0
    other: Literal["keep", "drop", "swap"] = "keep"


def of_ticket(deps: Deps, caller: auth.Caller, number: int) -> list[Row]:
    """Return the calling agent's drafts in a ticket."""
    with auth.reading(deps, caller) as act:
        ticket = visible_ticket(act, number)
        return drafts.of_ticket(
            act.connection, caller.site_id, act.viewer.agent_id or 0, ticket["id"]
        )


def save(deps: Deps, caller: auth.Caller, number: int, kind: str, given: Save) -> Row | None:
    """Keep what a screen has, and return the draft as it is now, None for an empty one.

    raises Conflict `draft_sent` or `draft_ended` where the draft that it goes on with was sent or
    discarded: a save that was on its way meanwhile must not bring it back.
    """
    with auth.writing(deps, caller) as act:
        ticket = visible_ticket(act, number)
        key = (caller.site_id, act.viewer.agent_id or 0, ticket["id"], kind)
        known = drafts.hold(act.connection, *key)
        if known is None and given.based_on is not None:
            raise _ended(act.connection, key, given.based_on)
        content = _with_what_is_there(act.connection, key, given.content)
        row = _merged(known, replace(given, content=content), act.at)
        if row is None:
            drafts.remove(act.connection, *key)
            return None
        row |= dict(zip(("site_id", "agent_id", "ticket_id", "kind"), key, strict=True))
        drafts.put(act.connection, row)
        return row


def forget_other(deps: Deps, caller: auth.Caller, number: int, kind: str) -> None:
    """Discard the text that lost to the draft."""
    with auth.writing(deps, caller) as act:
        ticket = visible_ticket(act, number)
        agent_id = act.viewer.agent_id or 0
        drafts.forget_other(act.connection, caller.site_id, agent_id, ticket["id"], kind)


def check_unsent(
    deps: Deps, caller: auth.Caller, number: int, kind: str, version: int | None
) -> None:
    """Refuse to send a draft that is not there any more, before a mail is made of it.

    raises as `end`, which checks again.
    """
    if version is not None:
        with auth.reading(deps, caller) as act:
            ticket = visible_ticket(act, number)
            key = (caller.site_id, act.viewer.agent_id or 0, ticket["id"], kind)
            kept = {one["kind"]: one for one in drafts.of_ticket(act.connection, *key[:3])}
            _check(act.connection, key, kept.get(kind), version)


def end(connection: Connection, key: Key, version: int | None = None) -> None:
    """Remove the draft that is being sent, in the sending's own transaction.

    `version` is the one that is sent, None where the sender keeps no drafts. raises Conflict
    `draft_sent` where another screen sent it already, `draft_ended` where one discarded it.
    """
    if version is not None:
        _check(connection, key, drafts.hold(connection, *key), version)
    drafts.remove(connection, *key)


def _check(connection: Connection, key: Key, known: Row | None, version: int) -> None:
    if known is None or known["version"] != version:
        ended = _ended(connection, key, version)
        # What stands there now may be a newer one, begun after this one was sent.
        if known is None or ended.code == "draft_sent":
            raise ended


def bring_back(
    connection: Connection, message: Mapping[str, Any], content: Content, at: int
) -> None:
    """Make a draft of its agent's again of a `message` that is not to be sent after all.

    Where he began another one meanwhile, that is kept beside it.
    """
    kind = "note" if message["kind"] == "note" else "reply"
    key = (message["site_id"], message["author_id"], message["ticket_id"], kind)
    row = _merged(drafts.hold(connection, *key), Save(content), at)
    if row is not None:
        row |= dict(zip(("site_id", "agent_id", "ticket_id", "kind"), key, strict=True))
        drafts.put(connection, row)


def _ended(connection: Connection, key: Key, version: int) -> Conflict:
    """Return what became of a draft that is not at this version any more."""
    sent = drafts.sent_since(connection, key, version)
    if sent is None:
        return Conflict("This draft was discarded on another screen.", code="draft_ended")
    return Conflict(
        "This was sent from another screen already: nothing was sent twice.",
        code="draft_sent",
        message_id=str(sent["message_id"]),
        sent_at=rfc3339(sent["at"]),
        sent_by=sent["name"],
    )


def is_empty(content: Content) -> bool:
    """Tell whether there is nothing to keep: whom it would have gone to alone is no draft."""
    has_words = str(content.get("text", "")).strip() != ""
    return not (has_words or content.get("forwards") or content.get("uploads"))


def _with_what_is_there(connection: Connection, key: Key, content: Content) -> Content:
    """Return the content without files that were removed or sent on another screen meanwhile.

    Of messages it passes on only the ticket's own.
    """
    kept = dict(content)
    site_id, _, ticket_id, _ = key
    if kept.get("uploads"):
        there = {row["id"] for row in uploads.of_ticket(connection, *key[:3])}
        kept["uploads"] = [one for one in kept["uploads"] if one in there]
    if kept.get("forwards"):
        message = messages.get_many(connection, site_id, [kept["forwards"]]).get(kept["forwards"])
        if message is None or message["ticket_id"] != ticket_id:
            kept["forwards"] = None
    return kept


def _merged(known: Row | None, given: Save, now: int) -> Row | None:
    """Return the draft after a save; None where nothing is left of it."""
    typed_at = now - given.age
    if known is None:
        return None if is_empty(given.content) else _row((given.content, typed_at), None, now)
    mine, theirs = (given.content, typed_at), (known["content"], known["updated_at"])
    if given.based_on == known["version"]:
        other = {"keep": known["other"], "drop": None, "swap": _kept(theirs)}[given.other]
        if is_empty(given.content) and other is None:
            return None
        return _row(mine, other, now)
    newest, lost = (mine, theirs) if typed_at >= known["updated_at"] else (theirs, mine)
    differ = _said(newest[0]) != _said(lost[0]) and not is_empty(lost[0])
    return _row(newest, _kept(lost) if differ else known["other"], now)


def _said(content: Content) -> dict[str, Any]:
    """Return what two screens can differ in: files are those of the next mail on every screen."""
    return {
        name: said
        for name, said in content.items()
        if name != "uploads" and said not in (None, "", [])
    }


def _row(text: tuple[Content, int], other: Any, now: int) -> Row:
    return {**_kept(text), "version": new_id(now), "other": other}


def _kept(text: tuple[Content, int]) -> dict[str, Any]:
    return {"content": text[0], "updated_at": text[1]}
