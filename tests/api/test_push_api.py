"""Push channels for managers, and notices that Pub/Sub pushed to the site."""

import json
import secrets
from base64 import b64encode
from typing import Any

import pytest
from populate import SIGNER
from shop import Shop
from sqlalchemy import select
from werkzeug.test import TestResponse

from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.api.push import LARGEST_NOTICE
from inbox_service.deps import Deps
from inbox_service.services import mailboxes, watches
from inbox_service.store.tables import mailboxes as mailbox_rows
from inbox_service.testing import FakeClock, RecordingQueue

PROJECT = "simulated-project"
TOPIC = f"projects/{PROJECT}/topics/mail"
SUBSCRIPTION = f"projects/{PROJECT}/subscriptions/inbox"
AUDIENCE = "https://shop.example/wp-json/unified-inbox/v1/push/gmail"
PUSHED = {"topic": TOPIC, "audience": AUDIENCE, "signer": SIGNER}


def save(shop: Shop, **values: Any) -> TestResponse:
    return shop.manager.call("POST", "/push/channels", {**PUSHED, **values})


# --- channels -------------------------------------------------------------------------------------


def test_a_manager_sets_a_channel_up_and_sees_how_it_does(shop: Shop) -> None:
    made = save(shop)
    assert made.status_code == 201
    (shown,) = shop.manager.get("/push/channels").json["items"]
    assert shown == made.json
    told = {name: shown[name] for name in ("project", "pulls", "mailboxes", "reason", "heard_at")}
    assert told == {
        "project": PROJECT,
        "pulls": False,
        "mailboxes": 0,
        "reason": "",
        "heard_at": None,
    }


def test_a_key_goes_in_and_never_comes_out(shop: Shop, google: GmailSimulator) -> None:
    key = google.add_service_account("listener@x.example", ())
    made = save(shop, subscription=SUBSCRIPTION, service_account=key)
    assert made.json["pulls"] is True
    assert "PRIVATE" not in made.text
    assert "PRIVATE" not in shop.manager.get("/push/channels").text


def test_a_channel_of_the_same_project_is_changed_and_not_added(shop: Shop) -> None:
    first = save(shop).json["id"]
    assert save(shop, audience="https://elsewhere.example").json["id"] == first
    assert len(shop.manager.get("/push/channels").json["items"]) == 1


def test_a_channel_is_removed(shop: Shop) -> None:
    path = f"/push/channels/{save(shop).json['id']}"
    assert shop.manager.call("DELETE", path).status_code == 204
    assert shop.manager.call("DELETE", path).status_code == 404


def test_only_managers_see_and_change_channels(shop: Shop) -> None:
    agent = shop.hire(50)
    assert agent.get("/push/channels").json["code"] == "managers_only"
    assert agent.call("POST", "/push/channels", PUSHED).json["code"] == "managers_only"


def test_a_wrong_topic_is_told_by_its_field(shop: Shop) -> None:
    answer = save(shop, topic="mail")
    assert (answer.status_code, answer.json["field"]) == (422, "topic")


# --- notices --------------------------------------------------------------------------------------


@pytest.fixture
def address(shop: Shop, google: GmailSimulator, deps: Deps) -> str:
    """The address of a mailbox that is watched and has nothing to be looked at."""
    name = f"support{secrets.token_hex(3)}@shop.example"
    credentials = dict(google.add_account(name).as_json())
    feeds = [("Support", name)]
    mailboxes.add_mailbox(
        deps, shop.site_id, "gmail", name, credentials, feeds, {"project": PROJECT}
    )
    google.add_topic(TOPIC)
    save(shop)
    assert watches.renew_due(deps) == 1
    in_an_hour = deps.clock.now() + 3_600_000
    with deps.sessions.writing() as connection:
        connection.execute(
            mailbox_rows.update().values(due_at=in_an_hour, watched_due_at=in_an_hour)
        )
    hints(deps).clear()
    return name


def hints(deps: Deps) -> list[Any]:
    assert isinstance(deps.queue, RecordingQueue)
    return deps.queue.hints


def due_at(deps: Deps) -> int:
    with deps.sessions.reading() as connection:
        return int(connection.execute(select(mailbox_rows.c.due_at)).scalar_one())


def notice(address: str, number: str = "1") -> str:
    data = b64encode(json.dumps({"emailAddress": address, "historyId": 5}).encode()).decode()
    return json.dumps({"message": {"data": data, "messageId": number}, "subscription": "x"})


def proof(google: GmailSimulator, deps: Deps, **others: Any) -> str:
    now = deps.clock.now() // 1000
    claims = {"iss": "https://accounts.google.com", "aud": AUDIENCE, "email": SIGNER}
    claims |= {"email_verified": True, "iat": now, "exp": now + 3600, **others}
    return google.world.key.sign(claims)


def push(shop: Shop, token: str, content: str) -> TestResponse:
    body = {"proof": token, "notice": content}
    return shop.plugin.call("POST", "/push/notices/gmail", body)


def test_a_proven_notice_makes_its_mailbox_due(shop, google, deps, address) -> None:
    assert push(shop, proof(google, deps), notice(address)).status_code == 204
    assert due_at(deps) == deps.clock.now()
    assert [job for job, _ in hints(deps)] == ["sync_mailbox"]


def test_a_notice_that_comes_again_is_passed_over(shop, google, deps, address) -> None:
    push(shop, proof(google, deps), notice(address))
    hints(deps).clear()
    assert push(shop, proof(google, deps), notice(address)).status_code == 204
    assert hints(deps) == []


def test_the_next_notice_counts_again(shop, google, deps, address) -> None:
    push(shop, proof(google, deps), notice(address))
    hints(deps).clear()
    push(shop, proof(google, deps), notice(address, "2"))
    assert len(hints(deps)) == 1


@pytest.mark.parametrize(
    "others",
    [
        {"aud": "https://another.example"},
        {"email": "somebody@else.iam.gserviceaccount.com"},
        {"iss": "https://evil.example"},
        {"exp": 1_768_204_000, "iat": 1_768_200_000},
    ],
)
def test_a_notice_that_proves_nothing_is_refused(shop, google, deps, address, others) -> None:
    answer = push(shop, proof(google, deps, **others), notice(address))
    assert (answer.status_code, answer.json["code"]) == (403, "push_refused")
    assert hints(deps) == []


@pytest.mark.parametrize("content", ["x", "{}", '{"message": {}}'])
def test_what_is_no_notice_is_refused(shop, google, deps, address, content) -> None:
    answer = push(shop, proof(google, deps), content)
    assert (answer.status_code, answer.json["code"]) == (403, "push_refused")


def test_a_notice_of_an_unknown_mailbox_is_taken_and_does_nothing(
    shop, google, deps, address
) -> None:
    answer = push(shop, proof(google, deps), notice("nobody@shop.example"))
    assert (answer.status_code, hints(deps)) == (204, [])


def test_a_site_without_a_channel_expects_no_push(shop, google, deps) -> None:
    answer = push(shop, proof(google, deps), notice("support@shop.example"))
    assert answer.json["code"] == "push_refused"


def test_without_googles_keys_the_push_is_to_come_again(shop, google, deps, address) -> None:
    google.fault("certs", times=1)
    answer = push(shop, proof(google, deps), notice(address))
    assert (answer.status_code, answer.json["code"]) == (503, "push_unproven")


def test_a_notice_is_small(shop, google, deps, address) -> None:
    assert push(shop, proof(google, deps), "x" * (LARGEST_NOTICE + 1)).status_code == 422
    assert push(shop, proof(google, deps), "x" * (8 * LARGEST_NOTICE)).status_code == 413


def test_only_the_plugin_passes_notices_on(shop, google, deps, address) -> None:
    body = {"proof": proof(google, deps), "notice": notice(address)}
    answer = shop.manager.call("POST", "/push/notices/gmail", body)
    assert answer.json["code"] == "actor_not_admitted"


def test_the_pushed_notice_proves_the_channel(
    shop, google, deps, address, clock: FakeClock
) -> None:
    push(shop, proof(google, deps), notice(address))
    (shown,) = shop.manager.get("/push/channels").json["items"]
    assert (shown["mailboxes"], shown["heard_at"] is None) == (1, False)


def test_a_mailbox_tells_whether_its_push_works(shop, google, deps, address) -> None:
    (asked,) = shop.manager.get("/mailboxes").json["items"]
    push(shop, proof(google, deps), notice(address))
    (told,) = shop.manager.get("/mailboxes").json["items"]
    assert (asked["push"]["state"], told["push"]["state"]) == ("asked", "works")
    assert told["push"]["until"] is not None
