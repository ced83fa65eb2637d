"""A desk to search: tickets with one message each, found again by their numbers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert
from team import Team

from inbox_service.services import search
from inbox_service.services.auth import Caller
from inbox_service.services.views import Page
from inbox_service.store import search_index
from inbox_service.store.ids import new_id
from inbox_service.store.tables import attachments
from inbox_service.testing import START, add_message, add_ticket

MINUTE = 60_000


def file_ticket(team: Team, number: int, text: str = "", **values: Any) -> int:
    """Insert a ticket with one message, `number` minutes after the first; return its id."""
    at = START + number * MINUTE
    inbox_id = values.pop("inbox_id", team.inbox_id)
    message = {name: values.pop(name) for name in list(values) if name in _OF_MESSAGES}
    ticket_id = team.add(add_ticket, inbox_id, at, number=number, **values)
    say(team, ticket_id, text, at, **message)
    return ticket_id


def say(team: Team, ticket_id: int, text: str, at: int, **values: Any) -> int:
    """Insert a message, with files by name, as search finds it; return its id."""
    files = values.pop("files", ())
    message_id = team.add(add_message, ticket_id, at, text=text, **values)
    with team.deps.sessions.writing() as connection:
        for part, name in enumerate(files):
            row = {"site_id": team.site_id, "message_id": message_id, "id": new_id(at)}
            row |= {"part": part, "filename": name, "content_type": "a/b", "size": 1}
            connection.execute(insert(attachments).values(**row))
        search_index.index_messages(connection, team.site_id, [message_id])
    return message_id


def look(
    team: Team, text: str, *, caller: Caller | None = None, after: Any = None, limit: int = 50
) -> Page[search.Found]:
    """Search as the team's agent, or as somebody else."""
    return search.find(team.deps, caller or team.caller, text, after, limit)


def found(team: Team, text: str, **how: Any) -> list[int]:
    """Return the numbers of the tickets that are found, in their order."""
    return [one.ticket.row["number"] for one in look(team, text, **how).items]


_OF_MESSAGES = (
    "author_name",
    "author_email",
    "recipients",
    "copied",
    "files",
    "folded_text",
    "kind",
)
