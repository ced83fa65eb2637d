"""By which way providers push, which mailboxes they watch, and what a notice makes due."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, and_, case, delete, func, insert, or_, select, update

from .mailboxes import ACTIVE_STATES
from .rows import Row, all_rows, one_row
from .tables import mailboxes, push_channels, push_watches
from .upsert import insert_missing

Key = tuple[int, int]


def channels(connection: Connection, site_id: int | None = None) -> list[Row]:
    """Return the channels of a site, or of all sites, the oldest first."""
    query = select(push_channels).order_by(push_channels.c.site_id, push_channels.c.id)
    if site_id is not None:
        query = query.where(push_channels.c.site_id == site_id)
    return all_rows(connection, query)


def channel(connection: Connection, site_id: int, channel_id: int) -> Row | None:
    return one_row(connection, select(push_channels).where(*_channel(site_id, channel_id)))


def channel_of_project(connection: Connection, site_id: int, kind: str, project: str) -> Row | None:
    """Return the site's channel of a project at the provider."""
    query = select(push_channels).where(
        push_channels.c.site_id == site_id,
        push_channels.c.kind == kind,
        push_channels.c.project == project,
    )
    return one_row(connection, query)


def add_channel(connection: Connection, row: Mapping[str, Any]) -> None:
    connection.execute(insert(push_channels).values(**row))


def write_channel(
    connection: Connection, site_id: int, channel_id: int, values: Mapping[str, Any]
) -> None:
    connection.execute(update(push_channels).where(*_channel(site_id, channel_id)).values(**values))


def remove_channel(connection: Connection, site_id: int, channel_id: int) -> None:
    """Delete a channel and its watches; its mailboxes are polled only from now on."""
    doubt(connection, site_id, channel_id)
    mine = (push_watches.c.site_id == site_id, push_watches.c.channel_id == channel_id)
    connection.execute(delete(push_watches).where(*mine))
    connection.execute(delete(push_channels).where(*_channel(site_id, channel_id)))


def doubt(connection: Connection, site_id: int, channel_id: int) -> None:
    """Count on no notice of this channel until one comes again."""
    watched = select(push_watches.c.mailbox_id).where(
        push_watches.c.site_id == site_id, push_watches.c.channel_id == channel_id
    )
    connection.execute(
        update(mailboxes)
        .where(
            mailboxes.c.site_id == site_id,
            mailboxes.c.id.in_(watched),
            mailboxes.c.push_until.is_not(None),
        )
        .values(push_until=None)
    )


def ask_again(connection: Connection, site_id: int, channel_id: int, at: int) -> None:
    """Let every watch of the channel be due."""
    connection.execute(
        update(push_watches)
        .where(push_watches.c.site_id == site_id, push_watches.c.channel_id == channel_id)
        .values(due_at=at)
    )


# --- watches --------------------------------------------------------------------------------------


def due_watches(connection: Connection, site_ids: Collection[int], now: int) -> list[Row]:
    """Return the mailboxes of these sites that the provider is to be asked to watch."""
    is_due = or_(push_watches.c.due_at.is_(None), push_watches.c.due_at <= now)
    query = (
        select(mailboxes)
        .outerjoin(push_watches, _same_mailbox())
        .where(
            mailboxes.c.site_id.in_(sorted(site_ids)),
            mailboxes.c.state.in_(ACTIVE_STATES),
            mailboxes.c.disconnected_at.is_(None),
            is_due,
        )
        .order_by(mailboxes.c.site_id, mailboxes.c.id)
    )
    return all_rows(connection, query)


def claim_watch(
    connection: Connection, mailbox: Mapping[str, Any], channel_id: int, now: int, until: int
) -> bool:
    """Take the asking for a mailbox's watch upon oneself; False when somebody else has it.

    Until the first notice after it comes, push is not counted on.
    """
    site_id, mailbox_id = mailbox["site_id"], mailbox["id"]
    row = {"site_id": site_id, "mailbox_id": mailbox_id, "channel_id": channel_id}
    row |= {"due_at": now, "asked_at": now, "until": None, "heard_at": None, "reason": ""}
    insert_missing(connection, push_watches, [row])
    claimed = connection.execute(
        update(push_watches)
        .where(*_watch(site_id, mailbox_id), push_watches.c.due_at <= now)
        .values(due_at=until, asked_at=now, channel_id=channel_id)
    )
    if claimed.rowcount:
        _count_on(connection, site_id, mailbox_id, None)
    return claimed.rowcount == 1


def settle_watch(
    connection: Connection, mailbox: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    """Note what became of an asking, and count on push where its notice came already."""
    key = (mailbox["site_id"], mailbox["id"])
    connection.execute(update(push_watches).where(*_watch(*key)).values(**values))
    row = one_row(connection, select(push_watches).where(*_watch(*key)))
    if row and row["until"] and (row["heard_at"] or 0) >= row["asked_at"]:
        _count_on(connection, *key, row["until"])


def watches(connection: Connection, site_id: int) -> list[Row]:
    return all_rows(connection, select(push_watches).where(push_watches.c.site_id == site_id))


# --- notices --------------------------------------------------------------------------------------


def watched(
    connection: Connection, channel_keys: Iterable[Key], addresses: Collection[str]
) -> list[Row]:
    """Return the mailboxes of these addresses that the channels, (site, id) each, tell of."""
    here = [
        and_(push_watches.c.site_id == site_id, push_watches.c.channel_id == channel_id)
        for site_id, channel_id in channel_keys
    ]
    query = (
        select(push_watches)
        .join(mailboxes, _same_mailbox())
        .where(or_(*here), mailboxes.c.address.in_(sorted(addresses)))
    )
    return all_rows(connection, query) if here and addresses else []


def make_due(connection: Connection, watch: Mapping[str, Any], now: int) -> None:
    """Let a mailbox be looked into now, because the provider told of a change in it.

    A mailbox that its provider asked to wait stays where it is: it looks at all that is new when
    its time has come. The moment always changes, so that a sync under way sees that it does.
    """
    site_id, mailbox_id = watch["site_id"], watch["mailbox_id"]
    is_parked = and_(mailboxes.c.due_at > now, mailboxes.c.watched_due_at.is_(None))
    sooner = case((mailboxes.c.due_at <= now, mailboxes.c.due_at - 1), else_=now)
    connection.execute(
        update(mailboxes)
        .where(mailboxes.c.site_id == site_id, mailboxes.c.id == mailbox_id, ~is_parked)
        .values(due_at=sooner)
    )


def note_heard(connection: Connection, watch: Mapping[str, Any], now: int) -> None:
    """Note that a notice came for the mailbox, and count on more of them."""
    key = (watch["site_id"], watch["mailbox_id"])
    connection.execute(update(push_watches).where(*_watch(*key)).values(heard_at=now))
    if watch["until"]:
        _count_on(connection, *key, watch["until"])


def heard_between(connection: Connection, first: int, last: int) -> list[Row]:
    """Return the watches whose last notice came after `first`, at `last` at the latest."""
    query = select(push_watches).where(
        push_watches.c.heard_at > first, push_watches.c.heard_at <= last
    )
    return all_rows(connection, query)


def count_watches(connection: Connection, site_id: int) -> dict[int, int]:
    """Return how many mailboxes each channel of the site tells of."""
    query = (
        select(push_watches.c.channel_id, func.count())
        .where(push_watches.c.site_id == site_id)
        .group_by(push_watches.c.channel_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _count_on(connection: Connection, site_id: int, mailbox_id: int, until: int | None) -> None:
    column = mailboxes.c.push_until
    connection.execute(
        update(mailboxes)
        .where(
            mailboxes.c.site_id == site_id,
            mailboxes.c.id == mailbox_id,
            column.is_distinct_from(until),
        )
        .values(push_until=until)
    )


def _channel(site_id: int, channel_id: int) -> tuple[Any, Any]:
    return push_channels.c.site_id == site_id, push_channels.c.id == channel_id


def _watch(site_id: int, mailbox_id: int) -> tuple[Any, Any]:
    return push_watches.c.site_id == site_id, push_watches.c.mailbox_id == mailbox_id


def _same_mailbox() -> Any:
    return and_(
        push_watches.c.site_id == mailboxes.c.site_id, push_watches.c.mailbox_id == mailboxes.c.id
    )
