"""Searching the desk, and making anew what is searched."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import RowMapping

from inbox_service.deps import Deps
from inbox_service.domain.search_documents import RECIPIENT, SENDER, SUBJECT
from inbox_service.domain.search_hits import Piece, excerpt, opening, pattern_of, pieces
from inbox_service.domain.search_query import Problem, Query, number_in, parse
from inbox_service.errors import Invalid
from inbox_service.store import search, search_index, tickets
from inbox_service.store.ids import first_id
from inbox_service.store.search_match import Range

from . import auth
from .search_terms import Understanding
from .views import Page, TicketView, dress, view_of

Key = tuple[int, ...]
# The marks of quoted lines (RFC 3676 4.5), which say nothing in an excerpt.
_QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)
_NO_END = 2**63 - 1
_REINDEXED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was found: who wrote it when, and the piece of it that shows why."""

    message_id: int
    author_name: str
    sent_at: int
    direction: str
    excerpt: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Found:
    """A ticket that was found; `hit` is None where its properties alone were asked for."""

    ticket: TicketView
    subject: Sequence[Piece]
    hit: Hit | None


def find(deps: Deps, caller: auth.Caller, text: str, after: Key | None, limit: int) -> Page[Found]:
    """Return what the caller may see of what `text` asks for, newest first.

    A page may be short, even empty, and still have one after it: a search looks at a few thousand
    messages at a time. The ticket whose number is asked for (`#102`) comes first, wherever it is.
    raises Invalid `search_not_understood` with what may have been meant.
    """
    query = parse(text)
    with auth.reading(deps, caller) as act:
        asked = Understanding(act, query)
        if asked.problems:
            raise _not_understood(asked.problems)
        if query.is_empty:
            return Page([])
        search_in = _messages if query.asks_for_words else _tickets
        page = search_in(act, query, asked, after, limit)
        return page if after else replace(page, items=_numbered_first(act, text, page.items))


def _numbered_first(act: auth.Act, text: str, found: list[Found]) -> list[Found]:
    number = number_in(text)
    row = number and tickets.by_number(act.connection, act.viewer.site_id, number)
    if not row or not act.viewer.sees(row["inbox_id"]):
        return found
    others = [one for one in found if one.ticket.row["id"] != row["id"]]
    same = [one for one in found if one.ticket.row["id"] == row["id"]]
    return [*(same or [Found(view_of(act, row), [Piece(row["subject"])], None)]), *others]


def reindex(deps: Deps, note: Callable[[int, int], None]) -> int:
    """Make anew what is searched of every message; return how many there are.

    In small transactions, beside which mail goes on coming in; it may be cut off and run again.
    `note` is told how many are done, of how many.
    """
    with deps.sessions.reading() as connection:
        total = search_index.count_messages(connection)
    done, key = 0, (0, 0)
    while True:
        with deps.sessions.writing() as connection:
            chunk = search_index.ids_after(connection, key, _REINDEXED_AT_ONCE)
            for site_id in {site_id for site_id, _ in chunk}:
                ids = [message_id for site, message_id in chunk if site == site_id]
                # Who changes a ticket meanwhile makes its documents anew: one of us has to wait.
                of = search_index.tickets_of(connection, site_id, ids)
                tickets.get_many(connection, site_id, of, lock=True)
                search_index.index_messages(connection, site_id, ids)
        if not chunk:
            return done
        key = chunk[-1]
        done += len(chunk)
        note(done, max(done, total))


def _messages(
    act: auth.Act, query: Query, asked: Understanding, after: Key | None, limit: int
) -> Page[Found]:
    first = first_id(asked.since) if asked.since is not None else 0
    end = first_id(asked.until) if asked.until is not None else _NO_END
    hits, more = search.page(
        act.connection,
        act.viewer,
        query,
        asked.properties,
        Range(first, end),
        after[0] if after else None,
        limit,
    )
    site_id = act.viewer.site_id
    rows = tickets.get_many(act.connection, site_id, [hit.ticket_id for hit in hits])
    views = dress(act.connection, act.viewer, [rows[hit.ticket_id] for hit in hits])
    shown = _Showing(act, query, [hit.message_id for hit in hits])
    items = [shown.found(view, hit.message_id) for view, hit in zip(views, hits, strict=True)]
    return Page(items, (more, 0) if more is not None else None)


def _tickets(
    act: auth.Act, _query: Query, asked: Understanding, after: Key | None, limit: int
) -> Page[Found]:
    active = (asked.since, asked.until)
    rows = search.listed(act.connection, act.viewer, asked.properties, active, after, limit + 1)
    views = dress(act.connection, act.viewer, rows[:limit])
    last = rows[limit - 1] if len(rows) > limit else None
    items = [Found(view, [Piece(view.row["subject"])], None) for view in views]
    return Page(items, (last["last_activity_at"], last["id"]) if last else None)


class _Showing:
    """What is shown of the messages on a page."""

    def __init__(self, act: auth.Act, query: Query, message_ids: Sequence[int]) -> None:
        site_id = act.viewer.site_id
        rows = search.words_of(act.connection, site_id, message_ids)
        self._rows: Mapping[int, RowMapping] = {row["id"]: row for row in rows}
        self._files = search_index.filenames_of(act.connection, site_id, message_ids)
        self._anywhere = pattern_of(query, [""])
        self._subject = pattern_of(query, ["", SUBJECT])
        self._people = pattern_of(query, ["", SENDER, RECIPIENT])

    def found(self, view: TicketView, message_id: int) -> Found:
        row = self._rows[message_id]
        shown = Hit(
            message_id,
            row["author_name"] or row["author_email"],
            row["sent_at"],
            row["direction"],
            self._excerpt(row),
        )
        return Found(view, pieces(view.row["subject"], self._subject), shown)

    def _excerpt(self, row: RowMapping) -> Sequence[Piece]:
        """Return where the words stand: in the text, in what is folded away, a file, a person."""
        places: list[tuple[str, re.Pattern[str]]] = [
            (row["text"], self._anywhere),
            (_QUOTED.sub("", row["folded_text"]), self._anywhere),
            *((name, self._anywhere) for name in self._files.get(row["id"], [])),
            *((person, self._people) for person in _people(row)),
        ]
        found = (excerpt(text, pattern) for text, pattern in places)
        return next((one for one in found if one), None) or opening(row["text"])


def _people(row: RowMapping) -> list[str]:
    others = [(one["name"], one["email"]) for one in (*row["recipients"], *row["copied"])]
    named = [(row["author_name"], row["author_email"]), *others]
    return [f"{name} <{email}>" if name else email for name, email in named if email]


def _not_understood(problems: Sequence[Problem]) -> Invalid:
    told: list[dict[str, Any]] = [
        {"part": one.part, "kind": one.kind, "instead": list(one.instead)} for one in problems
    ]
    return Invalid(_sentence(problems[0]), code="search_not_understood", field="q", problems=told)


def _sentence(problem: Problem) -> str:
    meant = ", ".join(problem.instead)
    match problem.kind:
        case "too_many_parts":
            return f"The search has too many parts: leave out what follows {problem.part!r}."
        case "not_a_date":
            return f"{problem.part!r} names no day: write {meant}, or today, yesterday, 7d."
        case _:
            return f"Nothing is known by {problem.part!r}: write {meant or 'it without a colon'}."
