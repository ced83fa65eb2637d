"""Sites, their keys, pairing codes and used tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, or_, select, update

from .rows import Row, all_rows
from .tables import api_keys, pairing_codes, site_keys, sites, used_tokens
from .upsert import claim


def get(connection: Connection, site_id: int) -> RowMapping | None:
    return connection.execute(select(sites).where(sites.c.id == site_id)).mappings().one_or_none()


def by_home_url(connection: Connection, home_url: str) -> RowMapping | None:
    # home_url is stored as services.keys.normal_url writes it, so equal addresses are equal text.
    query = select(sites).where(sites.c.home_url == home_url)
    return connection.execute(query).mappings().one_or_none()


def all_sites(connection: Connection) -> Sequence[RowMapping]:
    return connection.execute(select(sites).order_by(sites.c.id)).mappings().all()


def add(connection: Connection, row: Mapping[str, Any]) -> None:
    connection.execute(insert(sites).values(**row))


def write(connection: Connection, site_id: int, values: Mapping[str, Any]) -> None:
    connection.execute(update(sites).where(sites.c.id == site_id).values(**values))


def live_key(connection: Connection, site_id: int, kid: str, at: int) -> RowMapping | None:
    """Return the row of a key that is valid at `at`."""
    query = select(site_keys).where(
        site_keys.c.site_id == site_id,
        site_keys.c.kid == kid,
        or_(site_keys.c.expires_at.is_(None), site_keys.c.expires_at > at),
    )
    return connection.execute(query).mappings().one_or_none()


def add_key(connection: Connection, row: Mapping[str, Any]) -> None:
    connection.execute(insert(site_keys).values(**row))


def end_keys(connection: Connection, site_id: int, at: int) -> None:
    """Let every key of the site end at `at`, where it does not end before."""
    later = or_(site_keys.c.expires_at.is_(None), site_keys.c.expires_at > at)
    connection.execute(
        update(site_keys).where(site_keys.c.site_id == site_id, later).values(expires_at=at)
    )


def add_code(connection: Connection, row: Mapping[str, Any]) -> None:
    """Insert a pairing code, the only one of its site that still works."""
    # Two codes at once would let an older mail or terminal pair a second WordPress.
    unused = pairing_codes.c.used_at.is_(None)
    connection.execute(
        update(pairing_codes)
        .where(pairing_codes.c.site_id == row["site_id"], unused)
        .values(used_at=row["created_at"])
    )
    connection.execute(insert(pairing_codes).values(**row))


def open_code(connection: Connection, site_id: int, code_hash: str, at: int) -> RowMapping | None:
    """Return the row of a code that is neither used nor past its time."""
    query = select(pairing_codes).where(
        pairing_codes.c.site_id == site_id,
        pairing_codes.c.code_hash == code_hash,
        pairing_codes.c.used_at.is_(None),
        pairing_codes.c.expires_at > at,
    )
    return connection.execute(query).mappings().one_or_none()


def use_code(connection: Connection, site_id: int, code_id: int, at: int) -> bool:
    """Mark the code as used; False when somebody else was first."""
    # The condition on used_at decides a race: of two exchanges one changes the row.
    result = connection.execute(
        update(pairing_codes)
        .where(
            pairing_codes.c.site_id == site_id,
            pairing_codes.c.id == code_id,
            pairing_codes.c.used_at.is_(None),
        )
        .values(used_at=at)
    )
    return result.rowcount == 1


def spend_token(connection: Connection, site_id: int, jti: str, expires_at: int) -> bool:
    """Note that the token was used for a write; False when it already was."""
    # On PostgreSQL a second request with the token waits here for the first one's outcome.
    row = {"site_id": site_id, "jti": jti, "expires_at": expires_at}
    return claim(connection, used_tokens, row)


def add_api_key(connection: Connection, row: Mapping[str, Any]) -> None:
    connection.execute(insert(api_keys).values(**row))


def api_keys_of(connection: Connection, site_id: int) -> list[Row]:
    """Return the site's API keys, oldest first, without what is stored of the keys themselves."""
    shown = (api_keys.c[name] for name in ("id", "name", "scopes", "created_at", "revoked_at"))
    query = select(*shown).where(api_keys.c.site_id == site_id).order_by(api_keys.c.id)
    return all_rows(connection, query)


def revoke_api_key(connection: Connection, site_id: int, key_id: int, at: int) -> bool:
    """Mark a live key as revoked; tell whether there was one."""
    revoked = connection.execute(
        update(api_keys)
        .where(
            api_keys.c.site_id == site_id,
            api_keys.c.id == key_id,
            api_keys.c.revoked_at.is_(None),
        )
        .values(revoked_at=at)
    )
    return revoked.rowcount == 1


def api_key(connection: Connection, site_id: int, key_hash: str) -> RowMapping | None:
    """Return the row of an API key that was not revoked."""
    query = select(api_keys).where(
        api_keys.c.site_id == site_id,
        api_keys.c.key_hash == key_hash,
        api_keys.c.revoked_at.is_(None),
    )
    return connection.execute(query).mappings().one_or_none()
