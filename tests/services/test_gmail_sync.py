"""The engine against a strict Google: storms, gaps, oddities, and a neighbour in trouble."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

import pytest
import requests
from google_shop import SALES, SUPPORT, GoogleShop, open_google_shop

from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.deps import Deps
from inbox_service.domain.mail import INBOX, SENT
from inbox_service.ports import ConnectorSource
from inbox_service.services import reconcile
from inbox_service.services.credentials import seal_credentials
from inbox_service.testing import FakeClock


@pytest.fixture
def shop(deps_with: Callable[[ConnectorSource | None], Deps]) -> Iterator[GoogleShop]:
    clock = FakeClock()
    with GmailSimulator(time=clock.now, quota_per_minute=0) as google:
        yield open_google_shop(deps_with, google, clock)


# --- the live stream ----------------------------------------------------------------------------


def test_all_pages_of_the_history_are_read(shop: GoogleShop) -> None:
    shop.arrive(count=60)
    shop.settle()
    assert shop.outcomes() == {"ticket": 60}
    assert shop.fetched() == 60


def test_pages_without_a_record_are_passed_over(shop: GoogleShop) -> None:
    shop.google.fault("history.list", kind="blank_page", times=3)
    shop.arrive()
    shop.settle()
    assert shop.outcomes() == {"ticket": 1}


def test_history_that_is_told_twice_is_read_once(shop: GoogleShop) -> None:
    shop.google.configure(repeat_history=True)
    shop.arrive(count=3)
    shop.settle()
    shop.settle()
    assert (shop.outcomes(), shop.fetched()) == ({"ticket": 3}, 3)


def test_a_message_that_can_be_had_seconds_after_its_announcement_is_not_lost(
    shop: GoogleShop,
) -> None:
    shop.arrive(late_by=3000)
    shop.look()
    assert shop.outcomes() == {}
    shop.clock.advance(seconds=30)
    shop.look()
    assert shop.outcomes() == {"ticket": 1}


def test_a_storm_that_lets_no_whole_batch_through_is_lived_through(shop: GoogleShop) -> None:
    shop.arrive(count=40)
    shop.google.fault("messages.get", times=None, probability=0.5, seed=3, status=503)
    shop.settle(most=200)
    assert shop.outcomes() == {"ticket": 40}


def test_no_cursor_moves_past_a_fetch_that_failed(shop: GoogleShop) -> None:
    before = shop.mailbox()["live_cursor"]
    shop.arrive(count=2)
    shop.google.fault("messages.get", status=500)
    shop.look()
    assert shop.mailbox()["live_cursor"] == before
    shop.settle()
    assert shop.outcomes() == {"ticket": 2}


# --- lost cursors and revoked tokens ------------------------------------------------------------


def test_an_outage_of_ten_days_leaves_no_gap(shop: GoogleShop) -> None:
    shop.google.revoke(SUPPORT)
    shop.look()
    assert shop.mailbox()["state"] == "reauth_needed"
    shop.arrive(count=30)
    shop.clock.advance(hours=10 * 24)
    shop.google.expire_history(SUPPORT)
    shop.arrive(count=2)
    reconnect(shop)
    shop.settle()
    assert shop.outcomes() == {"ticket": 32}


def reconnect(shop: GoogleShop) -> None:
    """Give the mailbox its new consent, as its owner does."""
    granted, row = asdict(shop.google.add_account(SUPPORT)), shop.mailbox()
    sealed = seal_credentials(shop.deps.secrets, shop.site_id, row["id"], granted)
    version = row["credentials_version"] + 1
    shop.set_mailbox(credentials=sealed, credentials_version=version, state="syncing")


def test_a_lost_cursor_costs_pages_of_ids_and_fetches_only_what_is_new(shop: GoogleShop) -> None:
    shop.arrive(count=30)
    shop.settle()
    shop.arrive(count=2)
    shop.google.expire_history(SUPPORT)
    shop.settle()
    assert (shop.outcomes(), shop.fetched()) == ({"ticket": 32}, 32)


# --- what the history never told ---------------------------------------------------------------


def test_mail_that_the_history_kept_quiet_about_is_found_in_the_next_night(
    shop: GoogleShop,
) -> None:
    shop.set_mailbox(labels=[INBOX, SENT, "IMPORTANT"])
    keep_quiet(shop, INBOX, SENT, "IMPORTANT")
    assert shop.outcomes() == {"ticket": 1}
    shop.clock.advance(hours=36)
    found = compare_at_night(shop)
    assert (found["shown"], found["fetched"], found["missing"]) == (4, 3, 0)
    assert shop.outcomes() == {"ticket": 4}


def keep_quiet(shop: GoogleShop, *labels: str) -> None:
    """Let a mail arrive in each label, of which no record tells, and then one that is told of."""
    shop.google.configure(silent_history=True)
    for label in labels:
        shop.arrive(labels=frozenset({label}))
    shop.settle()
    shop.google.configure(silent_history=False)
    shop.arrive()
    shop.settle()


def compare_at_night(shop: GoogleShop) -> dict[str, Any]:
    """Do the comparisons that are due; return what the one of support@ found."""
    for site_id, mailbox_id in reconcile.due(shop.deps):
        while reconcile.work_on(shop.deps, site_id, mailbox_id, "night"):
            pass
    return reconcile.last_result(shop.deps, SUPPORT)


# --- what people do in Gmail ----------------------------------------------------------------------


def test_old_mail_that_is_read_in_gmail_costs_no_fetch(shop: GoogleShop) -> None:
    shop.arrive(received_at=shop.clock.now() - 400 * 24 * 3_600_000)
    shop.settle()
    before = shop.fetched()
    (old,) = shop.google.messages(SUPPORT)
    relabel(shop, old["id"], remove=["UNREAD"])
    shop.settle()
    assert (shop.fetched(), shop.outcomes()) == (before, {})


def test_mail_that_is_archived_before_it_was_seen_is_a_ticket_all_the_same(
    shop: GoogleShop,
) -> None:
    (provider_id,) = shop.arrive()
    relabel(shop, provider_id, remove=["INBOX"])
    shop.settle()
    assert shop.outcomes() == {"ticket": 1}


def relabel(shop: GoogleShop, provider_id: str, **changes: list[str]) -> None:
    """Change labels, as the owner does in Gmail."""
    url = f"{shop.google.root}/gmail/v1/users/me/messages/{provider_id}/modify"
    headers = {"Authorization": f"Bearer {shop.google.access_token(SUPPORT)}"}
    body = {f"{name}LabelIds": labels for name, labels in changes.items()}
    requests.post(url, json=body, headers=headers, timeout=10).raise_for_status()


# --- one mailbox can never stop another ----------------------------------------------------------

TROUBLES: dict[str, dict[str, Any]] = {
    "server errors": {"method": "*", "status": 503},
    "internal errors": {"method": "messages.get", "status": 500},
    "a rate limit": {"method": "*", "reason": "rateLimitExceeded"},
    "a user's rate limit": {"method": "messages.get", "reason": "userRateLimitExceeded"},
    "a day's limit": {"method": "*", "reason": "dailyLimitExceeded"},
    "a named time": {"method": "*", "retry_after": 3_600_000},
    "dropped connections": {"method": "*", "kind": "drop"},
    "reset connections": {"method": "*", "kind": "drop", "reset": True},
    "answers that are lost": {"method": "*", "kind": "accept_then_drop"},
    "blank pages without end": {"method": "history.list", "kind": "blank_page"},
    "no tokens": {"method": "token", "status": 503},
    "a policy": {"method": "*", "reason": "domainPolicy"},
    "an API that is off": {"method": "*", "reason": "accessNotConfigured"},
    "nonsense": {"method": "*", "status": 418, "reason": "teapot"},
    "missing messages": {"method": "messages.get", "reason": "notFound"},
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_mailbox_in_trouble_holds_up_no_other_and_recovers(
    shop: GoogleShop, trouble: str
) -> None:
    shop.google.fault(account=SUPPORT, times=None, **TROUBLES[trouble])
    shop.arrive(count=2)
    shop.arrive(SALES)
    outcome = shop.look()
    assert shop.look(SALES).found == {"ticket": 1}
    assert outcome.more or shop.mailbox()["due_at"] > shop.clock.now()
    shop.google.clear_faults()
    shop.set_mailbox(state="syncing")
    shop.clock.advance(hours=25)
    shop.settle()
    assert shop.outcomes().total() == 2
