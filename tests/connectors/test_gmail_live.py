"""The open points, tried on an account: what is told of one that behaves, and of another."""

from base64 import urlsafe_b64encode

import pytest

from connectors.gmail.api import GmailApi
from connectors.gmail.config import GmailConfig
from connectors.gmail.live import READING, Account, examine
from connectors.gmail.live_sending import examine_by_sending
from connectors.gmail.oauth import TokenEndpoint
from connectors.registry import Endpoints, Setup
from connectors.testkit.harness import put
from inbox_service.domain.mail import INBOX, TRASH
from inbox_service.ports import Examinable, RetryLater

OPEN = {"quota_table", "delegated_quota", "largest_mail"}


def read(gmail):
    return {check.name: check for check in gmail.connector().examine(send=False)}


def sent(gmail):
    checks = gmail.connector().examine(send=True)
    return {check.name: check for check in checks if check.name not in dict(READING)}


def test_the_connector_can_be_examined(gmail):
    assert isinstance(gmail.connector(), Examinable)


def test_an_account_that_behaves_is_well_in_every_point_that_can_be_tried(gmail):
    put(gmail, 3)
    found = read(gmail)
    assert {name for name, check in found.items() if check.ok is None} == OPEN
    assert [name for name, check in found.items() if check.ok is False] == []


def test_reading_changes_nothing(gmail):
    put(gmail, 3)
    before = gmail.simulator.messages(gmail.address)
    read(gmail)
    assert gmail.simulator.messages(gmail.address) == before


def test_no_finding_tells_what_a_mail_says_or_who_wrote_it(gmail):
    put(gmail, 3)
    told = " ".join(check.words for check in gmail.connector().examine(send=True))
    raw = b"".join(gmail.sent()).decode() + gmail.recipient
    subjects = [line for line in raw.splitlines() if line.startswith("Subject: ")]
    assert gmail.recipient not in told
    assert not any(subject.removeprefix("Subject: ") in told for subject in subjects)


def test_an_empty_account_leaves_open_what_needs_a_mail(gmail):
    found = read(gmail)
    untried = {"order", "seconds", "by_message_id", "authentication"}
    assert {name for name, check in found.items() if check.ok is None} == OPEN | untried


def test_an_app_in_testing_is_told_by_googles_own_figure(gmail):
    gmail.simulator.configure(testing_app=True)
    owner = gmail.simulator.add_account(gmail.address)
    gmail.cell.renew(gmail.cell.read(), lambda old: {**old, "refresh_token": owner.refresh_token})
    assert read(gmail)["token"].ok is False


def test_a_list_out_of_order_is_told_and_does_no_harm(gmail):
    put(gmail, 8)
    gmail.simulator.configure(loose_order=True)
    found = read(gmail)["order"]
    assert (found.ok, "not newest first" in found.words) == (True, True)


def test_mail_that_google_did_not_vouch_for_is_a_warning(gmail):
    raw = b"From: a@b.example\r\nTo: support@shop.example\r\nMessage-ID: <1@b>\r\n\r\nHello"
    # Inserted, not received: nobody looked at where it came from.
    inserted = {"raw": urlsafe_b64encode(raw).decode(), "labelIds": [INBOX]}
    gmail._call("POST", "messages", inserted)
    assert read(gmail)["authentication"].ok is False


def test_a_refused_point_stops_no_other(gmail):
    put(gmail, 1)
    gmail.simulator.fault("settings.sendAs.list", reason="insufficientPermissions", times=None)
    found = read(gmail)
    assert found["addresses"].ok is None
    assert found["authentication"].ok is True


def test_a_mail_to_oneself_settles_what_sending_counts_on(gmail):
    found = sent(gmail)
    assert {name: check.ok for name, check in found.items()} == {
        "sending": True,
        "message_id": True,
        "own_headers": True,
        "draft": True,
        "plus_address": True,
        "archiving": True,
    }
    assert "replaced our Message-ID" in found["message_id"].words


def test_the_mail_to_oneself_ends_in_the_trash(gmail):
    sent(gmail)
    labels = [message["labelIds"] for message in gmail.simulator.messages(gmail.address)]
    assert labels
    assert all(TRASH in one for one in labels)


def test_a_mail_that_does_not_go_out_is_told(gmail):
    gmail.simulator.fault("drafts.create", reason="domainPolicy")
    assert {name: check.ok for name, check in sent(gmail).items()} == {"sending": False}


def account(gmail, waited):
    setup = Setup(
        gmail.config,
        gmail.cell,
        gmail.budget,
        gmail.clock,
        Endpoints(gmail.simulator.root, gmail.simulator.root),
    )
    tokens = TokenEndpoint(gmail.simulator.root, gmail.clock)
    api = GmailApi(setup, GmailConfig(gmail.address))
    return Account(api, gmail.cell, tokens, gmail.address, waited.append)


def test_a_short_quota_is_waited_for_once(gmail):
    waited = []
    gmail.limit_rate()
    put(gmail, 1)
    checks = list(examine(account(gmail, waited), READING))
    assert waited == [60.0]
    assert not [check for check in checks if check.ok is False]


def test_a_day_is_not_waited_for(gmail):
    waited = []
    gmail.simulator.fault("getProfile", reason="dailyLimitExceeded", times=None)
    found = {check.name: check.ok for check in examine(account(gmail, waited), READING)}
    assert (waited, found["fresh_cursor"]) == ([], None)


def test_a_mail_that_never_arrives_is_told_after_a_minute(gmail):
    waited = []
    gmail.simulator.fault("messages.list", reason="rateLimitExceeded", times=None)
    with pytest.raises(RetryLater):
        account(gmail, waited).listed("")
    assert waited == [60.0]
    found = {check.name: check.ok for check in examine_by_sending(account(gmail, waited))}
    assert found["plus_address"] is None
