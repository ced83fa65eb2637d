"""Pictures of attached files: which were asked for, and where they lie."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, select, update

from . import erasing
from .rows import Row, all_rows, one_row
from .tables import attachments, messages, preview_pictures, previews
from .upsert import insert_missing


def attachment_of(
    connection: Connection, site_id: int, ticket_id: int, attachment_id: int
) -> RowMapping | None:
    query = (
        select(attachments)
        .join(
            messages,
            (messages.c.site_id == site_id) & (messages.c.id == attachments.c.message_id),
        )
        .where(
            attachments.c.site_id == site_id,
            attachments.c.id == attachment_id,
            messages.c.ticket_id == ticket_id,
        )
    )
    return connection.execute(query).mappings().one_or_none()


def ask(connection: Connection, site_id: int, attachment_id: int, at: int) -> Row:
    """Return the preview of an attachment, which waits to be made where nobody asked before."""
    row = {"site_id": site_id, "attachment_id": attachment_id, "asked_at": at}
    insert_missing(connection, previews, [{"state": "waiting", "reason": "", "pages": 0, **row}])
    return of_attachments(connection, site_id, [attachment_id])[attachment_id]


def of_attachments(
    connection: Connection, site_id: int, attachment_ids: Collection[int]
) -> dict[int, Row]:
    """Return the preview of each attachment that has one."""
    query = select(previews).where(
        previews.c.site_id == site_id, previews.c.attachment_id.in_(sorted(attachment_ids))
    )
    return {row["attachment_id"]: row for row in all_rows(connection, query)}


def pictures_of(
    connection: Connection, site_id: int, attachment_ids: Collection[int]
) -> dict[int, list[Row]]:
    """Return the pictures of each attachment, by page, the small one first."""
    query = (
        select(preview_pictures)
        .where(
            preview_pictures.c.site_id == site_id,
            preview_pictures.c.attachment_id.in_(sorted(attachment_ids)),
        )
        .order_by(preview_pictures.c.page, preview_pictures.c.size.desc())
    )
    found: dict[int, list[Row]] = {}
    for row in all_rows(connection, query):
        found.setdefault(row["attachment_id"], []).append(row)
    return found


def picture(connection: Connection, site_id: int, picture_id: int) -> Row | None:
    query = select(preview_pictures).where(
        preview_pictures.c.site_id == site_id, preview_pictures.c.id == picture_id
    )
    return one_row(connection, query)


def settle(
    connection: Connection, site_id: int, attachment_id: int, values: Mapping[str, Any]
) -> bool:
    """Note what became of a preview that waits; False where it does not wait any more."""
    settled = connection.execute(
        update(previews)
        .where(
            previews.c.site_id == site_id,
            previews.c.attachment_id == attachment_id,
            previews.c.state == "waiting",
        )
        .values(**values)
    )
    return settled.rowcount == 1


def add_pictures(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(preview_pictures.insert(), [dict(row) for row in rows])


def drop(connection: Connection, site_id: int, message_ids: Collection[int], at: int) -> None:
    """Delete the previews of these messages' files, whose pictures go from `at` on."""
    theirs = select(attachments.c.id).where(
        attachments.c.site_id == site_id, attachments.c.message_id.in_(sorted(message_ids))
    )
    which = (preview_pictures.c.site_id == site_id, preview_pictures.c.attachment_id.in_(theirs))
    blobs = connection.scalars(select(preview_pictures.c.blob).where(*which)).all()
    erasing.doom(connection, site_id, blobs, at)
    connection.execute(delete(preview_pictures).where(*which))
    connection.execute(
        delete(previews).where(previews.c.site_id == site_id, previews.c.attachment_id.in_(theirs))
    )
