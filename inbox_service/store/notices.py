"""What agents are to be told of, what they want to hear of, and which events were looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from inbox_service.domain.notices import DEFAULT_KINDS

from . import upsert
from .rows import Row, all_rows, one_row
from .tables import (
    agent_seen,
    events,
    messages,
    notice_mails,
    notice_settings,
    noticed_events,
    pending_notices,
    sites,
    team_members,
    tickets,
)
from .threads import message_id_hash

MOST_EVENTS = 500


def behind(connection: Connection) -> list[tuple[int, int]]:
    """Return (site, last event looked at) of running sites where more has happened."""
    looked_at = func.coalesce(noticed_events.c.seq, 0)
    query = (
        select(sites.c.id, looked_at)
        .outerjoin(noticed_events, noticed_events.c.site_id == sites.c.id)
        .where(sites.c.last_seq > looked_at, sites.c.state != "paused")
    )
    return [(site_id, seq) for site_id, seq in connection.execute(query)]


def events_after(connection: Connection, site_id: int, seq: int) -> list[Row]:
    """Return the next events of tickets, each with its ticket and its message's facts."""
    query = (
        select(
            events,
            tickets.c.team_id,
            tickets.c.assignee_id,
            tickets.c.inbox_id.label("ticket_inbox_id"),
            tickets.c.created_at.label("opened_at"),
            messages.c.sent_at,
            messages.c.automatic,
        )
        .outerjoin(
            tickets,
            and_(tickets.c.site_id == events.c.site_id, tickets.c.id == events.c.ticket_id),
        )
        .outerjoin(
            messages,
            and_(messages.c.site_id == events.c.site_id, messages.c.id == events.c.message_id),
        )
        .where(events.c.site_id == site_id, events.c.seq > seq)
        .order_by(events.c.seq)
        .limit(MOST_EVENTS)
    )
    return all_rows(connection, query)


def looked_at(connection: Connection, site_id: int, before: int, seq: int) -> bool:
    """Note that the events up to `seq` were looked at; False where somebody else did."""
    first = {"site_id": site_id, "seq": seq}
    if before == 0 and upsert.claim(connection, noticed_events, first):
        return True
    moved = connection.execute(
        update(noticed_events)
        .where(noticed_events.c.site_id == site_id, noticed_events.c.seq == before)
        .values(seq=seq)
    )
    return moved.rowcount == 1


def settings_of(connection: Connection, site_id: int) -> dict[int, Row]:
    """Return what agents of the site chose, by agent."""
    query = select(notice_settings).where(notice_settings.c.site_id == site_id)
    return {row["agent_id"]: row for row in all_rows(connection, query)}


def settings_for(connection: Connection, site_id: int, agent_id: int) -> Row:
    """Return what one agent chose, or the defaults."""
    query = select(notice_settings).where(
        notice_settings.c.site_id == site_id, notice_settings.c.agent_id == agent_id
    )
    return one_row(connection, query) or {
        "site_id": site_id,
        "agent_id": agent_id,
        "kinds": list(DEFAULT_KINDS),
        "with_text": True,
        "bounced_email": "",
        "bounce": "",
        "bounced_at": None,
    }


def put_settings(connection: Connection, row: Mapping[str, Any]) -> None:
    """Write what an agent chose."""
    upsert.put(connection, notice_settings, row)


def teams_of(connection: Connection, site_id: int) -> dict[int, set[int]]:
    """Return the teams of each agent."""
    query = select(team_members.c.agent_id, team_members.c.team_id).where(
        team_members.c.site_id == site_id
    )
    found: dict[int, set[int]] = {}
    for agent_id, team_id in connection.execute(query):
        found.setdefault(agent_id, set()).add(team_id)
    return found


def add_pending(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Note what agents are to be told of."""
    if rows:
        connection.execute(insert(pending_notices), [dict(row) for row in rows])


def ripe(connection: Connection, before: int) -> list[tuple[int, int]]:
    """Return (site, agent) of those whose oldest notice is from `before` or earlier."""
    query = (
        select(pending_notices.c.site_id, pending_notices.c.agent_id)
        .group_by(pending_notices.c.site_id, pending_notices.c.agent_id)
        .having(func.min(pending_notices.c.at) <= before)
    )
    return [(site_id, agent_id) for site_id, agent_id in connection.execute(query)]


def pending_of(connection: Connection, site_id: int, agent_id: int) -> list[Row]:
    """Return what an agent is to be told of, oldest first, with how far he read the ticket."""
    query = (
        select(pending_notices, agent_seen.c.message_id.label("seen_id"))
        .outerjoin(
            agent_seen,
            and_(
                agent_seen.c.site_id == pending_notices.c.site_id,
                agent_seen.c.agent_id == pending_notices.c.agent_id,
                agent_seen.c.ticket_id == pending_notices.c.ticket_id,
            ),
        )
        .where(pending_notices.c.site_id == site_id, pending_notices.c.agent_id == agent_id)
        .order_by(pending_notices.c.id)
    )
    return all_rows(connection, query)


def drop_pending(connection: Connection, site_id: int, ids: Collection[int]) -> int:
    """Delete notices that were told or need not be; return how many were there still."""
    here = (pending_notices.c.site_id == site_id) & pending_notices.c.id.in_(sorted(ids))
    return connection.execute(delete(pending_notices).where(here)).rowcount


def note_mail(connection: Connection, rfc_message_id: str, row: Mapping[str, Any]) -> None:
    """Remember by its Message-ID a notice that is going out, or under which it went out."""
    known = {**row, "hash": message_id_hash(rfc_message_id)}
    upsert.insert_missing(connection, notice_mails, [known])


def note_sent(connection: Connection, send: Mapping[str, Any], rfc_message_id: str) -> None:
    """Remember the Message-ID that a notice to an agent got on its way, where it is another one."""
    known = mail_of_send(connection, send["site_id"], send["id"])
    if known is not None:
        note_mail(connection, rfc_message_id, known)


def mail_of_send(connection: Connection, site_id: int, outbox_id: int) -> Row | None:
    """Return what is known of a notice by its outbox row."""
    query = select(notice_mails).where(
        notice_mails.c.site_id == site_id, notice_mails.c.outbox_id == outbox_id
    )
    found = all_rows(connection, query.limit(1))
    return found[0] if found else None


def mails_of(connection: Connection, site_id: int, rfc_ids: Iterable[str]) -> dict[str, Row]:
    """Return the notices that have these Message-IDs, by the id's hash."""
    hashes = sorted({message_id_hash(one) for one in rfc_ids if one})
    query = select(notice_mails).where(
        notice_mails.c.site_id == site_id, notice_mails.c.hash.in_(hashes)
    )
    return {row["hash"]: row for row in all_rows(connection, query)}
