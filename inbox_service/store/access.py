"""Links, codes, sessions and verified addresses: how customers show who they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select, update

from .rows import Row, one_row
from .tables import access_codes, guest_sessions, link_grants, outbox, verified_addresses
from .upsert import put


def add_grant(connection: Connection, row: Mapping[str, Any]) -> None:
    connection.execute(insert(link_grants).values(**row))


def lasting_grant(
    connection: Connection, site_id: int, ticket_id: int, email: str, until: int
) -> int | None:
    """Return a link of the ticket and address that is good until then at least."""
    query = (
        select(link_grants.c.id)
        .where(
            link_grants.c.site_id == site_id,
            link_grants.c.ticket_id == ticket_id,
            link_grants.c.email == email,
            link_grants.c.revoked_at.is_(None),
            link_grants.c.expires_at >= until,
        )
        .order_by(link_grants.c.id.desc())
        .limit(1)
    )
    return connection.execute(query).scalar_one_or_none()


def live_grant(connection: Connection, site_id: int, grant_id: int, now: int) -> Row | None:
    """Return a link that was neither revoked nor outlived its time."""
    query = select(link_grants).where(
        link_grants.c.site_id == site_id,
        link_grants.c.id == grant_id,
        link_grants.c.revoked_at.is_(None),
        link_grants.c.expires_at > now,
    )
    return one_row(connection, query)


def revoke_grants(connection: Connection, site_id: int, ticket_id: int, at: int) -> int:
    """End every link of the ticket; return how many there were."""
    revoked = connection.execute(
        update(link_grants)
        .where(
            link_grants.c.site_id == site_id,
            link_grants.c.ticket_id == ticket_id,
            link_grants.c.revoked_at.is_(None),
        )
        .values(revoked_at=at)
    )
    return revoked.rowcount


def add_code(connection: Connection, row: Mapping[str, Any]) -> None:
    connection.execute(insert(access_codes).values(**row))


def newest_code(connection: Connection, site_id: int, email_hash: str) -> Row | None:
    """Return the last code made for the address, whatever became of it."""
    query = (
        select(access_codes)
        .where(access_codes.c.site_id == site_id, access_codes.c.email_hash == email_hash)
        .order_by(access_codes.c.created_at.desc(), access_codes.c.id.desc())
        .limit(1)
    )
    return one_row(connection, query)


def count_attempt(connection: Connection, site_id: int, code_id: int, at: int, most: int) -> bool:
    """Count a guess; False where the code takes none any more: used, too old, or tried out."""
    # Counted before it is judged: of many guesses at once each waits here for the one before.
    counted = connection.execute(
        update(access_codes)
        .where(
            access_codes.c.site_id == site_id,
            access_codes.c.id == code_id,
            access_codes.c.attempts < most,
            access_codes.c.used_at.is_(None),
            access_codes.c.expires_at > at,
        )
        .values(attempts=access_codes.c.attempts + 1)
    )
    return counted.rowcount == 1


def use_code(connection: Connection, site_id: int, code_id: int, at: int) -> None:
    """Mark a code, whose row this transaction has counted a guess in, as used."""
    connection.execute(
        update(access_codes)
        .where(access_codes.c.site_id == site_id, access_codes.c.id == code_id)
        .values(used_at=at)
    )


def send_or_cancel(connection: Connection, site_id: int, outbox_id: int, *, send: bool) -> None:
    """Let a mail that was just queued go out, or stay where it is: at the same cost."""
    connection.execute(
        update(outbox)
        .where(outbox.c.site_id == site_id, outbox.c.id == outbox_id)
        .values(state="waiting" if send else "cancelled")
    )


def add_session(connection: Connection, row: Mapping[str, Any]) -> None:
    connection.execute(insert(guest_sessions).values(**row))


def live_session(connection: Connection, site_id: int, token_hash: str, now: int) -> Row | None:
    """Return a session whose time has not run out."""
    query = select(guest_sessions).where(
        guest_sessions.c.site_id == site_id,
        guest_sessions.c.token_hash == token_hash,
        guest_sessions.c.expires_at > now,
    )
    return one_row(connection, query)


def verify_address(
    connection: Connection, site_id: int, wp_user_id: int, email_hash: str, at: int
) -> None:
    """Note the address that the user has shown to read; it takes the place of an older one."""
    row = {"site_id": site_id, "wp_user_id": wp_user_id, "email_hash": email_hash}
    put(connection, verified_addresses, {**row, "verified_at": at})


def verified_hash(connection: Connection, site_id: int, wp_user_id: int) -> str | None:
    """Return the hash of the address that the user has shown to read."""
    query = select(verified_addresses.c.email_hash).where(
        verified_addresses.c.site_id == site_id, verified_addresses.c.wp_user_id == wp_user_id
    )
    return connection.execute(query).scalar_one_or_none()
