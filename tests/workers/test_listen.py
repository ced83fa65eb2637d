"""The listener pulls what providers publish, and goes on whatever one of them does."""

import time
from collections.abc import Callable, Iterator

import pytest
from push_shop import SUBSCRIPTION, PushShop, open_push_shop

from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.deps import Deps
from inbox_service.ports import ConnectorSource
from inbox_service.services import push_channels
from inbox_service.testing import FakeClock
from workers.listen import Pullers

MANY_SECONDS = 20


@pytest.fixture
def shop(deps_with: Callable[[ConnectorSource | None], Deps]) -> Iterator[PushShop]:
    clock = FakeClock()
    google = GmailSimulator(time=clock.now, quota_per_minute=0, longest_pull=20, notify_interval=0)
    with google:
        made = open_push_shop(deps_with, google, clock)
        made.add_channel()
        yield made


@pytest.fixture
def pullers(shop: PushShop) -> Iterator[Pullers]:
    made = Pullers(shop.deps)
    yield made
    running = [*made.running.values()]
    made.stop()
    for puller in running:
        puller.join(MANY_SECONDS)


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + MANY_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "It did not come about."
        time.sleep(0.01)


def test_new_mail_is_hinted_within_moments(shop: PushShop, pullers: Pullers) -> None:
    pullers.follow()
    shop.watch()
    until(lambda: bool(shop.hints))
    shop.hints.clear()
    shop.mail()
    until(lambda: shop.hints == [("sync_mailbox", (shop.site_id, shop.mailbox_id))])
    assert shop.mailbox()["due_at"] <= shop.clock.now()


def test_a_channel_that_is_there_already_is_pulled_by_one_thread(
    shop: PushShop, pullers: Pullers
) -> None:
    pullers.follow()
    (first,) = pullers.running.values()
    pullers.follow()
    assert [*pullers.running.values()] == [first]


def test_a_channel_that_is_removed_is_no_longer_pulled(shop: PushShop, pullers: Pullers) -> None:
    pullers.follow()
    (gone,) = pullers.running.values()
    push_channels.drop_channel(shop.deps, shop.channel()["id"])
    pullers.follow()
    assert not pullers.running
    gone.join(MANY_SECONDS)


def test_a_subscription_that_is_missing_is_told_at_once(shop: PushShop, pullers: Pullers) -> None:
    shop.add_channel(subscription=f"{SUBSCRIPTION}-2")
    pullers.follow()
    until(lambda: "no such subscription" in shop.channel()["reason"])


def test_a_failure_that_passes_is_worth_no_word(shop: PushShop, pullers: Pullers) -> None:
    shop.google.fault("pubsub.pull", times=2)
    shop.watch()
    pullers.follow()
    until(lambda: bool(shop.hints))
    assert shop.channel()["reason"] == ""


def test_a_subscription_that_came_back_is_told_as_well(shop: PushShop, pullers: Pullers) -> None:
    shop.google.fault("pubsub.pull", reason="forbidden", status=403)
    pullers.follow()
    until(lambda: "Pub/Sub Subscriber" in shop.channel()["reason"])
    until(lambda: shop.channel()["reason"] == "")


def test_what_could_not_be_acknowledged_is_told_again(shop: PushShop, pullers: Pullers) -> None:
    shop.google.fault("pubsub.acknowledge")
    shop.watch()
    pullers.follow()
    until(lambda: bool(shop.hints))
    shop.hints.clear()
    shop.clock.advance(seconds=11)
    until(lambda: bool(shop.hints))


def test_one_broken_subscription_does_not_hold_up_another(shop: PushShop, pullers: Pullers) -> None:
    other = "projects/another/subscriptions/inbox"
    push_channels.put_channel(
        shop.deps,
        shop.site_id,
        push_channels.NewChannel("projects/another/topics/mail", other, shop.key()),
    )
    pullers.follow()
    shop.watch()
    until(lambda: bool(shop.hints))
    assert len(pullers.running) == 2
