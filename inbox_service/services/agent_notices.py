"""Mails to agents about what happened: gathered for a minute, then one per ticket, or one list.

What the agent has read in the desk meanwhile is not told any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.domain.mail import Address
from inbox_service.domain.rights import Viewer
from inbox_service.domain.tickets import has_returned
from inbox_service.store import agents, automatic_sends, incidents, messages, sites, tickets
from inbox_service.store import notices as store
from inbox_service.store.rows import Row
from inbox_service.texts import text

from .answer_tokens import token_for
from .notices import HOUR_MS, MOST_PER_HOUR, Notice, PreparedNotice, prepare_notice, queue_notice

GATHERED_MS = 60_000
# More tickets than this at once are told in one mail, which no answer can be made to.
MOST_MAILS = 3
MOST_TEXT = 4_000
DESK = "/wp-admin/admin.php?page=unified-inbox"
# Of several things that happened in one ticket the first of these is in the subject.
_WEIGHT = ("mentioned", "assigned", "opened", "answered", "returned")


def send_ripe(deps: Deps) -> int:
    """Mail what agents are to be told of, where a minute has passed; return how many mails."""
    with deps.sessions.reading() as connection:
        ripe = store.ripe(connection, deps.clock.now() - GATHERED_MS)
    return sum(_tell(deps, site_id, agent_id) for site_id, agent_id in ripe)


def tell_managers(deps: Deps, site_id: int, event: Mapping[str, Any]) -> None:
    """Mail the managers that notices to an agent come back; never one whose own do."""
    with deps.sessions.reading() as connection:
        agent = agents.get(connection, site_id, int(event["agent_id"]))
        bounced = store.settings_of(connection, site_id)
        managers = incidents.managers(connection, site_id)
    if agent is None:
        return
    gone = {row["bounced_email"] for row in bounced.values()}
    values = {"agent": agent["name"], "email": agent["email"]}
    values["reason"] = bounced[agent["id"]]["bounce"] if agent["id"] in bounced else ""
    for one in managers:
        if one["email"] in gone:
            continue
        locale = one["locale"]
        notice = Notice(
            "notice_bounced",
            Address(one["email"], one["name"]),
            text(locale, "notice_bounced_subject", **values),
            text(locale, "notice_bounced_body", **values),
            locale,
        )
        prepared = prepare_notice(deps, site_id, None, notice)
        if prepared is not None:
            with deps.sessions.writing() as connection:
                queue_notice(connection, deps, prepared)


def ticket_url(home_url: str, number: int) -> str:
    """Return where an agent finds the ticket."""
    return f"{home_url}{DESK}#/open/ticket/{number}"


def _tell(deps: Deps, site_id: int, agent_id: int) -> int:
    with deps.sessions.reading() as connection:
        rows = store.pending_of(connection, site_id, agent_id)
        found = agents.get(connection, site_id, agent_id)
        agent = dict(found) if found else None
        chosen = store.settings_for(connection, site_id, agent_id)
        unread = [row for row in rows if not _is_read(row)]
        is_told = agent is not None and _may_be_told(agent, chosen)
        room = _room(connection, deps, site_id, agent["email"]) if agent and is_told else 0
        site = sites.get(connection, site_id)
        # As it is now: a notice may have waited for an hour, and his inboxes may be others.
        viewer = agents.viewer(connection, found) if found else None
        stories = _stories(connection, viewer, unread) if viewer and is_told else []
    ids = [row["id"] for row in rows]
    if agent is None or site is None or not stories:
        with deps.sessions.writing() as connection:
            store.drop_pending(connection, site_id, ids)
        return 0
    if room == 0:
        # The cap has no exception: what is left is told with the next mail that may go out.
        return 0
    reader = {**agent, "with_text": chosen["with_text"], "home_url": site["home_url"]}
    if len(stories) <= min(MOST_MAILS, room):
        mails = [_one(deps, site_id, reader, story) for story in stories]
    else:
        mails = [_list(deps, site_id, reader, stories)]
    return _queue(deps, site_id, agent_id, ids, mails)


def _is_read(row: Row) -> bool:
    return row["message_id"] is not None and (row["seen_id"] or 0) >= row["message_id"]


def _may_be_told(agent: Mapping[str, Any], chosen: Row) -> bool:
    email = agent["email"]
    return agent["state"] == "active" and bool(email) and chosen["bounced_email"] != email


def _room(connection: Connection, deps: Deps, site_id: int, email: str) -> int:
    since = deps.clock.now() - HOUR_MS
    return max(0, MOST_PER_HOUR - automatic_sends.count_since(connection, site_id, email, since))


def _stories(connection: Connection, viewer: Viewer, rows: list[Row]) -> list[Row]:
    """Return per ticket that he sees what happened there, and the newest message told of."""
    found = tickets.get_many(connection, viewer.site_id, {row["ticket_id"] for row in rows})
    said = messages.get_many(connection, viewer.site_id, [row["message_id"] or 0 for row in rows])
    stories: dict[int, Row] = {}
    for row in rows:
        ticket = found[row["ticket_id"]]
        is_gone = ticket["erased_at"] is not None or ticket["place"] != "inbox"
        # It was looked at meanwhile, or is snoozed again.
        is_gone |= row["kind"] == "returned" and not has_returned(dict(ticket))
        if is_gone or not viewer.sees(ticket["inbox_id"]):
            continue
        story = stories.setdefault(
            ticket["id"], {"ticket": dict(ticket), "kinds": [], "said": None}
        )
        story["kinds"].append(row["kind"])
        story["said"] = said.get(row["message_id"]) or story["said"]
    return list(stories.values())


def _one(
    deps: Deps, site_id: int, reader: Row, story: Row
) -> tuple[PreparedNotice | None, int | None]:
    ticket, locale = story["ticket"], reader["locale"]
    parts = [_line(locale, story), _said(reader, story), _url(reader, ticket)]
    parts.append(text(locale, "agent_notice_answer"))
    notice = Notice(
        "agent_notice",
        Address(reader["email"], reader["name"]),
        f"[#{ticket['number']}] {_line(locale, story)}: {ticket['subject']}"[:900],
        "\n\n".join(part for part in (text(locale, "agent_notice_marker"), *parts) if part),
        locale,
        reply_token=token_for(deps, site_id, reader["id"], ticket["id"]),
    )
    return prepare_notice(deps, site_id, ticket["inbox_id"], notice), ticket["id"]


def _list(
    deps: Deps, site_id: int, reader: Row, stories: list[Row]
) -> tuple[PreparedNotice | None, int | None]:
    locale = reader["locale"]
    lines = [
        f"#{one['ticket']['number']} {_line(locale, one)}: {one['ticket']['subject']}\n"
        f"{_url(reader, one['ticket'])}"
        for one in stories
    ]
    subject = text(locale, "agent_notices_subject", count=len(stories))
    address = Address(reader["email"], reader["name"])
    notice = Notice("agent_notice", address, subject, "\n\n".join(lines), locale)
    return prepare_notice(deps, site_id, None, notice), None


def _line(locale: str, story: Row) -> str:
    return text(locale, f"agent_notice_{min(story['kinds'], key=_WEIGHT.index)}")


def _said(reader: Row, story: Row) -> str:
    said = story["said"]
    if said is None or not reader["with_text"]:
        return ""
    return f"{said['author_name'] or said['author_email']}:\n{said['text'][:MOST_TEXT]}"


def _url(reader: Row, ticket: Row) -> str:
    return ticket_url(reader["home_url"], ticket["number"])


def _queue(
    deps: Deps,
    site_id: int,
    agent_id: int,
    ids: list[int],
    mails: list[tuple[PreparedNotice | None, int | None]],
) -> int:
    queued = []
    with deps.sessions.writing() as connection:
        if store.drop_pending(connection, site_id, ids) < len(ids):
            # Another scheduler tells it.
            connection.rollback()
            return 0
        for prepared, ticket_id in mails:
            row_id = queue_notice(connection, deps, prepared) if prepared else None
            if prepared is not None and row_id is not None:
                queued.append(row_id)
                store.note_mail(
                    connection,
                    prepared.message_id,
                    {
                        "site_id": site_id,
                        "outbox_id": row_id,
                        "agent_id": agent_id,
                        "ticket_id": ticket_id,
                        "email": prepared.notice.to.email,
                        "sent_at": deps.clock.now(),
                    },
                )
    for row_id in queued:
        deps.queue.hint("deliver", site_id, row_id)
    return len(queued)
