"""Mail that waits for its ticket: how it is pulled in, and what is deleted meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from google_shop import SUPPORT, GoogleShop, open_google_shop
from mail_shop import OMAR, Shop

from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.deps import Deps
from inbox_service.domain.mail import SENT
from inbox_service.ports import ConnectorSource
from inbox_service.services.housekeeping import forget_expired
from inbox_service.testing import FakeClock


def write(shop: Shop, **headers: str) -> str:
    """Send a mail to Omar from the phone; return its provider id."""
    shop.clock.advance(seconds=1)
    raw = shop.mail(**{"From": SUPPORT, "To": OMAR, "Message_ID": "<ours@shop.example>", **headers})
    return shop.support.deliver(raw, labels=[SENT]).provider_id


def test_what_waits_for_its_answer_is_read_from_its_stored_bytes(shop: Shop) -> None:
    provider_id = write(shop)
    shop.sync()
    # Gone at the provider, of which nothing was told yet.
    shop.support.delete(provider_id)
    shop.support.forget_last_change()
    shop.arrive(References="<ours@shop.example>")
    shop.sync()
    assert shop.outcomes() == ["sent_elsewhere", "ticket"]


def test_own_mail_that_was_deleted_unanswered_never_comes_back(shop: Shop) -> None:
    provider_id = write(shop)
    shop.sync()
    shop.support.delete(provider_id)
    shop.sync()
    shop.arrive(References="<ours@shop.example>")
    shop.sync()
    assert shop.outcomes() == ["deleted", "ticket"]


def test_a_parked_mail_that_is_deleted_in_gmail_stays_on_the_shelf(shop: Shop) -> None:
    provider_id = shop.arrive(From="mailer-daemon@example.net", Auto_Submitted="auto-replied")
    shop.sync()
    shop.support.delete(provider_id)
    shop.sync()
    assert shop.outcomes() == ["parked"]


def test_own_mail_that_names_the_same_unseen_mail_as_a_later_one_joins_its_ticket(
    shop: Shop,
) -> None:
    write(shop, Subject="What we owe", References="<unseen@example.net>")
    shop.sync()
    shop.arrive(subject="My order", References="<unseen@example.net>")
    shop.sync()
    assert shop.outcomes() == ["sent_elsewhere", "ticket"]


def test_the_ids_of_what_waits_no_more_are_forgotten(shop: Shop) -> None:
    write(shop, References="<unseen@example.net>")
    shop.sync()
    assert forget_expired(shop.deps)["waiting_ids"] == 0
    shop.arrive(References="<ours@shop.example>")
    shop.sync()
    assert forget_expired(shop.deps)["waiting_ids"] == 2


@pytest.fixture
def google_shop(deps_with: Callable[[ConnectorSource | None], Deps]) -> Iterator[GoogleShop]:
    clock = FakeClock()
    with GmailSimulator(time=clock.now, quota_per_minute=0) as google:
        yield open_google_shop(deps_with, google, clock)


def test_an_answer_finds_own_mail_in_another_of_gmails_threads_without_a_fetch(
    google_shop: GoogleShop, shop: Shop
) -> None:
    ours = shop.mail(From=SUPPORT, To=OMAR, Message_ID="<ours@shop.example>")
    google_shop.google.deliver(SUPPORT, ours, labels=frozenset({SENT}))
    google_shop.settle()
    # Gmail begins a new thread with another subject.
    answer = shop.mail(subject="Something else", References="<ours@shop.example>")
    google_shop.google.deliver(SUPPORT, answer)
    google_shop.settle()
    assert google_shop.outcomes() == {"sent_elsewhere": 1, "ticket": 1}
    assert google_shop.fetched() == 2
