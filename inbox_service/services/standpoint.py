"""What a mail is to the mailbox that it came to: whose it is, how old it counts, where it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from inbox_service.domain.intake import Route, inbox_of, route, sender_of
from inbox_service.domain.mail import Address, ParsedMail
from inbox_service.store import mailboxes

from .mail_reading import Mail

# Mail that comes this much late is answered by people only (design rule 11).
LATE_MS = 24 * 3600 * 1000


class Standpoint:
    """One mailbox at one moment; `own` are all addresses of our side.

    With `is_wanted` every mail is a customer's: somebody says so. What the back-fill finds is
    history where it came before the owner asked for it.
    """

    def __init__(
        self,
        connection: Connection,
        mailbox: Mapping[str, Any],
        now: int,
        *,
        is_backfill: bool,
        is_wanted: bool,
    ) -> None:
        """Read which addresses lead to which of the mailbox's inboxes."""
        self.mailbox = mailbox
        self.is_wanted = is_wanted
        self._late_until = now - LATE_MS
        self._history_until = _history_until(mailbox, is_backfill=is_backfill)
        rows = mailboxes.addresses(connection, mailbox["site_id"], mailbox["id"])
        self._inbox_by_address = {row["email"]: row["inbox_id"] for row in rows}
        self._default_inbox: int = rows[0]["inbox_id"]
        self.own = frozenset({mailbox["address"], *mailbox["aliases"], *self._inbox_by_address})

    def route(self, mail: Mail) -> Route:
        """Return the way in of a mail."""
        if mail.parsed is None or self.is_wanted:
            return Route.CUSTOMER
        return route(mail.parsed, mail.labels, self.own)

    def sender(self, parsed: ParsedMail) -> Address:
        """Return whom a mail counts as coming from."""
        return sender_of(parsed, self.own)

    def inbox(self, parsed: ParsedMail) -> int:
        """Return the inbox that the mail was written to."""
        return inbox_of(
            parsed, self.mailbox["address"], self._inbox_by_address, self._default_inbox
        )

    def is_history(self, mail: Mail) -> bool:
        """Tell whether the mail came before the mailbox was connected, or read so far back."""
        return mail.received_at < self._history_until

    def is_quiet(self, mail: Mail) -> bool:
        """Tell whether nothing automatic may follow: history, and what an outage held up."""
        return self.is_history(mail) or mail.received_at < self._late_until

    def content(self, mail: Mail, parsed: ParsedMail) -> tuple[str, ...]:
        """Return what two copies of a customer's mail have in common; () where nothing tells."""
        is_customers = self.route(mail) is Route.CUSTOMER
        if mail.visible is None or not parsed.message_id or not is_customers:
            return ()
        rfc_id, subject = parsed.message_id[:998], parsed.subject[:998]
        return rfc_id, self.sender(parsed).email[:320], subject, mail.visible.text


def _history_until(mailbox: Mapping[str, Any], *, is_backfill: bool) -> int:
    connected_at: int = mailbox["connected_at"]
    rescoped_at: int = mailbox["rescoped_at"] or 0
    return max(connected_at, rescoped_at) if is_backfill else connected_at
