"""Pictures of attached files, to look at them without opening them."""

from sqlalchemy import Column, Index, Integer, String

from .base import choice, moment, reference, site_table

# One row of each file that somebody wanted to see, and so of what can be said about it.
previews = site_table(
    "previews",
    *reference("attachment_id", "attachments"),
    *choice("state", "waiting", "ready", "refused", default="waiting"),
    # Why there is none (domain.previews.Refusal).
    Column("reason", String(24), nullable=False, default=""),
    # How many the file has, of which the first few are pictured.
    Column("pages", Integer, nullable=False, default=0),
    moment("asked_at"),
    moment("settled_at", optional=True),
    key=("attachment_id",),
)

preview_pictures = site_table(
    "preview_pictures",
    *reference("attachment_id", "attachments"),
    Column("page", Integer, nullable=False),
    *choice("size", "small", "large"),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("blob", String(64), nullable=False),
)
Index(
    "ix_preview_pictures_attachment", preview_pictures.c.site_id, preview_pictures.c.attachment_id
)
