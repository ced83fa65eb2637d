"""Tokens in Reply-To addresses, and what becomes of them when the secret key is replaced."""

from __future__ import annotations

import pytest

from inbox_service.services.reply_tokens import address_for, ticket_of
from inbox_service.store.secrets import SealedSecrets

OLD, NEW = "o" * 32, "n" * 32


def signed_by(key: str) -> str:
    return address_for(SealedSecrets(key), 1, 2**62 + 5, "support@shop.example")


def test_a_token_leads_to_its_ticket_in_either_case() -> None:
    secrets = SealedSecrets(OLD)
    assert ticket_of(secrets, 1, signed_by(OLD)) == 2**62 + 5
    assert ticket_of(secrets, 1, signed_by(OLD).upper()) == 2**62 + 5


def test_a_token_outlives_the_key_that_signed_it_while_that_is_kept() -> None:
    assert ticket_of(SealedSecrets(f"{NEW},{OLD}"), 1, signed_by(OLD)) == 2**62 + 5
    assert ticket_of(SealedSecrets(NEW), 1, signed_by(OLD)) is None


def test_new_tokens_are_signed_with_the_newest_key() -> None:
    both = address_for(SealedSecrets(f"{NEW},{OLD}"), 1, 2**62 + 5, "support@shop.example")
    assert both == signed_by(NEW)


def test_another_sites_token_is_none_here() -> None:
    assert ticket_of(SealedSecrets(OLD), 2, signed_by(OLD)) is None


@pytest.mark.parametrize("place", [-18, -30])
def test_an_altered_token_is_none(place: int) -> None:
    address = signed_by(OLD)
    other = "a" if address[place] != "a" else "b"
    altered = f"{address[:place]}{other}{address[place + 1 :]}"
    assert ticket_of(SealedSecrets(OLD), 1, altered) is None


def test_a_token_fits_the_local_part_of_an_address() -> None:
    # RFC 5321 4.5.3.1.1: 64 octets.
    assert len(signed_by(OLD).partition("@")[0]) <= 64
