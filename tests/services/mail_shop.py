"""A shop whose two mailboxes, support@ (with the alias billing@) and sales@, live in memory."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from sqlalchemy import select

from connectors.memory.mailbox import MemoryMailbox
from inbox_service.deps import Deps
from inbox_service.services import outbox, replies, sync
from inbox_service.services.auth import Caller
from inbox_service.store.tables import (
    agents,
    events,
    inboxes,
    mailboxes,
    messages,
    receipts,
    tickets,
)
from inbox_service.store.tables import outbox as outbox_rows
from inbox_service.testing import FakeClock

OMAR = "Omar Haddad <omar@example.net>"
SUPPORT = "support@shop.example"
BILLING = "billing@shop.example"
SALES = "sales@shop.example"


@dataclass
class Shop:
    """One site at work; the tests act as its customers, its agents and its provider."""

    deps: Deps
    clock: FakeClock
    site_id: int
    agent_id: int
    support: MemoryMailbox
    sales: MemoryMailbox
    support_id: int
    sales_id: int

    @property
    def caller(self) -> Caller:
        """The shop's agent, as requests name him."""
        (agent,) = self.rows(agents)
        return Caller(self.site_id, "agent", str(agent["wp_user_id"]))

    def mail(
        self, subject: str = "Where is my order?", text: str = "Please tell me.", **headers: str
    ) -> bytes:
        """Write a mail; `headers` are From, To, ... with _ for -."""
        message = EmailMessage()
        given = {"From": OMAR, "To": SUPPORT, "Subject": subject}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in given.items():
            message[name] = value
        if "Message-ID" not in message:
            message["Message-ID"] = f"<{self.clock.now()}@example.net>"
        message.set_content(text)
        return bytes(message)

    def arrive(self, *, to: MemoryMailbox | None = None, **headers: str) -> str:
        """Let a customer's mail arrive a second from now; return its provider id."""
        self.clock.advance(seconds=1)
        return (to or self.support).deliver(self.mail(**headers)).provider_id

    def set_mailbox(self, mailbox_id: int | None = None, **values: Any) -> None:
        """Change columns of a mailbox (support@), as another process would."""
        which = mailboxes.c.id == (mailbox_id or self.support_id)
        with self.deps.sessions.writing() as connection:
            connection.execute(mailboxes.update().where(which).values(**values))

    def mailbox(self, mailbox_id: int | None = None) -> dict[str, Any]:
        """Return a mailbox's row (support@)."""
        return self.rows(mailboxes, mailboxes.c.id == (mailbox_id or self.support_id))[0]

    def look_once(self, mailbox_id: int | None = None) -> sync.SyncOutcome:
        """Let a worker look into a mailbox (support@) once."""
        self.clock.advance(seconds=1)
        return sync.sync_mailbox(self.deps, self.site_id, mailbox_id or self.support_id, "test")

    def sync(self, mailbox_id: int | None = None) -> sync.SyncOutcome:
        """Sync a mailbox (support@) until nothing more waits."""
        self.clock.advance(seconds=1)
        while True:
            outcome = sync.sync_mailbox(
                self.deps, self.site_id, mailbox_id or self.support_id, "test"
            )
            if not outcome.more:
                return outcome

    def reply_first(self, number: int, text: str) -> int:
        """Write the first mail of a ticket in which no customer wrote; return its id."""
        wanted = replies.ReplyDraft(text)
        prepared = replies.prepare_reply(self.deps, self.site_id, self.agent_id, number, wanted)
        with self.deps.sessions.writing() as connection:
            return replies.add_reply(connection, self.deps, prepared)

    def reply(self, number: int = 1, text: str = "It is on its way.", **draft: Any) -> int:
        """Write a reply as the agent who has seen everything; return the message's id."""
        self.clock.advance(seconds=1)
        seen = self.messages(number)[-1]["id"]
        wanted = replies.ReplyDraft(text, **{"seen_up_to": seen, **draft})
        prepared = replies.prepare_reply(self.deps, self.site_id, self.agent_id, number, wanted)
        with self.deps.sessions.writing() as connection:
            return replies.add_reply(connection, self.deps, prepared)

    def deliver_due(self) -> list[str]:
        """Send what waits; return the states."""
        return [
            outbox.deliver(self.deps, site_id, row_id, "test")
            for site_id, row_id in outbox.due(self.deps)
        ]

    def rows(self, table: Any, *where: Any) -> list[dict[str, Any]]:
        """Return the table's rows in the order of their keys."""
        query = select(table).where(*where).order_by(*table.primary_key.columns)
        with self.deps.sessions.reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def tickets(self) -> list[dict[str, Any]]:
        """Return the tickets by number."""
        return sorted(self.rows(tickets), key=lambda row: row["number"])

    def inbox_ids(self) -> dict[str, int]:
        """Return the inboxes by name."""
        return {row["name"]: row["id"] for row in self.rows(inboxes)}

    def ticket(self, number: int = 1) -> dict[str, Any]:
        """Return one ticket."""
        return self.tickets()[number - 1]

    def messages(self, number: int = 1) -> list[dict[str, Any]]:
        """Return a ticket's messages, oldest first."""
        return self.rows(messages, messages.c.ticket_id == self.ticket(number)["id"])

    def outcomes(self) -> list[str]:
        """Return what became of every mail, oldest first."""
        return [row["outcome"] for row in self.rows(receipts)]

    def outbox(self) -> list[dict[str, Any]]:
        """Return the outbox."""
        return self.rows(outbox_rows)

    def events(self) -> list[dict[str, Any]]:
        """Return all events in their order."""
        return self.rows(events)

    def event_kinds(self) -> list[str]:
        """Return the kinds of all events in their order."""
        return [row["kind"] for row in self.rows(events)]
