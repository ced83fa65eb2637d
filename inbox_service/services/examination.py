"""A mailbox's open points, tried on the real account from the command line."""

from __future__ import annotations

from collections.abc import Iterator

from inbox_service.deps import Deps
from inbox_service.errors import Invalid, NotFound
from inbox_service.ports import Check, Examinable
from inbox_service.store import mailboxes as mailbox_store

from . import mailboxes
from .connections import connect


def examine(deps: Deps, address: str, *, send: bool) -> Iterator[Check]:
    """Yield a finding per open point; with `send` also those that need a mail to oneself.

    raises NotFound for an address that is not connected, Invalid where its kind has no such points.
    """
    site_id, mailbox_id = mailboxes.find_mailbox(deps, address)
    with deps.sessions.reading() as connection:
        row = mailbox_store.get(connection, site_id, mailbox_id)
    if row is None:
        raise NotFound(f"No mailbox {address} is connected: see `inbox mailbox list`.")
    # The connector that syncs it, so that credentials, quota and addresses are the real ones.
    connector = connect(deps, row)
    if not isinstance(connector, Examinable):
        raise Invalid(f"Mailboxes of kind {row['kind']!r} have nothing to try live.")
    yield from connector.examine(send=send)
