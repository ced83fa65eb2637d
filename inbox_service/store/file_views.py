"""In which inbox a file is, through the message that it came with."""

from __future__ import annotations

from sqlalchemy import Connection, and_, select

from .tables import attachments, messages, preview_pictures, tickets


def inbox_of_message(connection: Connection, site_id: int, message_id: int) -> int | None:
    query = (
        select(tickets.c.inbox_id)
        .join(
            messages,
            and_(messages.c.site_id == tickets.c.site_id, messages.c.ticket_id == tickets.c.id),
        )
        .where(messages.c.site_id == site_id, messages.c.id == message_id)
    )
    return connection.scalar(query)


def inbox_of_attachment(connection: Connection, site_id: int, attachment_id: int) -> int | None:
    query = select(attachments.c.message_id).where(
        attachments.c.site_id == site_id, attachments.c.id == attachment_id
    )
    return inbox_of_message(connection, site_id, connection.scalar(query) or 0)


def inbox_of_picture(connection: Connection, site_id: int, picture_id: int) -> int | None:
    query = select(preview_pictures.c.attachment_id).where(
        preview_pictures.c.site_id == site_id, preview_pictures.c.id == picture_id
    )
    return inbox_of_attachment(connection, site_id, connection.scalar(query) or 0)
