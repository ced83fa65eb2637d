"""Pictures of attached files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "previews",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("attachment_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'ready', 'refused')", name=op.f("ck_previews_state")
        ),
        *_links("previews"),
        sa.PrimaryKeyConstraint("site_id", "attachment_id", name=op.f("pk_previews")),
    )
    op.create_table(
        "preview_pictures",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("attachment_id", sa.BigInteger(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("size", sa.String(length=24), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.CheckConstraint("size IN ('small', 'large')", name=op.f("ck_preview_pictures_size")),
        *_links("preview_pictures"),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_preview_pictures")),
    )
    op.create_index(
        "ix_preview_pictures_attachment", "preview_pictures", ["site_id", "attachment_id"]
    )


def _links(table: str) -> tuple[sa.ForeignKeyConstraint, sa.ForeignKeyConstraint]:
    attached = sa.ForeignKeyConstraint(
        ["site_id", "attachment_id"],
        ["attachments.site_id", "attachments.id"],
        name=op.f(f"fk_{table}_site_id_attachment_id"),
    )
    site = sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f(f"fk_{table}_site_id"))
    return attached, site
