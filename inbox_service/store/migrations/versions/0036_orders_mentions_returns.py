"""Lists in other orders, notes that mention somebody, and tickets that come back from a snooze."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_LED_BY = ["site_id", "place", "status"]
_NARROWED_BY = ["id", "inbox_id", "assignee_id"]


def upgrade() -> None:
    """Make the indexes, the table and the column, and let notices be of one kind more."""
    op.add_column("tickets", sa.Column("returned_at", sa.BigInteger(), nullable=True))
    _order("created", "created_at")
    _order("waiting", "waiting_since", where="waiting_since IS NOT NULL")
    _order("priority", "priority", "last_activity_at", where="priority != 'normal'")
    _mentions()
    _kinds()


def _order(name: str, *columns: str, where: str | None = None) -> None:
    few = sa.text(where) if where else None
    of = [*_LED_BY, *columns, *_NARROWED_BY]
    op.create_index(f"ix_tickets_{name}", "tickets", of, sqlite_where=few, postgresql_where=few)


def _mentions() -> None:
    keys = {"message_id": "messages", "agent_id": "agents"}
    op.create_table(
        "mentions",
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("site_id", *keys)),
        sa.Column("is_read", sa.Boolean(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                ["site_id", column],
                [f"{table}.site_id", f"{table}.id"],
                name=op.f(f"fk_mentions_site_id_{column}"),
            )
            for column, table in keys.items()
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_mentions_site_id")),
        sa.PrimaryKeyConstraint("site_id", *keys, name=op.f("pk_mentions")),
    )
    unread = sa.column("is_read").is_(False)
    op.create_index(
        "ix_mentions_unread",
        "mentions",
        ["site_id", "agent_id", "message_id"],
        sqlite_where=unread,
        postgresql_where=unread,
    )


def _kinds() -> None:
    # SQLite writes the table anew without its check, which is then another one.
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_pending_notices_kind"), "pending_notices", type_="check")
    with op.batch_alter_table("pending_notices") as table:
        table.create_check_constraint(
            op.f("ck_pending_notices_kind"),
            "kind IN ('opened', 'assigned', 'mentioned', 'answered', 'returned')",
        )
