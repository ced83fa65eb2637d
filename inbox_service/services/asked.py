"""What somebody asks a list of tickets for, and what that means to him at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from inbox_service.domain.nights import zone
from inbox_service.domain.search_dates import day_named, start_of, today_at
from inbox_service.store import sites, tags
from inbox_service.store.ticket_filter import TicketFilter

from . import auth

_HOUR_MS = 3_600_000
# A tag that no more tickets carry than this is looked up by itself, and its tickets are sorted.
_SELDOM = 1_000
# An id that nothing has: a list that asks for it is empty.
_NOBODY = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for. A tag goes by its name, the days by what search takes for days.

    `active_after` is the first day of the last activity, `active_before` the day it was before;
    `waiting_hours` is how long its customer has waited at least. `mentioned` asks for those with a
    note that mentions whoever asks, and that he has not read.
    """

    place: str = "inbox"
    status: str | None = None
    inbox: int | None = None
    assignee: int | Literal["me", "none"] | None = None
    team: int | None = None
    unsent: bool = False
    snoozed: bool | None = None
    tag: str | None = None
    priority: str | None = None
    customer: int | None = None
    active_after: str | None = None
    active_before: str | None = None
    waiting_hours: int | None = None
    has_attachments: bool | None = None
    unread: bool | None = None
    mentioned: bool = False
    order: str = "activity"


def filter_of(act: auth.Act, asked: Asked) -> TicketFilter:
    """Return what the list is narrowed to, for this caller and this moment."""
    tag_id, is_seldom = _tag(act, asked.tag)
    return TicketFilter(
        place=asked.place,
        status=asked.status,
        inbox_id=asked.inbox,
        assignee_id=_assignee(act, asked),
        unassigned=asked.assignee == "none",
        team_id=asked.team,
        unsent=asked.unsent,
        snoozed=asked.snoozed,
        tag_id=tag_id,
        is_seldom=is_seldom,
        priority=asked.priority,
        customer_id=asked.customer,
        since=_start_of(act, asked.active_after),
        until=_start_of(act, asked.active_before),
        waiting_before=None
        if asked.waiting_hours is None
        else act.at - asked.waiting_hours * _HOUR_MS,
        has_attachments=asked.has_attachments,
        unread=asked.unread,
        mentioned=asked.mentioned,
        order=asked.order,
    )


def _assignee(act: auth.Act, asked: Asked) -> int | None:
    if asked.assignee == "me":
        # A program is nobody's assignee.
        return act.viewer.agent_id or _NOBODY
    return asked.assignee if isinstance(asked.assignee, int) else None


def _tag(act: auth.Act, name: str | None) -> tuple[int | None, bool]:
    """Return the tag's id, and whether few tickets carry it."""
    if name is None:
        return None, False
    tag_id = tags.id_of(act.connection, act.viewer.site_id, name)
    if tag_id is None:
        return _NOBODY, True
    return tag_id, tags.count_up_to(act.connection, act.viewer.site_id, tag_id, _SELDOM) < _SELDOM


def _start_of(act: auth.Act, day: str | None) -> int | None:
    if day is None:
        return None
    site = sites.get(act.connection, act.viewer.site_id)
    here = zone(site["timezone"] if site else "UTC")
    named = day_named(day, today_at(act.at, here))
    return start_of(named, here) if named else None
