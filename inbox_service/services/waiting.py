"""Mail that found no ticket when it was read, and may by what is read now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from inbox_service.store import receipts
from inbox_service.store.engine import Sessions
from inbox_service.store.rows import Row
from inbox_service.store.threads import message_id_hash

from .mail_reading import Mail
from .message_rows import reference_ids

# An owner may have written a thread of any length to nobody we know: so much of it is looked at.
_MOST = 200


def waiting_for(
    sessions: Sessions,
    mailbox: Mapping[str, Any],
    mails: Sequence[Mail],
    read: Callable[[Row], Mail],
) -> list[Mail]:
    """Return the mailbox's mails that wait for these, and those that wait for them in turn.

    `read` reads a mail again by its receipt; no transaction is open then.
    """
    known = {mail.ref.provider_id for mail in mails}
    found: list[Mail] = []
    newest: Sequence[Mail] = mails
    while newest and len(found) < _MOST:
        led = _led_to(sessions, mailbox, newest)
        rows = [row for row in led if row["provider_id"] not in known]
        newest = [read(row) for row in rows]
        known |= {row["provider_id"] for row in rows}
        found += newest
    return found


def _led_to(sessions: Sessions, mailbox: Mapping[str, Any], mails: Sequence[Mail]) -> list[Row]:
    threads = {mail.ref.thread_id for mail in mails}
    named = {one for mail in mails if mail.parsed for one in reference_ids(mail.parsed)}
    hashes = {message_id_hash(one) for one in named}
    with sessions.reading() as connection:
        return receipts.waiting_for(connection, mailbox["site_id"], mailbox["id"], threads, hashes)
