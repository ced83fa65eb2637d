"""A notice makes a mailbox due, durably, and does nothing else."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from push_shop import ADDRESS, PROJECT, SUBSCRIPTION, TOPIC, WEEK_MS, PushShop, open_push_shop

from connectors.registry import Endpoints, Registry
from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.deps import Deps
from inbox_service.errors import Invalid, NotFound
from inbox_service.ports import Budget, Connector, ConnectorSource, CredentialCell
from inbox_service.services import mailbox_care, mailboxes, push, push_channels, sync
from inbox_service.services.auth import Caller
from inbox_service.services.push_channels import NewChannel
from inbox_service.testing import START, FakeClock, add_agent, add_site

DAY_MS = 24 * 3_600_000


@pytest.fixture
def shop(deps_with: Callable[[ConnectorSource | None], Deps]) -> Iterator[PushShop]:
    clock = FakeClock()
    with GmailSimulator(time=clock.now, quota_per_minute=0, longest_pull=20) as google:
        yield open_push_shop(deps_with, google, clock)


@pytest.fixture
def watched(shop: PushShop) -> PushShop:
    """The shop, its mailbox watched and the first notice heard."""
    shop.add_channel()
    assert (shop.watch(), shop.pull()) == (1, 1)
    shop.hints.clear()
    shop.change(due_at=shop.clock.now() + 60_000)
    return shop


def said(shop: PushShop) -> tuple[str, str, int | None]:
    """Return what is said of the mailbox's push: its state, the reason, until when it holds."""
    state = shop.state()
    assert state is not None
    return state.state, state.reason, state.until


class Telling(Registry):
    """Connectors whose provider tells of new mail just when a sync begins."""

    def __init__(self, shop: PushShop) -> None:
        super().__init__(Endpoints(), shop.clock)
        self._shop = shop

    def build(
        self, kind: str, config: Mapping[str, Any], cell: CredentialCell, budget: Budget
    ) -> Connector:
        self._shop.mail()
        self._shop.pull()
        return self._shop.deps.connectors.build(kind, config, cell, budget)


# --- a notice -------------------------------------------------------------------------------------


def test_a_notice_makes_its_mailbox_due_and_hints_a_sync(watched: PushShop) -> None:
    watched.mail()
    assert watched.pull() == 1
    assert watched.mailbox()["due_at"] == watched.clock.now()
    assert watched.hints == [("sync_mailbox", (watched.site_id, watched.mailbox_id))]


def test_without_a_notice_the_mailbox_stays_where_it_is(watched: PushShop) -> None:
    before = watched.mailbox()
    assert watched.pull() == 0
    assert (watched.mailbox(), watched.hints) == (before, [])


def test_a_notice_that_comes_during_a_sync_leads_to_another(watched: PushShop) -> None:
    watched.change(due_at=watched.clock.now())
    deps = replace(watched.deps, connectors=Telling(watched))
    sync.sync_mailbox(deps, watched.site_id, watched.mailbox_id, "w1")
    assert watched.mailbox()["due_at"] <= watched.clock.now()


def test_a_notice_does_not_hurry_a_mailbox_that_was_asked_to_wait(watched: PushShop) -> None:
    waits_until = watched.clock.now() + 3_600_000
    watched.change(due_at=waits_until, watched_due_at=None)
    watched.mail()
    watched.pull()
    assert watched.mailbox()["due_at"] == waits_until


def test_a_notice_is_acknowledged_only_after_it_was_stored(watched: PushShop) -> None:
    watched.mail()
    (source,) = push.sources(watched.deps)
    push.open_source(watched.deps, source).pull()
    watched.clock.advance(seconds=11)
    assert watched.pull() == 1


def test_a_notice_of_a_stranger_makes_nothing_due(watched: PushShop) -> None:
    watched.change(address="somebody@else.example")
    before = watched.mailbox()
    watched.mail()
    assert watched.pull() == 0
    assert watched.mailbox() == before


def test_sites_that_share_a_subscription_are_told_by_whichever_pulls(watched: PushShop) -> None:
    deps = watched.deps
    with deps.sessions.writing() as connection:
        other = add_site(connection)
    mailboxes.add_mailbox(
        deps,
        other,
        "gmail",
        ADDRESS,
        dict(watched.google.add_account(ADDRESS).as_json()),
        [("Help", ADDRESS)],
        {"project": PROJECT},
    )
    push_channels.put_channel(deps, other, NewChannel(TOPIC, SUBSCRIPTION, watched.key()))
    assert watched.watch() == 1
    watched.mail()
    assert watched.pull() == 2


def test_a_notice_is_followed_by_a_second_look_some_moments_later(watched: PushShop) -> None:
    watched.mail()
    watched.pull()
    watched.hints.clear()
    in_a_minute = watched.clock.now() + 60_000
    watched.change(due_at=in_a_minute)
    assert push.look_again(watched.deps) == 0
    watched.clock.advance(seconds=2)
    assert push.look_again(watched.deps) == 1
    assert watched.mailbox()["due_at"] == watched.clock.now()
    assert len(watched.hints) == 1


def test_there_is_no_third_look(watched: PushShop) -> None:
    watched.mail()
    watched.pull()
    for _ in range(5):
        watched.clock.advance(seconds=1)
        push.look_again(watched.deps)
    watched.hints.clear()
    assert (push.look_again(watched.deps), watched.hints) == (0, [])


# --- watches --------------------------------------------------------------------------------------


def test_a_mailbox_is_watched_from_when_its_project_has_a_channel(shop: PushShop) -> None:
    assert shop.watch() == 0
    shop.add_channel()
    assert shop.watch() == 1
    assert shop.watched()["until"] == START + WEEK_MS


def test_a_watch_is_renewed_every_day(watched: PushShop) -> None:
    watched.clock.advance(hours=23)
    assert watched.watch() == 0
    watched.clock.advance(hours=2)
    assert watched.watch() == 1
    assert watched.watched()["until"] == watched.clock.now() + WEEK_MS


def test_a_mailbox_of_another_project_is_not_watched(shop: PushShop) -> None:
    shop.change(config={"project": "another-project"})
    shop.add_channel()
    assert shop.watch() == 0


def test_a_mailbox_of_an_unknown_project_uses_the_only_channel(shop: PushShop) -> None:
    shop.change(config={})
    shop.add_channel()
    assert shop.watch() == 1


def test_a_mailbox_that_was_taken_away_is_not_watched(shop: PushShop) -> None:
    shop.add_channel()
    shop.change(disconnected_at=START, state="stopped")
    assert shop.watch() == 0


def test_a_refused_watch_is_told_and_polling_goes_on(shop: PushShop) -> None:
    shop.add_channel()
    shop.google.fault("watch", reason="forbidden", status=403, message="No rights on the topic")
    before = shop.mailbox()
    shop.watch()
    state, after = shop.state(), shop.mailbox()
    assert state is not None
    assert (state.state, "No rights on the topic" in state.reason) == ("failed", True)
    assert [after[name] for name in ("state", "due_at")] == ["syncing", before["due_at"]]


def test_a_refused_watch_is_tried_again_within_the_hour(shop: PushShop) -> None:
    shop.add_channel()
    shop.google.fault("watch", reason="forbidden", status=403)
    shop.watch()
    assert shop.watch() == 0
    shop.clock.advance(hours=1)
    assert (shop.watch(), shop.pull()) == (1, 1)
    assert said(shop) == ("works", "", shop.clock.now() + WEEK_MS)


def test_a_server_in_trouble_is_asked_again_in_a_minute(shop: PushShop) -> None:
    shop.add_channel()
    shop.google.fault("watch", reason="backendError")
    shop.watch()
    assert said(shop) == ("asked", "", None)
    shop.clock.advance(seconds=60)
    assert shop.watch() == 1


def test_two_listeners_ask_once(shop: PushShop) -> None:
    shop.add_channel()
    assert [shop.watch(), shop.watch()] == [1, 0]
    assert shop.google.calls(ADDRESS)["watch"] == 1


# --- what is counted on ---------------------------------------------------------------------------


def test_push_is_counted_on_when_the_first_notice_came(shop: PushShop) -> None:
    shop.add_channel()
    shop.watch()
    assert (said(shop), shop.mailbox()["push_until"]) == (("asked", "", None), None)
    shop.pull()
    assert said(shop) == ("works", "", START + WEEK_MS)
    assert shop.mailbox()["push_until"] == START + WEEK_MS


def test_it_is_told_by_which_channel_word_of_a_mailbox_came_and_when(watched: PushShop) -> None:
    watched.clock.advance(seconds=5)
    watched.mail()
    watched.pull()
    state = watched.state()
    assert state is not None
    assert state.heard_at == watched.clock.now()
    assert [state.channel_id] == [row["id"] for row in push_channels.all_channels(watched.deps)]


def test_each_renewal_has_to_prove_itself(watched: PushShop) -> None:
    watched.clock.advance(hours=25)
    watched.watch()
    assert watched.mailbox()["push_until"] is None
    watched.pull()
    assert watched.mailbox()["push_until"] == watched.clock.now() + WEEK_MS


def test_a_watch_of_which_nothing_is_heard_is_told(shop: PushShop) -> None:
    shop.add_channel()
    shop.watch()
    shop.clock.advance(seconds=601)
    state = shop.state()
    assert state is not None
    assert (state.state, "no word came" in state.reason) == ("failed", True)


def test_a_subscription_that_fails_is_told_and_not_counted_on(watched: PushShop) -> None:
    (source,) = push.sources(watched.deps)
    push.note_failure(watched.deps, source, "There is no such subscription.")
    assert said(watched) == ("failed", "There is no such subscription.", None)
    assert watched.mailbox()["push_until"] is None


def test_a_subscription_that_works_again_lets_every_watch_prove_itself(watched: PushShop) -> None:
    (source,) = push.sources(watched.deps)
    push.note_failure(watched.deps, source, "There is no such subscription.")
    watched.pull()
    assert watched.channel()["reason"] == ""
    assert (watched.watch(), watched.pull()) == (1, 1)
    assert watched.mailbox()["push_until"] is not None


def test_a_mailbox_that_nobody_watches_has_no_push_to_speak_of(shop: PushShop) -> None:
    assert shop.state() is None


# --- channels -------------------------------------------------------------------------------------


def test_a_channel_never_shows_its_key_and_opens_it_only_for_itself(shop: PushShop) -> None:
    shop.add_channel()
    (shown,) = push_channels.all_channels(shop.deps)
    assert "key" not in shown
    assert (shown["project"], shown["pulls"], shown["mailboxes"]) == (PROJECT, True, 0)
    stored = shop.channel()
    assert b"PRIVATE" not in stored["key"]
    assert push_channels.open_key(shop.deps.secrets, stored)["subject"] == ""


def test_a_channel_that_is_saved_again_keeps_its_key(shop: PushShop) -> None:
    first = shop.add_channel()
    before = shop.channel()["key"]
    assert shop.add_channel(key=None) == first
    assert shop.channel()["key"] == before


def test_a_channel_that_was_changed_has_to_prove_itself(watched: PushShop) -> None:
    watched.add_channel()
    assert watched.mailbox()["push_until"] is None
    assert watched.watch() == 1


# --- the end ----------------------------------------------------------------------------------


def disconnect(shop: PushShop) -> None:
    with shop.deps.sessions.writing() as connection:
        add_agent(connection, shop.site_id, wp_user_id=1, role="manager")
    mailbox_care.disconnect(shop.deps, Caller(shop.site_id, "agent", "1"), shop.mailbox_id)


def test_the_provider_tells_no_more_of_a_mailbox_that_was_disconnected(watched: PushShop) -> None:
    disconnect(watched)
    assert watched.google.calls(ADDRESS)["stop"] == 1
    watched.mail()
    assert watched.pull() == 0


def test_a_mailbox_is_disconnected_whether_or_not_the_provider_hears_of_it(
    watched: PushShop,
) -> None:
    watched.google.fault("stop", status=500)
    disconnect(watched)
    assert watched.mailbox()["disconnected_at"] == watched.clock.now()


def test_who_was_never_watched_is_not_asked_to_stop(shop: PushShop) -> None:
    disconnect(shop)
    assert "stop" not in shop.google.calls(ADDRESS)


def test_a_channel_that_was_removed_leaves_its_mailboxes_polled(watched: PushShop) -> None:
    push_channels.drop_channel(watched.deps, watched.channel()["id"])
    assert (push.sources(watched.deps), watched.watch(), watched.state()) == ([], 0, None)
    assert watched.mailbox()["push_until"] is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"topic": "mail"}, "topic"),
        ({"subscription": "inbox"}, "subscription"),
        ({"subscription": ""}, "subscription"),
        ({"key": None}, "service_account"),
        ({"key": {"type": "authorized_user"}}, "service_account.type"),
        ({"subscription": "", "signer": "push@x.example"}, "audience"),
        ({"audience": "https://shop.example"}, "signer"),
        ({"kind": "memory"}, "kind"),
    ],
)
def test_a_channel_that_cannot_work_is_refused(
    shop: PushShop, values: dict[str, object], field: str
) -> None:
    given = {"topic": TOPIC, "subscription": SUBSCRIPTION, "key": shop.key(), **values}
    with pytest.raises(Invalid) as refusal:
        push_channels.put_channel(shop.deps, shop.site_id, NewChannel(**given))  # type: ignore[arg-type]
    assert refusal.value.details["field"] == field


def test_a_channel_needs_a_site(shop: PushShop) -> None:
    with pytest.raises(NotFound):
        push_channels.put_channel(shop.deps, 1, NewChannel(TOPIC, SUBSCRIPTION, shop.key()))


def test_a_channel_that_is_not_there_cannot_be_removed(shop: PushShop) -> None:
    with pytest.raises(NotFound, match="inbox push list"):
        push_channels.drop_channel(shop.deps, 1)
