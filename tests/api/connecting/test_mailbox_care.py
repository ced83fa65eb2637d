"""A connected mailbox: changed, checked, read at once, disconnected, and connected again."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest
from consent_page import BILLING, FEEDS, REDIRECT, SUPPORT, Owner, code_of
from shop import open_shop
from sqlalchemy import select

from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.services import mailboxes as mailbox_service
from inbox_service.services.credentials import MailboxCredentials
from inbox_service.store.tables import mailboxes
from inbox_service.testing import FakeClock

DAY_MS = 24 * 3600 * 1000
BOXES = [("Support", SUPPORT), ("Billing", BILLING)]


def mail(subject: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Omar <o@example.net>", SUPPORT, subject
    message.set_content("Where is my order?")
    return bytes(message)


def change(owner: Owner, mailbox_id: str, **body: Any) -> Any:
    return owner.shop.manager.call("PATCH", f"/mailboxes/{mailbox_id}", body)


def fed(mailbox: Any) -> list[tuple[str, str]]:
    return [(box["name"], box["address"]) for box in mailbox["inboxes"]]


def row_of(owner: Owner, mailbox_id: str) -> Any:
    query = select(mailboxes).where(mailboxes.c.id == int(mailbox_id))
    with owner.shop.deps.sessions.reading() as connection:
        return connection.execute(query).mappings().one()


def checks(owner: Owner, mailbox_id: str) -> dict[str, Any]:
    answer = owner.shop.manager.call("POST", f"/mailboxes/{mailbox_id}/check")
    assert answer.status_code == 200, answer.json
    return {check["name"]: check for check in answer.json["checks"]}


# --- what it feeds ----------------------------------------------------------------------------


def test_an_address_can_feed_another_inbox(owner: Owner) -> None:
    made = owner.connect()
    both = [{"name": "Support", "address": SUPPORT}, {"name": "Support", "address": BILLING}]
    changed = change(owner, made["id"], inboxes=both).json
    assert fed(changed) == [("Support", SUPPORT), ("Support", BILLING)]


def test_a_new_name_renames_the_inbox_that_the_address_alone_feeds(owner: Owner) -> None:
    made = owner.connect()
    renamed = [{"name": "Help", "address": SUPPORT, "colour": "#112233"}, FEEDS[1]]
    changed = change(owner, made["id"], inboxes=renamed).json
    assert fed(changed) == [("Help", SUPPORT), ("Billing", BILLING)]
    assert changed["inboxes"][0]["id"] == made["inboxes"][0]["id"]
    assert changed["inboxes"][0]["colour"] == "#112233"


def test_an_inbox_that_others_feed_too_keeps_its_name(owner: Owner) -> None:
    shared = [{"name": "Support", "address": one} for one in (SUPPORT, BILLING)]
    made = owner.connect(inboxes=shared)
    apart = [shared[0], {"name": "Bills", "address": BILLING}]
    changed = change(owner, made["id"], inboxes=apart).json
    assert fed(changed) == [("Support", SUPPORT), ("Bills", BILLING)]


def test_an_address_left_out_feeds_nothing_and_its_inbox_stays(owner: Owner) -> None:
    made = owner.connect()
    assert fed(change(owner, made["id"], inboxes=FEEDS[:1]).json) == BOXES[:1]
    names = [box["name"] for box in owner.shop.manager.get("/inboxes").json["items"]]
    assert "Billing" in names


def test_an_inbox_can_be_renamed_by_its_id(owner: Owner) -> None:
    made = owner.connect()
    support, billing = made["inboxes"]
    wanted = [{**support, "name": "Desk"}, billing]
    assert fed(change(owner, made["id"], inboxes=wanted).json)[0] == ("Desk", SUPPORT)


def test_two_inboxes_cannot_have_one_name(owner: Owner) -> None:
    made = owner.connect()
    support, billing = made["inboxes"]
    refused = change(owner, made["id"], inboxes=[support, {**billing, "name": "Support"}])
    assert code_of(refused) == (409, "inbox_name_taken")
    assert fed(owner.mailbox(made["id"])) == BOXES


def test_an_address_of_another_mailbox_is_refused(owner: Owner) -> None:
    owner.connect()
    other = owner.connect(
        "other@shop.example", inboxes=[{"name": "Other", "address": "other@shop.example"}]
    )
    refused = change(owner, other["id"], inboxes=[{"name": "Mine", "address": BILLING}])
    assert code_of(refused) == (409, "address_taken")


@pytest.mark.parametrize(
    "inboxes",
    [
        [],
        [{"name": " ", "address": SUPPORT}],
        [{"name": "A", "address": "not an address"}],
        [{"name": "A", "address": SUPPORT}, {"name": "B", "address": SUPPORT.upper()}],
        [{"name": "A", "address": SUPPORT, "colour": "red"}],
    ],
)
def test_inboxes_that_make_no_sense_are_refused(owner: Owner, inboxes: Any) -> None:
    made = owner.connect()
    assert change(owner, made["id"], inboxes=inboxes).status_code == 422
    assert fed(owner.mailbox(made["id"])) == BOXES


# --- how far back -----------------------------------------------------------------------------


def test_a_greater_depth_reads_what_was_out_of_reach(
    owner: Owner, google: GmailSimulator, clock: FakeClock
) -> None:
    google.deliver(SUPPORT, mail("Old"), received_at=clock.now() - 60 * DAY_MS)
    made = owner.connect(depth_days=30)
    owner.sync(made["id"])
    assert owner.mailbox(made["id"])["first_messages"] == 0
    assert change(owner, made["id"], depth_days=90).json["backfill"]["state"] == "pending"
    owner.sync(made["id"])
    assert owner.mailbox(made["id"])["first_messages"] == 1


def test_a_smaller_depth_leaves_what_was_read(owner: Owner) -> None:
    made = owner.connect(depth_days=None)
    owner.sync(made["id"])
    changed = change(owner, made["id"], depth_days=7).json
    assert (changed["depth_days"], changed["backfill"]["state"]) == (7, "done")


def test_a_sync_under_way_stores_nothing_under_the_old_depth(owner: Owner) -> None:
    made = owner.connect(depth_days=7)
    with owner.shop.deps.sessions.writing() as connection:
        connection.execute(mailboxes.update().values(lease_holder="w", lease_until=2**50))
    change(owner, made["id"], depth_days=None)
    assert row_of(owner, made["id"])["lease_holder"] is None


@pytest.mark.parametrize("days", [0, -1, 4000, "90"])
def test_a_depth_is_a_number_of_days(owner: Owner, days: Any) -> None:
    made = owner.connect()
    assert change(owner, made["id"], depth_days=days).status_code == 422


# --- the self-check ---------------------------------------------------------------------------


def test_a_mailbox_that_works_is_told_so(owner: Owner) -> None:
    found = checks(owner, owner.connect()["id"])
    assert {name: check["ok"] for name, check in found.items()} == {
        "account": True,
        "scopes": True,
        "testing_mode": None,
    }


def test_what_google_does_not_say_is_asked_and_believed(owner: Owner) -> None:
    made = owner.connect()
    assert checks(owner, made["id"])["testing_mode"]["code"] == "testing_mode_unknown"
    assert change(owner, made["id"], testing_mode="production").json["consent_ends_at"] is None
    assert checks(owner, made["id"])["testing_mode"]["ok"] is True


def test_an_owner_who_says_testing_learns_when_the_consent_ends(owner: Owner) -> None:
    made = owner.connect()
    changed = change(owner, made["id"], testing_mode="testing").json
    assert changed["consent_ends_at"] == "2026-01-19T08:00:00.000Z"
    assert checks(owner, made["id"])["testing_mode"]["ok"] is False


def test_what_was_said_of_the_app_outlives_a_reconnect(owner: Owner) -> None:
    made = owner.connect()
    change(owner, made["id"], testing_mode="internal")
    assert owner.consent()["mailbox_id"] == made["id"]
    assert owner.mailbox(made["id"])["testing_mode"] == "internal"


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        ({"reason": "accessNotConfigured"}, "gmail_api_off"),
        ({"reason": "insufficientPermissions"}, "oauth_scope_missing"),
        ({"reason": "domainPolicy"}, "blocked_by_policy"),
        ({"reason": "rateLimitExceeded"}, "unreachable"),
        ({"kind": "drop"}, "unreachable"),
    ],
)
def test_the_check_says_in_words_what_is_wrong(
    owner: Owner, google: GmailSimulator, trouble: dict[str, Any], code: str
) -> None:
    made = owner.connect()
    google.fault("getProfile", times=None, **trouble)
    (found,) = checks(owner, made["id"]).values()
    assert found["code"] == code
    assert found["ok"] is (None if code == "unreachable" else False)
    assert found["remedy"]


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("revoked", "consent_ended"),
        ("deleted", "account_deleted"),
        ("policy", "session_control"),
    ],
)
def test_the_check_tells_the_ends_of_a_consent_apart(
    owner: Owner, google: GmailSimulator, reason: str, code: str
) -> None:
    made = owner.connect()
    google.revoke(SUPPORT, reason)
    (found,) = checks(owner, made["id"]).values()
    assert found["code"] == code


def test_an_address_the_account_may_not_write_as_is_told(owner: Owner) -> None:
    group = [*FEEDS, {"name": "Team", "address": "team@shop.example"}]
    made = owner.connect(inboxes=group)
    found = checks(owner, made["id"])["address"]
    assert "team@shop.example" in found["words"]


# --- at once ----------------------------------------------------------------------------------


def test_a_stopped_mailbox_tries_again_when_asked(owner: Owner, google: GmailSimulator) -> None:
    made = owner.connect()
    google.configure(api_enabled=False)
    owner.sync(made["id"])
    assert owner.mailbox(made["id"])["state"] == "stopped"
    google.configure(api_enabled=True)
    asked = owner.shop.manager.call("POST", f"/mailboxes/{made['id']}/sync")
    assert asked.status_code == 202
    assert owner.sync(made["id"]) == ""


# --- disconnecting ----------------------------------------------------------------------------


def disconnect(owner: Owner, mailbox_id: str) -> int:
    return owner.shop.manager.call("DELETE", f"/mailboxes/{mailbox_id}").status_code


def test_disconnecting_gives_the_consent_back_and_keeps_the_tickets(
    owner: Owner, google: GmailSimulator
) -> None:
    google.deliver(SUPPORT, mail("Where is it?"))
    made = owner.connect()
    owner.sync(made["id"])
    before = MailboxCredentials(owner.shop.deps, owner.shop.site_id, int(made["id"])).read()
    assert disconnect(owner, made["id"]) == 204
    assert owner.mailbox(made["id"]) is None
    assert len(owner.shop.manager.get("/tickets").json["items"]) == 1
    assert is_dead(google, before["refresh_token"])
    after = MailboxCredentials(owner.shop.deps, owner.shop.site_id, int(made["id"])).read()
    assert after == {}


def is_dead(google: GmailSimulator, token: str) -> bool:
    with google.world.store.open() as db:
        row = db.execute("SELECT dead FROM refresh_tokens WHERE token = ?", (token,)).fetchone()
    return bool(row["dead"])


def test_a_disconnected_mailbox_is_not_read_any_more(owner: Owner) -> None:
    made = owner.connect()
    disconnect(owner, made["id"])
    row = row_of(owner, made["id"])
    assert (row["state"], row["oauth_client_id"]) == ("stopped", None)
    assert mailbox_service.status(owner.shop.deps) == []
    assert disconnect(owner, made["id"]) == 404
    path = f"/mailboxes/{made['id']}/sync"
    assert owner.shop.manager.call("POST", path).status_code == 404


def test_a_google_that_does_not_answer_does_not_hold_up_disconnecting(
    owner: Owner, google: GmailSimulator
) -> None:
    made = owner.connect()
    google.fault("revoke", kind="drop")
    assert disconnect(owner, made["id"]) == 204
    assert owner.mailbox(made["id"]) is None


def test_the_consent_stays_where_another_site_has_the_same_account(
    owner: Owner, google: GmailSimulator
) -> None:
    made = owner.connect()
    cell = MailboxCredentials(owner.shop.deps, owner.shop.site_id, int(made["id"]))
    token = cell.read()["refresh_token"]
    second_owner(owner, google).connect()
    assert disconnect(owner, made["id"]) == 204
    assert not is_dead(google, token)


def second_owner(owner: Owner, google: GmailSimulator) -> Owner:
    """Return the owner of another shop that the same service works for."""
    second = open_shop(owner.shop.app, owner.shop.deps, "second")
    app = google.add_client((REDIRECT,))
    saved = second.manager.call("POST", "/oauth/clients", app).json
    return Owner(second, google, app["client_id"], saved["id"])


def test_a_disconnected_account_comes_back_to_its_tickets(
    owner: Owner, google: GmailSimulator
) -> None:
    google.deliver(SUPPORT, mail("First"))
    made = owner.connect()
    owner.sync(made["id"])
    disconnect(owner, made["id"])
    google.deliver(SUPPORT, mail("Meanwhile"))
    again = owner.connect()
    assert again["id"] == made["id"]
    owner.sync(again["id"])
    subjects = {one["subject"] for one in owner.shop.manager.get("/tickets").json["items"]}
    assert subjects == {"First", "Meanwhile"}
    assert len(owner.shop.manager.get("/tickets").json["items"]) == 2


def test_a_disconnected_account_comes_back_by_the_command_line_too(
    owner: Owner, google: GmailSimulator
) -> None:
    made = owner.connect()
    disconnect(owner, made["id"])
    secrets = google.add_account(SUPPORT).as_json()
    again = mailbox_service.add_mailbox(
        owner.shop.deps, owner.shop.site_id, "gmail", SUPPORT, secrets, BOXES
    )
    assert str(again) == made["id"]
    assert owner.sync(made["id"]) == ""


def test_an_account_is_connected_once(owner: Owner) -> None:
    flow = owner.consent()
    owner.connect()
    refused = owner.shop.manager.call(
        "POST", "/mailboxes", {"flow_id": flow["flow_id"], "inboxes": FEEDS}
    )
    assert code_of(refused) == (409, "mailbox_exists")


@pytest.mark.parametrize(
    ("method", "path"),
    [("PATCH", ""), ("DELETE", ""), ("POST", "/check"), ("POST", "/sync")],
)
def test_only_managers_care_for_mailboxes(owner: Owner, method: str, path: str) -> None:
    made = owner.connect()
    agent = owner.shop.hire(20, role="lead")
    body = {"depth_days": 7} if method == "PATCH" else None
    refused = agent.call(method, f"/mailboxes/{made['id']}{path}", body)
    assert code_of(refused) == (403, "managers_only")
