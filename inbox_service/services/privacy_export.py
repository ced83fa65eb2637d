"""Everything about a person, in pages, for himself: what he gave us and what we told him.

Notes stay with the team, and so does what passed between us and others in his tickets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.domain.erasure import Person
from inbox_service.domain.portal import Reader, Side, is_shown, side
from inbox_service.store import erasing, persons, timeline

from .access import normal_address
from .letters import Letter, letters_of

TICKETS_AT_ONCE = 10

# Where a page begins: the part (tickets, then letters) and the id to go on from.
Key = tuple[int, ...]
_TICKETS, _LETTERS = 0, 1


@dataclass(frozen=True, slots=True)
class ExportedMessage:
    """What was said: by whom as the person sees it, when (ms UTC), and the names of the files."""

    side: Side
    at: int
    name: str
    text: str
    files: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ExportedTicket:
    """A ticket's row, the form it came in by ("" for none), and what the person may read of it."""

    row: Mapping[str, Any]
    form: str
    messages: Sequence[ExportedMessage]


@dataclass(frozen=True, slots=True)
class ExportedEntry:
    """An entry of a form that became no ticket."""

    reference: str
    submitted_at: int
    fields: Mapping[str, str]
    files: Sequence[str]


@dataclass(frozen=True, slots=True)
class Export:
    """A page of an export; names, addresses and entries are on the first one."""

    names: Sequence[str] = ()
    addresses: Sequence[str] = ()
    tickets: list[ExportedTicket] = field(default_factory=list)
    entries: list[ExportedEntry] = field(default_factory=list)
    letters: list[ExportedMessage] = field(default_factory=list)
    next_key: Key | None = None


def export_page(deps: Deps, site_id: int, email: str, after: Key | None = None) -> Export:
    """Return a page of what is held about whoever has this address; None begins."""
    part, start = after or (_TICKETS, 0)
    with deps.sessions.reading() as connection:
        who = persons.person(connection, site_id, normal_address(email))
        if part == _TICKETS:
            return _tickets_page(connection, site_id, who, start)
    found = letters_of(deps, site_id, who, start)
    # What names him among others is their mail.
    letters = [_letter(letter, who) for letter in found.letters if letter.is_his]
    return Export(letters=letters, next_key=_next(_LETTERS, found.next_id))


def _tickets_page(connection: Connection, site_id: int, who: Person, start: int) -> Export:
    rows = persons.tickets_after(connection, site_id, who, start, TICKETS_AT_ONCE + 1)
    shown = rows[:TICKETS_AT_ONCE]
    entries = persons.entries_of(connection, site_id, [row["id"] for row in shown])
    tickets = [
        ExportedTicket(
            row,
            entries[row["id"]]["name"] if row["id"] in entries else "",
            _messages(connection, row, who),
        )
        for row in shown
    ]
    more = _next(_TICKETS, shown[-1]["id"] if len(rows) > TICKETS_AT_ONCE else None)
    next_key = more or (_LETTERS, 0)
    if start:
        return Export(tickets=tickets, next_key=next_key)
    known = (sorted(who.names), sorted(who.emails) if who.customer_id else [])
    return Export(*known, tickets, _parked(connection, site_id, who), next_key=next_key)


def _next(part: int, start: int | None) -> Key | None:
    return None if start is None else (part, start)


def _messages(
    connection: Connection, ticket: Mapping[str, Any], who: Person
) -> list[ExportedMessage]:
    site_id = ticket["site_id"]
    # No ticket's customer is number 0.
    reader = Reader(who.customer_id or 0, who.emails)
    rows = [
        row
        for row in erasing.messages_of(connection, site_id, ticket["id"])
        if is_shown(row, reader) or reader.wrote(row)
    ]
    files = timeline.attachments_of(connection, site_id, [row["id"] for row in rows])
    return [
        ExportedMessage(
            side(row, reader),
            row["sent_at"],
            row["author_name"],
            f"{row['text']}\n{row['folded_text']}".strip(),
            [file["filename"] for file in files.get(row["id"], ())],
        )
        for row in rows
    ]


def _parked(connection: Connection, site_id: int, who: Person) -> list[ExportedEntry]:
    return [
        ExportedEntry(
            row["reference"],
            row["submitted_at"],
            {name: str(value) for name, value in row["entry"]["fields"].items()},
            [file["name"] for file in row["entry"]["files"]],
        )
        for row in persons.parked_entries(connection, site_id)
        if persons.is_entry_of(row, who)
    ]


def _letter(letter: Letter, who: Person) -> ExportedMessage:
    parsed, at = letter.parsed, letter.row["received_at"] or 0
    if parsed is None:
        return ExportedMessage("you", at, "", "")
    writer: Side = "you" if parsed.sender is None or who.has(parsed.sender.email) else "us"
    files = [file.filename for file in parsed.attachments if not file.inline]
    name = parsed.sender.name if parsed.sender else ""
    return ExportedMessage(writer, at, name, f"{parsed.subject}\n\n{parsed.text}".strip(), files)
