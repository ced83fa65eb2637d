"""Google took it, and its answer was lost: nothing is left half connected."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from consent_page import FEEDS, REDIRECT, SUPPORT, Owner, code_of

from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.store.tables import mailboxes, oauth_flows


def rows(owner: Owner, table: Any) -> list[dict[str, Any]]:
    with owner.shop.deps.sessions.reading() as connection:
        return [dict(row) for row in connection.execute(table.select()).mappings()]


def test_a_code_whose_exchange_was_lost_is_begun_again(
    owner: Owner, google: GmailSimulator
) -> None:
    back = owner.answer(owner.begin())
    google.fault("token", kind="accept_then_drop")
    assert code_of(owner.come_back(back)) == (503, "provider_unavailable")
    assert code_of(owner.come_back(back)) == (409, "oauth_state_used")
    assert owner.consent()["state"] == "consented"


def test_a_failed_look_at_the_account_keeps_no_credentials(
    owner: Owner, google: GmailSimulator
) -> None:
    back = owner.answer(owner.begin())
    google.fault("getProfile", reason="backendError")
    assert code_of(owner.come_back(back)) == (503, "provider_unavailable")
    (flow,) = rows(owner, oauth_flows)
    assert (flow["credentials"], flow["identity"]) == (None, None)


def test_a_consent_that_became_a_mailbox_keeps_no_credentials_beside_it(owner: Owner) -> None:
    made = owner.connect()
    (flow,) = rows(owner, oauth_flows)
    assert (flow["credentials"], str(flow["mailbox_id"])) == (None, made["id"])


def test_a_refused_choice_can_be_made_again(owner: Owner) -> None:
    flow_id = owner.consent()["flow_id"]
    bad = {"flow_id": flow_id, "inboxes": [{"name": "A", "address": "not an address"}]}
    assert owner.shop.manager.call("POST", "/mailboxes", bad).status_code == 422
    good = {"flow_id": flow_id, "inboxes": FEEDS}
    assert owner.shop.manager.call("POST", "/mailboxes", good).status_code == 201


def test_of_two_answers_at_once_one_is_taken(owner: Owner) -> None:
    back = owner.answer(owner.begin())
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: owner.come_back(back).status_code, range(2)))
    assert sorted(answers) == [200, 409]


def test_of_two_choices_at_once_one_makes_the_mailbox(owner: Owner) -> None:
    body = {"flow_id": owner.consent()["flow_id"], "inboxes": FEEDS}
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(
                lambda _: owner.shop.manager.call("POST", "/mailboxes", body).status_code, range(2)
            )
        )
    assert sorted(answers) == [201, 409]
    assert len(rows(owner, mailboxes)) == 1


@pytest.mark.parametrize("stored", ["verifier", "credentials"])
def test_what_is_stored_of_a_consent_is_sealed(owner: Owner, stored: str) -> None:
    owner.consent()
    (flow,) = rows(owner, oauth_flows)
    sealed = flow[stored]
    assert isinstance(sealed, bytes)
    assert b"refresh_token" not in sealed
    assert b"1//0" not in sealed


def test_the_state_itself_is_not_stored(owner: Owner) -> None:
    begun = owner.begin(redirect_uri=REDIRECT)
    state = owner.answer(begun, SUPPORT)["state"]
    (flow,) = rows(owner, oauth_flows)
    assert state not in str(flow)
