"""What every table shares: the metadata, the site column, and how a row of a site is keyed.

Every table starts with `site_id`, every primary and unique key too, and every foreign key carries
it, so that a row of another site cannot be linked (design: Site = tenant). Ids are 63-bit numbers
made in Python; times are milliseconds since the epoch, UTC.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def site_table(name: str, *parts: Any, key: tuple[str, ...] = ("id",)) -> Table:
    """Return a table keyed by (site_id, *key); an `id` column is added when it is the key."""
    own_id = [Column("id", BigInteger, nullable=False)] if key == ("id",) else []
    return Table(
        name,
        metadata,
        Column("site_id", BigInteger, nullable=False),
        *own_id,
        *parts,
        PrimaryKeyConstraint("site_id", *key),
        ForeignKeyConstraint(["site_id"], ["sites.id"]),
    )


def reference(column: str, table: str, *, optional: bool = False) -> tuple[Any, Any]:
    """Return a column and its composite foreign key to a row of the same site."""
    return (
        Column(column, BigInteger, nullable=optional),
        ForeignKeyConstraint(["site_id", column], [f"{table}.site_id", f"{table}.id"]),
    )


def choice(column: str, *values: str, default: str | None = None) -> tuple[Any, Any]:
    """Return a text column that holds one of `values`, and the check that says so."""
    listed = ", ".join(f"'{value}'" for value in values)
    return (
        Column(column, String(24), nullable=False, default=default),
        CheckConstraint(f"{column} IN ({listed})", name=column),
    )


def moment(column: str, *, optional: bool = False) -> Column[Any]:
    """Return a column of a point in time, milliseconds since the epoch, UTC."""
    return Column(column, BigInteger, nullable=optional)
