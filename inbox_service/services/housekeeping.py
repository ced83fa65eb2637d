"""Forgets what is no longer of use, and frees what a dead process held."""

from __future__ import annotations

from inbox_service.deps import Deps
from inbox_service.store import bulk, housekeeping, receipts, saved_replies, sync_runs

from . import deleting, uploads
from .privacy import sweep_bytes

_DAY = 86_400_000
_HOUR = 3_600_000


def forget_expired(deps: Deps) -> dict[str, int]:
    """Delete what has served its time: tokens, responses, codes, visits, links; return counts."""
    now = deps.clock.now()
    unused = uploads.sweep(deps)
    # Files first: they are the one thing here that a crash of an erasure can leave behind.
    sweep_bytes(deps)
    emptied = deleting.empty_trashes(deps)
    with deps.sessions.writing() as connection:
        return {
            "uploads": unused,
            "trash": emptied,
            "used_tokens": housekeeping.delete_expired_tokens(connection, now),
            "idempotency": housekeeping.delete_idempotency(connection, now - _DAY),
            "pairing_codes": housekeeping.delete_pairing_codes(connection, now - _DAY),
            # Sooner than the others: a consent that nobody took up still holds credentials.
            "oauth_flows": housekeeping.delete_oauth_flows(connection, now - _HOUR),
            "access_codes": housekeeping.delete_access_codes(connection, now - _DAY),
            "guest_sessions": housekeeping.delete_guest_sessions(connection, now),
            "sync_runs": sync_runs.forget(connection, now - 30 * _DAY),
            "link_grants": housekeeping.delete_link_grants(connection, now),
            "waiting_ids": receipts.forget_waiting(connection),
            "saved_replies": saved_replies.forget_removed(connection, now - 30 * _DAY),
            # By then nobody wants a change to many tickets back.
            "bulks": bulk.forget(connection, now - 7 * _DAY),
            "erasures": housekeeping.delete_erasures(connection, now - 30 * _DAY),
        }


def release_holds(deps: Deps, holder: str) -> int:
    """Free the leases and claims of `holder`, whose process is known to be dead; return how many.

    Without it a killed worker's mailbox would wait until its lease ran out.
    """
    with deps.sessions.writing() as connection:
        return housekeeping.release_holds(connection, holder)
