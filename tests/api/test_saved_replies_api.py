"""Saved replies over HTTP: kept, found, filled in, and whose they are."""

from __future__ import annotations

from typing import Any

import pytest
from shop import Client, Shop
from sqlalchemy import insert, select
from werkzeug.test import TestResponse

from inbox_service.services import housekeeping
from inbox_service.services.saved_replies import MOST_OWN
from inbox_service.store.tables import saved_replies as rows
from inbox_service.testing import (
    FakeClock,
    add_customer,
    add_inbox,
    add_message,
    add_ticket,
)

REPLIES = "/saved-replies"
OFFERS = "/tickets/1/saved-replies"


@pytest.fixture
def ana(shop: Shop) -> Client:
    return shop.hire(8, name="Ana Reyes")


@pytest.fixture
def team(shop: Shop) -> dict[str, Any]:
    return made(shop.manager.call("POST", "/teams", {"name": "Repairs"}))


def made(answer: TestResponse) -> dict[str, Any]:
    assert answer.status_code in (200, 201), answer.json
    return dict(answer.json or {})


def keep(client: Client, name: str = "Thanks", /, **wording: Any) -> dict[str, Any]:
    return made(
        client.call("POST", REPLIES, {"name": name, "texts": {"any": "<p>Hi</p>"}} | wording)
    )


def names(client: Client, **query: Any) -> list[str]:
    return [one["name"] for one in made(client.get(REPLIES, **query))["items"]]


def change(client: Client, reply: dict[str, Any], **wording: Any) -> TestResponse:
    version = {"If-Match": f'"{reply["version"]}"'}
    return client.call("PATCH", f"{REPLIES}/{reply['id']}", wording, headers=version)


def refusal(answer: TestResponse) -> tuple[int, str, str | None]:
    problem = answer.json or {}
    return answer.status_code, problem["code"], problem.get("field")


def ask(shop: Shop, text: str = "Where is my order?", **customer: Any) -> None:
    """Let ticket 1 be there, with a customer's message."""
    customer_id = shop.add(add_customer, **customer)
    values = {"number": 1, "customer_id": customer_id, "reference": "7KQM2X9D"}
    ticket_id = shop.add(add_ticket, shop.inbox_id, subject="Order 7", **values)
    shop.add(add_message, ticket_id, text=text)


def offered(client: Client, text: str = "") -> list[tuple[str, str]]:
    found = made(client.get(OFFERS, q=text))["items"]
    return [(one["name"], one["language"]) for one in found]


def use(client: Client, reply: dict[str, Any], **body: Any) -> TestResponse:
    return client.call("POST", f"{OFFERS}/{reply['id']}/uses", body)


def test_an_agent_keeps_a_reply_of_his_own_that_nobody_else_sees(shop: Shop, ana: Client) -> None:
    reply = keep(ana, "Thanks", shortcut="/ty")
    assert (reply["reach"], reply["shortcut"], reply["can_edit"]) == ("mine", "ty", True)
    assert (names(ana), names(shop.manager)) == (["Thanks"], [])
    assert refusal(shop.manager.get(f"{REPLIES}/{reply['id']}"))[:2] == (
        404,
        "saved_reply_not_found",
    )


def test_leads_keep_replies_for_everybody_and_agents_use_them(shop: Shop, ana: Client) -> None:
    reply = keep(shop.hire(9, role="lead"), reach="everybody")
    assert made(ana.get(f"{REPLIES}/{reply['id']}"))["can_edit"] is False
    refused = (403, "not_your_saved_reply")
    assert refusal(change(ana, reply, name="Mine now"))[:2] == refused
    assert refusal(ana.call("DELETE", f"{REPLIES}/{reply['id']}"))[:2] == refused


@pytest.mark.parametrize("reach", ["everybody", "team"])
def test_an_agent_keeps_nothing_for_others(ana: Client, team: dict[str, Any], reach: str) -> None:
    body = {"name": "x", "texts": {"en": "x"}, "reach": reach, "team_id": team["id"]}
    assert refusal(ana.call("POST", REPLIES, body))[:2] == (403, "not_your_saved_reply")


def test_a_viewer_keeps_none(shop: Shop) -> None:
    body = {"name": "x", "texts": {"en": "x"}}
    assert shop.hire(9, role="viewer").call("POST", REPLIES, body).status_code == 403


def test_a_teams_replies_are_seen_by_its_members_and_by_leads(
    shop: Shop, ana: Client, team: dict[str, Any]
) -> None:
    keep(shop.manager, "Fixed", reach="team", team_id=team["id"])
    assert names(ana) == []
    member = {"agent_id": made(ana.get("/me"))["id"]}
    version = {"If-Match": f'"{team["version"]}"'}
    shop.manager.call("PATCH", f"/teams/{team['id']}", {"members": [member]}, headers=version)
    assert names(ana) == names(shop.hire(9, role="lead")) == ["Fixed"]


def test_a_teams_reply_names_a_team_that_there_is(shop: Shop) -> None:
    body = {"name": "x", "texts": {"en": "x"}, "reach": "team", "team_id": "1"}
    assert refusal(shop.manager.call("POST", REPLIES, body)) == (422, "invalid", "team_id")


def test_the_replies_of_a_team_that_goes_are_its_removers_own(
    shop: Shop, ana: Client, team: dict[str, Any]
) -> None:
    reply = keep(shop.manager, reach="team", team_id=team["id"])
    assert made(shop.manager.get(f"/teams/{team['id']}/uses"))["saved_replies"] == 1
    assert shop.manager.call("DELETE", f"/teams/{team['id']}").status_code == 204
    assert made(shop.manager.get(f"{REPLIES}/{reply['id']}"))["reach"] == "mine"
    assert names(ana) == []


def test_a_change_keeps_what_it_does_not_name(ana: Client) -> None:
    reply = keep(ana, shortcut="ty", texts={"en": "<p>Hello</p>", "ar": "<p>مرحبا</p>"})
    changed = made(change(ana, reply, name="  Many   thanks "))
    assert changed == {**reply, "name": "Many thanks", "version": 2}


def test_a_change_to_what_somebody_else_changed_shows_it_as_it_is(shop: Shop) -> None:
    reply = keep(shop.manager, reach="everybody")
    change(shop.hire(9, role="lead"), reply, name="Theirs")
    answer = change(shop.manager, reply, name="Ours")
    assert refusal(answer)[:2] == (412, "stale")
    assert answer.json["saved_reply"]["name"] == "Theirs"


def test_a_change_must_name_the_version(ana: Client) -> None:
    answer = ana.call("PATCH", f"{REPLIES}/{keep(ana)['id']}", {"name": "x"})
    assert refusal(answer)[:2] == (428, "precondition_required")


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        ({"name": "  "}, "saved_reply_unnamed"),
        ({"texts": {}}, "saved_reply_empty"),
        ({"texts": {"en": "<p> </p>"}}, "saved_reply_empty"),
        ({"shortcut": "two words"}, "shortcut_not_a_word"),
    ],
)
def test_what_cannot_be_kept_is_refused(ana: Client, wording: dict[str, Any], code: str) -> None:
    body = {"name": "x", "texts": {"en": "x"}} | wording
    assert refusal(ana.call("POST", REPLIES, body))[:2] == (422, code)


def test_a_variable_that_stands_for_nothing_is_named(ana: Client) -> None:
    body = {"name": "x", "texts": {"en": "Hi {{customer.shoe_size}}"}}
    answer = ana.call("POST", REPLIES, body)
    assert refusal(answer) == (422, "unknown_variable", "texts")
    assert answer.json["variable"] == "customer.shoe_size"


def test_what_runs_is_taken_out_of_a_text(ana: Client) -> None:
    reply = keep(ana, texts={"en": "<p onclick='x()'>Hi<script>x()</script></p>"})
    assert reply["texts"] == {"en": "<p>Hi</p>"}


def test_two_of_the_same_people_have_no_shortcut_in_common(shop: Shop, ana: Client) -> None:
    keep(ana, shortcut="TY")
    body = {"name": "x", "texts": {"en": "x"}, "shortcut": "ty"}
    assert refusal(ana.call("POST", REPLIES, body)) == (409, "shortcut_taken", "shortcut")
    assert keep(shop.manager, shortcut="ty")["shortcut"] == "ty"


def test_nobody_keeps_more_than_anybody_finds_anything_in(shop: Shop, ana: Client) -> None:
    reply = keep(ana)
    with shop.deps.sessions.writing() as connection:
        row = dict(connection.execute(select(rows)).mappings().one())
        many = [row | {"id": row["id"] - one} for one in range(1, MOST_OWN)]
        connection.execute(insert(rows), many)
    body = {"name": "x", "texts": {"en": "x"}}
    assert refusal(ana.call("POST", REPLIES, body))[:2] == (409, "too_many_saved_replies")
    ana.call("DELETE", f"{REPLIES}/{reply['id']}")
    assert keep(ana)["name"] == "Thanks"


def test_they_stand_by_name_on_pages(ana: Client) -> None:
    for name in ("beta", "Alpha", "gamma"):
        keep(ana, name)
    first = made(ana.get(REPLIES, limit=2))
    second = made(ana.get(REPLIES, limit=2, cursor=first["next_cursor"]))
    assert [one["name"] for one in first["items"] + second["items"]] == ["Alpha", "beta", "gamma"]
    assert second["next_cursor"] is None


@pytest.mark.parametrize("words", ["ARRIVE", "شكرا", "إستلام", "thx", "arri thanks"])
def test_words_are_found_in_name_shortcut_and_texts_in_any_spelling(
    ana: Client, words: str
) -> None:
    texts = {"en": "<p>It will arrive</p>", "ar": "<p>شُكراً، تمّ الاستلام</p>"}
    keep(ana, "Thanks", shortcut="thx", texts=texts)
    keep(ana, "Other")
    assert names(ana, q=words) == ["Thanks"]


def test_a_removed_reply_is_gone_and_can_be_brought_back(ana: Client) -> None:
    reply = keep(ana)
    assert ana.call("DELETE", f"{REPLIES}/{reply['id']}").status_code == 204
    assert names(ana) == []
    again = made(ana.call("DELETE", f"{REPLIES}/{reply['id']}/removal"))
    assert (again["name"], names(ana)) == ("Thanks", ["Thanks"])


def test_a_removal_cannot_be_undone_while_another_has_the_shortcut(ana: Client) -> None:
    reply = keep(ana, shortcut="ty")
    ana.call("DELETE", f"{REPLIES}/{reply['id']}")
    keep(ana, "Newer", shortcut="ty")
    answer = ana.call("DELETE", f"{REPLIES}/{reply['id']}/removal")
    assert refusal(answer)[:2] == (409, "shortcut_taken")


def test_after_a_month_a_removed_reply_is_forgotten(
    shop: Shop, ana: Client, clock: FakeClock
) -> None:
    ana.call("DELETE", f"{REPLIES}/{keep(ana)['id']}")
    keep(ana, "Other")
    clock.advance(seconds=31 * 86_400)
    assert housekeeping.forget_expired(shop.deps)["saved_replies"] == 1
    with shop.deps.sessions.reading() as connection:
        assert connection.scalars(select(rows.c.name)).all() == ["Other"]


def test_the_variables_are_told_with_what_they_stand_for(ana: Client) -> None:
    told = made(ana.get(f"{REPLIES}/variables"))
    assert "customer.first_name" in told["variables"]
    assert told["values"]["agent.first_name"] == "Ana"


def test_the_text_in_the_customers_language_is_offered_first(shop: Shop, ana: Client) -> None:
    ask(shop, "أين طلبي؟ لم يصل بعد")
    keep(ana, texts={"en": "Hello", "ar": "مرحبا", "any": "Hi"})
    assert offered(ana) == [("Thanks", "ar"), ("Thanks", "any"), ("Thanks", "en")]


def test_what_a_customer_reads_by_his_settings_counts_more_than_his_message(
    shop: Shop, ana: Client
) -> None:
    ask(shop, "Where is my order?", locale="tl_PH")
    keep(ana, texts={"en": "Hello", "tl": "Kumusta"})
    assert offered(ana)[0] == ("Thanks", "tl")


def test_a_shortcut_comes_before_a_name_and_a_name_before_a_text(shop: Shop, ana: Client) -> None:
    ask(shop)
    keep(ana, "Other", texts={"en": "refund"})
    keep(ana, "Refund policy")
    keep(ana, "Money back", shortcut="refund")
    assert [name for name, _ in offered(ana, "refu")] == ["Money back", "Refund policy", "Other"]


def test_what_is_used_most_is_offered_first(shop: Shop, ana: Client) -> None:
    ask(shop)
    keep(ana, "Alpha")
    use(ana, keep(ana, "Beta"))
    assert [name for name, _ in offered(ana)] == ["Beta", "Alpha"]


def test_a_reply_is_filled_in_for_the_ticket_and_its_use_counted(
    shop: Shop, ana: Client, clock: FakeClock
) -> None:
    ask(shop, name="Omar <Haddad>")
    text = "<p>Dear {customer.first_name}, {ticket.reference}: {ticket.subject}</p>{agent.name}"
    reply = keep(ana, texts={"en": text})
    used = made(use(ana, reply))
    assert used["html"] == "<p>Dear Omar, 7KQM2X9D: Order 7</p>Ana Reyes"
    assert used["text"] == "Dear Omar, 7KQM2X9D: Order 7\nAna Reyes"
    assert (used["language"], used["missing"]) == ("en", [])
    counted = made(ana.get(f"{REPLIES}/{reply['id']}"))
    assert (counted["uses"], counted["version"]) == (1, 1)
    assert counted["last_used_at"] is not None


def test_what_nothing_stands_for_is_named_to_who_inserts(shop: Shop, ana: Client) -> None:
    ask(shop, name="")
    used = made(use(ana, keep(ana, texts={"en": "<p>Hello {customer.first_name},</p>"})))
    assert (used["html"], used["missing"]) == ("<p>Hello,</p>", ["customer.first_name"])


def test_another_language_can_be_asked_for(shop: Shop, ana: Client) -> None:
    ask(shop)
    reply = keep(ana, texts={"en": "Hello", "ar": "مرحبا"})
    assert made(use(ana, reply, language="ar"))["text"] == "مرحبا"
    assert use(ana, reply, language="tl").status_code == 404


def test_nothing_is_filled_in_for_a_ticket_that_one_may_not_see(shop: Shop, ana: Client) -> None:
    ask(shop)
    away = shop.hire(9, inboxes=(shop.add(add_inbox),))
    assert refusal(away.get(OFFERS))[:2] == (404, "ticket_not_found")
    assert use(away, keep(away)).status_code == 404
