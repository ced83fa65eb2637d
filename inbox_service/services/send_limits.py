"""How sending stands on a site: how long replies wait, how near mailboxes are to their limits."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping

from inbox_service.deps import Deps
from inbox_service.domain import sending
from inbox_service.domain.sending import DAY_MS
from inbox_service.store import feeds, mailbox_views, mailboxes, outbox, sites

from . import auth, mailbox_care, managers


@dataclass(frozen=True, slots=True)
class MailboxSends:
    """What a mailbox sent within 24 hours, in recipients, and the `limit` for that.

    `senders` are the addresses it sends as. `daily_limit` is what its manager chose instead of
    `provider_limit`, None for nothing. `paused_until` (ms UTC) is set while no more may leave.
    """

    id: int
    address: str
    senders: list[str]
    recipients: int
    limit: int
    provider_limit: int
    daily_limit: int | None
    is_near: bool
    paused_until: int | None


@dataclass(frozen=True, slots=True)
class SendingStands:
    """How long a reply can be taken back, and how each mailbox stands."""

    undo_seconds: int
    mailboxes: list[MailboxSends]


def show(deps: Deps, caller: auth.Caller) -> SendingStands:
    """Return how sending stands, of the mailboxes that feed what the caller sees."""
    with auth.reading(deps, caller) as act:
        site = sites.get(act.connection, caller.site_id)
        chosen = site["undo_seconds"] if site else None
        rows = mailbox_views.seen_by(act.connection, act.viewer)
        fed = feeds.of_site(act.connection, caller.site_id)
        stands = [
            _stands(
                act,
                row,
                [
                    feed["email"]
                    for feed in fed
                    if feed["mailbox_id"] == row["id"] and act.viewer.sees(feed["inbox_id"])
                ],
            )
            for row in rows
        ]
    return SendingStands(deps.settings.undo_seconds if chosen is None else chosen, stands)


def set_undo_seconds(deps: Deps, caller: auth.Caller, seconds: int | None) -> None:
    """Say how long a reply of the site can be taken back, None for the service's default."""
    with managers.writing(deps, caller) as act:
        sites.write(act.connection, caller.site_id, {"undo_seconds": seconds})


def set_daily_limit(deps: Deps, caller: auth.Caller, mailbox_id: int, limit: int | None) -> None:
    """Say how many recipients a mailbox may write to within 24 hours, None for its provider's.

    What waits is tried again at once: there may be room now. raises NotFound, Forbidden.
    """
    with managers.writing(deps, caller) as act:
        mailbox_care.connected(act.connection, caller.site_id, mailbox_id)
        mailboxes.write(act.connection, caller.site_id, mailbox_id, {"daily_limit": limit})
        outbox.hurry(act.connection, caller.site_id, mailbox_id, act.at)


def closed_until(
    connection: Connection, mailbox: Mapping[str, Any], recipients: int, now: int
) -> int | None:
    """Return until when no mail to so many may leave the mailbox, None where it may now.

    Either the provider asked for a pause, or the day's limit is reached; at the provider's own
    it is better to wait than to be refused, which Google answers by a day without any mail.
    """
    paused = mailbox["sends_paused_until"]
    if paused is not None and paused > now:
        return int(paused)
    since, limit = now - DAY_MS, sending.daily_limit(mailbox)
    site_id, mailbox_id = mailbox["site_id"], mailbox["id"]
    if outbox.recipients_since(connection, site_id, mailbox_id, since) + recipients <= limit:
        return None
    sent = outbox.sent_since(connection, site_id, mailbox_id, since)
    return sending.room_at(sent, recipients, limit)


def _stands(act: auth.Act, row: RowMapping, fed: Collection[str]) -> MailboxSends:
    mailbox = {**row, "site_id": act.viewer.site_id}
    since, limit = act.at - DAY_MS, sending.daily_limit(mailbox)
    recipients = outbox.recipients_since(act.connection, act.viewer.site_id, row["id"], since)
    return MailboxSends(
        id=row["id"],
        address=row["address"],
        senders=sorted({row["address"], *row["aliases"], *fed}),
        recipients=recipients,
        limit=limit,
        provider_limit=sending.daily_recipients(row["address"]),
        daily_limit=row["daily_limit"],
        is_near=sending.is_near(recipients, limit),
        paused_until=closed_until(act.connection, mailbox, 1, act.at),
    )
