"""Deleting for good over HTTP: counted before, only from the trash, and never by mistake."""

from __future__ import annotations

import pytest
from shop import MANAGER, Shop
from werkzeug.test import TestResponse

from inbox_service.testing import add_message, add_ticket


@pytest.fixture
def thrown(shop: Shop) -> Shop:
    """The shop with ticket 1 in its trash: one message and one note."""
    ticket_id = shop.add(add_ticket, shop.inbox_id, number=1, place="trash")
    shop.add(add_message, ticket_id)
    shop.add(add_message, ticket_id, kind="note")
    return shop


def delete(shop: Shop, version: int = 1) -> TestResponse:
    return shop.manager.call("DELETE", "/tickets/1", headers={"If-Match": f'"{version}"'})


def test_what_will_be_gone_is_counted_and_then_gone(thrown: Shop) -> None:
    counted = thrown.manager.get("/tickets/1/contents").json
    assert counted == {"messages": 1, "notes": 1, "files": 0, "drafts": 0}
    assert delete(thrown).status_code == 204
    assert thrown.manager.get("/tickets/1").status_code == 404


def test_whoever_has_an_old_version_is_shown_the_ticket_as_it_is(thrown: Shop) -> None:
    answer = delete(thrown, version=7)
    assert (answer.status_code, answer.json["code"]) == (412, "stale")
    assert answer.json["ticket"]["number"] == 1


def test_a_ticket_that_is_not_in_the_trash_stays(shop: Shop) -> None:
    shop.add(add_ticket, shop.inbox_id, number=1)
    answer = delete(shop)
    assert (answer.status_code, answer.json["code"]) == (409, "not_in_trash")


def test_a_lead_deletes_nothing_for_good(thrown: Shop) -> None:
    thrown.change_agent(MANAGER, role="lead")
    answer = delete(thrown)
    assert (answer.status_code, answer.json["code"]) == (403, "managers_only")


def test_managers_say_after_how_many_days_the_trash_is_emptied(shop: Shop) -> None:
    assert shop.manager.get("/trash").json == {"empty_after_days": None}
    answer = shop.manager.call("PUT", "/trash", {"empty_after_days": 30})
    assert answer.status_code == 204
    assert shop.manager.get("/trash").json == {"empty_after_days": 30}


@pytest.mark.parametrize("days", [0, -1, 3651, "30"])
def test_days_that_make_no_sense_are_refused(shop: Shop, days: object) -> None:
    assert shop.manager.call("PUT", "/trash", {"empty_after_days": days}).status_code == 422
