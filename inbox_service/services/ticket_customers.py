"""Whose ticket it is, as an agent says: a customer who is known, or somebody new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import RowMapping

from inbox_service.deps import Deps
from inbox_service.domain.merging import people_in
from inbox_service.errors import Invalid
from inbox_service.store import access as access_store
from inbox_service.store import customer_views, customers, events, inboxes, merging, tickets

from . import auth
from .access import normal_address
from .changing import check_not_merged, event_of
from .tickets import alter
from .views import TicketView


@dataclass(frozen=True, slots=True)
class Named:
    """A customer by `id`, or a person by name and, where it is known, by address."""

    id: int | None = None
    name: str = ""
    email: str = ""


def change_customer(
    deps: Deps, caller: auth.Caller, number: int, version: int, wanted: Named
) -> TicketView:
    """Make a ticket that is still at `version` another customer's.

    Who wrote in it goes on taking part; a customer who did not is gone. Links that were given out
    end: the next mail has a new one.
    raises Stale, Conflict `merged`, and what `customer_of` raises.
    """

    def write(act: auth.Act, ticket: RowMapping) -> None:
        check_not_merged(ticket)
        customer_id, people = customer_of(act, wanted)
        if customer_id == ticket["customer_id"]:
            return
        changed = {"customer_id": [str(ticket["customer_id"]), str(customer_id)]}
        tickets.change(act.connection, ticket["site_id"], ticket, {"customer_id": customer_id})
        _let_go(act, ticket)
        tickets.add_participants(
            act.connection, [_participant(act, ticket, *person) for person in people.items()]
        )
        told = event_of(act, ticket, "customer_changed", changed)
        events.append(act.connection, ticket["site_id"], [told], act.at)

    return alter(deps, caller, number, version, write)


def customer_of(act: auth.Act, wanted: Named) -> tuple[int, dict[str, str]]:
    """Return the customer that is meant, made where he is new, and his name by his addresses.

    raises Invalid naming `customer`.
    """
    if wanted.id is not None:
        return _known(act, wanted.id)
    email, name = normal_address(wanted.email), wanted.name.strip()
    site_id = act.viewer.site_id
    if not email and not name:
        raise Invalid("Say who it is: a name, or an address.", field="customer")
    if not email:
        return customers.add(act.connection, site_id, name, act.at), {}
    _check_address(act, email)
    found = customers.ensure(act.connection, site_id, {email: name}, act.at)
    return found[email], {email: name}


def _known(act: auth.Act, customer_id: int) -> tuple[int, dict[str, str]]:
    row = customer_views.get(act.connection, act.viewer, customer_id)
    if row is None or row["erased_at"] is not None:
        raise Invalid("There is no such customer.", field="customer")
    emails = customer_views.addresses_of(act.connection, act.viewer.site_id, [customer_id])
    return customer_id, dict.fromkeys(emails.get(customer_id, ()), row["name"])


def _check_address(act: auth.Act, email: str) -> None:
    local, _, domain = email.partition("@")
    if not local or "." not in domain or any(letter.isspace() for letter in email):
        raise Invalid("This is no address.", code="invalid_address", field="customer")
    if email in inboxes.own_addresses(act.connection, act.viewer.site_id):
        raise Invalid("This is an address of yours.", code="own_address", field="customer")


def _let_go(act: auth.Act, ticket: RowMapping) -> None:
    """End the part of the customer before, unless mail in the ticket names him."""
    site_id, before = ticket["site_id"], ticket["customer_id"]
    emails = customer_views.addresses_of(act.connection, site_id, [before]).get(before, ())
    rows = merging.messages_of(act.connection, site_id, [ticket["id"]])
    named = people_in(rows, inboxes.own_addresses(act.connection, site_id))
    gone = set(emails) - set(named)
    tickets.remove_participants(act.connection, site_id, ticket["id"], gone)
    access_store.revoke_grants(act.connection, site_id, ticket["id"], act.at)


def _participant(act: auth.Act, ticket: RowMapping, email: str, name: str) -> Mapping[str, object]:
    return {
        "site_id": ticket["site_id"],
        "ticket_id": ticket["id"],
        "email": email,
        "name": name[:200],
        "role": "customer",
        "created_at": act.at,
    }
