"""Routing rules: written, put in order, and tried on the last tickets."""

from __future__ import annotations

from typing import Any

import pytest
from shop import Client, Shop
from sqlalchemy import insert, select
from werkzeug.test import TestResponse

from inbox_service.services.routing_rules import MOST_RULES
from inbox_service.store import tags
from inbox_service.store.ids import new_id
from inbox_service.store.tables import form_entries, forms, routing_rules, teams, tickets
from inbox_service.testing import START, add_agent, add_inbox, add_message, add_ticket

RULES = "/routing/rules"


def made(shop: Shop, table: Any, **values: Any) -> int:
    row = {"site_id": shop.site_id, "id": new_id(START), "created_at": START, **values}
    with shop.deps.sessions.writing() as connection:
        connection.execute(insert(table).values(**row))
    return int(row["id"])


@pytest.fixture
def team(shop: Shop) -> str:
    return str(made(shop, teams, name="Accounting"))


@pytest.fixture
def lead(shop: Shop) -> Client:
    return shop.hire(8, role="lead")


def draft(team: str | None, **values: Any) -> dict[str, Any]:
    rule = {"name": "Bills", "enabled": True, "conditions": {"words": ["invoice"]}}
    return {**rule, "team_id": team, "assignee_id": None, "adds_tags": [], **values}


def add(shop: Shop, team: str | None, **values: Any) -> str:
    answer = shop.manager.call("POST", RULES, draft(team, **values))
    assert answer.status_code == 201, answer.json
    return str((answer.json or {})["id"])


def listed(client: Client) -> list[dict[str, Any]]:
    return list((client.get(RULES).json or {})["items"])


def refused(answer: TestResponse, status: int = 422) -> Any:
    """Return the field that was refused."""
    assert answer.status_code == status, answer.json
    return (answer.json or {}).get("field")


def test_a_rule_is_added_and_listed_as_it_was_sent(shop: Shop, lead: Client, team: str) -> None:
    sent = draft(team, conditions={"inbox": str(shop.inbox_id), "words": ["invoice", "فاتورة"]})
    answer = lead.call("POST", RULES, sent)
    assert answer.status_code == 201
    assert answer.json == {"id": answer.json["id"], **sent}
    assert lead.get(RULES).json == {"items": [answer.json], "next_cursor": None}


def test_a_rule_can_name_everything_at_once(shop: Shop, team: str) -> None:
    form_id = made(shop, forms, name="Contact us", inbox_id=shop.inbox_id, definition={})
    conditions = {"form": str(form_id), "inbox": str(shop.inbox_id), "tag": "vip"}
    conditions |= {"sender_domain": "acme.example", "words": ["a", "b"]}
    add(shop, team, conditions=conditions, assignee_id=str(shop.manager_id))
    assert listed(shop.manager)[0]["conditions"] == conditions


def test_a_rule_may_do_no_more_than_put_tags_on(shop: Shop) -> None:
    rule_id = add(shop, None, adds_tags=[" vip ", "vip", "late"])
    assert listed(shop.manager)[0]["adds_tags"] == ["vip", "late"]
    shop.manager.call("PATCH", f"{RULES}/{rule_id}", {"adds_tags": ["gold"]})
    assert listed(shop.manager)[0]["adds_tags"] == ["gold"]


def test_what_was_typed_is_kept_tidy(shop: Shop, team: str) -> None:
    typed = {"sender_domain": "Omar@ACME.example ", "words": [" a  b ", "a b"], "tag": " "}
    add(shop, team, name=" Bills ", conditions=typed)
    rule = listed(shop.manager)[0]
    assert rule["name"] == "Bills"
    assert rule["conditions"] == {"sender_domain": "acme.example", "words": ["a b"]}


def test_new_rules_stand_last(shop: Shop, team: str) -> None:
    for name in ("one", "two", "three"):
        add(shop, team, name=name)
    assert [rule["name"] for rule in listed(shop.manager)] == ["one", "two", "three"]


def test_rules_are_put_in_a_new_order(shop: Shop, lead: Client, team: str) -> None:
    one, two, three = (add(shop, team, name=name) for name in ("one", "two", "three"))
    answer = lead.call("PUT", "/routing/order", {"ids": [three, one, two]})
    assert answer.status_code == 204
    assert [rule["id"] for rule in listed(lead)] == [three, one, two]


def test_a_removed_rule_comes_back_to_its_place(shop: Shop, team: str) -> None:
    one, two, three = (add(shop, team, name=name) for name in ("one", "two", "three"))
    assert shop.manager.call("DELETE", f"{RULES}/{two}").status_code == 204
    again = add(shop, team, name="two")
    shop.manager.call("PUT", "/routing/order", {"ids": [one, again, three]})
    assert [rule["name"] for rule in listed(shop.manager)] == ["one", "two", "three"]


def test_an_order_that_knows_other_rules_is_refused(shop: Shop, team: str) -> None:
    one, two = add(shop, team), add(shop, team)
    for ids in ([one], [one, two, "17"], [one, one], []):
        answer = shop.manager.call("PUT", "/routing/order", {"ids": ids})
        assert (refused(answer, 409), answer.json["code"]) == ("ids", "rules_changed")
    assert [rule["id"] for rule in listed(shop.manager)] == [one, two]


def test_one_property_changes_and_the_rest_stays(shop: Shop, team: str) -> None:
    rule_id = add(shop, team)
    answer = shop.manager.call("PATCH", f"{RULES}/{rule_id}", {"enabled": False})
    assert answer.json == {"id": rule_id, **draft(team, enabled=False)}
    assert listed(shop.manager) == [answer.json]


def test_conditions_are_replaced_as_a_whole(shop: Shop, team: str) -> None:
    rule_id = add(shop, team, conditions={"tag": "vip", "words": ["a"]})
    shop.manager.call("PATCH", f"{RULES}/{rule_id}", {"conditions": {"tag": "late"}})
    assert listed(shop.manager)[0]["conditions"] == {"tag": "late"}


def test_a_changed_rule_keeps_its_place(shop: Shop, team: str) -> None:
    one, two = add(shop, team, name="one"), add(shop, team, name="two")
    shop.manager.call("PATCH", f"{RULES}/{one}", {"name": "first"})
    assert [rule["id"] for rule in listed(shop.manager)] == [one, two]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"conditions": {}}, "conditions"),
        ({"conditions": {"words": [" "]}}, "conditions"),
        ({"conditions": {"colour": "red"}}, "conditions.colour"),
        ({"conditions": {"words": ["!?"]}}, "conditions.words"),
        ({"conditions": {"words": ["x" * 101]}}, "conditions.words.0"),
        ({"conditions": {"sender_domain": "not a domain"}}, "conditions.sender_domain"),
        ({"conditions": {"inbox": "17"}}, "conditions.inbox"),
        ({"conditions": {"inbox": 17}}, "conditions.inbox"),
        ({"conditions": {"form": "17"}}, "conditions.form"),
        ({"team_id": None}, "team_id"),
        ({"team_id": None, "adds_tags": [" "]}, "team_id"),
        ({"adds_tags": ["x" * 65]}, "adds_tags.0"),
        ({"adds_tags": [str(number) for number in range(11)]}, "adds_tags"),
        ({"team_id": "17"}, "team_id"),
        ({"assignee_id": "17"}, "assignee_id"),
        ({"enabled": None}, "enabled"),
    ],
)
def test_what_is_wrong_is_named(shop: Shop, team: str, values: dict[str, Any], field: str) -> None:
    assert refused(shop.manager.call("POST", RULES, draft(team, **values))) == field
    rule_id = add(shop, team)
    assert refused(shop.manager.call("PATCH", f"{RULES}/{rule_id}", values)) == field
    assert listed(shop.manager) == [{"id": rule_id, **draft(team)}]


def test_tickets_are_not_promised_to_who_cannot_take_them(shop: Shop, team: str) -> None:
    elsewhere = shop.add(add_inbox)
    for values in ({"role": "viewer"}, {"state": "suspended"}, {"inboxes": (elsewhere,)}):
        agent_id = shop.add(add_agent, **values)
        sent = draft(team, conditions={"inbox": str(shop.inbox_id)}, assignee_id=str(agent_id))
        assert refused(shop.manager.call("POST", RULES, sent)) == "assignee_id"


def test_a_rule_of_somebody_who_left_can_still_be_changed(shop: Shop, team: str) -> None:
    shop.hire(9)
    person = next(
        one for one in shop.manager.get("/agents").json["items"] if one["wp_user_id"] == 9
    )
    rule_id = add(shop, team, assignee_id=person["id"])
    shop.change_agent(9, state="suspended")
    sent = draft(team, name="Late bills", assignee_id=person["id"])
    assert shop.manager.call("PATCH", f"{RULES}/{rule_id}", sent).status_code == 200
    assert listed(shop.manager)[0]["assignee_id"] == person["id"]


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_a_rule_that_is_not_there_is_not_found(shop: Shop, method: str) -> None:
    body = {"enabled": True} if method == "PATCH" else None
    assert shop.manager.call(method, f"{RULES}/17", body).status_code == 404


def test_there_is_an_end_to_the_list_of_rules(shop: Shop, team: str) -> None:
    add(shop, team)
    rule = {"conditions": {"words": ["a"]}, "enabled": True, "position": 2, "name": "x"}
    with shop.deps.sessions.writing() as connection:
        for _ in range(MOST_RULES - 1):
            own = {"site_id": shop.site_id, "id": new_id(START), "created_at": START}
            connection.execute(insert(routing_rules).values(**own, **rule))
    assert shop.manager.call("POST", RULES, draft(team)).json["code"] == "too_many_rules"


@pytest.mark.parametrize("role", ["agent", "viewer"])
def test_rules_are_for_managers_and_leads(shop: Shop, team: str, role: str) -> None:
    rule_id, colleague = add(shop, team), shop.hire(9, role=role)
    calls = [
        ("GET", RULES, None),
        ("POST", RULES, draft(team)),
        ("PATCH", f"{RULES}/{rule_id}", {"enabled": False}),
        ("DELETE", f"{RULES}/{rule_id}", None),
        ("PUT", "/routing/order", {"ids": [rule_id]}),
        ("POST", "/routing/dry-run", {}),
    ]
    answers = [colleague.call(*call) for call in calls]
    assert {answer.status_code for answer in answers} == {403}
    assert answers[0].json["code"] == "leads_only"
    assert listed(shop.manager) == [{"id": rule_id, **draft(team)}]


# --- the dry run --------------------------------------------------------------------------------


def ticket(shop: Shop, number: int, text: str = "My invoice", **values: Any) -> int:
    inbox_id = values.pop("inbox_id", shop.inbox_id)
    ticket_id = shop.add(add_ticket, inbox_id, number=number, subject=f"Ticket {number}")
    shop.add(add_message, ticket_id, text=text, **values)
    return ticket_id


def tried(client: Client, rules: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    answer = client.call("POST", "/routing/dry-run", {} if rules is None else {"rules": rules})
    assert answer.status_code == 200, answer.json
    return list((answer.json or {})["items"])


def fitting(shop: Shop, **conditions: Any) -> list[int]:
    """Return the numbers of the tickets that a rule with these conditions would take."""
    lines = tried(shop.manager, [draft("17", conditions=conditions)])
    return [line["ticket_number"] for line in lines if line["rule_name"]]


def test_the_rules_are_tried_on_the_last_tickets(shop: Shop, team: str) -> None:
    rule_id = add(shop, team, assignee_id=str(shop.manager_id))
    ticket(shop, 1)
    ticket(shop, 2, "Hello")
    nothing = {"rule_id": None, "rule_name": None, "team": None, "assignee": None}
    nothing |= {"rule_ids": [], "tags": []}
    taken = {"rule_id": rule_id, "rule_name": "Bills", "team": {"id": team, "name": "Accounting"}}
    taken |= {"assignee": {"id": str(shop.manager_id), "name": "shop manager"}}
    taken |= {"rule_ids": [rule_id], "tags": []}
    assert tried(shop.manager) == [
        {"ticket_number": 2, "subject": "Ticket 2", **nothing},
        {"ticket_number": 1, "subject": "Ticket 1", **taken},
    ]


def test_trying_changes_nothing(shop: Shop, team: str) -> None:
    add(shop, team)
    ticket(shop, 1)
    tried(shop.manager)
    with shop.deps.sessions.reading() as connection:
        row = connection.execute(select(tickets)).mappings().one()
    assert (row["team_id"], row["version"]) == (None, 1)


def test_rules_can_be_tried_before_they_are_kept(shop: Shop, team: str) -> None:
    add(shop, team)
    ticket(shop, 1)
    other = draft(team, name="New", conditions={"sender_domain": "example.net"})
    assert [line["rule_name"] for line in tried(shop.manager, [other])] == ["New"]
    assert [line["rule_id"] for line in tried(shop.manager, [{**other, "id": "5"}])] == ["5"]
    assert [line["rule_id"] for line in tried(shop.manager, [])] == [None]
    assert [rule["name"] for rule in listed(shop.manager)] == ["Bills"]


def test_a_trial_shows_tags_and_who_put_them_on(shop: Shop, team: str) -> None:
    ticket(shop, 1)
    tagger = draft(None, adds_tags=["bill"], id="5")
    decider = draft(team, conditions={"tag": "bill"}, id="6")
    line = tried(shop.manager, [tagger, decider])[0]
    assert (line["rule_id"], line["rule_ids"], line["tags"]) == ("6", ["5", "6"], ["bill"])
    assert (line["team"] or {})["id"] == team


def test_a_trial_begins_with_the_tags_of_the_form(shop: Shop) -> None:
    first = ticket(shop, 1)
    definition = {"tags": ["returns"]}
    form_id = made(shop, forms, name="R", inbox_id=shop.inbox_id, definition=definition)
    entry = {"entry_key": "k", "state": "ticket", "reference": "R", "entry": {}}
    made(shop, form_entries, form_id=form_id, ticket_id=first, submitted_at=START, **entry)
    assert fitting(shop, tag="returns") == [1]


def test_a_rule_that_is_tried_may_name_what_is_gone(shop: Shop) -> None:
    ticket(shop, 1)
    line = tried(shop.manager, [draft("17", assignee_id="18")])[0]
    assert (line["rule_name"], line["team"], line["assignee"]) == ("Bills", None, None)


def test_only_the_last_hundred_tickets_are_tried(shop: Shop) -> None:
    for number in range(1, 103):
        shop.add(add_ticket, shop.inbox_id, number=number)
    numbers = [line["ticket_number"] for line in tried(shop.manager)]
    assert numbers == list(range(102, 2, -1))


def test_tickets_are_tried_with_their_form_tags_inbox_and_sender(shop: Shop) -> None:
    other = shop.add(add_inbox)
    first, second = (
        ticket(shop, 1),
        ticket(shop, 2, inbox_id=other, author_email="eve@acme.example"),
    )
    form_id = made(shop, forms, name="Contact us", inbox_id=shop.inbox_id, definition={})
    entry = {"entry_key": "k", "state": "ticket", "reference": "R", "entry": {}}
    made(shop, form_entries, form_id=form_id, ticket_id=first, submitted_at=START, **entry)
    with shop.deps.sessions.writing() as connection:
        tags.tag(connection, shop.site_id, second, ["vip"], START)
    assert fitting(shop, form=str(form_id)) == [1]
    assert fitting(shop, tag="vip") == [2]
    assert fitting(shop, inbox=str(other)) == [2]
    assert fitting(shop, sender_domain="acme.example") == [2]


def test_the_first_message_of_a_ticket_counts_not_the_answers(shop: Shop) -> None:
    ticket_id = ticket(shop, 1, "Hello")
    shop.add(add_message, ticket_id, START + 1, text="My invoice")
    assert fitting(shop, words=["invoice"]) == []
    assert fitting(shop, words=["hello"]) == [1]


def test_a_message_that_only_quotes_is_searched_in_its_quote(shop: Shop) -> None:
    ticket(shop, 1, "", folded_text="> My invoice")
    assert fitting(shop, words=["invoice"]) == [1]


def test_a_ticket_without_a_message_is_tried_by_its_subject(shop: Shop) -> None:
    shop.add(add_ticket, shop.inbox_id, number=1, subject="Invoice 17")
    assert fitting(shop, words=["invoice"]) == [1]
    assert fitting(shop, sender_domain="example.net") == []


def test_a_trial_shows_who_is_away(shop: Shop, team: str) -> None:
    shop.hire(9)
    person = next(
        one for one in shop.manager.get("/agents").json["items"] if one["wp_user_id"] == 9
    )
    add(shop, team, assignee_id=person["id"])
    shop.change_agent(9, state="suspended")
    ticket(shop, 1)
    line = tried(shop.manager)[0]
    assert (line["team"]["id"], line["assignee"]) == (team, None)


def test_a_lead_who_sees_some_inboxes_only_writes_no_rules_for_all(shop: Shop) -> None:
    lead = shop.hire(9, role="lead", inboxes=(shop.inbox_id,))
    for method, path in (("GET", "/rules"), ("POST", "/dry-run")):
        answer = lead.call(method, f"/routing{path}", {} if method == "POST" else None)
        assert (answer.status_code, answer.json["code"]) == (403, "leads_only")


def test_a_merged_ticket_is_not_tried(shop: Shop) -> None:
    kept = ticket(shop, 1)
    shop.add(add_ticket, shop.inbox_id, number=2, merged_into=kept)
    assert [line["ticket_number"] for line in tried(shop.manager)] == [1]
