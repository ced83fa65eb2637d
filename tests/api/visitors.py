"""A shop with a mailbox and a customer's ticket, and those who come to the status page."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import Any

from shop import Client, Shop
from sqlalchemy import Connection, insert, select, update
from werkzeug.test import TestResponse

from inbox_service.services import access
from inbox_service.store.ids import new_id
from inbox_service.store.tables import (
    form_entries,
    forms,
    inbox_addresses,
    mailboxes,
    messages,
    outbox,
    tickets,
)
from inbox_service.testing import START, FakeClock, add_customer, add_message, add_ticket

LINA = "lina@example.net"
OTTO = "otto@example.net"
SUPPORT = "support@shop.example"
USER = 55


@dataclass(frozen=True)
class StatusPage:
    """The shop as its customers meet it; `reference` is Lina's ticket."""

    shop: Shop
    clock: FakeClock
    customer_id: int
    ticket_id: int
    reference: str

    def guest(self, subject: str) -> Client:
        return Client(self.shop.app, self.shop.signer, "guest", subject)

    def by_link(self, ticket_id: int = 0, email: str = LINA) -> Client:
        return self.guest(f"grant:{self.link(ticket_id, email)}")

    def by_code(self, email: str = LINA) -> Client:
        return self.guest(f"session:{self.session(email)}")

    def user(self, email: str = LINA, wp_user_id: int = USER) -> User:
        return User(Client(self.shop.app, self.shop.signer, "customer", str(wp_user_id)), email)

    def link(self, ticket_id: int = 0, email: str = LINA) -> str:
        """Return a new link's token for the ticket."""
        site_id, box = self.shop.site_id, self.shop.deps.secrets
        with self.writing() as connection:
            wanted = ticket_id or self.ticket_id
            return access.grant(connection, box, site_id, wanted, email, self.clock.now())

    def ask_code(self, email: str = LINA, locale: str = "en") -> TestResponse:
        self.clock.advance(seconds=1)
        body = {"email": email, "locale": locale}
        return self.shop.plugin.call("POST", "/access/codes", body)

    def mailed_code(self) -> str:
        """Return the code in the mail that was queued last."""
        [*_, row] = self.rows(outbox)
        raw = self.shop.deps.blobs.get(self.shop.site_id, row["blob"])
        subject = str(message_from_bytes(raw, policy=policy.default)["Subject"])
        found = re.search(r"\d{6}", subject)
        assert found
        return found[0]

    def enter_code(self, code: str, email: str = LINA) -> TestResponse:
        return self.shop.plugin.call("POST", "/access/sessions", {"email": email, "code": code})

    def session(self, email: str = LINA) -> str:
        self.ask_code(email)
        answer = self.enter_code(self.mailed_code(), email)
        assert answer.json
        return str(answer.json["token"])

    def confirm(self, email: str = LINA, wp_user_id: int = USER, code: str = "") -> TestResponse:
        """Confirm a user's address with the code that was mailed to it."""
        if not code:
            self.ask_code(email)
            code = self.mailed_code()
        body = {"wp_user_id": wp_user_id, "email": email, "code": code}
        return self.shop.plugin.call("POST", "/access/verified", body)

    def file_as(self, wp_user_id: int, ticket_id: int) -> None:
        """Note that the ticket was filed by a user who was logged in."""
        form = {"name": "Contact", "inbox_id": self.shop.inbox_id, "definition": {}}
        entry = {"state": "ticket", "reference": secrets.token_hex(4), "entry": {}}
        times = {"submitted_at": START, "created_at": START}
        with self.writing() as connection:
            form_id = self._row(connection, forms, **form, created_at=START)
            keys = {"form_id": form_id, "entry_key": secrets.token_hex(8), "ticket_id": ticket_id}
            self._row(connection, form_entries, wp_user_id=wp_user_id, **entry, **keys, **times)

    def ticket_of(self, email: str, **values: Any) -> int:
        """Add another customer's ticket."""
        customer_id = self.shop.add(add_customer, email=email)
        return self.shop.add(add_ticket, self.shop.inbox_id, customer_id=customer_id, **values)

    def say(self, **values: Any) -> int:
        """Add a message to Lina's ticket; without more it is her own."""
        at = self.clock.advance(seconds=1)
        mine = {"author_id": self.customer_id, "author_name": "Lina", "author_email": LINA}
        return self.shop.add(add_message, self.ticket_id, at, **{**mine, **values})

    def reply(self, to: str = LINA, **values: Any) -> int:
        """Add a message of ours."""
        us = {"kind": "out", "author_type": "agent", "author_id": self.shop.manager_id}
        whom = {"recipients": [{"email": to, "name": ""}], "author_name": "Sara"}
        return self.say(**{**us, **whom, "author_email": "sara@shop.example", **values})

    def change_ticket(self, **values: Any) -> None:
        here = (tickets.c.site_id == self.shop.site_id) & (tickets.c.id == self.ticket_id)
        with self.writing() as connection:
            connection.execute(update(tickets).where(here).values(**values))

    def ticket(self) -> dict[str, Any]:
        return next(row for row in self.rows(tickets) if row["id"] == self.ticket_id)

    def messages(self) -> list[dict[str, Any]]:
        return [row for row in self.rows(messages) if row["ticket_id"] == self.ticket_id]

    def rows(self, table: Any) -> list[dict[str, Any]]:
        query = select(table).order_by(*table.primary_key.columns)
        with self.shop.deps.sessions.reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with self.shop.deps.sessions.writing() as connection:
            yield connection

    def _row(self, connection: Connection, table: Any, **values: Any) -> int:
        row_id = new_id(START)
        own = {"site_id": self.shop.site_id, "id": row_id}
        connection.execute(insert(table).values(**own, **values))
        return row_id


@dataclass(frozen=True)
class User:
    """A WordPress user whose account has this address today."""

    client: Client
    email: str

    def call(self, method: str, path: str, body: Any = None, **claims: Any) -> TestResponse:
        return self.client.call(method, path, body, **{"email": self.email, **claims})

    def get(self, path: str) -> TestResponse:
        return self.call("GET", path)


def open_status_page(shop: Shop, clock: FakeClock) -> StatusPage:
    """Give the shop a mailbox, and a customer with a ticket."""
    feed_mailbox(shop)
    customer_id = shop.add(add_customer, email=LINA, name="Lina")
    ticket_id = shop.add(
        add_ticket, shop.inbox_id, customer_id=customer_id, reference="K7M2Q9XA", subject="My cup"
    )
    return StatusPage(shop, clock, customer_id, ticket_id, "K7M2Q9XA")


def feed_mailbox(shop: Shop) -> None:
    """Let a mailbox feed the shop's inbox."""
    box = {"kind": "memory", "address": SUPPORT, "config": {}, "labels": [], "credentials": b""}
    times = {"since": START, "connected_at": START, "due_at": START}
    own = {"site_id": shop.site_id, "id": new_id(START)}
    feed = {"inbox_id": shop.inbox_id, "mailbox_id": own["id"], "email": SUPPORT}
    with shop.deps.sessions.writing() as connection:
        connection.execute(insert(mailboxes).values(**own, **box, **times))
        connection.execute(
            insert(inbox_addresses).values(**own | {"id": new_id(START)}, is_default=True, **feed)
        )


def refusal(answer: TestResponse) -> tuple[int, str]:
    """Return status and code of a refusal."""
    assert answer.json
    return answer.status_code, answer.json["code"]


def references(answer: TestResponse) -> list[str]:
    """Return the references of the tickets in a list."""
    assert answer.json, answer
    return [one["reference"] for one in answer.json["items"]]
