"""Comparisons of mailboxes with their providers: claimed, paused, ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, or_, select, update

from .mailboxes import ACTIVE_STATES
from .rows import Row, one_row
from .tables import mailboxes, receipts, reconciliations
from .upsert import insert_missing


class Outcome(NamedTuple):
    """What became of a message, and when it was received (ms UTC)."""

    outcome: str
    received_at: int


def get(connection: Connection, site_id: int, mailbox_id: int) -> Row | None:
    """Return the mailbox's row, None where it was never compared."""
    query = select(reconciliations).where(
        reconciliations.c.site_id == site_id, reconciliations.c.mailbox_id == mailbox_id
    )
    return one_row(connection, query)


def due(connection: Connection, now: int, limit: int) -> list[tuple[int, int]]:
    """Return (site, mailbox) of mailboxes that are read whole and are to be compared now."""
    joined = mailboxes.outerjoin(
        reconciliations,
        (reconciliations.c.site_id == mailboxes.c.site_id)
        & (reconciliations.c.mailbox_id == mailboxes.c.id),
    )
    is_due = reconciliations.c.due_at.is_(None) | (reconciliations.c.due_at <= now) & _free(now)
    query = (
        select(mailboxes.c.site_id, mailboxes.c.id)
        .select_from(joined)
        .where(
            mailboxes.c.state.in_(ACTIVE_STATES),
            mailboxes.c.disconnected_at.is_(None),
            mailboxes.c.backfill_state == "done",
            mailboxes.c.live_cursor.is_not(None),
            is_due,
        )
        .order_by(reconciliations.c.due_at)
        .limit(limit)
    )
    return [(site_id, mailbox_id) for site_id, mailbox_id in connection.execute(query)]


def claim(
    connection: Connection, site_id: int, mailbox_id: int, holder: str, now: int, until: int
) -> bool:
    """Take the mailbox's comparison until `until`; False where another works on it."""
    row = {"site_id": site_id, "mailbox_id": mailbox_id, "due_at": now, "tally": {}, "error": ""}
    insert_missing(connection, reconciliations, [row])
    result = connection.execute(
        update(reconciliations)
        .where(
            reconciliations.c.site_id == site_id,
            reconciliations.c.mailbox_id == mailbox_id,
            or_(_free(now), reconciliations.c.claim_holder == holder),
        )
        .values(claim_holder=holder, claim_until=until)
    )
    return result.rowcount == 1


def write_claimed(
    connection: Connection,
    site_id: int,
    mailbox_id: int,
    holder: str,
    values: Mapping[str, Any],
) -> bool:
    """Change a comparison that `holder` still has; False when it lost it."""
    result = connection.execute(
        update(reconciliations)
        .where(
            reconciliations.c.site_id == site_id,
            reconciliations.c.mailbox_id == mailbox_id,
            reconciliations.c.claim_holder == holder,
        )
        .values(**values)
    )
    return result.rowcount == 1


def outcomes_of(
    connection: Connection, site_id: int, mailbox_id: int, provider_ids: Iterable[str]
) -> dict[str, Outcome]:
    """Return what became of these provider messages; those without a receipt are left out."""
    query = select(receipts.c.provider_id, receipts.c.outcome, receipts.c.received_at).where(
        receipts.c.site_id == site_id,
        receipts.c.mailbox_id == mailbox_id,
        receipts.c.provider_id.in_(sorted(set(provider_ids))),
    )
    return {
        row.provider_id: Outcome(row.outcome, row.received_at) for row in connection.execute(query)
    }


def _free(now: int) -> Any:
    return or_(reconciliations.c.claim_until.is_(None), reconciliations.c.claim_until <= now)
