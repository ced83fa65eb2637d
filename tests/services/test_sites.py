"""Sites and their keys, below HTTP."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from inbox_service.deps import Deps
from inbox_service.errors import Forbidden, Invalid, Misconfigured, NotFound
from inbox_service.services.sites import Introduction, add_site, list_sites, pair, rotate_key
from inbox_service.store.tables import pairing_codes, site_keys
from inbox_service.testing import FakeClock

HOME = "https://shop.example"


def introduce(deps: Deps, code: str, home_url: str = HOME) -> str:
    return pair(deps, Introduction(code, home_url, "Shop", "en_US", "UTC")).secret


def test_codes_and_secrets_are_not_stored_as_they_are(deps: Deps) -> None:
    _, code = add_site(deps, "Shop", HOME)
    secret = introduce(deps, code)
    with deps.sessions.reading() as connection:
        rows = [*connection.execute(select(pairing_codes)), *connection.execute(select(site_keys))]
    assert code not in str(rows)
    assert secret not in str(rows)


def test_a_sealed_secret_opens_in_its_own_row_only(deps: Deps) -> None:
    site_id, _ = add_site(deps, "Shop", HOME)
    key = rotate_key(deps, site_id)
    with deps.sessions.reading() as connection:
        row = connection.execute(select(site_keys)).one()
    assert deps.secrets.open(row.secret, f"site_key:{site_id}:{row.id}") == key.secret.encode()
    with pytest.raises(Misconfigured):
        deps.secrets.open(row.secret, f"site_key:{site_id}:{row.id + 1}")


def test_codes_are_long_and_never_the_same(deps: Deps) -> None:
    codes = {add_site(deps, "Shop", HOME)[1] for _ in range(3)}
    assert len(codes) == 3
    assert all(len(code.partition("-")[2]) >= 32 for code in codes)


def test_a_site_keeps_its_name_when_asked_for_again(deps: Deps) -> None:
    add_site(deps, "Shop", HOME)
    add_site(deps, "Other", f"{HOME}/")
    assert [site["name"] for site in list_sites(deps)] == ["Shop"]


def test_an_address_that_is_none_makes_no_site(deps: Deps) -> None:
    with pytest.raises(Invalid, match="full address"):
        add_site(deps, "Shop", "shop.example")
    assert list_sites(deps) == []


def test_a_key_for_an_unknown_site_is_not_made(deps: Deps) -> None:
    with pytest.raises(NotFound, match="inbox site list"):
        rotate_key(deps, 5)


def test_two_exchanges_of_one_code_pair_once(deps: Deps, clock: FakeClock) -> None:
    _, code = add_site(deps, "Shop", HOME)
    introduce(deps, code)
    clock.advance(seconds=1)
    with pytest.raises(Forbidden, match="inbox site add"):
        introduce(deps, code)


def test_rotating_twice_does_not_lengthen_the_oldest_keys_life(
    deps: Deps, clock: FakeClock
) -> None:
    site_id, _ = add_site(deps, "Shop", HOME)
    rotate_key(deps, site_id)
    rotate_key(deps, site_id)
    ends = clock.now() + 24 * 3_600_000
    clock.advance(hours=12)
    rotate_key(deps, site_id)
    with deps.sessions.reading() as connection:
        query = select(site_keys.c.expires_at).order_by(site_keys.c.id)
        assert list(connection.scalars(query)) == [ends, ends + 12 * 3_600_000, None]
