"""How sending stands on a site: how long replies wait, how near mailboxes are to their limits."""

from __future__ import annotations

from dataclasses import dataclass

from inbox_service.deps import Deps
from inbox_service.domain.sending import DAY_MS, daily_recipients
from inbox_service.store import mailboxes, outbox, sites

from . import auth, managers


@dataclass(frozen=True, slots=True)
class MailboxSends:
    """What a mailbox sent within 24 hours, in recipients, and the provider's `limit` for that.

    `paused_until` (ms UTC) is set while the provider takes no more.
    """

    id: int
    address: str
    recipients: int
    limit: int
    paused_until: int | None


@dataclass(frozen=True, slots=True)
class SendingStands:
    """How long a reply can be taken back, and how each mailbox stands."""

    undo_seconds: int
    mailboxes: list[MailboxSends]


def show(deps: Deps, caller: auth.Caller) -> SendingStands:
    """Return how sending stands; raises Forbidden `managers_only`."""
    with managers.reading(deps, caller) as act:
        site = sites.get(act.connection, caller.site_id)
        chosen = site["undo_seconds"] if site else None
        rows = mailboxes.every(act.connection, caller.site_id)
        since = act.at - DAY_MS
        sent = {
            row["id"]: outbox.recipients_since(act.connection, caller.site_id, row["id"], since)
            for row in rows
        }
    stands = [
        MailboxSends(
            row["id"],
            row["address"],
            sent[row["id"]],
            daily_recipients(row["address"]),
            _still(row["sends_paused_until"], act.at),
        )
        for row in rows
    ]
    return SendingStands(deps.settings.undo_seconds if chosen is None else chosen, stands)


def set_undo_seconds(deps: Deps, caller: auth.Caller, seconds: int | None) -> None:
    """Say how long a reply of the site can be taken back, None for the service's default."""
    with managers.writing(deps, caller) as act:
        sites.write(act.connection, caller.site_id, {"undo_seconds": seconds})


def _still(until: int | None, now: int) -> int | None:
    return until if until is not None and until > now else None
