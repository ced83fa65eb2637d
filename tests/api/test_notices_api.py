"""What agents hear of by mail, and what inboxes answer at once: read and chosen over HTTP."""

from __future__ import annotations

from typing import Any

from shop import Client, Shop
from sqlalchemy import insert

from inbox_service.store.tables import notice_settings

WORDS = {"subject": "Got it", "text": "Dear {customer.name}"}


def put(who: Client, path: str, body: Any) -> tuple[int, dict[str, Any]]:
    answer = who.call("PUT", path, body)
    shown: dict[str, Any] = answer.json or {}
    return answer.status_code, shown


def test_an_agent_hears_of_what_concerns_him_until_he_chooses(shop: Shop) -> None:
    shown = shop.hire(8, email="ana@desk.example").get("/me/notices").json
    assert shown == {
        "kinds": ["assigned", "mentioned", "answered", "returned"],
        "with_text": True,
        "email": "ana@desk.example",
        "bounce": "",
    }


def test_an_agents_choice_is_his_own(shop: Shop) -> None:
    ana, choice = shop.hire(8), {"kinds": ["opened"], "with_text": False}
    status, shown = put(ana, "/me/notices", choice)
    assert (status, shown["kinds"], shown["with_text"]) == (200, ["opened"], False)
    others = shop.manager.get("/me/notices").json
    assert others
    assert others["kinds"] == ["assigned", "mentioned", "answered", "returned"]


def test_a_kind_there_is_not_is_refused(shop: Shop) -> None:
    status, _ = put(shop.manager, "/me/notices", {"kinds": ["weather"], "with_text": True})
    assert status == 422


def test_an_agent_sees_why_his_address_gets_nothing(shop: Shop) -> None:
    ana = shop.hire(8, email="ana@desk.example")
    me = ana.get("/me").json
    assert me
    row = {"agent_id": int(me["id"]), "kinds": [], "bounced_email": "ana@desk.example"}
    with shop.deps.sessions.writing() as connection:
        connection.execute(
            insert(notice_settings).values(site_id=shop.site_id, bounce="5.1.1", **row)
        )
    shown = ana.get("/me/notices").json
    assert shown
    assert shown["bounce"] == "5.1.1"
    shop.change_agent(8, email="new@desk.example")
    shown = ana.get("/me/notices").json
    assert shown
    assert shown["bounce"] == ""


def test_every_inbox_has_an_acknowledgement_that_is_off(shop: Shop) -> None:
    answer = shop.manager.get("/acknowledgements").json
    assert answer
    [one] = answer["items"]
    assert (one["inbox_id"], one["enabled"]) == (str(shop.inbox_id), False)
    assert sorted(one["texts"]) == ["ar", "en", "tl"]
    assert "ticket.reference" in one["variables"]


def test_an_inbox_gets_its_own_words_and_keeps_ours_for_other_languages(shop: Shop) -> None:
    path = f"/inboxes/{shop.inbox_id}/acknowledgement"
    before = put(shop.manager, path, {"enabled": True, "texts": {"en": WORDS}})[1]
    assert (before["enabled"], before["texts"]["en"]) == (True, WORDS)
    assert "{ticket.reference}" in before["texts"]["ar"]["subject"]
    empty = {"en": {"subject": "Got it", "text": " "}}
    after = put(shop.manager, path, {"enabled": True, "texts": empty})[1]
    assert "Thank you" in after["texts"]["en"]["text"]


def test_a_variable_that_is_none_is_named(shop: Shop) -> None:
    words = {"subject": "Got it", "text": "Dear {customer.nmae}"}
    path = f"/inboxes/{shop.inbox_id}/acknowledgement"
    status, shown = put(shop.manager, path, {"enabled": True, "texts": {"en": words}})
    assert (status, "customer.nmae" in shown["detail"]) == (422, True)


def test_agents_do_not_change_what_inboxes_answer(shop: Shop) -> None:
    ana, path = shop.hire(8), f"/inboxes/{shop.inbox_id}/acknowledgement"
    assert put(ana, path, {"enabled": True, "texts": {}})[0] == 403
    assert ana.get("/acknowledgements").status_code == 403


def test_an_inbox_that_is_not_there_is_not_found(shop: Shop) -> None:
    assert put(shop.manager, "/inboxes/5/acknowledgement", {"enabled": True, "texts": {}})[0] == 404
