"""Workspace: a service account with domain-wide delegation, by its pasted key."""

from __future__ import annotations

from typing import Any

import pytest
from consent_page import BILLING, FEEDS, SUPPORT, Owner, code_of

from connectors.gmail.scopes import MODIFY
from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.services.credentials import MailboxCredentials
from inbox_service.testing import FakeClock

ROBOT = "robot@project.iam.gserviceaccount.com"
READONLY = "https://www.googleapis.com/auth/gmail.readonly"

Key = dict[str, Any]


@pytest.fixture(scope="module")
def pem() -> Key:
    """A key file whose RSA key is made once for all tests of this file."""
    with GmailSimulator() as other:
        return other.add_service_account(ROBOT, (MODIFY,))


@pytest.fixture
def key(google: GmailSimulator) -> Key:
    return google.add_service_account(ROBOT, (MODIFY,))


def attempt(owner: Owner, key: Key, address: str = SUPPORT) -> Any:
    """Try a key; return the answer."""
    body = {"service_account": key, "address": address}
    return owner.shop.manager.call("POST", "/mailboxes/test", body)


def check_of(owner: Owner, key: Key, address: str = SUPPORT) -> Any:
    """Try a key that opens nothing; return the check that says why."""
    answer = attempt(owner, key, address)
    assert (answer.status_code, answer.json["ok"]) == (200, False), answer.json
    assert answer.json["identity"] is None
    return answer.json["checks"][0]


def test_a_key_that_opens_the_mailbox_tells_its_addresses(owner: Owner, key: Key) -> None:
    tried = attempt(owner, key).json
    assert tried["ok"] is True
    assert tried["identity"] == {"address": SUPPORT, "aliases": [BILLING]}
    assert [check["name"] for check in tried["checks"]] == ["account", "scopes"]


def test_a_key_connects_a_mailbox_that_syncs(owner: Owner, key: Key) -> None:
    body = {"kind": "gmail", "service_account": key, "address": SUPPORT, "inboxes": FEEDS}
    made = owner.shop.manager.call("POST", "/mailboxes", body)
    assert made.status_code == 201, made.json
    assert made.json["oauth_client_id"] is None
    assert owner.sync(made.json["id"]) == ""
    assert owner.mailbox(made.json["id"])["state"] == "healthy"


def test_a_new_key_for_a_connected_mailbox_takes_the_place_of_the_old(
    owner: Owner, google: GmailSimulator, key: Key, clock: FakeClock
) -> None:
    body = {"service_account": key, "address": SUPPORT, "inboxes": FEEDS}
    made = owner.shop.manager.call("POST", "/mailboxes", body).json
    new = google.add_service_account(ROBOT, (MODIFY,))
    clock.advance(hours=2)
    assert "JWT Signature" in owner.sync(made["id"])
    again = owner.shop.manager.call("POST", "/mailboxes", {**body, "service_account": new})
    assert (again.status_code, again.json["id"]) == (201, made["id"])
    assert owner.sync(made["id"]) == ""


def test_the_token_address_in_the_key_is_ignored_and_not_kept(owner: Owner, key: Key) -> None:
    evil = {**key, "token_uri": "http://127.0.0.1:9/token", "universe_domain": "evil.example"}
    body = {"service_account": evil, "address": SUPPORT, "inboxes": FEEDS}
    made = owner.shop.manager.call("POST", "/mailboxes", body)
    assert made.status_code == 201, made.json
    cell = MailboxCredentials(owner.shop.deps, owner.shop.site_id, int(made.json["id"]))
    assert not {"token_uri", "universe_domain"} & set(cell.read())


def test_a_missing_delegation_is_told_with_the_scope_to_add(
    owner: Owner, google: GmailSimulator
) -> None:
    key = google.add_service_account(ROBOT, (READONLY,))
    found = check_of(owner, key)
    assert found["code"] == "delegation_missing"
    assert MODIFY in found["remedy"]


def test_an_address_that_is_no_mailbox_is_told(owner: Owner, key: Key) -> None:
    assert check_of(owner, key, "nobody@shop.example")["code"] == "no_such_account"


def test_a_key_that_google_does_not_know_is_told(owner: Owner, pem: Key) -> None:
    assert check_of(owner, pem)["code"] == "key_refused"


def test_a_key_that_was_replaced_is_told(owner: Owner, key: Key, pem: Key) -> None:
    assert check_of(owner, {**key, "private_key": pem["private_key"]})["code"] == "key_refused"


def test_an_account_without_gmail_is_told(owner: Owner, google: GmailSimulator, key: Key) -> None:
    google.fault("getProfile", reason="failedPrecondition", message="Mail service not enabled")
    assert check_of(owner, key)["code"] == "no_mail_service"


def test_a_mailbox_is_not_connected_by_a_key_that_does_not_open_it(owner: Owner, pem: Key) -> None:
    body = {"service_account": pem, "address": SUPPORT, "inboxes": FEEDS}
    refused = owner.shop.manager.call("POST", "/mailboxes", body)
    assert code_of(refused) == (409, "key_refused")
    assert owner.shop.manager.get("/mailboxes").json["items"] == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"type": "authorized_user"}, "service_account.type"),
        ({"web": {"client_id": "x"}}, "service_account.type"),
        ({"client_email": ""}, "service_account.client_email"),
        ({"client_email": "robot"}, "service_account.client_email"),
        ({"private_key": None}, "service_account.private_key"),
        ({"private_key": "-----BEGIN PRIVATE KEY-----\nAAAA\n"}, "service_account.private_key"),
        ({"private_key": "x" * 20_000}, "service_account.private_key"),
        ({"client_id": 7}, "service_account.client_id"),
    ],
)
def test_a_damaged_key_is_refused_by_the_name_of_its_field(
    owner: Owner, pem: Key, change: Key, field: str
) -> None:
    refused = attempt(owner, {**pem, **change})
    assert (refused.status_code, refused.json["field"]) == (422, field)
    assert "PRIVATE KEY" not in refused.get_data(as_text=True)


def test_either_a_consent_or_a_key_is_needed(owner: Owner, pem: Key) -> None:
    manager = owner.shop.manager
    assert manager.call("POST", "/mailboxes", {"inboxes": FEEDS}).json["field"] == "flow_id"
    without = {"service_account": pem, "inboxes": FEEDS}
    assert manager.call("POST", "/mailboxes", without).json["field"] == "address"


def test_only_managers_try_keys(owner: Owner, pem: Key) -> None:
    agent = owner.shop.hire(20, role="agent")
    body = {"service_account": pem, "address": SUPPORT}
    assert agent.call("POST", "/mailboxes/test", body).status_code == 403
    full = {**body, "inboxes": FEEDS}
    assert agent.call("POST", "/mailboxes", full).status_code == 403
