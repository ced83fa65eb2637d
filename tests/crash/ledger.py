"""The books after a crash test: what the provider has against what the service made of it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from busy_google import SEND_ID, Google, header
from sqlalchemy import select
from traffic import ACCOUNTS

from inbox_service.store.engine import Sessions
from inbox_service.store.tables import mailboxes, messages, outbox, receipts


@dataclass(frozen=True)
class Books:
    """Rows of the service, and messages of the provider."""

    receipts: dict[str, dict[str, str]]
    incoming: Counter[str]
    outgoing: list[str]
    outbox: list[tuple[str, str]]
    tickets_of: dict[str, int]
    provided: dict[str, dict[str, dict[str, Any]]]

    def unaccounted(self) -> set[str]:
        """Return provider messages without a receipt, and receipts without a message."""
        different: set[str] = set()
        for account, provided in self.provided.items():
            different |= provided.keys() ^ self.receipts.get(account, {}).keys()
        return different

    def sends(self) -> Counter[str]:
        """Return how often each of our mails went out, by its send id."""
        return Counter(
            header(message, SEND_ID)
            for provided in self.provided.values()
            for message in provided.values()
            if "SENT" in message["labelIds"]
        )

    def send_outcomes(self) -> Counter[str]:
        """Return what the receipts of sent mails say."""
        return Counter(
            self.receipts.get(account, {}).get(message["id"], "missing")
            for account, provided in self.provided.items()
            for message in provided.values()
            if "SENT" in message["labelIds"]
        )

    def settled(self) -> bool:
        """Tell whether nothing is under way any more."""
        return not self.unaccounted() and all(state == "sent" for _, state in self.outbox)


def read_books(sessions: Sessions, google: Google) -> Books:
    """Read both sides."""
    provided = {account: google.in_scope(account) for account in ACCOUNTS}
    with sessions.reading() as connection:
        of_account: dict[str, dict[str, str]] = {}
        query = select(mailboxes.c.address, receipts.c.provider_id, receipts.c.outcome).join(
            receipts, receipts.c.mailbox_id == mailboxes.c.id
        )
        for address, provider_id, outcome in connection.execute(query):
            of_account.setdefault(address, {})[provider_id] = outcome
        ours = select(messages.c.kind, messages.c.id, messages.c.rfc_message_id)
        rows = connection.execute(ours).all()
        known = select(messages.c.rfc_message_id, messages.c.ticket_id)
        return Books(
            receipts=of_account,
            incoming=Counter(row.rfc_message_id for row in rows if row.kind == "in"),
            outgoing=[str(row.id) for row in rows if row.kind == "out"],
            outbox=[
                tuple(row) for row in connection.execute(select(outbox.c.send_key, outbox.c.state))
            ],
            tickets_of=dict(connection.execute(known).all()),
            provided=provided,
        )
