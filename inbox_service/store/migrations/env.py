"""Runs migrations on the connection that `inbox_service.store.schema` hands in.

There is no other way in: the caller's write transaction spans the look at the version and every
step, so that two processes that start at once do not both migrate, and a failed step leaves the
database as it was (SQLite and PostgreSQL both roll DDL back). Migrations lead forward only: the way
back from a released shape is a backup.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from inbox_service.store.tables import metadata


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transactional_ddl=True,
        # SQLite cannot alter most things in place: Alembic then copies the table.
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


_run(context.config.attributes["connection"])
