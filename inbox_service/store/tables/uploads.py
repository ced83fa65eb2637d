"""Files on their way into a mail: a browser sends them in pieces before the mail is written."""

from sqlalchemy import JSON, BigInteger, Column, Index, String

from .base import moment, reference, site_table

uploads = site_table(
    "uploads",
    *reference("agent_id", "agents"),
    *reference("ticket_id", "tickets"),
    # The message it was sent with: until that is out it may come back to the composer.
    *reference("message_id", "messages", optional=True),
    Column("filename", String(255), nullable=False),
    Column("content_type", String(127), nullable=False),
    # By which the HTML shows it, "" for a file that stands beside the text.
    Column("content_id", String(255), nullable=False, default=""),
    Column("size", BigInteger, nullable=False),
    Column("received", BigInteger, nullable=False, default=0),
    # The sizes and blobs of its pieces, in order.
    Column("pieces", JSON, nullable=False, default=list),
    moment("created_at"),
    moment("updated_at"),
)
Index("ix_uploads_ticket", uploads.c.site_id, uploads.c.ticket_id, uploads.c.agent_id)
Index("ix_uploads_message", uploads.c.site_id, uploads.c.message_id)
