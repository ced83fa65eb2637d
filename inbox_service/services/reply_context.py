"""What a reply needs to know of its ticket: whom it goes to, as whom, into which thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from inbox_service.domain.intake import without_tag
from inbox_service.domain.mail import Address, AutomaticKind
from inbox_service.domain.recipients import Answered, Circle
from inbox_service.errors import Conflict, Invalid, NotFound
from inbox_service.store import inboxes as inbox_store
from inbox_service.store import mailboxes, messages, tickets
from inbox_service.store.rows import Row, one_row
from inbox_service.store.tables import (
    agents,
    customer_addresses,
    customers,
    inboxes,
    participants,
    provider_threads,
    sites,
)


@dataclass(frozen=True, slots=True)
class ReplyContext:
    """A ticket seen from the one who answers it.

    `senders` are the addresses he may write as, each with the mailbox that sends it; the first is
    the one the customer wrote to.
    """

    site: Row
    agent: Row
    ticket: Row
    inbox: Row
    mailbox: Row
    circle: Circle
    senders: tuple[str, ...]
    sender_email: str
    last_in: Row | None
    last_mail: Row | None
    thread_id: str

    @property
    def customer(self) -> Address:
        """Whose ticket it is."""
        return self.circle.customer

    @property
    def sender(self) -> Address:
        """The From address, in the agent's name."""
        return Address(self.sender_email, f"{self.agent['name']} ({self.site['name']})")

    @property
    def subject(self) -> str:
        """The subject of the answer; a prefix that is there already is not doubled."""
        if self.last_mail is None:
            # The first mail of a ticket that was opened by hand answers nothing.
            return str(self.ticket["subject"])
        subject = str(self.last_mail["subject"])
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

    @property
    def answered(self) -> Answered | None:
        """The mail whose people an answer goes to: the last from outside, else our own last."""
        row = self.last_in or self.last_mail
        if row is None:
            return None
        return Answered(
            author=Address(row["author_email"], row["author_name"]),
            reply_to=people(row["reply_to"]),
            to=people(row["recipients"]),
            cc=people(row["copied"]),
            is_ours=row["kind"] == "out",
            newcomer=row["new_person"],
        )

    @property
    def is_list(self) -> bool:
        """Whether the answered mail came through a mailing list, which would get the answer."""
        return self.last_in is not None and self.last_in["automatic"] == AutomaticKind.LIST


def read_context(
    connection: Connection, site_id: int, agent_id: int, number: int, sender: str | None = None
) -> ReplyContext:
    """Read the context of a reply that is sent as `sender`, None for whom the customer wrote to.

    raises NotFound, Conflict where no mailbox can send, and Invalid for a sender that is not ours.
    """
    ticket = tickets.by_number(connection, site_id, number)
    if ticket is None:
        raise NotFound(f"There is no ticket {number} here.", code="ticket_not_found")
    last_in = messages.latest(connection, site_id, ticket["id"], ["in"])
    senders = _senders(connection, site_id, ticket["inbox_id"], last_in)
    chosen = next(iter(senders)) if sender is None else sender.lower()
    if chosen not in senders:
        raise Invalid(f"{chosen} is not an address of this inbox.", field="from")
    mailbox = senders[chosen]
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
        circle=_circle(connection, site_id, ticket),
        senders=tuple(senders),
        sender_email=chosen,
        last_in=last_in,
        last_mail=messages.latest(connection, site_id, ticket["id"], ["in", "out"]),
        thread_id=_thread(connection, site_id, mailbox["id"], ticket["id"]),
    )


def _senders(
    connection: Connection, site_id: int, inbox_id: int, last_in: Row | None
) -> dict[str, Row]:
    """Return the mailbox of every address one may write as, the first being the usual one."""
    feeds = inbox_store.feeds(connection, site_id, inbox_id)
    usual = _feed_for(feeds, last_in)
    senders: dict[str, Row] = {}
    for feed in (usual, *feeds):
        mailbox = mailboxes.get(connection, site_id, feed["mailbox_id"])
        assert mailbox is not None
        senders.setdefault(feed["email"], mailbox)
    for mailbox in list(senders.values()):
        # What the provider lets it write as; others it would silently replace.
        for email in (mailbox["address"], *mailbox["aliases"]):
            senders.setdefault(email, mailbox)
    return senders


def _feed_for(feeds: list[Row], last_in: Row | None) -> Row:
    """Return the address the customer wrote to, else the inbox's first."""
    if not feeds:
        raise Conflict(
            "No mailbox feeds this inbox any more: connect one to answer from it.",
            code="no_mailbox",
        )
    written_to = people([*last_in["recipients"], *last_in["copied"]]) if last_in else ()
    for address in written_to:
        for feed in feeds:
            if feed["email"] == without_tag(address.email):
                return feed
    return feeds[0]


def _circle(connection: Connection, site_id: int, ticket: Any) -> Circle:
    guests = select(participants.c.email).where(
        participants.c.site_id == site_id,
        participants.c.ticket_id == ticket["id"],
        participants.c.role == "guest",
    )
    customer = _customer(connection, site_id, ticket["customer_id"])
    own = inbox_store.own_addresses(connection, site_id)
    return Circle(customer, own, frozenset(connection.scalars(guests)))


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
        raise _nobody(connection, site_id, customer_id)
    return Address(row.email, row.name)


def _nobody(connection: Connection, site_id: int, customer_id: int) -> Conflict:
    """Return the error of whoever writes to a customer without an address."""
    query = select(customers.c.erased_at).where(
        customers.c.site_id == site_id, customers.c.id == customer_id
    )
    if connection.scalar(query) is not None:
        return erased()
    return Conflict(
        "No address of this customer is known: change the customer to one with an address.",
        code="no_address",
    )


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


def people(listed: list[dict[str, str]]) -> tuple[Address, ...]:
    """Return an address list as rows keep it as values."""
    return tuple(Address(one["email"], one["name"]) for one in listed)


def _row(connection: Connection, query: Any) -> Row:
    row = one_row(connection, query)
    assert row is not None
    return row
