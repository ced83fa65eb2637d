"""Replacing the secret key, with everything that is sealed with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from sqlalchemy import Column, LargeBinary

from inbox_service.deps import Deps
from inbox_service.errors import Misconfigured
from inbox_service.services.resealing import count_locked, reseal
from inbox_service.services.sites import add_site, rotate_key
from inbox_service.store import sealed
from inbox_service.store.secrets import SealedSecrets
from inbox_service.store.tables import metadata

NEW = "n" * 32


@pytest.fixture
def secret(deps: Deps) -> str:
    """The secret of a site's only key."""
    site_id, _ = add_site(deps, "Shop", "https://shop.example")
    return rotate_key(deps, site_id).secret


def with_keys(deps: Deps, keys: str) -> Deps:
    return replace(deps, secrets=SealedSecrets(keys))


def opened(deps: Deps) -> list[str]:
    with deps.sessions.reading() as connection:
        values = list(sealed.all_values(connection))
    return [deps.secrets.open(value.sealed, value.context).decode() for value in values]


# Bytes that are no secret: hashes of what a comparison listed already.
OPEN = {"reconciliations.seen"}


def binary_columns() -> Iterable[Column[bytes]]:
    columns = (column for table in metadata.tables.values() for column in table.columns)
    return [column for column in columns if isinstance(column.type, LargeBinary)]


def test_every_binary_column_is_known_as_sealed() -> None:
    known = {str(column) for _, column in sealed.SEALED}
    assert {str(column) for column in binary_columns()} - OPEN == known


def test_after_resealing_the_new_key_alone_is_enough(deps: Deps, secret: str) -> None:
    assert reseal(with_keys(deps, f"{NEW},{deps.settings.secret_key}")) == 1
    assert opened(with_keys(deps, NEW)) == [secret]
    assert count_locked(deps) == (1, 1)


def test_without_the_old_key_nothing_is_changed(deps: Deps, secret: str) -> None:
    with pytest.raises(Misconfigured, match="INBOX_SECRET_KEY"):
        reseal(with_keys(deps, NEW))
    assert opened(deps) == [secret]


def test_a_value_that_changed_meanwhile_is_left_alone(deps: Deps, secret: str) -> None:
    with deps.sessions.writing() as connection:
        (value,) = sealed.all_values(connection)
        outdated = replace(value, sealed=b"what stood there before")
        assert not sealed.replace(connection, outdated, b"too late")
    assert opened(deps) == [secret]


def test_secrets_that_cannot_be_opened_are_counted(deps: Deps, secret: str) -> None:
    assert count_locked(deps) == (1, 0)
    assert count_locked(with_keys(deps, NEW)) == (1, 1)
