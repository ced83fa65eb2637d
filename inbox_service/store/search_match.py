"""The one thing about search that each database does in its own way: which messages match."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, bindparam, cast, column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from inbox_service.domain.rights import Viewer
from inbox_service.domain.search_documents import HAS_FILE, inbox_token, site_token
from inbox_service.domain.search_query import Query

from .tables import search_documents

_words = table("search_words", column("rowid"), column("search_words"))


@dataclass(frozen=True, slots=True)
class Range:
    """Ids of messages: from `first` on, and below `end`."""

    first: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    tokens: Sequence[str]
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class _Expression:
    """All of `needed`, one of `either` where there is any, none of `unwanted`."""

    needed: Sequence[_Phrase]
    either: Sequence[_Phrase]
    unwanted: Sequence[_Phrase]


def newest(
    connection: Connection, viewer: Viewer, query: Query, within: Range, limit: int
) -> Select[Any]:
    """Return the SELECT of the ids of the newest `limit` messages that match, newest first."""
    match = _matching(connection, viewer, query)
    ids = match.selected_columns[0]
    return match.where(ids < within.end, ids >= within.first).order_by(ids.desc()).limit(limit)


def among(
    connection: Connection, viewer: Viewer, query: Query, message_ids: Select[Any]
) -> Select[Any]:
    """Return the SELECT of the ids of those of the messages that match."""
    match = _matching(connection, viewer, query)
    return match.where(match.selected_columns[0].in_(message_ids))


def _matching(connection: Connection, viewer: Viewer, query: Query) -> Select[Any]:
    wanted = _expression(viewer, query)
    if connection.dialect.name == "postgresql":
        tsquery = cast(bindparam(None, _tsquery(wanted)), TSQUERY)
        return select(search_documents.c.message_id.label("id")).where(
            search_documents.c.site_id == viewer.site_id,
            search_documents.c.words.bool_op("@@")(tsquery),
        )
    return select(_words.c.rowid.label("id")).where(
        _words.c.search_words.bool_op("MATCH")(_fts5(wanted))
    )


def _expression(viewer: Viewer, query: Query) -> _Expression:
    # Site and inboxes stand in the documents as well: the index itself leaves out what is not to
    # be seen, however much of it there is. (Whoever reads the hits asks the tickets again.)
    marks = [site_token(viewer.site_id)]
    needed: list[_Phrase] = []
    unwanted: list[_Phrase] = []
    for term in query.terms:
        (unwanted if term.negated else needed).append(_Phrase(*term.sought()))
    if query.has_file is not None:
        (needed if query.has_file else unwanted).append(_Phrase([HAS_FILE]))
    # Who sees no inbox asks for one that nobody has: asking for none at all would find all.
    inboxes = () if viewer.inboxes is None else sorted(viewer.inboxes) or (0,)
    return _Expression(
        [*(_Phrase([mark]) for mark in marks), *needed],
        [_Phrase([inbox_token(inbox_id)]) for inbox_id in inboxes],
        unwanted,
    )


def _joined(by: str, phrases: Collection[str]) -> str:
    return f"({f' {by} '.join(phrases)})"


# --- FTS5 (sqlite.org/fts5.html, 3: Full-text Query Syntax) ---------------------------------------


def _fts5(wanted: _Expression) -> str:
    parts = [_fts5_phrase(one) for one in wanted.needed]
    if wanted.either:
        parts.append(_joined("OR", [_fts5_phrase(one) for one in wanted.either]))
    found = _joined("AND", parts)
    if not wanted.unwanted:
        return found
    return f"{found} NOT {_joined('OR', [_fts5_phrase(one) for one in wanted.unwanted])}"


def _fts5_phrase(phrase: _Phrase) -> str:
    # No token holds a quote: they are letters, digits and colons.
    return f'"{" ".join(phrase.tokens)}"{"*" if phrase.goes_on else ""}'


# --- PostgreSQL (its manual, 8.11.2: tsquery) -----------------------------------------------------


def _tsquery(wanted: _Expression) -> str:
    parts = [_tsquery_phrase(one) for one in wanted.needed]
    if wanted.either:
        parts.append(_joined("|", [_tsquery_phrase(one) for one in wanted.either]))
    parts += [f"!{_tsquery_phrase(one)}" for one in wanted.unwanted]
    return _joined("&", parts)


def _tsquery_phrase(phrase: _Phrase) -> str:
    lexemes = [f"'{token}'" for token in phrase.tokens]
    lexemes[-1] += ":*" if phrase.goes_on else ""
    return _joined("<->", lexemes)
