"""Notes that mention colleagues: who may be meant, and what follows."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from shop import Client, Shop, open_shop
from sqlalchemy import select
from werkzeug.test import TestResponse

from inbox_service.deps import Deps
from inbox_service.services import noticing
from inbox_service.store import agents
from inbox_service.store.tables import followers, messages, pending_notices
from inbox_service.testing import add_inbox, add_ticket


@pytest.fixture
def ana(shop: Shop) -> Client:
    return shop.hire(8, name="Ana Reyes")


@pytest.fixture
def away(shop: Shop) -> Client:
    """Somebody who sees another inbox only."""
    return shop.hire(9, name="Lena Away", inboxes=(shop.add(add_inbox),))


@pytest.fixture(autouse=True)
def ticket_id(shop: Shop) -> int:
    return shop.add(add_ticket, shop.inbox_id, number=1)


@pytest.fixture
def other(app: Flask, deps: Deps) -> Shop:
    return open_shop(app, deps, "other")


def id_of(client: Client) -> str:
    return str((client.get("/me").json or {})["id"])


def team_of(shop: Shop, *members: Client) -> str:
    places = [{"agent_id": id_of(one)} for one in members]
    answer = shop.manager.call("POST", "/teams", {"name": "Repairs", "members": places})
    return str((answer.json or {})["id"])


def note(shop: Shop, *meant: str, key: str = "key-1") -> TestResponse:
    """Write a note of the manager's that mentions these, such as "agent:12"."""
    html = "".join(f'<span data-mention="{one}">@Somebody</span> ' for one in meant)
    body = {"kind": "note", "text": "@Somebody look", "html": f"<div>{html}look</div>"}
    return shop.manager.call("POST", "/tickets/1/messages", body, headers={"Idempotency-Key": key})


def rows(shop: Shop, *columns: Any) -> list[Any]:
    with shop.deps.sessions.reading() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]


def told(shop: Shop) -> list[Any]:
    noticing.look_after(shop.deps)
    return rows(shop, pending_notices.c.agent_id, pending_notices.c.kind)


def offered(client: Client, text: str = "") -> list[str]:
    return [one["name"] for one in (client.get("/tickets/1/mentionable", q=text).json)["items"]]


def test_whoever_is_mentioned_is_told_and_follows_the_ticket(shop: Shop, ana: Client) -> None:
    answer = note(shop, f"agent:{id_of(ana)}")
    assert answer.status_code == 201
    assert told(shop) == [(int(id_of(ana)), "mentioned")]
    assert rows(shop, followers.c.agent_id) == [(int(id_of(ana)),)]


def test_the_note_shows_who_is_meant(shop: Shop, ana: Client) -> None:
    mention = f'data-mention="agent:{id_of(ana)}"'
    assert mention in note(shop, f"agent:{id_of(ana)}").json["html"]


def test_the_timeline_tells_it_by_ids(shop: Shop, ana: Client) -> None:
    note(shop, f"agent:{id_of(ana)}", f"agent:{id_of(ana)}")
    event = shop.manager.get("/tickets/1/events").json["items"][-1]
    assert event["kind"] == "agents_mentioned"
    assert event["data"] == {"agent_ids": [id_of(ana)], "named": [f"agent:{id_of(ana)}"]}


def test_of_a_mentioned_team_those_are_told_who_see_the_ticket(
    shop: Shop, ana: Client, away: Client
) -> None:
    team_id = team_of(shop, ana, away)
    assert note(shop, f"team:{team_id}").status_code == 201
    assert told(shop) == [(int(id_of(ana)), "mentioned")]


def test_who_mentions_himself_is_neither_told_nor_follows(shop: Shop) -> None:
    note(shop, f"agent:{shop.manager_id}")
    assert (told(shop), rows(shop, followers.c.agent_id)) == ([], [])


def test_who_may_not_see_the_ticket_is_named_and_nothing_is_written(
    shop: Shop, ana: Client, away: Client
) -> None:
    answer = note(shop, f"agent:{id_of(ana)}", f"agent:{id_of(away)}")
    assert (answer.status_code, answer.json["code"]) == (422, "mention_unseen")
    assert answer.json["names"] == ["Lena Away"]
    assert (rows(shop, messages.c.id), rows(shop, followers.c.agent_id)) == ([], [])


def test_a_team_that_sees_nothing_of_it_is_named(shop: Shop, away: Client) -> None:
    answer = note(shop, f"team:{team_of(shop, away)}")
    assert (answer.json["code"], answer.json["names"]) == ("mention_unseen", ["Repairs"])


@pytest.mark.parametrize("meant", ["agent:1", "team:1"])
def test_strangers_cannot_be_mentioned(shop: Shop, other: Shop, meant: str) -> None:
    stranger = f"agent:{other.manager_id}" if meant == "agent:1" else meant
    answer = note(shop, stranger)
    assert (answer.status_code, answer.json["code"]) == (422, "mention_unknown")


def test_who_left_cannot_be_mentioned(shop: Shop, ana: Client) -> None:
    gone = id_of(ana)
    shop.change_agent(8, state="suspended")
    assert note(shop, f"agent:{gone}").json["code"] == "mention_unknown"


def test_a_retry_tells_nobody_twice(shop: Shop, ana: Client) -> None:
    meant = f"agent:{id_of(ana)}"
    assert note(shop, meant).json["id"] == note(shop, meant).json["id"]
    assert len(told(shop)) == 1


def test_those_who_see_the_ticket_are_offered_but_the_caller_not(
    shop: Shop, ana: Client, away: Client
) -> None:
    team_of(shop, ana)
    assert offered(shop.manager) == ["Ana Reyes", "Repairs"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("rey", ["Ana Reyes"]), ("REP", ["Repairs"]), ("eyes", []), ("an r", ["Ana Reyes"])],
)
def test_names_are_found_by_how_their_words_begin(
    shop: Shop, ana: Client, typed: str, found: list[str]
) -> None:
    team_of(shop, ana)
    assert offered(shop.manager, typed) == found


def test_a_ticket_one_may_not_see_tells_nothing_of_who_does(shop: Shop, away: Client) -> None:
    assert away.get("/tickets/1/mentionable").status_code == 404


def mentions_of(client: Client) -> tuple[list[int], int]:
    """Return the tickets of an agent's view of mentions, and the number beside it."""
    listed = client.get("/tickets", mentioned="true").json or {}
    counts = (client.get("/inboxes").json or {})["counts"]
    return [one["number"] for one in listed["items"]], counts["mentions"]


def see(client: Client, number: int, message_id: str) -> None:
    body = {"message_id": message_id}
    assert client.call("PUT", f"/tickets/{number}/seen", body).status_code == 204


def test_a_ticket_stands_among_the_mentions_until_its_note_was_read(
    shop: Shop, ana: Client
) -> None:
    first = note(shop, f"agent:{id_of(ana)}").json["id"]
    second = note(shop, f"agent:{id_of(ana)}", key="key-2").json["id"]
    assert mentions_of(ana) == ([1], 1)
    see(ana, 1, first)
    assert mentions_of(ana) == ([1], 1)
    see(ana, 1, second)
    assert mentions_of(ana) == ([], 0)


def test_what_was_marked_unread_mentions_again(shop: Shop, ana: Client) -> None:
    see(ana, 1, note(shop, f"agent:{id_of(ana)}").json["id"])
    assert ana.call("DELETE", "/tickets/1/seen").status_code == 204
    assert mentions_of(ana) == ([1], 1)


def test_whoever_writes_mentions_himself_in_vain_with_his_team(shop: Shop, ana: Client) -> None:
    note(shop, f"team:{team_of(shop, shop.manager, ana)}")
    assert mentions_of(ana) == ([1], 1)
    assert mentions_of(shop.manager) == ([], 0)


def test_what_somebody_may_not_see_any_more_mentions_him_no_more(shop: Shop, ana: Client) -> None:
    note(shop, f"agent:{id_of(ana)}")
    ana_id = int(id_of(ana))
    with shop.deps.sessions.writing() as connection:
        agents.set_reach(connection, shop.site_id, ana_id, sees_all=False, inbox_ids=set())
    assert mentions_of(ana) == ([], 0)


def test_a_mention_goes_along_when_its_ticket_is_merged(shop: Shop, ana: Client) -> None:
    shop.add(add_ticket, shop.inbox_id, number=2)
    written = note(shop, f"agent:{id_of(ana)}").json["id"]
    tag = shop.manager.get("/tickets/1").headers["ETag"]
    merged = shop.manager.call("PUT", "/tickets/1/merge", {"into": 2}, headers={"If-Match": tag})
    assert merged.status_code == 200
    assert mentions_of(ana) == ([2], 1)
    see(ana, 2, written)
    assert mentions_of(ana) == ([], 0)
