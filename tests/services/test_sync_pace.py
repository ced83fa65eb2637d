"""When a mailbox is looked into: sooner with an agent there, later with nothing but trouble."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mail_shop import SUPPORT, Shop

from connectors.memory.server import MemoryServer
from inbox_service.ports import (
    Budget,
    Connector,
    Consent,
    CredentialCell,
    NeedsReauth,
    Push,
    RetryLater,
)
from inbox_service.services import sync
from inbox_service.services.progress import Look, look_of
from inbox_service.store.tables import sync_runs
from inbox_service.testing import FakeClock


def is_due(shop: Shop) -> bool:
    return (shop.site_id, shop.support_id) in sync.due_mailboxes(shop.deps)


def due_in_seconds(shop: Shop) -> Any:
    return (shop.mailbox()["due_at"] - shop.clock.now()) / 1000


# --- the ordinary pace --------------------------------------------------------------------------


def test_a_mailbox_is_looked_into_every_ten_seconds_while_an_agent_is_there(shop: Shop) -> None:
    shop.sync()
    shop.clock.advance(seconds=9)
    shop.deps.presence.mark(shop.site_id, None, shop.agent_id)
    assert not is_due(shop)
    shop.clock.advance(seconds=1)
    assert is_due(shop)


def test_a_mailbox_that_nobody_waits_for_is_looked_into_every_minute(shop: Shop) -> None:
    shop.sync()
    shop.clock.advance(seconds=59)
    assert not is_due(shop)
    shop.clock.advance(seconds=1)
    assert is_due(shop)


def test_an_agent_of_another_site_hurries_nothing(shop: Shop) -> None:
    shop.sync()
    shop.clock.advance(seconds=10)
    shop.deps.presence.mark(shop.site_id + 1, None, 5)
    assert not is_due(shop)


def test_no_agent_hurries_a_mailbox_that_its_provider_told_to_wait(shop: Shop) -> None:
    shop.support.fail_next("changes", RetryLater(50))
    shop.sync()
    shop.clock.advance(seconds=20)
    shop.deps.presence.mark(shop.site_id, None, shop.agent_id)
    assert not is_due(shop)


def test_a_message_to_try_again_is_tried_as_soon_as_it_is_time(shop: Shop) -> None:
    provider_id = shop.arrive()
    shop.support.delete(provider_id)
    shop.support.forget_last_change()
    shop.sync()
    assert due_in_seconds(shop) == 30


def test_a_look_that_finds_nothing_writes_no_run(shop: Shop) -> None:
    before = len(shop.rows(sync_runs))
    shop.sync()
    assert len(shop.rows(sync_runs)) == before


# --- trouble ------------------------------------------------------------------------------------


class SlowServer:
    """A memory server whose every connection takes its time."""

    def __init__(self, server: Any, clock: FakeClock, seconds: int) -> None:
        self._server: MemoryServer = server
        self._clock = clock
        self._seconds = seconds

    def kinds(self) -> list[str]:
        return self._server.kinds()

    def build(
        self, kind: str, config: Mapping[str, Any], cell: CredentialCell, budget: Budget
    ) -> Connector:
        self._clock.advance(seconds=self._seconds)
        return self._server.build(kind, config, cell, budget)

    def consent(self, kind: str) -> Consent:
        return self._server.consent(kind)

    def push(self, kind: str) -> Push:
        return self._server.push(kind)


def slowed(shop: Shop, seconds: int) -> Shop:
    source = SlowServer(shop.deps.connectors, shop.clock, seconds)
    return replace(shop, deps=replace(shop.deps, connectors=source))


def test_a_mailbox_that_only_hangs_waits_four_times_as_long_as_it_took(shop: Shop) -> None:
    slow = slowed(shop, 60)
    slow.support.fail_next("changes", RetryLater(15, "Gmail cannot be reached."))
    slow.sync()
    assert due_in_seconds(slow) == 240


def test_a_slow_mailbox_that_brings_mail_goes_on_at_its_providers_pace(shop: Shop) -> None:
    slow = slowed(shop, 60)
    slow.arrive()
    slow.arrive()
    slow.support.fail_next("fetch", RetryLater(5), after=1)
    assert slow.sync().found == {"ticket": 1}
    assert due_in_seconds(slow) == 5


def test_whoever_has_much_to_read_lets_the_others_have_their_turn(shop: Shop) -> None:
    slow = slowed(shop, 30)
    slow.set_mailbox(config={"mailbox": SUPPORT, "page": 1})
    for _ in range(3):
        slow.arrive()
    first = slow.look_once()
    assert (first.found, first.more) == ({"ticket": 1}, True)
    assert is_due(slow)
    slow.sync()
    assert len(slow.tickets()) == 3


def test_what_came_through_before_an_error_is_kept_and_not_fetched_again(shop: Shop) -> None:
    for _ in range(4):
        shop.arrive()
    before = shop.mailbox()["live_cursor"]
    shop.support.fail_next("fetch", RetryLater(5), after=3)
    assert shop.look_once().found == {"ticket": 3}
    assert shop.mailbox()["live_cursor"] == before
    # The one that is left is the first to be fetched now.
    shop.support.fail_next("fetch", RetryLater(5), after=1)
    assert shop.look_once().found == {"ticket": 1}


class BuggyServer(SlowServer):
    """A server whose connectors meet a mail that nobody thought of."""

    def build(self, *_args: Any) -> Connector:
        raise KeyError("a subject that somebody wrote")


def test_a_bug_stops_its_mailbox_alone_and_tells_nothing_of_the_mail(shop: Shop) -> None:
    broken = replace(shop, deps=replace(shop.deps, connectors=BuggyServer(None, shop.clock, 0)))
    outcome = broken.sync()
    row = shop.mailbox()
    assert (row["state"], row["lease_holder"], due_in_seconds(shop)) == ("degraded", None, 60)
    assert "KeyError" in outcome.error
    assert "subject" not in row["reason"]


# --- looks that were asked for --------------------------------------------------------------------


def ask(shop: Shop) -> None:
    """Ask for a look at once, as the screen does."""
    now = shop.clock.advance(seconds=1)
    shop.set_mailbox(asked_at=now, due_at=now)


def answer(shop: Shop) -> Look | None:
    with shop.deps.sessions.reading() as connection:
        return look_of(connection, shop.site_id, shop.mailbox())


def test_a_look_that_was_asked_for_tells_what_was_new_and_what_was_known(shop: Shop) -> None:
    shop.arrive()
    shop.arrive()
    shop.sync()
    shop.arrive()
    ask(shop)
    asked_at = shop.clock.now()
    assert answer(shop) == Look(asked_at, None)
    shop.sync()
    assert answer(shop) == Look(asked_at, shop.clock.now(), new=1, known=3)


def test_a_look_that_was_asked_for_finds_what_the_history_never_told_of(shop: Shop) -> None:
    shop.arrive()
    shop.support.forget_last_change()
    ask(shop)
    assert shop.sync().counts == {"new": 1, "known": 0, "parked": 0}


def test_a_mail_that_was_parked_is_told_as_parked(shop: Shop) -> None:
    shop.arrive(From="mailer-daemon@example.net", Auto_Submitted="auto-replied")
    ask(shop)
    assert shop.sync().counts["parked"] == 1
    assert answer(shop) == Look(shop.clock.now() - 1000, shop.clock.now(), known=1, parked=1)


def test_the_answer_says_why_there_is_none(shop: Shop) -> None:
    shop.support.fail_next("changes", NeedsReauth("The owner took the access away."))
    ask(shop)
    shop.sync()
    found = answer(shop)
    assert found is not None
    assert found.error == "The owner took the access away."


def test_the_answer_waits_for_the_quota(shop: Shop) -> None:
    shop.support.fail_next("changes", RetryLater(3))
    ask(shop)
    shop.sync()
    found = answer(shop)
    assert found is not None
    assert found.answered_at is None
    shop.sync()
    found = answer(shop)
    assert found is not None
    assert found.answered_at == shop.clock.now()


def test_an_answer_once_given_stays(shop: Shop) -> None:
    ask(shop)
    shop.sync()
    before = answer(shop)
    shop.arrive()
    shop.sync()
    assert answer(shop) == before
