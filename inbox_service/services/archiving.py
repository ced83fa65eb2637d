"""Mail of solved tickets leaves the provider's inbox, where the mailbox's owner wants that."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from inbox_service.domain.mail import INBOX
from inbox_service.store import outbox, receipts
from inbox_service.store.ids import new_id

_WORTH_IT_MS = 7 * 24 * 3600 * 1000


def archive_solved(
    connection: Connection, site_id: int, ticket_id: int, at: int, due_at: int | None = None
) -> None:
    """Put into the outbox what is to be archived because a person solved the ticket at `at`."""
    archive_all_solved(connection, site_id, [ticket_id], at, due_at)


def archive_all_solved(
    connection: Connection,
    site_id: int,
    ticket_ids: Collection[int],
    at: int,
    due_at: int | None = None,
) -> None:
    """Put into the outbox what is to be archived because a person solved the tickets at `at`.

    Call it in the transaction that solves them. Mail that has left the provider's inbox
    already, and mailboxes that are to be left alone, are passed over. It happens at `due_at`, for
    what may still be undone.
    """
    for receipt in receipts.to_archive(connection, site_id, ticket_ids):
        if INBOX in receipt["labels"]:
            row_id = new_id(at)
            row = {
                "site_id": site_id,
                "id": row_id,
                "kind": "archive",
                "mailbox_id": receipt["mailbox_id"],
                "ticket_id": receipt["ticket_id"],
                # Never in a mail: the column's key tells this row from any other.
                "send_key": f"archive-{row_id}",
                "blob": "",
                "provider_thread_id": receipt["provider_thread_id"],
                "provider_id": receipt["provider_id"],
                "due_at": due_at or at,
                # By then its owner has tidied up herself, or does not miss it.
                "expires_at": at + _WORTH_IT_MS,
                "created_at": at,
            }
            outbox.add(connection, row)
