"""Tickets that an agent writes down, and whose they are."""

from __future__ import annotations

from typing import Any

import pytest
from mail_shop import Shop

from inbox_service.errors import Conflict, Invalid, Stale
from inbox_service.services import new_tickets, ticket_customers
from inbox_service.services.idempotency import Key
from inbox_service.services.ticket_customers import Named
from inbox_service.services.views import TicketView
from inbox_service.store.tables import customers, participants
from inbox_service.testing import add_customer

RITA = Named(name="Rita Moss", email=" Rita@Example.org ")


def open_ticket(shop: Shop, key: str = "k", /, **values: Any) -> TicketView:
    given: dict[str, Any] = {"customer": RITA, "subject": "A call", "channel": "phone"}
    given["note"] = "She asks."
    inbox_id = shop.inbox_ids()["Support"]
    wanted = new_tickets.NewTicket(**({"inbox_id": inbox_id} | given | values))
    return new_tickets.open_ticket(shop.deps, shop.caller, wanted, Key(key, key))


def give(shop: Shop, wanted: Named, version: int | None = None) -> TicketView:
    at = shop.ticket(1)["version"] if version is None else version
    return ticket_customers.change_customer(shop.deps, shop.caller, 1, at, wanted)


def people(shop: Shop) -> set[str]:
    rows = shop.rows(participants, participants.c.ticket_id == shop.ticket(1)["id"])
    return {row["email"] for row in rows}


def test_a_call_becomes_a_ticket_with_what_was_said(shop: Shop) -> None:
    view = open_ticket(shop)
    assert (view.row["number"], view.row["channel"]) == (1, "phone")
    assert (view.customer.name, view.customer.email) == ("Rita Moss", "rita@example.org")
    [note] = shop.messages(1)
    assert (note["kind"], note["text"], note["author_id"]) == ("note", "She asks.", shop.agent_id)
    assert view.row["waiting_since"] == shop.clock.now()


def test_nobody_is_thanked_for_it(shop: Shop) -> None:
    open_ticket(shop)
    assert shop.event_kinds()[-2:] == ["ticket_opened", "note_added"]
    assert shop.outbox() == []


def test_its_customer_is_written_to_and_his_answer_joins_it(shop: Shop) -> None:
    open_ticket(shop, channel="mail", note="")
    shop.reply_first(1, "Good news.")
    assert shop.deliver_due() == ["sent"]
    [sent] = shop.messages(1)
    shop.arrive(From="rita@example.org", References=f"<{sent['rfc_message_id']}>")
    shop.sync()
    assert [row["kind"] for row in shop.messages(1)] == ["out", "in"]
    assert sent["subject"] == "A call"


def test_mail_of_hers_about_something_else_opens_another(shop: Shop) -> None:
    open_ticket(shop)
    shop.arrive(From="rita@example.org", Subject="Something else")
    shop.sync()
    assert shop.ticket(2)["customer_id"] == shop.ticket(1)["customer_id"]


def test_who_gives_no_address_has_a_ticket_all_the_same(shop: Shop) -> None:
    view = open_ticket(shop, customer=Named(name="The man with the dog"))
    assert (view.customer.name, view.customer.email) == ("The man with the dog", "")
    with pytest.raises(Conflict, match="No address"):
        shop.reply_first(1, "Hello?")


def test_a_known_customer_is_not_made_twice(shop: Shop) -> None:
    open_ticket(shop)
    open_ticket(shop, "another", customer=Named(email="rita@example.org"))
    assert len(shop.rows(customers)) == 1


def test_the_same_key_opens_one_ticket(shop: Shop) -> None:
    assert open_ticket(shop).row["id"] == open_ticket(shop).row["id"]
    assert len(shop.tickets()) == 1


def test_it_may_be_somebodys_from_the_start(shop: Shop) -> None:
    view = open_ticket(shop, assignee_id=shop.agent_id)
    assert view.row["assignee_id"] == shop.agent_id


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"inbox_id": 5}, "inbox_id"),
        ({"assignee_id": 5}, "assignee_id"),
        ({"customer": Named()}, "customer"),
        ({"customer": Named(id=5)}, "customer"),
        ({"customer": Named(email="no address")}, "customer"),
        ({"customer": Named(email="support@shop.example")}, "customer"),
    ],
)
def test_what_nobody_can_mean_is_refused(shop: Shop, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as raised:
        open_ticket(shop, **values)
    assert raised.value.details["field"] == field
    assert shop.tickets() == []


def test_a_ticket_is_given_to_the_customer_it_belongs_to(shop: Shop) -> None:
    open_ticket(shop)
    with shop.deps.sessions.writing() as connection:
        lina = add_customer(connection, shop.site_id, email="lina@example.org", name="Lina")
    view = give(shop, Named(id=lina))
    assert (view.customer.name, people(shop)) == ("Lina", {"lina@example.org"})
    assert shop.event_kinds()[-1] == "customer_changed"


def test_who_wrote_in_it_goes_on_taking_part(shop: Shop) -> None:
    shop.arrive()
    shop.sync()
    give(shop, RITA)
    assert people(shop) == {"omar@example.net", "rita@example.org"}


def test_the_same_customer_changes_nothing(shop: Shop) -> None:
    before = open_ticket(shop).row["version"]
    assert give(shop, RITA).row["version"] == before


def test_what_was_changed_meanwhile_is_not_given_away(shop: Shop) -> None:
    open_ticket(shop)
    with pytest.raises(Stale):
        give(shop, Named(name="Lina"), version=77)
