"""Rows that are of use for a time only, and holds of processes that are gone."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Table, delete, update

from .tables import (
    access_codes,
    erasures,
    guest_sessions,
    idempotency,
    link_grants,
    mailboxes,
    oauth_flows,
    outbox,
    pairing_codes,
    used_tokens,
)


def delete_expired_tokens(connection: Connection, now: int) -> int:
    """Delete the ids of tokens that have expired, and so cannot be replayed; return how many."""
    return _delete(connection, used_tokens, used_tokens.c.expires_at < now)


def delete_idempotency(connection: Connection, before: int) -> int:
    """Delete remembered responses made before `before`; return how many."""
    return _delete(connection, idempotency, idempotency.c.created_at < before)


def delete_pairing_codes(connection: Connection, before: int) -> int:
    """Delete pairing codes that ended before `before`; return how many."""
    return _delete(connection, pairing_codes, pairing_codes.c.expires_at < before)


def delete_oauth_flows(connection: Connection, before: int) -> int:
    """Delete consents that ended before `before`, and the credentials nobody took up."""
    return _delete(connection, oauth_flows, oauth_flows.c.expires_at < before)


def delete_access_codes(connection: Connection, before: int) -> int:
    """Delete codes that ended before `before`; return how many."""
    return _delete(connection, access_codes, access_codes.c.expires_at < before)


def delete_guest_sessions(connection: Connection, now: int) -> int:
    """Delete visits that are over; return how many."""
    return _delete(connection, guest_sessions, guest_sessions.c.expires_at < now)


def delete_link_grants(connection: Connection, now: int) -> int:
    """Delete links that ended, which open nothing any more; return how many."""
    return _delete(connection, link_grants, link_grants.c.expires_at < now)


def delete_erasures(connection: Connection, before: int) -> int:
    """Delete erasures that nobody has gone on with since `before`; they would begin anew."""
    return _delete(connection, erasures, erasures.c.updated_at < before)


def release_holds(connection: Connection, holder: str) -> int:
    """Free the mailboxes and outbox rows that `holder` has; return how many."""
    freed = connection.execute(
        update(mailboxes)
        .where(mailboxes.c.lease_holder == holder)
        .values(lease_holder=None, lease_until=None)
    ).rowcount
    # The row keeps its state: a claim that ran out is looked into before it is tried again.
    freed += connection.execute(
        update(outbox)
        .where(outbox.c.state == "claimed", outbox.c.claim_holder == holder)
        .values(claim_until=0)
    ).rowcount
    return freed


def _delete(connection: Connection, table: Table, which: ColumnElement[bool]) -> int:
    return connection.execute(delete(table).where(which)).rowcount
