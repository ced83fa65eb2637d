"""Keys, codes and addresses of sites."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_service.errors import Invalid, TooMany
from inbox_service.services import keys
from inbox_service.services.attempts import FailedAttempts
from inbox_service.testing import FakeClock

SITES = st.integers(1, 2**63 - 1)


@given(SITES)
def test_every_key_names_its_site(site_id: int) -> None:
    assert keys.site_of_kid(keys.new_kid(site_id)) == site_id
    assert keys.site_of_code(keys.new_code(site_id)) == site_id
    assert keys.site_of_api_key(keys.new_api_key(site_id)) == site_id


@given(SITES)
def test_a_key_id_fits_its_column(site_id: int) -> None:
    assert len(keys.new_kid(site_id)) <= 32


@given(st.text())
def test_any_text_names_a_site_or_none(text: str) -> None:
    for read in (keys.site_of_kid, keys.site_of_code, keys.site_of_api_key):
        site_id = read(text)
        assert site_id is None or 0 <= site_id < 2**63


@given(st.text())
def test_any_text_has_a_fingerprint(text: str) -> None:
    assert len(keys.fingerprint(text)) == 64


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("https://shop.example", "https://shop.example"),
        ("https://Shop.Example./", "https://shop.example"),
        (" https://shop.example/blog/ ", "https://shop.example/blog"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:81/x", "http://[::1]:81/x"),
        ("https://shop.example?a=b#c", "https://shop.example"),
    ],
)
def test_an_address_has_one_normal_form(written: str, normal: str) -> None:
    assert keys.normal_url(written) == normal
    assert keys.normal_url(normal) == normal


@pytest.mark.parametrize("url", ["", "https://a b", "https://<x>", "https://a:1:2", "a://b", "//a"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(Invalid, match="full address"):
        keys.normal_url(url)


@given(st.text() | st.text().map(lambda rest: f"https://{rest}"))
def test_any_text_is_an_address_or_invalid(text: str) -> None:
    try:
        normal = keys.normal_url(text)
    except Invalid:
        return
    assert normal.startswith(("https://", "http://"))


@pytest.mark.parametrize("url", ["https://a.example", "http://localhost:1", "http://127.0.0.1"])
def test_these_cannot_be_overheard(url: str) -> None:
    assert keys.is_private_transport(url)


@pytest.mark.parametrize(
    "url", ["http://a.example", "http://127.0.0.1.a.example", "http://10.0.0.1"]
)
def test_these_can_be_overheard(url: str) -> None:
    assert not keys.is_private_transport(url)


def test_each_client_has_its_own_attempts() -> None:
    attempts = FailedAttempts(FakeClock(), most=1)
    attempts.failed("a")
    attempts.check("b")
    with pytest.raises(TooMany):
        attempts.check("a")


def test_attempts_are_forgotten_in_time() -> None:
    clock = FakeClock()
    attempts = FailedAttempts(clock, most=1, within_ms=1000)
    attempts.failed("a")
    clock.advance(ms=1000)
    attempts.check("a")


def test_a_flood_of_clients_does_not_fill_the_memory() -> None:
    attempts = FailedAttempts(FakeClock(), most=1)
    for number in range(10_050):
        attempts.failed(str(number))
    attempts.check("0")
    with pytest.raises(TooMany):
        attempts.check("10049")
