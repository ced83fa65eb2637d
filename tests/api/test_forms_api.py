"""Forms over HTTP: signed for the plugin, changed by managers, filled in by visitors."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import pytest
from shop import Shop

from inbox_service.domain.forms import default_definition
from inbox_service.domain.moments import rfc3339


def entry(shop: Shop, **changes: Any) -> dict[str, Any]:
    """Return an entry's body."""
    said = {"name": "Rita", "email": "rita@example.net", "subject": "Hi", "message": "A crack."}
    return {
        "entry_key": "e" * 32,
        "reference": "K7M2Q9XA",
        "submitted_at": rfc3339(shop.deps.clock.now()),
        "locale": "en",
        "wp_user_id": None,
        "fields": said,
        "files": [],
        "page_url": "",
        **changes,
    }


def form_id(shop: Shop) -> str:
    """Return the id of the site's first form, as the plugin learns it."""
    answer = shop.plugin.get("/forms").json
    assert answer is not None
    return str(answer["items"][0]["id"])


def test_the_plugin_gets_the_forms_signed_with_its_own_key(shop: Shop) -> None:
    [form] = shop.plugin.get("/forms").json["items"]
    said = json.dumps(form["definition"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    secret = shop.signer.key.secret.encode()
    assert form["signature"] == hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()


def test_agents_see_forms_without_a_signature(shop: Shop) -> None:
    shop.plugin.get("/forms")
    assert "signature" not in shop.manager.get("/forms").json["items"][0]


def test_an_entry_is_taken_and_its_replay_answered_alike(shop: Shop) -> None:
    path = f"/forms/{form_id(shop)}/entries"
    first = shop.plugin.call("POST", path, entry(shop))
    assert (first.status_code, first.json) == (201, {"state": "ticket", "reference": "K7M2Q9XA"})
    assert shop.plugin.call("POST", path, entry(shop)).json == first.json


def test_agents_cannot_file_entries(shop: Shop) -> None:
    answer = shop.manager.call("POST", f"/forms/{form_id(shop)}/entries", entry(shop))
    assert answer.status_code == 403


def test_a_file_larger_than_other_bodies_may_be_is_taken(shop: Shop) -> None:
    big = {"name": "big.bin", "type": "", "content": "AAAA" * 1_700_000}
    path = f"/forms/{form_id(shop)}/entries"
    assert shop.plugin.call("POST", path, entry(shop, files=[big])).status_code == 201


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"submitted_at": "yesterday"}, "submitted_at"),
        ({"entry_key": "short"}, "entry_key"),
        ({"reference": "SHORT"}, "reference"),
    ],
)
def test_a_wrong_shape_names_its_field(shop: Shop, changes: dict[str, Any], field: str) -> None:
    answer = shop.plugin.call("POST", f"/forms/{form_id(shop)}/entries", entry(shop, **changes))
    assert answer.status_code == 422
    assert field in answer.text


def test_a_manager_adds_changes_and_removes_a_form(shop: Shop) -> None:
    new = {"name": "Returns", "inbox_id": str(shop.inbox_id), "definition": default_definition()}
    made = shop.manager.call("POST", "/forms", new).json
    assert made is not None
    path = f"/forms/{made['id']}"
    changed = shop.manager.call("PATCH", path, {"name": "Refunds"}).json
    assert changed is not None
    assert (changed["name"], changed["version"]) == ("Refunds", 2)
    assert shop.manager.call("DELETE", path).status_code == 204


def test_a_form_that_requests_came_in_by_is_kept(shop: Shop) -> None:
    known = form_id(shop)
    shop.plugin.call("POST", f"/forms/{known}/entries", entry(shop))
    answer = shop.manager.call("DELETE", f"/forms/{known}")
    assert (answer.status_code, answer.json["code"]) == (409, "form_in_use")


def test_agents_cannot_change_forms(shop: Shop) -> None:
    ana = shop.hire(8)
    answer = ana.call("PATCH", f"/forms/{form_id(shop)}", {"name": "Mine"})
    assert answer.json["code"] == "managers_only"


def test_the_tags_of_a_form_are_kept(shop: Shop) -> None:
    definition = {**default_definition(), "tags": ["returns", "مرتجعات"]}
    answer = shop.manager.call("PATCH", f"/forms/{form_id(shop)}", {"definition": definition})
    assert answer.json["definition"]["tags"] == ["returns", "مرتجعات"]


@pytest.mark.parametrize(
    "definition",
    [
        {"fields": []},
        {"fields": [{"name": "email", "type": "email", "label": {"en": "E-mail"}}]},
        {"fields": [{"name": "email", "type": "sms", "label": {"en": "E-mail"}}]},
        {**default_definition(), "tags": "returns"},
        {**default_definition(), "tags": [7]},
        {**default_definition(), "tags": ["x" * 65]},
        {**default_definition(), "tags": [str(number) for number in range(11)]},
    ],
)
def test_a_definition_that_makes_no_form_is_refused(shop: Shop, definition: dict[str, Any]) -> None:
    answer = shop.manager.call("PATCH", f"/forms/{form_id(shop)}", {"definition": definition})
    assert (answer.status_code, answer.json["field"]) == (422, "definition")


# --- the site itself ------------------------------------------------------------------------------


def test_the_status_page_is_one_of_the_site(shop: Shop) -> None:
    home = shop.signer.home_url
    good = shop.plugin.call("PUT", "/site", {"status_page_url": f"{home}/status/"})
    bad = shop.plugin.call("PUT", "/site", {"status_page_url": "https://evil.example/status/"})
    assert (good.status_code, bad.status_code) == (204, 422)


def test_a_site_that_moved_is_served_under_its_new_address(shop: Shop) -> None:
    new = "https://moved.example"
    body = {"choice": "moved"}
    assert shop.plugin.call("GET", "/site", iss=new).json["code"] == "site_moved"
    assert shop.plugin.call("POST", "/site/moved", body, iss=new).status_code == 204
    assert shop.plugin.call("GET", "/site", iss=new).status_code == 200
    assert shop.plugin.call("GET", "/site").json["code"] == "site_moved"


def test_a_copy_of_a_site_is_not_served(shop: Shop) -> None:
    new = "https://staging.example"
    shop.plugin.call("POST", "/site/moved", {"choice": "copy"}, iss=new)
    assert shop.plugin.call("GET", "/site", iss=new).json["code"] == "site_moved"
    assert shop.plugin.call("GET", "/site").status_code == 200
