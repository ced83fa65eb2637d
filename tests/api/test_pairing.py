"""How a site gets its key."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from shop import API, Shop, Signer
from werkzeug.test import TestResponse

from inbox_service.deps import Deps
from inbox_service.services.sites import SiteKey, add_site, list_sites
from inbox_service.testing import FakeClock

HOME = "https://new.example"


def pair(app: Flask, code: str, **changes: Any) -> TestResponse:
    said = {
        "code": code,
        "home_url": HOME,
        "name": "New",
        "locale": "ar",
        "timezone": "Asia/Riyadh",
    }
    return app.test_client().post(f"{API}/pairing", json=said | changes)


def test_a_code_is_exchanged_for_a_key_that_works(app: Flask, deps: Deps) -> None:
    site_id, code = add_site(deps, "New", HOME)
    answer = pair(app, code)
    assert answer.status_code == 201
    assert answer.json
    assert answer.json["site_id"] == str(site_id)
    key = SiteKey(site_id, answer.json["key_id"], answer.json["secret"])
    token = Signer(deps, key, HOME).token("GET", f"{API}/site", b"", "plugin", "plugin")
    shown = app.test_client().get(f"{API}/site", headers={"Authorization": f"Bearer {token}"})
    assert shown.json
    assert (shown.json["name"], shown.json["mailboxes"]) == ("New", [])


def test_a_code_works_once(app: Flask, deps: Deps) -> None:
    _, code = add_site(deps, "New", HOME)
    assert pair(app, code).status_code == 201
    assert pair(app, code).status_code == 403


def test_a_code_works_for_a_quarter_of_an_hour(app: Flask, deps: Deps, clock: FakeClock) -> None:
    _, code = add_site(deps, "New", HOME)
    clock.advance(seconds=15 * 60)
    answer = pair(app, code)
    assert answer.json
    assert (answer.status_code, answer.json["code"]) == (403, "pairing_code_invalid")
    assert "inbox site add" in answer.json["detail"]


def test_a_newer_code_replaces_the_older(app: Flask, deps: Deps) -> None:
    first_site, old = add_site(deps, "New", HOME)
    second_site, new = add_site(deps, "New", f"{HOME}/")
    assert first_site == second_site
    assert pair(app, old).status_code == 403
    assert pair(app, new).status_code == 201


def test_pairing_again_ends_the_older_keys(app: Flask, deps: Deps, shop: Shop) -> None:
    _, code = add_site(deps, "shop", shop.signer.home_url)
    assert pair(app, code, home_url=shop.signer.home_url).status_code == 201
    assert shop.manager.get("/me").status_code == 401


def test_a_code_for_another_address_is_a_conflict_and_stays_good(app: Flask, deps: Deps) -> None:
    _, code = add_site(deps, "New", HOME)
    answer = pair(app, code, home_url="https://copy.example")
    assert answer.json
    assert (answer.status_code, answer.json["code"]) == (409, "pairing_other_site")
    assert pair(app, code).status_code == 201


@pytest.mark.parametrize("code", ["", "x", "-", "1-x", "9" * 40 + "-x", "\u0661-x", "1-é"])
def test_a_wrong_code_is_refused(app: Flask, code: str) -> None:
    assert pair(app, code).status_code == 403


@pytest.mark.parametrize(
    "url",
    ["", "shop", "ftp://a.example", "https://", "https://a:b@c.example", "http://[", "https://a:x"],
)
def test_an_address_that_is_none_is_refused(app: Flask, url: str) -> None:
    assert pair(app, "1-x", home_url=url).status_code == 422


def test_https_is_asked_for_off_loopback(app: Flask) -> None:
    answer = pair(app, "1-x", home_url="http://shop.example")
    assert answer.json
    assert (answer.status_code, answer.json["code"]) == (422, "https_required")


@pytest.mark.parametrize(
    "home", ["http://127.0.0.1:8080", "http://localhost/shop", "http://[::1]:81"]
)
def test_loopback_needs_no_https(app: Flask, deps: Deps, home: str) -> None:
    _, code = add_site(deps, "Local", home)
    assert pair(app, code, home_url=home).status_code == 201


def test_guessing_is_slowed_down(app: Flask, deps: Deps, clock: FakeClock) -> None:
    _, code = add_site(deps, "New", HOME)
    for _ in range(10):
        assert pair(app, "1-wrong").status_code == 403
    answer = pair(app, code)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "901")
    clock.advance(seconds=901)
    assert pair(app, "1-wrong").status_code == 403


def test_the_plugin_can_ask_for_a_new_key(shop: Shop) -> None:
    answer = shop.plugin.call("POST", "/pairing/rotate")
    assert answer.json
    assert set(answer.json) == {"key_id", "secret"}
    assert answer.json["key_id"] != shop.signer.key.key_id


def test_sites_are_listed_with_their_state(app: Flask, deps: Deps) -> None:
    site_id, code = add_site(deps, "New", HOME)
    assert [(site["id"], site["state"]) for site in list_sites(deps)] == [(site_id, "unpaired")]
    pair(app, code)
    assert list_sites(deps)[0]["state"] == "active"
