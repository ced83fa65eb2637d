"""What routing does with a ticket when it comes, and what it leaves alone."""

from __future__ import annotations

from typing import Any

import pytest
from mail_shop import BILLING, SALES, SUPPORT, Shop
from sqlalchemy import insert

from inbox_service.domain.routing import Conditions, Facts, Rule
from inbox_service.services import routing as service
from inbox_service.services.desk import Desk
from inbox_service.store import counters, routing, tags
from inbox_service.store.counters import Bucket
from inbox_service.store.ids import new_id
from inbox_service.store.tables import events, inboxes, routing_rules, teams
from inbox_service.testing import START, add_agent, add_customer


def add_team(shop: Shop, name: str = "Accounting") -> int:
    row = {"site_id": shop.site_id, "id": new_id(START), "name": name, "created_at": START}
    with shop.deps.sessions.writing() as connection:
        connection.execute(insert(teams).values(**row))
    return int(row["id"])


def add_rule(
    shop: Shop,
    *,
    team: int | None = None,
    to: int | None = None,
    puts: tuple[str, ...] = (),
    **asked: Any,
) -> int:
    """Add a rule at the end of the list; it takes mail about orders unless `asked` says else."""
    conditions = Conditions(**(asked or {"words": ("order",)}))
    rule = Rule(new_id(START), "Orders", True, conditions, team, to, puts)
    with shop.deps.sessions.writing() as connection:
        routing.add(connection, shop.site_id, rule, START)
    return rule.id or 0


def taken(shop: Shop, number: int = 1) -> tuple[int | None, int | None]:
    """Return the ticket's team and agent."""
    ticket = shop.ticket(number)
    return ticket["team_id"], ticket["assignee_id"]


def tags_of(shop: Shop, number: int = 1) -> list[str]:
    ticket_id = shop.ticket(number)["id"]
    with shop.deps.sessions.reading() as connection:
        return tags.of_tickets(connection, shop.site_id, [ticket_id]).get(ticket_id, [])


def hire(shop: Shop, **values: Any) -> int:
    with shop.deps.sessions.writing() as connection:
        return add_agent(connection, shop.site_id, **values)


def inbox_named(shop: Shop, name: str) -> int:
    return int(shop.rows(inboxes, inboxes.c.name == name)[0]["id"])


def test_a_new_ticket_goes_to_the_team_and_the_agent_of_the_rule(shop: Shop) -> None:
    team = add_team(shop)
    add_rule(shop, team=team, to=shop.agent_id)
    shop.arrive()
    shop.sync()
    assert taken(shop) == (team, shop.agent_id)


def test_what_routing_did_is_told_in_order(shop: Shop) -> None:
    team = add_team(shop)
    add_rule(shop, team=team, to=shop.agent_id)
    shop.arrive()
    shop.sync()
    told = [(row["kind"], row["actor_type"], row["data"]) for row in shop.rows(events)]
    assert told[:3] == [
        ("ticket_opened", "system", {"history": False}),
        ("ticket_team_changed", "system", {"team_id": [None, str(team)]}),
        ("ticket_assigned", "system", {"assignee_id": [None, str(shop.agent_id)]}),
    ]


def test_the_ticket_is_counted_where_it_was_routed(shop: Shop) -> None:
    add_rule(shop, to=shop.agent_id)
    shop.arrive()
    shop.sync()
    with shop.deps.sessions.reading() as connection:
        counted = dict(counters.read(connection, shop.site_id))
    box = shop.ticket()["inbox_id"]
    assert {key: n for key, n in counted.items() if n} == {
        Bucket(box, None, shop.agent_id, "inbox", "open"): 1
    }


def test_a_ticket_that_fits_no_rule_waits_for_anybody(shop: Shop) -> None:
    add_rule(shop, to=shop.agent_id, words=("invoice",))
    shop.arrive()
    shop.sync()
    assert taken(shop) == (None, None)
    assert "ticket_assigned" not in shop.event_kinds()


@pytest.mark.parametrize(
    ("conditions", "mail"),
    [
        ({"sender_domain": "example.net"}, {}),
        ({"words": ("ORDER",)}, {}),
        ({"words": ("tell me",)}, {"subject": "Hello"}),
        ({"words": ("فاتوره",)}, {"subject": "أين الفاتورة", "text": "فَاتُورَة رقم 17"}),
    ],
)
def test_mail_is_routed_by_who_wrote_it_and_what_it_says(
    shop: Shop, conditions: dict[str, Any], mail: dict[str, str]
) -> None:
    add_rule(shop, to=shop.agent_id, **conditions)
    shop.arrive(**mail)
    shop.sync()
    assert taken(shop) == (None, shop.agent_id)


def test_mail_is_routed_by_the_inbox_it_came_to(shop: Shop) -> None:
    add_rule(shop, to=shop.agent_id, inbox=inbox_named(shop, "Billing"))
    shop.arrive(To=SUPPORT)
    shop.arrive(To=BILLING)
    shop.sync()
    assert [taken(shop, 1), taken(shop, 2)] == [(None, None), (None, shop.agent_id)]


def test_the_sites_own_contact_form_is_routed_by_its_visitor(shop: Shop) -> None:
    add_rule(shop, to=shop.agent_id, sender_domain="acme.example")
    shop.arrive(From=SUPPORT, To=SUPPORT, Reply_To="eve@acme.example")
    shop.sync()
    assert taken(shop) == (None, shop.agent_id)


def test_history_is_not_routed(shop: Shop) -> None:
    add_rule(shop, to=shop.agent_id)
    connected_at = shop.clock.now()
    shop.clock.advance(hours=-48)
    shop.arrive()
    shop.clock.at = connected_at
    shop.sync()
    assert shop.ticket()["from_before"]
    assert taken(shop) == (None, None)
    assert "ticket_assigned" not in shop.event_kinds()


def test_an_answer_is_not_routed_again(shop: Shop) -> None:
    shop.arrive(Message_ID="<first@x>", subject="Hello")
    shop.sync()
    add_rule(shop, to=shop.agent_id)
    shop.arrive(References="<first@x>")
    shop.sync()
    assert shop.ticket()["message_count"] == 2
    assert taken(shop) == (None, None)


def test_a_follow_up_is_a_new_ticket_and_routed(shop: Shop) -> None:
    shop.arrive(Message_ID="<first@x>")
    shop.sync()
    shop.reply(set_status="solved")
    shop.clock.advance(hours=31 * 24)
    team = add_team(shop)
    add_rule(shop, team=team)
    shop.arrive(References="<first@x>")
    shop.sync()
    first, second = shop.tickets()
    assert second["follows"] == first["id"]
    assert (first["team_id"], second["team_id"]) == (None, team)


def test_a_suspended_agent_gets_nothing_but_his_team_does(shop: Shop) -> None:
    team, omar = add_team(shop), hire(shop, state="suspended")
    rule_id = add_rule(shop, team=team, to=omar)
    add_rule(shop, to=shop.agent_id)
    shop.arrive()
    shop.sync()
    # The first rule has decided, and is still there for the day he is back.
    assert taken(shop) == (team, None)
    assert shop.rows(routing_rules)[0]["id"] == rule_id
    assert "ticket_assigned" not in shop.event_kinds()


def test_an_agent_who_only_reads_gets_nothing(shop: Shop) -> None:
    add_rule(shop, to=hire(shop, role="viewer"))
    shop.arrive()
    shop.sync()
    assert taken(shop) == (None, None)


def test_an_agent_gets_tickets_of_his_inboxes_only(shop: Shop) -> None:
    billing = hire(shop, inboxes=(inbox_named(shop, "Billing"),))
    add_rule(shop, to=billing)
    shop.arrive(To=SUPPORT)
    shop.arrive(To=BILLING)
    shop.sync()
    assert [taken(shop, 1), taken(shop, 2)] == [(None, None), (None, billing)]


def test_every_mailbox_is_routed(shop: Shop) -> None:
    add_rule(shop, to=shop.agent_id)
    shop.arrive(to=shop.sales, To=SALES)
    shop.sync(shop.sales_id)
    assert taken(shop) == (None, shop.agent_id)


def test_a_routed_ticket_stays_with_its_agent_when_somebody_else_answers(shop: Shop) -> None:
    other = hire(shop)
    add_rule(shop, to=other)
    shop.arrive()
    shop.sync()
    shop.reply()
    assert taken(shop) == (None, other)


def test_whoever_opens_a_ticket_can_route_it_by_its_form_and_tags(shop: Shop) -> None:
    add_rule(shop, to=shop.agent_id, form=5, tag="vip")
    facts = Facts(5, inbox_named(shop, "Support"), frozenset({"vip"}), "", "Hello")
    with shop.deps.sessions.writing() as connection:
        desk = Desk(connection, shop.site_id, START)
        customer = add_customer(connection, shop.site_id)
        values = {"inbox_id": facts.inbox_id, "customer_id": customer, "subject": "Hello"}
        ticket = desk.open_ticket({**values, "direction": "ltr"}, START)
        rule = service.route(connection, shop.site_id, desk, ticket, facts)
        desk.flush()
    assert rule is not None
    assert taken(shop) == (None, shop.agent_id)


def test_a_rule_puts_a_tag_on_that_a_later_rule_asks_for(shop: Shop) -> None:
    add_rule(shop, puts=("order", "new"))
    add_rule(shop, to=shop.agent_id, tag="order")
    shop.arrive()
    shop.sync()
    assert (taken(shop), tags_of(shop)) == ((None, shop.agent_id), ["new", "order"])


def test_tags_of_rules_are_told_before_who_got_the_ticket(shop: Shop) -> None:
    add_rule(shop, to=shop.agent_id, puts=("order",))
    shop.arrive()
    shop.sync()
    told = [(row["kind"], row["actor_type"], row["data"]) for row in shop.rows(events)]
    assert told[1] == ("ticket_tagged", "system", {"tags": ["order"]})
    assert told[2][0] == "ticket_assigned"


def test_a_batch_of_tickets_is_tagged_each_by_its_own_rule(shop: Shop) -> None:
    add_rule(shop, puts=("order",))
    add_rule(shop, puts=("invoice",), words=("invoice",))
    for subject in ("My order", "My invoice", "Order and invoice", "Hello"):
        shop.arrive(subject=subject)
    shop.sync()
    assert [tags_of(shop, number) for number in (1, 2, 3, 4)] == [
        ["order"],
        ["invoice"],
        ["invoice", "order"],
        [],
    ]


def test_history_is_not_tagged(shop: Shop) -> None:
    add_rule(shop, puts=("order",))
    connected_at = shop.clock.now()
    shop.clock.advance(hours=-48)
    shop.arrive()
    shop.clock.at = connected_at
    shop.sync()
    assert tags_of(shop) == []
