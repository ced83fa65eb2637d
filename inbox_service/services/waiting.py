"""Mail that found no ticket when it was read, and may by what is read now.

It is decided on anew with everything that the new mail ties to it, so that it does not matter which
of them was read first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from inbox_service.store import receipts
from inbox_service.store.engine import Sessions
from inbox_service.store.rows import Row
from inbox_service.store.threads import message_id_hash

from .mail_reading import Mail
from .message_rows import reference_ids
from .neighbourhood import Neighbourhood, portions
from .threaded_mails import mailbox_and_thread, thread_key

# An owner may have written a thread of any length to nobody we know: so much of it is looked at.
_MOST = 200


def waiting_for(
    sessions: Sessions,
    mailbox: Mapping[str, Any],
    mails: Sequence[Mail],
    read: Callable[[Row], Mail],
) -> list[Mail]:
    """Return the mailbox's mails that wait for these, or for what these lead to.

    `read` reads a mail again by its receipt; no transaction is open then.
    """
    known = {mail.ref.provider_id for mail in mails}
    found: list[Mail] = []
    newest: Sequence[Mail] = mails
    while newest and len(found) < _MOST:
        tied = _tied_to(sessions, mailbox, _keys_of(mailbox, newest))
        rows = [row for key, row in tied.items() if key not in known]
        newest = [read(row) for row in rows]
        known |= tied.keys()
        found += newest
    return found


def _tied_to(
    sessions: Sessions, mailbox: Mapping[str, Any], keys: Collection[str]
) -> dict[str, Row]:
    """Return what waits, by its provider's id, and is tied to the keys or to what they lead to."""
    site_id, mailbox_id = mailbox["site_id"], mailbox["id"]
    found: dict[str, Row] = {}
    with sessions.reading() as connection:
        # Whom a mail lets in is not asked here, and so neither are our own addresses.
        reached = Neighbourhood(connection, site_id, frozenset()).reach(keys)
        for some in portions(reached):
            here = filter(None, map(mailbox_and_thread, some))
            threads = [thread for of_mailbox, thread in here if of_mailbox == mailbox_id]
            rows = receipts.waiting_for(connection, site_id, mailbox_id, threads, some)
            found |= {row["provider_id"]: row for row in rows}
    return found


def _keys_of(mailbox: Mapping[str, Any], mails: Sequence[Mail]) -> set[str]:
    keys = {thread_key(mailbox["id"], mail.ref.thread_id) for mail in mails}
    for parsed in (mail.parsed for mail in mails if mail.parsed):
        keys |= set(map(message_id_hash, filter(None, [parsed.message_id, *reference_ids(parsed)])))
    return keys - {""}
