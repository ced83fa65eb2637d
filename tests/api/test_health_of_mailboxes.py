"""A mailbox that is not being read, as screens and the plugin are told of it."""

from __future__ import annotations

from typing import Any

import pytest
from shop import Shop, open_shop
from sqlalchemy import insert

from inbox_service.deps import Deps
from inbox_service.store.ids import new_id
from inbox_service.store.tables import inbox_addresses, incidents, mailboxes
from inbox_service.testing import START, add_inbox

ADDRESS = "support@shop.example"


@pytest.fixture
def incident(shop: Shop) -> str:
    """An open incident of a mailbox that feeds the shop's inbox; its id."""
    return broken_mailbox(shop)


def broken_mailbox(shop: Shop) -> str:
    mailbox_id, incident_id = new_id(START), new_id(START)
    times = {"since": START, "connected_at": START, "due_at": START}
    mailbox = {"kind": "gmail", "address": ADDRESS, "config": {}, "credentials": b"", "labels": []}
    state = {"state": "reauth_needed", "reason": "Google has revoked it."}
    feed = {"inbox_id": shop.inbox_id, "mailbox_id": mailbox_id, "email": ADDRESS}
    own = {"site_id": shop.site_id}
    with shop.deps.sessions.writing() as connection:
        for table, row in (
            (mailboxes, {"id": mailbox_id, **mailbox, **state, **times}),
            (inbox_addresses, {"id": new_id(START), **feed}),
            (incidents, {"id": incident_id, "mailbox_id": mailbox_id, **state, "began_at": START}),
        ):
            connection.execute(insert(table).values(**own, **row))
    return str(incident_id)


def troubles(client: Any) -> Any:
    return client.call("POST", "/live", {}).json["troubles"]


def told(shop: Shop, incident: str) -> Any:
    return shop.plugin.call("PUT", f"/site/incidents/{incident}/told").json


def test_every_open_screen_is_told_at_once(shop: Shop, incident: str) -> None:
    (trouble,) = troubles(shop.hire(20))
    assert (trouble["address"], trouble["state"]) == (ADDRESS, "reauth_needed")
    assert "reason" not in trouble


def test_an_agent_of_other_inboxes_is_not_told(shop: Shop, incident: str) -> None:
    other = shop.add(add_inbox)
    assert troubles(shop.hire(20, inboxes=(other,))) == []


def test_a_desk_whose_mailboxes_work_has_no_troubles(shop: Shop) -> None:
    assert troubles(shop.manager) == []


def test_the_plugin_learns_of_it_and_since_when(shop: Shop, incident: str) -> None:
    site = shop.plugin.get("/site").json
    (shown,) = site["incidents"]
    assert (shown["id"], shown["told_at"]) == (incident, None)
    assert (shown["reason"], shown["began_at"]) == (
        "Google has revoked it.",
        "2026-01-12T08:00:00.000Z",
    )
    assert site["mailboxes"][0]["since"] == "2026-01-12T08:00:00.000Z"


def test_the_plugin_says_once_that_it_told_the_managers(shop: Shop, incident: str) -> None:
    assert [told(shop, incident), told(shop, incident)] == [{"first": True}, {"first": False}]
    assert shop.plugin.get("/site").json["incidents"][0]["told_at"] is not None


def test_another_site_cannot_say_so(shop: Shop, incident: str, deps: Deps) -> None:
    other = open_shop(shop.app, deps, "other")
    assert told(other, incident) == {"first": False}
    assert shop.plugin.get("/site").json["incidents"][0]["told_at"] is None
