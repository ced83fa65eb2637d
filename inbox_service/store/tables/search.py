"""What of each message is searched, and the index that finds it.

The tokens of `domain.search_documents` are kept once, beside the message. PostgreSQL indexes them
in place; SQLite through an FTS5 table of no content, which two triggers keep: it is told the words
again when they go.
"""

from sqlalchemy import DDL, Column, Index, Text, event
from sqlalchemy.dialects import postgresql

from .base import reference, site_table

search_documents = site_table(
    "search_documents",
    *reference("message_id", "messages"),
    # Never changed: a document is deleted and made anew, so there is no trigger for an update.
    Column("words", Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False),
    key=("message_id",),
)
Index("ix_search_documents_words", search_documents.c.words, postgresql_using="gin").ddl_if(
    dialect="postgresql"
)

# Ids of messages are rowids (design: Site). Beginnings of two and three letters have an index of
# their own, for they are what is asked for while somebody types.
_FTS5 = """
CREATE VIRTUAL TABLE search_words USING fts5(
    words, content='', columnsize=0, prefix='2 3', tokenize="ascii tokenchars ':'"
)
"""
_ON_INSERT = """
CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents BEGIN
    INSERT INTO search_words (rowid, words) VALUES (new.message_id, new.words);
END
"""
_ON_DELETE = """
CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN
    INSERT INTO search_words (search_words, rowid, words)
    VALUES ('delete', old.message_id, old.words);
END
"""
for _statement in (_FTS5, _ON_INSERT, _ON_DELETE):
    _ddl = DDL(_statement)  # type: ignore[no-untyped-call]
    event.listen(search_documents, "after_create", _ddl.execute_if(dialect="sqlite"))
