"""Agents as the plugin reports them."""

from __future__ import annotations

from typing import Any

import pytest
from shop import MANAGER, Shop


def profile(**changes: Any) -> dict[str, Any]:
    return {"name": "Omar", "email": "Omar@Shop.example", "role": "agent", "locale": "ar"} | changes


def test_the_full_list_lets_in_who_is_on_it_and_suspends_the_others(shop: Shop) -> None:
    answer = shop.plugin.call("PUT", "/agents", {"agents": [profile(wp_user_id=9)]})
    assert answer.json == {"agents": 1, "suspended": 1}
    me = shop.agent(9).get("/me")
    assert me.json
    assert (me.json["email"], me.json["role"], me.json["locale"]) == (
        "omar@shop.example",
        "agent",
        "ar",
    )
    assert shop.manager.get("/me").status_code == 403


def test_who_comes_back_keeps_his_id(shop: Shop) -> None:
    shop.plugin.call("DELETE", f"/agents/{MANAGER}")
    shop.plugin.call("PUT", f"/agents/{MANAGER}", profile(role="lead"))
    me = shop.manager.get("/me").json
    assert me
    assert (me["id"], me["role"]) == (str(shop.manager_id), "lead")


def test_one_agent_is_taken_in_and_let_go(shop: Shop) -> None:
    assert shop.plugin.call("PUT", "/agents/12", profile()).status_code == 204
    assert shop.agent(12).get("/me").status_code == 200
    assert shop.plugin.call("DELETE", "/agents/12").status_code == 204
    assert shop.agent(12).get("/me").status_code == 403


def test_letting_go_of_a_stranger_changes_nothing(shop: Shop) -> None:
    assert shop.plugin.call("DELETE", "/agents/999").status_code == 204


def test_colleagues_are_listed_by_name_without_those_who_left(shop: Shop) -> None:
    shop.hire(8, name="Amal")
    shop.hire(9, name="Zoe", state="suspended")
    listed = shop.manager.get("/agents").json
    assert listed
    assert [agent["name"] for agent in listed["items"]] == ["Amal", "shop manager"]
    assert listed["next_cursor"] is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"role": "root"}, "role"),
        ({"name": "a\0b"}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"email": 5}, "email"),
        ({"extra": 1}, "extra"),
        ({"name": "x" * 201}, "name"),
    ],
)
def test_a_wrong_report_says_which_field_is_wrong(
    shop: Shop, change: dict[str, Any], field: str
) -> None:
    answer = shop.plugin.call("PUT", "/agents/9", profile(**change))
    assert answer.json
    assert (answer.status_code, answer.json["code"], answer.json["field"]) == (
        422,
        "invalid",
        field,
    )


def test_a_number_beyond_all_numbers_reaches_nothing(shop: Shop) -> None:
    assert shop.plugin.call("DELETE", f"/agents/{10**30}").status_code in (404, 405)


def test_a_body_that_is_no_json_is_refused_with_a_sentence(shop: Shop) -> None:
    answer = shop.plugin.call("PUT", "/agents", None)
    assert answer.json
    assert (answer.status_code, answer.json["field"]) == (422, "agents")
