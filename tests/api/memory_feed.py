"""A mailbox in memory that feeds the shop's inbox, so that replies have a way out."""

from __future__ import annotations

from shop import Shop
from sqlalchemy import insert

from inbox_service.store.ids import new_id
from inbox_service.store.tables import inbox_addresses, mailboxes
from inbox_service.testing import START

ADDRESS = "support@shop.example"


def feed_inbox(shop: Shop) -> int:
    """Add the mailbox and return its id."""
    mailbox_id, site = new_id(START), {"site_id": shop.site_id}
    box = {"kind": "memory", "address": ADDRESS, "config": {}, "labels": [], "credentials": b""}
    times = {"since": START, "connected_at": START, "due_at": START}
    feed = {"inbox_id": shop.inbox_id, "mailbox_id": mailbox_id, "email": ADDRESS}
    with shop.deps.sessions.writing() as connection:
        connection.execute(insert(mailboxes).values(**site, id=mailbox_id, **box, **times))
        connection.execute(
            insert(inbox_addresses).values(**site, id=new_id(START), **feed, is_default=True)
        )
    return mailbox_id
