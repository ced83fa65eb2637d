"""Teams: made, changed and taken apart by managers, seen by everybody."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from shop import API, Client, Shop, open_shop
from sqlalchemy import select
from werkzeug.test import TestResponse

from inbox_service.deps import Deps
from inbox_service.domain.routing import Conditions, Rule
from inbox_service.services.api_keys import add_api_key
from inbox_service.store import counters, routing
from inbox_service.store.ids import new_id
from inbox_service.store.tables import inboxes, team_members, tickets
from inbox_service.testing import START, add_agent, add_inbox, add_ticket

TEAMS = "/teams"


@pytest.fixture
def ana(shop: Shop) -> str:
    return str(shop.add(add_agent, name="Ana", role="agent"))


@pytest.fixture
def lena(shop: Shop) -> str:
    return str(shop.add(add_agent, name="Lena", role="lead", wp_user_id=8))


@pytest.fixture
def other(app: Flask, deps: Deps) -> Shop:
    return open_shop(app, deps, "other")


def member(agent_id: str, *, leads: bool = False) -> dict[str, Any]:
    return {"agent_id": agent_id, "leads": leads}


def make(shop: Shop, name: str = "Accounting", *members: dict[str, Any]) -> dict[str, Any]:
    answer = shop.manager.call("POST", TEAMS, {"name": name, "members": list(members)})
    assert answer.status_code == 201, answer.json
    return dict(answer.json or {})


def change(client: Client, team: dict[str, Any], **changes: Any) -> TestResponse:
    version = {"If-Match": f'"{team["version"]}"'}
    return client.call("PATCH", f"{TEAMS}/{team['id']}", changes, headers=version)


def listed(client: Client) -> list[dict[str, Any]]:
    return list((client.get(TEAMS).json or {})["items"])


def refusal(answer: TestResponse) -> tuple[int, str, str | None]:
    problem = answer.json or {}
    return answer.status_code, problem["code"], problem.get("field")


def rule_of(shop: Shop, team: dict[str, Any], **values: Any) -> int:
    rule_id = new_id(START)
    rule = Rule(rule_id, "Bills", True, Conditions(words=("bill",)), int(team["id"]), **values)
    with shop.deps.sessions.writing() as connection:
        routing.add(connection, shop.site_id, rule, START)
    return rule_id


def rule_now(shop: Shop, rule_id: int) -> Rule:
    with shop.deps.sessions.reading() as connection:
        rule = routing.rule(connection, shop.site_id, rule_id)
    assert rule is not None
    return rule


def test_a_team_is_made_with_its_members_and_seen_by_everybody(
    shop: Shop, ana: str, lena: str
) -> None:
    made = make(shop, "Accounting", member(ana), member(lena, leads=True))
    assert made["members"] == [
        {**member(ana), "name": "Ana"},
        {**member(lena, leads=True), "name": "Lena"},
    ]
    assert listed(shop.agent(8)) == [made]


def test_teams_stand_by_name(shop: Shop) -> None:
    for name in ("Sales", "Accounting"):
        make(shop, name)
    assert [team["name"] for team in listed(shop.manager)] == ["Accounting", "Sales"]


def test_a_program_reads_teams(shop: Shop) -> None:
    make(shop)
    key = add_api_key(shop.deps, shop.site_id, "reports", ["read"]).key
    with shop.app.test_client() as client:
        answer = client.get(API + TEAMS, headers={"Authorization": f"Bearer {key}"})
    assert [team["name"] for team in answer.json["items"]] == ["Accounting"]


def test_a_team_is_renamed_and_keeps_its_members(shop: Shop, ana: str) -> None:
    team = make(shop, "Accounting", member(ana))
    answer = change(shop.manager, team, name="  Bills   and money ")
    assert answer.headers["ETag"] == '"2"'
    assert listed(shop.manager) == [{**team, "name": "Bills and money", "version": 2}]


def test_members_are_replaced_as_a_whole(shop: Shop, ana: str, lena: str) -> None:
    team = make(shop, "Accounting", member(ana))
    change(shop.manager, team, members=[member(lena)])
    assert [one["name"] for one in listed(shop.manager)[0]["members"]] == ["Lena"]


def test_a_team_can_be_left_without_members(shop: Shop, ana: str) -> None:
    team = make(shop, "Accounting", member(ana))
    assert change(shop.manager, team, members=[]).status_code == 200
    assert listed(shop.manager)[0]["members"] == []


def test_who_is_suspended_is_in_the_team_again_when_he_is_back(shop: Shop, lena: str) -> None:
    team = make(shop, "Accounting", member(lena, leads=True))
    shop.change_agent(8, state="suspended")
    assert change(shop.manager, team, members=[]).json["members"] == []
    shop.change_agent(8, state="active")
    assert listed(shop.manager)[0]["members"] == [{**member(lena, leads=True), "name": "Lena"}]


def test_who_lost_the_role_leads_no_team_until_he_has_it_again(shop: Shop, lena: str) -> None:
    make(shop, "Accounting", member(lena, leads=True))
    shop.change_agent(8, role="agent")
    assert listed(shop.manager)[0]["members"][0]["leads"] is False
    shop.change_agent(8, role="lead")
    assert listed(shop.manager)[0]["members"][0]["leads"] is True


def test_an_agent_without_the_role_cannot_lead(shop: Shop, ana: str) -> None:
    body = {"name": "Sales", "members": [member(ana, leads=True)]}
    assert refusal(shop.manager.call("POST", TEAMS, body)) == (422, "invalid", "members")
    assert listed(shop.manager) == []


def test_strangers_are_no_members(shop: Shop, other: Shop) -> None:
    body = {"name": "Sales", "members": [member(str(other.manager_id))]}
    assert refusal(shop.manager.call("POST", TEAMS, body)) == (422, "invalid", "members")


def test_nobody_is_in_a_team_twice(shop: Shop, ana: str) -> None:
    body = {"name": "Sales", "members": [member(ana), member(ana)]}
    assert refusal(shop.manager.call("POST", TEAMS, body)) == (422, "invalid", "members")


@pytest.mark.parametrize("name", ["", "   "])
def test_a_team_needs_a_name(shop: Shop, name: str) -> None:
    answer = shop.manager.call("POST", TEAMS, {"name": name})
    assert refusal(answer) == (422, "invalid", "name")


def test_two_teams_cannot_have_one_name(shop: Shop) -> None:
    make(shop, "Accounting")
    sales = make(shop, "Sales")
    taken = (409, "team_name_taken", "name")
    assert refusal(shop.manager.call("POST", TEAMS, {"name": " Accounting "})) == taken
    assert refusal(change(shop.manager, sales, name="Accounting")) == taken
    assert listed(shop.manager)[1] == sales


def test_a_change_to_a_team_that_somebody_else_changed_shows_it_as_it_is(shop: Shop) -> None:
    team = make(shop)
    change(shop.manager, team, name="Money")
    answer = change(shop.manager, team, name="Bills")
    assert refusal(answer) == (412, "stale", None)
    assert answer.json["team"] == {**team, "name": "Money", "version": 2}


def test_a_change_must_name_the_version(shop: Shop) -> None:
    answer = shop.manager.call("PATCH", f"{TEAMS}/{make(shop)['id']}", {"name": "Money"})
    assert refusal(answer) == (428, "precondition_required", "If-Match")


def test_a_removed_team_leaves_its_tickets_where_they_are(shop: Shop) -> None:
    team = make(shop)
    number = shop.add(ticket_number, shop.inbox_id, team_id=int(team["id"]), status="pending")
    assert shop.manager.call("DELETE", f"{TEAMS}/{team['id']}").status_code == 204
    ticket = shop.manager.get(f"/tickets/{number}").json
    assert (ticket["team_id"], ticket["status"], ticket["version"]) == (None, "pending", 2)
    assert listed(shop.manager) == []


def ticket_number(connection: Any, site_id: int, inbox_id: int, **values: Any) -> int:
    ticket_id = add_ticket(connection, site_id, inbox_id, **values)
    here = (tickets.c.site_id == site_id) & (tickets.c.id == ticket_id)
    return int(connection.scalar(select(tickets.c.number).where(here)))


def test_the_tickets_of_a_removed_team_are_counted_as_nobodys(shop: Shop) -> None:
    team_id = int(make(shop)["id"])
    for status in ("open", "open", "solved"):
        shop.add(add_ticket, shop.inbox_id, team_id=team_id, status=status)
    shop.manager.call("DELETE", f"{TEAMS}/{team_id}")
    with shop.deps.sessions.reading() as connection:
        known = {bucket.status: (bucket.team_id, n) for bucket, n in counted(connection, shop)}
    assert known == {"open": (None, 2), "solved": (None, 1)}


def counted(connection: Any, shop: Shop) -> list[tuple[counters.Bucket, int]]:
    return counters.read(connection, shop.site_id)


def test_each_ticket_tells_that_it_lost_its_team(shop: Shop) -> None:
    team = make(shop)
    number = shop.add(ticket_number, shop.inbox_id, team_id=int(team["id"]))
    shop.manager.call("DELETE", f"{TEAMS}/{team['id']}")
    event = shop.manager.get(f"/tickets/{number}/events").json["items"][-1]
    assert (event["kind"], event["data"]) == (
        "ticket_team_changed",
        {"team_id": [team["id"], None]},
    )
    assert event["actor"]["id"] == str(shop.manager_id)


def test_a_rule_that_gave_to_the_team_alone_is_switched_off_and_kept(shop: Shop) -> None:
    team = make(shop)
    rule_id = rule_of(shop, team)
    shop.manager.call("DELETE", f"{TEAMS}/{team['id']}")
    rule = rule_now(shop, rule_id)
    assert (rule.enabled, rule.team_id, rule.conditions.words) == (False, None, ("bill",))


def test_a_rule_that_also_names_a_person_goes_on(shop: Shop) -> None:
    team = make(shop)
    rule_id = rule_of(shop, team, assignee_id=shop.manager_id)
    shop.manager.call("DELETE", f"{TEAMS}/{team['id']}")
    rule = rule_now(shop, rule_id)
    assert (rule.enabled, rule.team_id, rule.assignee_id) == (True, None, shop.manager_id)


def test_inboxes_and_people_outlive_their_team(shop: Shop, ana: str) -> None:
    team = make(shop, "Accounting", member(ana))
    inbox_id = shop.add(add_inbox, team_id=int(team["id"]))
    shop.manager.call("DELETE", f"{TEAMS}/{team['id']}")
    with shop.deps.sessions.reading() as connection:
        query = select(inboxes.c.team_id).where(inboxes.c.id == inbox_id)
        assert connection.scalar(query) is None
        assert connection.execute(select(team_members)).all() == []
    assert ana in [one["id"] for one in shop.manager.get("/agents").json["items"]]


def test_what_would_lose_the_team_is_told_before(shop: Shop) -> None:
    team = make(shop)
    for status in ("open", "solved"):
        shop.add(add_ticket, shop.inbox_id, team_id=int(team["id"]), status=status)
    rule_of(shop, team)
    assert shop.manager.get(f"{TEAMS}/{team['id']}/uses").json == {
        "tickets": 2,
        "rules": 1,
        "saved_replies": 0,
    }


def test_an_unused_team_is_named_by_nothing(shop: Shop) -> None:
    uses = shop.manager.get(f"{TEAMS}/{make(shop)['id']}/uses").json
    assert set(uses.values()) == {0}


@pytest.mark.parametrize("role", ["lead", "agent", "viewer"])
def test_only_managers_change_teams(shop: Shop, role: str) -> None:
    team, client = make(shop), shop.hire(9, role=role)
    one = f"{TEAMS}/{team['id']}"
    answers = [
        client.call("POST", TEAMS, {"name": "Sales"}),
        change(client, team, name="Sales"),
        client.call("DELETE", one),
        client.get(f"{one}/uses"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert listed(client) == [team]


def test_a_team_that_is_not_there_is_not_found(shop: Shop) -> None:
    gone = {"id": "1", "version": 1}
    answers = [
        change(shop.manager, gone, name="Sales"),
        shop.manager.call("DELETE", f"{TEAMS}/1"),
        shop.manager.get(f"{TEAMS}/1/uses"),
    ]
    assert [refusal(answer)[:2] for answer in answers] == [(404, "team_not_found")] * 3
