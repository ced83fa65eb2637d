"""What of each message is searched: `inbox db reindex` fills it for mail that is here already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_SQLITE = (
    """
CREATE VIRTUAL TABLE search_words USING fts5(
    words, content='', columnsize=0, prefix='2 3', tokenize="ascii tokenchars ':'"
)
""",
    """
CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents BEGIN
    INSERT INTO search_words (rowid, words) VALUES (new.message_id, new.words);
END
""",
    """
CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN
    INSERT INTO search_words (search_words, rowid, words)
    VALUES ('delete', old.message_id, old.words);
END
""",
)


def upgrade() -> None:
    """Make the table, and each database's own index of it."""
    tokens = sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql")
    op.create_table(
        "search_documents",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("words", tokens, nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_search_documents_site_id")
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "message_id"],
            ["messages.site_id", "messages.id"],
            name=op.f("fk_search_documents_site_id_message_id"),
        ),
        sa.PrimaryKeyConstraint("site_id", "message_id", name=op.f("pk_search_documents")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.create_index(
            "ix_search_documents_words", "search_documents", ["words"], postgresql_using="gin"
        )
        return
    for statement in _SQLITE:
        op.execute(sa.text(statement.replace(":", r"\:")))
