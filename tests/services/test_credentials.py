"""Credentials of a mailbox, renewed by one process however many want it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

import pytest
from mail_shop import Shop

from inbox_service.ports import Credentials, NeedsReauth, RetryLater
from inbox_service.services.credentials import MailboxCredentials
from inbox_service.store.tables import mailboxes


def cell(shop: Shop, rest: Callable[[float], None] = lambda _: None) -> MailboxCredentials:
    return MailboxCredentials(shop.deps, shop.site_id, shop.support_id, rest)


def is_locked(shop: Shop) -> bool:
    (row,) = shop.rows(mailboxes, mailboxes.c.id == shop.support_id)
    return row["renewing_until"] is not None


def renewed(_: Credentials) -> Credentials:
    return {"access_token": "new"}


def test_renewed_credentials_are_stored_and_the_lock_is_given_back(shop: Shop) -> None:
    assert cell(shop).renew(cell(shop).read(), renewed) == {"access_token": "new"}
    assert cell(shop).read() == {"access_token": "new"}
    assert not is_locked(shop)


def test_whoever_has_old_credentials_takes_those_that_are_stored(shop: Shop) -> None:
    stale = cell(shop).read()
    cell(shop).renew(stale, renewed)
    assert cell(shop).renew(stale, lambda _: {"access_token": "newer"}) == {"access_token": "new"}


def test_a_second_process_waits_for_the_first_and_asks_nobody(shop: Shop) -> None:
    stale, asking, answered = cell(shop).read(), Event(), Event()

    def slowly(stored: Credentials) -> Credentials:
        asking.set()
        assert answered.wait(10)
        return renewed(stored)

    first = Thread(target=lambda: cell(shop).renew(stale, slowly))
    first.start()
    assert asking.wait(10)

    def let_the_first_end(_: float) -> None:
        answered.set()
        first.join(10)

    found = cell(shop, let_the_first_end).renew(stale, lambda _: {"access_token": "second"})
    assert found == cell(shop).read() == {"access_token": "new"}


def test_a_renewal_that_fails_gives_the_lock_back(shop: Shop) -> None:
    def refused(_: Credentials) -> Credentials:
        raise NeedsReauth("The grant is gone.")

    with pytest.raises(NeedsReauth):
        cell(shop).renew(cell(shop).read(), refused)
    assert not is_locked(shop)


def test_a_renewal_that_never_ends_is_waited_for_a_while_only(shop: Shop) -> None:
    hold(shop, shop.clock.now() + 60_000)
    rests: list[float] = []
    with pytest.raises(RetryLater):
        cell(shop, rests.append).renew(cell(shop).read(), renewed)
    assert sum(rests) == pytest.approx(10)


def test_the_lock_of_a_dead_process_ends_by_itself(shop: Shop) -> None:
    hold(shop, shop.clock.now() + 60_000)
    shop.clock.advance(seconds=61)
    assert cell(shop).renew(cell(shop).read(), renewed) == {"access_token": "new"}


def hold(shop: Shop, until: int) -> None:
    mine = mailboxes.c.id == shop.support_id
    with shop.deps.sessions.writing() as connection:
        connection.execute(mailboxes.update().where(mine).values(renewing_until=until))
