"""What a reply needs to know of its ticket: whom it goes to, as whom, into which thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from inbox_service.domain.intake import without_tag
from inbox_service.domain.mail import Address
from inbox_service.errors import Conflict, NotFound
from inbox_service.store import inboxes as inbox_store
from inbox_service.store import mailboxes, messages, tickets
from inbox_service.store.rows import Row, one_row
from inbox_service.store.tables import (
    agents,
    customer_addresses,
    customers,
    inboxes,
    provider_threads,
    sites,
)


@dataclass(frozen=True, slots=True)
class ReplyContext:
    """A ticket seen from the one who answers it."""

    site: Row
    agent: Row
    ticket: Row
    inbox: Row
    mailbox: Row
    own: frozenset[str]
    sender_email: str
    customer: Address
    last_in: Row | None
    last_mail: Row | None
    thread_id: str

    @property
    def sender(self) -> Address:
        """The From address: the one the customer wrote to, in the agent's name."""
        return Address(self.sender_email, f"{self.agent['name']} ({self.site['name']})")

    @property
    def subject(self) -> str:
        """The subject of the answer; a prefix that is there already is not doubled."""
        subject = str(self.last_mail["subject"] if self.last_mail else self.ticket["subject"])
        return subject if subject.lower().startswith("re:") else f"Re: {subject}"

    @property
    def in_reply_to(self) -> str:
        """The Message-ID of the mail being answered, "" where it had none."""
        return str(self.last_mail["rfc_message_id"]) if self.last_mail else ""

    @property
    def references(self) -> tuple[str, ...]:
        """The References header (RFC 5322 3.6.4): those of the answered mail, then its own id."""
        if self.last_mail is None:
            return ()
        chain = (*self.last_mail["reference_ids"], self.in_reply_to)
        return tuple(dict.fromkeys(one for one in chain if one))

    def default_to(self) -> tuple[Address, ...]:
        """Whom a reply goes to by itself: the last writer's Reply-To, else the last writer."""
        if self.last_in is None or self.last_in["new_person"]:
            return (self.customer,)
        asked = _addresses(self.last_in["reply_to"])
        others = tuple(one for one in asked if without_tag(one.email) not in self.own)
        return others or (Address(self.last_in["author_email"], self.last_in["author_name"]),)


def read_context(connection: Connection, site_id: int, agent_id: int, number: int) -> ReplyContext:
    """Read the context of a reply; raises NotFound, and Conflict where no mailbox can send."""
    ticket = tickets.by_number(connection, site_id, number)
    if ticket is None:
        raise NotFound(f"There is no ticket {number} here.", code="ticket_not_found")
    last_in = messages.latest(connection, site_id, ticket["id"], ["in"])
    feeds = inbox_store.feeds(connection, site_id, ticket["inbox_id"])
    feed = _feed_for(feeds, last_in)
    mailbox = mailboxes.get(connection, site_id, feed["mailbox_id"])
    assert mailbox is not None
    return ReplyContext(
        site=_row(connection, select(sites).where(sites.c.id == site_id)),
        agent=_row(
            connection,
            select(agents).where(agents.c.site_id == site_id, agents.c.id == agent_id),
        ),
        ticket=dict(ticket),
        inbox=_row(
            connection,
            select(inboxes).where(inboxes.c.site_id == site_id, inboxes.c.id == ticket["inbox_id"]),
        ),
        mailbox=mailbox,
        own=frozenset({mailbox["address"], *mailbox["aliases"], *(f["email"] for f in feeds)}),
        sender_email=feed["email"],
        customer=_customer(connection, site_id, ticket["customer_id"]),
        last_in=last_in,
        last_mail=messages.latest(connection, site_id, ticket["id"], ["in", "out"]),
        thread_id=_thread(connection, site_id, mailbox["id"], ticket["id"]),
    )


def _feed_for(feeds: list[Row], last_in: Row | None) -> Row:
    """Return the address the customer wrote to, else the inbox's first."""
    if not feeds:
        raise Conflict(
            "No mailbox feeds this inbox any more: connect one to answer from it.",
            code="no_mailbox",
        )
    written_to = _addresses([*last_in["recipients"], *last_in["copied"]]) if last_in else ()
    for address in written_to:
        for feed in feeds:
            if feed["email"] == without_tag(address.email):
                return feed
    return feeds[0]


def _customer(connection: Connection, site_id: int, customer_id: int) -> Address:
    query = (
        select(customer_addresses.c.email, customers.c.name)
        .join_from(
            customers,
            customer_addresses,
            (customers.c.site_id == customer_addresses.c.site_id)
            & (customers.c.id == customer_addresses.c.customer_id),
        )
        .where(customers.c.site_id == site_id, customers.c.id == customer_id)
        .order_by(customer_addresses.c.id)
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise erased()
    return Address(row.email, row.name)


def erased() -> Conflict:
    """Return the error of whoever writes to a customer who was erased."""
    return Conflict(
        "This customer's data was erased: there is nobody to answer.", code="customer_erased"
    )


def _thread(connection: Connection, site_id: int, mailbox_id: int, ticket_id: int) -> str:
    query = (
        select(provider_threads.c.thread_id)
        .where(
            provider_threads.c.site_id == site_id,
            provider_threads.c.mailbox_id == mailbox_id,
            provider_threads.c.ticket_id == ticket_id,
        )
        .order_by(provider_threads.c.created_at.desc())
        .limit(1)
    )
    return connection.execute(query).scalar_one_or_none() or ""


def _addresses(people: list[dict[str, str]]) -> tuple[Address, ...]:
    return tuple(Address(one["email"], one["name"]) for one in people)


def _row(connection: Connection, query: Any) -> Row:
    row = one_row(connection, query)
    assert row is not None
    return row
