"""Who is let in, and what a refusal says."""

from __future__ import annotations

from typing import Any

import jwt
import pytest
from shop import API, MANAGER, Shop
from werkzeug.test import TestResponse

from inbox_service.errors import Invalid
from inbox_service.services.api_keys import add_api_key, revoke_api_key
from inbox_service.services.sites import rotate_key
from inbox_service.testing import FakeClock


def refusal(answer: TestResponse) -> tuple[int, str]:
    assert answer.content_type == "application/problem+json"
    assert answer.json
    return answer.status_code, answer.json["code"]


def bearer(shop: Shop, token: str) -> TestResponse:
    return shop.app.test_client().get(f"{API}/me", headers={"Authorization": f"Bearer {token}"})


def with_key(shop: Shop, key: str) -> TestResponse:
    return shop.app.test_client().get(f"{API}/agents", headers={"Authorization": f"Bearer {key}"})


def token(shop: Shop, **claims: object) -> str:
    return shop.signer.token("GET", f"{API}/me", b"", "agent", str(MANAGER), **claims)


def test_a_signed_request_is_let_in(shop: Shop) -> None:
    answer = shop.manager.get("/me")
    assert answer.json
    assert (answer.status_code, answer.json["name"]) == (200, "shop manager")
    can = {"reply": True, "manage": True, "route": True, "inbox_ids": None}
    assert answer.json["can"] == can


def test_a_request_without_a_token_is_refused(shop: Shop) -> None:
    answer = shop.app.test_client().get(f"{API}/me")
    assert refusal(answer) == (401, "token_missing")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("junk", ["x", "a.b.c", "uik_1_x", "uik_x", "", "a.b.c.d", "\u00e9"])
def test_a_token_that_is_none_is_refused(shop: Shop, junk: str) -> None:
    status, code = refusal(bearer(shop, junk))
    assert status == 401
    assert code in ("token_invalid", "token_missing")


def test_an_expired_token_is_refused_with_the_servers_time(shop: Shop, clock: FakeClock) -> None:
    old = token(shop)
    clock.advance(seconds=91)
    answer = bearer(shop, old)
    assert refusal(answer) == (401, "token_expired")
    assert answer.json
    assert answer.json["server_time"] == "2026-01-12T08:01:31.000Z"


def test_a_clock_may_be_half_a_minute_off(shop: Shop, clock: FakeClock) -> None:
    made = token(shop)
    clock.advance(seconds=-30)
    assert bearer(shop, made).status_code == 200
    clock.advance(seconds=120)
    assert bearer(shop, made).status_code == 200


def test_a_token_of_the_future_is_refused(shop: Shop, clock: FakeClock) -> None:
    made = token(shop)
    clock.advance(seconds=-31)
    assert refusal(bearer(shop, made)) == (401, "token_expired")


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another"},
        {"jti": None},
        {"jti": "short"},
        {"jti": 5},
        {"exp": None},
        {"exp": "soon"},
        {"exp": 10**10},
        {"typ": "root"},
        {"sub": None},
        {"sub": 7},
        {"path": 1},
    ],
)
def test_a_token_with_wrong_claims_is_refused(shop: Shop, claims: dict[str, object]) -> None:
    assert refusal(bearer(shop, token(shop, **claims))) == (401, "token_invalid")


@pytest.mark.parametrize(
    "claims",
    [{"method": "POST"}, {"path": f"{API}/site"}, {"path": f"{API}/me?"}, {"body_sha256": "0"}],
)
def test_a_token_fits_one_request_only(shop: Shop, claims: dict[str, object]) -> None:
    assert refusal(bearer(shop, token(shop, **claims))) == (401, "token_mismatch")


def test_the_query_is_signed_byte_for_byte(shop: Shop) -> None:
    answer = shop.manager.call("GET", "/tags", query={"a": "b c&d/é", "e": ""})
    assert answer.status_code == 200


@pytest.mark.parametrize("algorithm", ["none", "HS512"])
def test_only_one_algorithm_counts(shop: Shop, algorithm: str) -> None:
    claims = jwt.decode(token(shop), options={"verify_signature": False})
    key = "" if algorithm == "none" else shop.signer.key.secret * 2
    made = jwt.encode(claims, key, algorithm, headers={"kid": shop.signer.key.key_id})
    assert refusal(bearer(shop, made)) == (401, "token_invalid")


def test_a_key_of_another_name_is_not_tried(shop: Shop) -> None:
    claims = jwt.decode(token(shop), options={"verify_signature": False})
    for kid in (None, "", "x", f"{shop.site_id}.", f"{shop.site_id}.nope", 10**30, "1" * 30):
        made = jwt.encode(claims, shop.signer.key.secret, "HS256", headers={"kid": str(kid)})
        assert refusal(bearer(shop, made)) == (401, "token_invalid")


def test_a_site_that_moved_is_told_so(shop: Shop) -> None:
    answer = bearer(shop, token(shop, iss="https://staging.shop.example"))
    assert refusal(answer) == (409, "site_moved")


def test_a_trailing_slash_is_not_a_move(shop: Shop) -> None:
    assert bearer(shop, token(shop, iss="https://SHOP.example/")).status_code == 200


def test_a_rotated_key_works_for_another_day(shop: Shop, clock: FakeClock) -> None:
    rotate_key(shop.deps, shop.site_id)
    clock.advance(hours=23)
    assert shop.manager.get("/me").status_code == 200
    clock.advance(hours=2)
    assert refusal(shop.manager.get("/me")) == (401, "token_invalid")


def test_a_write_cannot_be_replayed(shop: Shop) -> None:
    body = {"agents": []}
    first = shop.plugin.call("PUT", "/agents", body, jti="j" * 32)
    second = shop.plugin.call("PUT", "/agents", body, jti="j" * 32)
    assert first.status_code == 200
    assert refusal(second) == (401, "token_replayed")


def test_a_write_that_failed_does_not_use_up_its_token(shop: Shop) -> None:
    shop.change_agent(MANAGER, role="viewer")
    request: dict[str, Any] = {"body": {"status": "solved"}, "headers": {"If-Match": '"1"'}}
    first = shop.manager.call("PATCH", "/tickets/1", **request, jti="j" * 32)
    shop.change_agent(MANAGER, role="agent")
    second = shop.manager.call("PATCH", "/tickets/1", **request, jti="j" * 32)
    assert refusal(first) == (403, "read_only")
    assert refusal(second) == (404, "ticket_not_found")


@pytest.mark.parametrize("user", ["8", "x", "-7", "07x", "\u0667", "9" * 40, ""])
def test_an_agent_nobody_reported_is_unknown(shop: Shop, user: str) -> None:
    made = shop.signer.token("GET", f"{API}/me", b"", "agent", user)
    assert refusal(bearer(shop, made)) == (403, "agent_unknown")


def test_a_suspended_agent_is_unknown(shop: Shop) -> None:
    shop.change_agent(MANAGER, state="suspended")
    assert refusal(shop.manager.get("/me")) == (403, "agent_unknown")


def test_a_route_admits_only_the_types_it_names(shop: Shop) -> None:
    assert refusal(shop.plugin.get("/me")) == (403, "actor_not_admitted")
    assert refusal(shop.manager.call("PUT", "/agents", {"agents": []})) == (
        403,
        "actor_not_admitted",
    )


def test_a_paused_site_may_not_call(shop: Shop) -> None:
    shop.change_site(state="paused")
    assert refusal(shop.manager.get("/me")) == (403, "site_paused")


@pytest.mark.parametrize(("scopes", "status"), [(["read"], 200), ([], 403)])
def test_a_program_reads_with_its_key_as_far_as_its_scopes_go(
    shop: Shop, scopes: list[str], status: int
) -> None:
    key = add_api_key(shop.deps, shop.site_id, "reports", scopes).key
    answer = with_key(shop, key)
    assert answer.status_code == status


def test_a_revoked_key_opens_nothing(shop: Shop) -> None:
    made = add_api_key(shop.deps, shop.site_id, "reports", ["read"])
    key = made.key
    revoke_api_key(shop.deps, shop.site_id, made.id)
    assert refusal(with_key(shop, key)) == (401, "token_invalid")


def test_a_paused_site_is_paused_for_programs_too(shop: Shop) -> None:
    key = add_api_key(shop.deps, shop.site_id, "reports", ["read"]).key
    shop.change_site(state="paused")
    assert refusal(with_key(shop, key)) == (403, "site_paused")


def test_a_key_with_an_unknown_scope_is_not_made(shop: Shop) -> None:
    with pytest.raises(Invalid, match="scopes"):
        add_api_key(shop.deps, shop.site_id, "reports", ["read", "everything"])


def test_a_program_writes_nothing(shop: Shop) -> None:
    key = add_api_key(shop.deps, shop.site_id, "reports", ["read"]).key
    answer = shop.app.test_client().put(
        f"{API}/tickets/1/seen",
        json={"message_id": "1"},
        headers={"Authorization": f"Bearer {key}"},
    )
    assert refusal(answer) == (403, "actor_not_admitted")


@pytest.mark.parametrize("iss", ["", "shop", "https://", "javascript:alert(1)"])
def test_an_issuer_that_is_no_address_is_another_site(shop: Shop, iss: str) -> None:
    assert refusal(bearer(shop, token(shop, iss=iss))) == (409, "site_moved")
