"""The receipts of one batch: opened before its decisions, written after its messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping

from inbox_service.errors import Stale
from inbox_service.ports import MessageRef
from inbox_service.store import parked, receipts
from inbox_service.store.ids import new_id
from inbox_service.store.threads import message_id_hash

from .mail_reading import Mail
from .message_rows import reference_ids

Row = dict[str, Any]


class Ledger:
    """One mailbox's receipts in one transaction."""

    def __init__(
        self,
        connection: Connection,
        mailbox: Mapping[str, Any],
        now: int,
        *,
        only_parked: bool = False,
    ) -> None:
        """Take the open write transaction; `only_parked` revises parked mail and nothing else."""
        self.outcomes: Counter[str] = Counter()
        self._connection = connection
        self._site_id: int = mailbox["site_id"]
        self._mailbox_id: int = mailbox["id"]
        self._now = now
        self._only_parked = only_parked
        self._known: Mapping[str, RowMapping] = {}
        self._blobs: list[Row] = []
        self._rows: list[Row] = []
        self._revised: list[tuple[RowMapping, Row]] = []

    def open(self, mails: Sequence[Mail]) -> list[Mail]:
        """Return the mails that still need a decision, each once.

        That is: those without a receipt, and those whose receipt may be
        revised: what waited for its ticket, mail that left the spam folder.
        """
        ids = [mail.ref.provider_id for mail in mails]
        self._known = receipts.known(self._connection, self._site_id, self._mailbox_id, ids)
        fresh = {mail.ref.provider_id: mail for mail in mails if not self._is_done(mail)}
        self._blobs = [self._blob(mail) for mail in fresh.values()]
        return list(fresh.values())

    def waiting(self) -> set[str]:
        """Return the provider's ids of what had no place when it was decided before."""
        return {one for one, row in self._known.items() if row["reason"] in receipts.WAITING}

    def note(
        self, mail: Mail, outcome: str, reason: str, message: Mapping[str, Any] | None = None
    ) -> None:
        """Note what became of a mail, and of which message it is the receipt."""
        self.outcomes[outcome] += 1
        verdict = {
            "outcome": outcome,
            "reason": reason[:500],
            "ticket_id": message["ticket_id"] if message else None,
            "message_id": message["id"] if message else None,
        }
        known = self._known.get(mail.ref.provider_id)
        if known is None:
            self._rows.append({**self._facts(mail), **verdict})
        else:
            self._revised.append((known, verdict))

    def close(self) -> None:
        """Write the receipts; the messages they name must be written already."""
        receipts.note_blobs(self._connection, self._blobs)
        receipts.add(self._connection, self._rows)
        for known, values in self._revised:
            self._revise(known["id"], values)
        receipts.keep_waiting(
            self._connection,
            [*self._rows, *({**known, **values} for known, values in self._revised)],
        )

    def _revise(self, receipt_id: int, values: Row) -> None:
        if not self._only_parked:
            receipts.revise(self._connection, self._site_id, receipt_id, values)
        elif not parked.settle(self._connection, self._site_id, receipt_id, values):
            # Two who press the button at once make one ticket.
            raise Stale("This mail is not parked any more.", code="not_parked")

    def _is_done(self, mail: Mail) -> bool:
        known = self._known.get(mail.ref.provider_id)
        if self._only_parked:
            return known is None or known["outcome"] != "parked"
        return known is not None and known["reason"] not in receipts.REVISABLE

    def _blob(self, mail: Mail) -> Row:
        return {
            "site_id": self._site_id,
            "sha256": mail.blob,
            "size": mail.size,
            "created_at": self._now,
        }

    def _facts(self, mail: Mail) -> Row:
        parsed = mail.parsed
        references = reference_ids(parsed) if parsed else []
        return {
            "site_id": self._site_id,
            "id": new_id(mail.received_at),
            "mailbox_id": self._mailbox_id,
            "provider_id": mail.ref.provider_id,
            "provider_thread_id": mail.ref.thread_id,
            "message_id_hash": message_id_hash(parsed.message_id) if parsed else "",
            "reference_hashes": [message_id_hash(one) for one in references],
            "labels": sorted(mail.labels),
            "blob": mail.blob,
            "received_at": mail.received_at,
            "created_at": self._now,
        }


def note_gone(
    connection: Connection, mailbox: Mapping[str, Any], refs: Sequence[MessageRef], now: int
) -> Counter[str]:
    """Give a receipt to messages that were announced but are gone before they could be read."""
    known = receipts.known(
        connection, mailbox["site_id"], mailbox["id"], [ref.provider_id for ref in refs]
    )
    missing = [ref for ref in refs if ref.provider_id not in known]
    receipts.add(
        connection,
        [
            {
                "site_id": mailbox["site_id"],
                "id": new_id(now),
                "mailbox_id": mailbox["id"],
                "provider_id": ref.provider_id,
                "provider_thread_id": ref.thread_id,
                "outcome": "filtered",
                "reason": "gone before it could be read",
                "received_at": now,
                "created_at": now,
            }
            for ref in missing
        ],
    )
    return Counter({"filtered": len(missing)} if missing else {})
