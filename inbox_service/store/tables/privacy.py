"""Erasures of customers that are under way, and the bytes that must follow their rows."""

from sqlalchemy import JSON, BigInteger, Column, Integer, String

from .base import choice, moment, site_table

# One person's erasure, which goes on in steps; its row ends with it, and so does the hash of the
# address. `position` is where the step under way will go on.
erasures = site_table(
    "erasures",
    Column("email_hash", String(64), nullable=False),
    *choice("step", "tickets", "letters", "person", default="tickets"),
    Column("position", BigInteger, nullable=False, default=0),
    Column("removed", Integer, nullable=False, default=0),
    # {reason: how many}: what was kept, and why.
    Column("kept", JSON, nullable=False, default=dict),
    moment("started_at"),
    moment("updated_at"),
    key=("email_hash",),
)

# Written with the rows that let go of a blob, deleted after its file: a crash between leaves the
# work to the next sweep. One of a time to come is that of a blob which no row names yet.
erased_blobs = site_table(
    "erased_blobs",
    Column("sha256", String(64), nullable=False),
    moment("erased_at"),
    key=("sha256",),
)
