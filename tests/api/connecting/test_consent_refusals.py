"""What can go wrong between the owner's click and her mailbox, and what she is told."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from consent_page import FEEDS, REDIRECT, SUPPORT, Owner, code_of

from connectors.gmail.scopes import MODIFY
from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.testing import FakeClock

OTHER = "other@shop.example"


def test_an_owner_who_declines_is_told_so(owner: Owner) -> None:
    begun = owner.begin()
    refused = owner.come_back(owner.answer(begun, answer="deny"))
    assert code_of(refused) == (409, "oauth_denied")
    assert "choose Allow" in refused.json["detail"]


def test_the_screen_that_began_sees_why_it_failed(owner: Owner) -> None:
    begun = owner.begin()
    owner.come_back(owner.answer(begun, answer="deny"))
    shown = owner.shop.manager.get(f"/oauth/flows/{begun['id']}").json
    assert (shown["state"], shown["problem"]["code"]) == ("failed", "oauth_denied")


def test_google_sends_nobody_to_an_address_the_app_does_not_know(owner: Owner) -> None:
    begun = owner.begin(redirect_uri="https://shop.example/wp-admin/elsewhere.php")
    page = requests.get(begun["authorization_url"], timeout=10)
    assert page.status_code == 400
    assert "redirect_uri_mismatch" in page.text


def test_a_redirect_address_that_changed_meanwhile_is_named(
    owner: Owner, google: GmailSimulator
) -> None:
    back = owner.answer(owner.begin())
    with google.world.store.open() as db:
        db.execute("UPDATE codes SET redirect_uri = 'https://elsewhere.example/'")
    refused = owner.come_back(back)
    assert code_of(refused) == (422, "oauth_redirect_mismatch")
    assert "redirect address" in refused.json["detail"]


@pytest.mark.parametrize(
    "address", ["http://shop.example/x", "ftp://shop.example/", "shop", "https://shop.example/#x"]
)
def test_owners_come_back_by_https_only(owner: Owner, address: str) -> None:
    asked = {"oauth_client_id": owner.oauth_client_id, "redirect_uri": address}
    refused = owner.shop.manager.call("POST", "/oauth/flows", asked)
    assert code_of(refused) == (422, "https_required")
    assert refused.json["field"] == "redirect_uri"


def test_this_very_computer_needs_no_https(owner: Owner) -> None:
    local = "http://127.0.0.1:8080/wp-admin/admin-post.php?action=unified_inbox_oauth"
    asked = {"oauth_client_id": owner.oauth_client_id, "redirect_uri": local}
    assert owner.shop.manager.call("POST", "/oauth/flows", asked).status_code == 201


def test_a_state_nobody_began_is_unknown(owner: Owner) -> None:
    refused = owner.come_back({"state": "x" * 43, "code": "4/0Ax"})
    assert code_of(refused) == (409, "oauth_state_unknown")


def test_a_state_works_for_the_one_who_began_only(owner: Owner) -> None:
    back = owner.answer(owner.begin())
    other = owner.shop.hire(21, role="manager")
    refused = other.call("POST", "/oauth/callback", back)
    assert code_of(refused) == (409, "oauth_state_unknown")
    assert owner.come_back(back).status_code == 200


def test_a_state_works_once(owner: Owner) -> None:
    back = owner.answer(owner.begin())
    assert owner.come_back(back).status_code == 200
    assert code_of(owner.come_back(back)) == (409, "oauth_state_used")


def test_a_state_works_for_ten_minutes(owner: Owner, clock: FakeClock) -> None:
    back = owner.answer(owner.begin())
    clock.advance(seconds=601)
    assert code_of(owner.come_back(back)) == (409, "oauth_expired")


def test_a_stolen_code_is_useless_without_the_verifier(owner: Owner) -> None:
    stolen = owner.answer(owner.begin())
    own = owner.answer(owner.begin())
    refused = owner.come_back({"state": own["state"], "code": stolen["code"]})
    assert code_of(refused) == (409, "oauth_expired")


def test_a_scope_that_was_unticked_is_named(owner: Owner) -> None:
    back = owner.answer(owner.begin(), boxes="1")
    refused = owner.come_back(back)
    assert code_of(refused) == (422, "oauth_scope_missing")
    assert refused.json["missing"] == [MODIFY]


def test_another_account_than_the_one_to_be_connected_again_is_refused(
    owner: Owner, google: GmailSimulator
) -> None:
    made = owner.connect()
    google.revoke(SUPPORT)
    owner.sync(made["id"])
    begun = owner.begin(mailbox_id=made["id"])
    refused = owner.come_back(owner.answer(begun, OTHER))
    assert code_of(refused) == (409, "oauth_wrong_account")
    assert (refused.json["expected"], refused.json["got"]) == (SUPPORT, OTHER)
    assert owner.mailbox(made["id"])["state"] == "reauth_needed"
    # Whoever waits in another tab learns as much.
    told = owner.shop.manager.get(f"/oauth/flows/{begun['id']}").json["problem"]
    assert (told["expected"], told["got"]) == (SUPPORT, OTHER)


def test_a_wrong_account_keeps_its_own_mailbox(owner: Owner) -> None:
    first = owner.connect()
    second = owner.connect(OTHER, inboxes=[{"name": "Other", "address": OTHER}])
    begun = owner.begin(mailbox_id=first["id"])
    assert owner.come_back(owner.answer(begun, OTHER)).status_code == 409
    assert owner.sync(second["id"]) == ""


def test_a_gmail_api_that_is_off_is_named_with_the_place_to_switch_it_on(
    owner: Owner, google: GmailSimulator
) -> None:
    google.configure(api_enabled=False)
    refused = owner.come_back(owner.answer(owner.begin()))
    assert code_of(refused) == (409, "gmail_api_off")
    assert "Library > Gmail API" in refused.json["detail"]


def test_a_wrong_secret_is_named(owner: Owner) -> None:
    wrong = {"client_id": owner.client_id, "client_secret": "GOCSPX-wrong"}
    owner.shop.manager.call("POST", "/oauth/clients", wrong)
    refused = owner.come_back(owner.answer(owner.begin()))
    assert code_of(refused) == (422, "oauth_client_invalid")
    assert "GOCSPX" not in refused.get_data(as_text=True)


@pytest.mark.parametrize("kind", ["error", "drop"])
def test_a_google_that_does_not_answer_is_no_fault_of_the_owners(
    owner: Owner, google: GmailSimulator, kind: Any
) -> None:
    back = owner.answer(owner.begin())
    google.fault("token", kind=kind)
    assert code_of(owner.come_back(back)) == (503, "provider_unavailable")


def test_an_app_in_testing_is_told_from_googles_own_word(
    owner: Owner, google: GmailSimulator
) -> None:
    google.configure(testing_app=True)
    given = owner.consent()
    check = next(one for one in given["checks"] if one["name"] == "testing_mode")
    assert (check["ok"], check["code"]) == (False, "consent_ends")
    assert "19 January 2026" in check["words"]
    body = {"flow_id": given["flow_id"], "inboxes": FEEDS}
    made = owner.shop.manager.call("POST", "/mailboxes", body).json
    assert made["consent_ends_at"] == "2026-01-19T08:00:00.000Z"


@pytest.mark.parametrize("field", ["client_id", "client_secret"])
def test_a_client_that_was_copied_in_part_is_named(owner: Owner, field: str) -> None:
    app = {"client_id": "a.apps.googleusercontent.com", "client_secret": "s", field: "two words"}
    refused = owner.shop.manager.call("POST", "/oauth/clients", app)
    assert (refused.status_code, refused.json["field"]) == (422, field)


def test_a_client_of_another_site_begins_nothing(owner: Owner) -> None:
    asked = {"oauth_client_id": "12", "redirect_uri": REDIRECT}
    refused = owner.shop.manager.call("POST", "/oauth/flows", asked)
    assert (refused.status_code, refused.json["field"]) == (404, "oauth_client_id")
