"""An owner connects her own Gmail, from the app's secret to the first messages."""

from __future__ import annotations

from email.message import EmailMessage
from urllib.parse import parse_qs, urlsplit

import pytest
from consent_page import BILLING, FEEDS, REDIRECT, SUPPORT, Owner, code_of
from shop import Shop

from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.services import housekeeping, outbox
from inbox_service.store.tables import mailboxes
from inbox_service.testing import FakeClock, RecordingQueue

MINUTE, DAY = 60, 24 * 3600


def mail(subject: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Omar <o@example.net>", SUPPORT, subject
    message.set_content("Where is my order?")
    return bytes(message)


def asked_for(begun: dict[str, str]) -> dict[str, list[str]]:
    return parse_qs(urlsplit(begun["authorization_url"]).query)


def test_a_consent_becomes_a_mailbox_whose_first_messages_appear(
    owner: Owner, google: GmailSimulator
) -> None:
    google.deliver(SUPPORT, mail("Where is it?"))
    made = owner.connect()
    assert (made["state"], made["first_messages"], made["depth_days"]) == ("syncing", 0, 90)
    assert owner.sync(made["id"]) == ""
    shown = owner.mailbox(made["id"])
    assert (shown["state"], shown["first_messages"]) == ("healthy", 1)
    assert owner.shop.manager.get("/tickets").json["items"][0]["subject"] == "Where is it?"


def test_the_page_asks_for_lasting_access_with_pkce_and_nothing_more_than_needed(
    owner: Owner,
) -> None:
    asked = asked_for(owner.begin(address=SUPPORT))
    assert asked["scope"] == ["https://www.googleapis.com/auth/gmail.modify"]
    assert asked["code_challenge_method"] == ["S256"]
    assert (asked["access_type"], asked["prompt"]) == (["offline"], ["consent"])
    assert (asked["redirect_uri"], asked["login_hint"]) == ([REDIRECT], [SUPPORT])


def test_the_consent_tells_the_accounts_addresses_and_what_was_found(owner: Owner) -> None:
    given = owner.consent()
    assert given["state"] == "consented"
    assert given["identity"] == {"address": SUPPORT, "aliases": [BILLING]}
    assert {check["name"]: check["ok"] for check in given["checks"]} == {
        "account": True,
        "scopes": True,
        "testing_mode": None,
    }
    assert given["mailbox_id"] is None


def test_the_screen_that_began_sees_the_consent_come(owner: Owner) -> None:
    begun = owner.begin()
    path = f"/oauth/flows/{begun['id']}"
    assert owner.shop.manager.get(path).json["state"] == "waiting"
    owner.come_back(owner.answer(begun))
    shown = owner.shop.manager.get(path).json
    assert (shown["state"], shown["identity"]["address"]) == ("consented", SUPPORT)


def test_the_mailbox_feeds_the_chosen_inboxes(owner: Owner) -> None:
    made = owner.connect(depth_days=None)
    assert [(box["name"], box["address"]) for box in made["inboxes"]] == [
        ("Support", SUPPORT),
        ("Billing", BILLING),
    ]
    assert made["depth_days"] is None
    assert made["oauth_client_id"] == owner.oauth_client_id


def test_a_new_mailbox_is_read_at_once(owner: Owner) -> None:
    made = owner.connect()
    queue = owner.shop.deps.queue
    assert isinstance(queue, RecordingQueue)
    assert ("sync_mailbox", (owner.shop.site_id, int(made["id"]))) in queue.hints


def test_a_consent_makes_one_mailbox_only(owner: Owner) -> None:
    flow_id = owner.consent()["flow_id"]
    body = {"flow_id": flow_id, "inboxes": FEEDS}
    assert owner.shop.manager.call("POST", "/mailboxes", body).status_code == 201
    again = owner.shop.manager.call("POST", "/mailboxes", body)
    assert code_of(again) == (409, "oauth_expired")


def test_a_consent_waits_an_hour_for_the_choice_of_inboxes(owner: Owner, clock: FakeClock) -> None:
    flow_id = owner.consent()["flow_id"]
    clock.advance(seconds=61 * MINUTE)
    late = owner.shop.manager.call("POST", "/mailboxes", {"flow_id": flow_id, "inboxes": FEEDS})
    assert code_of(late) == (409, "oauth_expired")
    assert owner.shop.manager.get(f"/oauth/flows/{flow_id}").json["state"] == "expired"


def test_secrets_are_in_no_answer(owner: Owner) -> None:
    answers = [
        owner.shop.manager.call("POST", "/oauth/flows", begin_body(owner)),
        owner.shop.manager.get("/oauth/clients"),
        owner.shop.manager.get("/mailboxes"),
    ]
    told = "".join(answer.get_data(as_text=True) for answer in answers)
    assert "GOCSPX" not in told
    assert "verifier" not in told


def begin_body(owner: Owner) -> dict[str, str]:
    return {"oauth_client_id": owner.oauth_client_id, "redirect_uri": REDIRECT}


def test_an_account_that_is_connected_already_goes_on_with_the_new_consent(
    owner: Owner, google: GmailSimulator
) -> None:
    made = owner.connect()
    google.revoke(SUPPORT)
    assert "invalid_grant" in owner.sync(made["id"])
    assert owner.mailbox(made["id"])["state"] == "reauth_needed"
    assert owner.consent()["mailbox_id"] == made["id"]
    assert owner.sync(made["id"]) == ""
    assert owner.mailbox(made["id"])["state"] == "healthy"


def test_answers_that_waited_for_the_new_consent_leave_with_it(
    owner: Owner, google: GmailSimulator
) -> None:
    google.deliver(SUPPORT, mail("Where is it?"))
    made = owner.connect()
    owner.sync(made["id"])
    google.revoke(SUPPORT)
    assert reply(owner) == 201
    assert sent_now(owner) == ["waiting"]
    owner.consent()
    assert sent_now(owner) == ["sent"]


def reply(owner: Owner) -> int:
    path = "/tickets/1/messages"
    seen = owner.shop.manager.get(path).json["items"][-1]["id"]
    body = {"kind": "reply", "text": "Soon.", "seen_up_to": seen}
    key = {"Idempotency-Key": "reply-1"}
    return owner.shop.manager.call("POST", path, body, headers=key).status_code


def sent_now(owner: Owner) -> list[str]:
    """Send what is due and return what became of it."""
    deps = owner.shop.deps
    return [outbox.deliver(deps, *one, holder="test") for one in outbox.due(deps)]


def test_a_sync_that_fails_on_the_old_credentials_says_nothing_of_the_new(owner: Owner) -> None:
    made = owner.connect()
    with owner.shop.deps.sessions.writing() as connection:
        connection.execute(mailboxes.update().values(lease_holder="w", lease_until=2**50))
    owner.consent()
    with owner.shop.deps.sessions.reading() as connection:
        row = connection.execute(mailboxes.select()).mappings().one()
    assert str(row["id"]) == made["id"]
    assert (row["lease_holder"], row["lease_until"]) == (None, None)


def test_connecting_again_offers_the_mailboxs_own_account(owner: Owner) -> None:
    made = owner.connect()
    asked = asked_for(owner.begin(mailbox_id=made["id"]))
    assert asked["login_hint"] == [SUPPORT]


@pytest.mark.parametrize("role", ["lead", "agent", "viewer"])
def test_only_managers_connect(owner: Owner, role: str) -> None:
    agent = owner.shop.hire(20, role=role)
    refused = agent.call("POST", "/oauth/flows", begin_body(owner))
    assert refused.status_code == 403
    assert agent.get("/oauth/clients").status_code == 403
    assert agent.call("POST", "/mailboxes", {"flow_id": "1", "inboxes": FEEDS}).status_code == 403


def test_another_managers_consent_is_not_shown(owner: Owner) -> None:
    flow_id = owner.consent()["flow_id"]
    other = owner.shop.hire(21, role="manager")
    assert other.get(f"/oauth/flows/{flow_id}").status_code == 404
    body = {"flow_id": flow_id, "inboxes": FEEDS}
    assert other.call("POST", "/mailboxes", body).status_code == 404


def test_a_replaced_secret_reaches_the_mailboxes_of_the_app(
    owner: Owner, shop: Shop, google: GmailSimulator, clock: FakeClock
) -> None:
    made = owner.connect()
    new = {"client_id": owner.client_id, "client_secret": "GOCSPX-renewed"}
    replace_secret(google, **new)
    clock.advance(hours=2)
    assert "invalid_client" in owner.sync(made["id"])
    saved = shop.manager.call("POST", "/oauth/clients", new)
    assert saved.json["id"] == owner.oauth_client_id
    assert owner.sync(made["id"]) == ""


def replace_secret(google: GmailSimulator, client_id: str, client_secret: str) -> None:
    with google.world.store.open() as db:
        db.execute("UPDATE clients SET secret = ? WHERE client_id = ?", (client_secret, client_id))


def test_expired_consents_are_forgotten(owner: Owner, clock: FakeClock) -> None:
    flow_id = owner.consent()["flow_id"]
    clock.advance(hours=48)
    assert housekeeping.forget_expired(owner.shop.deps)["oauth_flows"] == 1
    assert owner.shop.manager.get(f"/oauth/flows/{flow_id}").status_code == 404
