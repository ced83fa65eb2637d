"""Pictures from elsewhere, which tell their sender who reads when: whose are shown all the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping

from inbox_service.deps import Deps
from inbox_service.errors import Conflict, NotFound
from inbox_service.store import customers, timeline

from . import auth
from .views import visible_ticket

MessageRow = Mapping[str, Any] | RowMapping


def show_pictures(deps: Deps, caller: auth.Caller, number: int, message_id: int) -> None:
    """Show the pictures of whoever wrote this message, here and in every proven mail of his.

    raises Conflict `sender_not_proven` where anybody may have written it: the mails it would have
    an effect on come from the real sender, who may be somebody else.
    """
    with auth.writing(deps, caller) as act:
        author = _author(act, number, message_id)
        known = author["author_type"] == "customer" and author["sender_proven"]
        email = author["author_email"]
        if not known or not customers.show_images(act.connection, caller.site_id, email, act.at):
            raise Conflict(
                "Nobody vouches that this sender wrote the message: show its pictures by itself.",
                code="sender_not_proven",
            )


def hold_pictures(deps: Deps, caller: auth.Caller, number: int, message_id: int) -> None:
    """Hold the pictures of whoever wrote this message back again, as they are by default."""
    with auth.writing(deps, caller) as act:
        email = _author(act, number, message_id)["author_email"]
        customers.show_images(act.connection, caller.site_id, email, None)


def with_pictures(
    connection: Connection, site_id: int, rows: Iterable[MessageRow]
) -> frozenset[int]:
    """Return the ids of the messages whose pictures are shown without being asked for."""
    proven = [row for row in rows if row["sender_proven"] and row["author_type"] == "customer"]
    shown = customers.images_shown_of(connection, site_id, {row["author_email"] for row in proven})
    return frozenset(row["id"] for row in proven if row["author_email"] in shown)


def _author(act: auth.Act, number: int, message_id: int) -> RowMapping:
    ticket = visible_ticket(act, number)
    row = timeline.author_of(act.connection, act.viewer.site_id, ticket["id"], message_id)
    if row is None:
        raise NotFound("The ticket has no such message.", code="message_not_found")
    return row
