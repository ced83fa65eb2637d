"""Gmail's notices: pulled from Pub/Sub, or pushed and proven."""

import json
from base64 import b64encode
from typing import Any

import jwt
import pytest

from connectors.gmail import GmailPush
from connectors.gmail.pubsub import notice_of
from connectors.registry import Endpoints
from connectors.testkit.fakes import FixedClock
from connectors.testkit.gmail_simulator import GmailSimulator
from connectors.testkit.gmail_simulator.keys import SigningKey
from inbox_service.errors import Invalid
from inbox_service.ports import ConnectorBroken, Notice, PushProof, PushRefused, RetryLater

TOPIC = "projects/simulated-project/topics/mail"
SUBSCRIPTION = "projects/simulated-project/subscriptions/inbox"
AUDIENCE, SIGNER = "https://shop.example/push", "push@simulated-project.iam.gserviceaccount.com"
HOUR = 3600
PUBSUB = "https://www.googleapis.com/auth/pubsub"


def push_of(simulator: GmailSimulator, clock: FixedClock) -> GmailPush:
    root = simulator.root
    return GmailPush(Endpoints(root, root, f"{root}/oauth2/v3/certs", root), clock)


@pytest.fixture
def push(gmail) -> GmailPush:
    gmail.simulator.configure(notify_interval=0, longest_pull=50)
    return push_of(gmail.simulator, gmail.clock)


@pytest.fixture
def subscription(gmail, push):
    gmail.simulator.add_topic(TOPIC, SUBSCRIPTION)
    key = gmail.simulator.add_service_account("listener@x.iam.gserviceaccount.com", (PUBSUB,))
    return push.subscription(SUBSCRIPTION, push.credentials_of_key(key))


def data(content: Any) -> str:
    return b64encode(json.dumps(content).encode()).decode()


# --- pulled ---------------------------------------------------------------------------------------


def test_a_watch_is_heard_of_at_once(gmail, subscription):
    gmail.connector().watch(TOPIC)
    (notice,) = subscription.pull()
    assert notice.address == gmail.address


def test_new_mail_is_heard_of(gmail, subscription):
    gmail.connector().watch(TOPIC)
    subscription.acknowledge(subscription.pull())
    gmail.deliver(b"Subject: Hello\r\n\r\nHello", gmail.clock.now())
    assert [notice.address for notice in subscription.pull()] == [gmail.address]


def test_a_pull_without_notices_ends_by_itself(subscription):
    assert subscription.pull() == []


def test_what_was_not_acknowledged_comes_again_under_the_same_id(gmail, subscription):
    gmail.connector().watch(TOPIC)
    (first,) = subscription.pull()
    gmail.clock.advance(11_000)
    (second,) = subscription.pull()
    assert (second.id, second.receipt != first.receipt) == (first.id, True)


def test_what_was_acknowledged_does_not_come_again(gmail, subscription):
    gmail.connector().watch(TOPIC)
    subscription.acknowledge(subscription.pull())
    gmail.clock.advance(11_000)
    assert subscription.pull() == []


def test_nothing_is_asked_of_google_to_acknowledge_nothing(gmail, subscription):
    gmail.simulator.fault("pubsub.acknowledge", reason="backendError")
    subscription.acknowledge([])


def test_one_token_lasts_for_many_pulls_and_is_renewed_in_time(gmail, subscription):
    subscription.pull()
    gmail.simulator.fault("token", times=None)
    subscription.pull()
    gmail.clock.advance(56 * 60 * 1000)
    with pytest.raises(RetryLater):
        subscription.pull()


def test_a_token_that_ended_early_is_replaced_at_the_next_try(gmail, subscription):
    subscription.pull()
    gmail.simulator.fault("pubsub.pull", reason="authError")
    with pytest.raises(RetryLater):
        subscription.pull()
    gmail.simulator.fault("token")
    with pytest.raises(RetryLater, match="token server"):
        subscription.pull()
    assert subscription.pull() == []


@pytest.mark.parametrize("kind", ["drop", "error"])
def test_troubles_of_the_network_pass(gmail, subscription, kind):
    gmail.simulator.fault("pubsub.pull", kind=kind)
    with pytest.raises(RetryLater):
        subscription.pull()
    assert subscription.pull() == []


def test_a_subscription_that_is_not_there_is_told_in_words(gmail, push, subscription):
    key = gmail.simulator.add_service_account("other@x.iam.gserviceaccount.com", (PUBSUB,))
    gone = push.subscription(f"{SUBSCRIPTION}-2", push.credentials_of_key(key))
    with pytest.raises(ConnectorBroken, match="no such subscription"):
        gone.pull()


def test_a_missing_right_is_told_in_words(gmail, subscription):
    gmail.simulator.fault("pubsub.pull", reason="forbidden", status=403)
    with pytest.raises(ConnectorBroken, match="Pub/Sub Subscriber"):
        subscription.pull()


def test_a_key_that_google_refuses_is_told_in_words(gmail, subscription):
    gmail.simulator.fault("token", reason="invalid_grant")
    with pytest.raises(ConnectorBroken, match="make a new one"):
        subscription.pull()


@pytest.mark.parametrize("name", ["", "inbox", "projects/p/topics/inbox", "projects/p/../../x"])
def test_a_name_that_is_none_is_refused_before_it_becomes_an_address(push, name):
    with pytest.raises(Invalid, match="subscription"):
        push.checked_subscription(name)


def test_a_topic_names_its_project(push):
    assert push.project_of("projects/example.com:mail/topics/inbox") == "example.com:mail"
    with pytest.raises(Invalid, match="topic"):
        push.project_of("mail")


# --- read -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("history_id", [7, "7", None])
def test_only_the_address_of_a_notice_counts(history_id):
    content = {"emailAddress": "Support@Shop.example", "historyId": history_id}
    assert notice_of({"data": data(content), "messageId": "1"}) == Notice(
        "support@shop.example", "1"
    )


@pytest.mark.parametrize("content", [None, "", "%%%", data([]), data({}), data(None), 5])
def test_what_is_none_of_gmails_names_nobody(content):
    assert notice_of({"data": content, "messageId": "1"}) == Notice("", "1")


def test_an_envelope_is_read(push):
    message = {"data": data({"emailAddress": "a@shop.example"}), "messageId": "9"}
    body = json.dumps({"message": message, "subscription": SUBSCRIPTION}).encode()
    assert push.notice(body) == Notice("a@shop.example", "9")


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"message": 5}', b'{"message": {}}', b"\xff"]
)
def test_anything_else_is_refused(push, body):
    with pytest.raises(PushRefused):
        push.notice(body)


# --- proven ---------------------------------------------------------------------------------------


def claims(clock: FixedClock, **others: Any) -> dict[str, Any]:
    now = clock.now() // 1000
    made = {"iss": "https://accounts.google.com", "aud": AUDIENCE, "email": SIGNER}
    return {**made, "email_verified": True, "iat": now, "exp": now + HOUR, **others}


@pytest.fixture
def signed(gmail):
    world = gmail.simulator.world
    return lambda **others: world.key.sign(claims(gmail.clock, **others))


def test_a_token_of_googles_proves_audience_and_signer(push, signed):
    assert push.proof(signed()) == PushProof(AUDIENCE, SIGNER)


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://evil.example"},
        {"email_verified": False},
        {"email_verified": "yes"},
        {"exp": "soon"},
        {"email": None},
    ],
)
def test_a_token_with_other_claims_proves_nothing(push, signed, wrong):
    with pytest.raises(PushRefused):
        push.proof(signed(**wrong))


@pytest.mark.parametrize(("made", "ended"), [(-2 * HOUR, -HOUR), (60, HOUR), (-60, 24 * HOUR)])
def test_a_token_of_another_time_proves_nothing(gmail, push, signed, made, ended):
    now = gmail.clock.now() // 1000
    with pytest.raises(PushRefused, match="time"):
        push.proof(signed(iat=now + made, exp=now + ended))


def test_another_key_under_googles_name_proves_nothing(gmail, push, signed):
    push.proof(signed())
    known = gmail.simulator.world.key.key_id
    forged = jwt.encode(
        claims(gmail.clock), SigningKey().pem, algorithm="RS256", headers={"kid": known}
    )
    with pytest.raises(PushRefused, match="signed by Google"):
        push.proof(forged)


@pytest.mark.parametrize("algorithm", ["HS256", "none"])
def test_a_token_may_not_choose_its_algorithm(gmail, push, algorithm):
    known = gmail.simulator.world.key.key_id
    secret = "" if algorithm == "none" else "x" * 32
    token = jwt.encode(claims(gmail.clock), secret, algorithm=algorithm, headers={"kid": known})
    with pytest.raises(PushRefused):
        push.proof(token)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "ü.ü.ü"])
def test_text_that_is_no_token_proves_nothing(push, token):
    with pytest.raises(PushRefused):
        push.proof(token)


def test_the_keys_are_asked_for_once_an_hour(gmail, push, signed):
    push.proof(signed())
    gmail.simulator.fault("certs")
    for _ in range(20):
        push.proof(signed())
    assert gmail.simulator.world.faults.take("certs", "") is not None


def test_keys_that_are_there_outlive_an_outage_of_google(gmail, push, signed):
    push.proof(signed())
    gmail.simulator.fault("certs", times=None, reason="backendError")
    gmail.clock.advance(2 * HOUR * 1000)
    assert push.proof(signed()).signer == SIGNER


def test_without_any_key_the_push_is_to_come_again(gmail, push, signed):
    gmail.simulator.fault("certs", times=1, reason="backendError")
    with pytest.raises(RetryLater):
        push.proof(signed())
    assert push.proof(signed()).signer == SIGNER


def test_a_new_key_is_found_within_a_minute_and_unknown_ones_ask_no_oftener(gmail, push, signed):
    push.proof(signed())
    gmail.simulator.world.key = SigningKey()
    with pytest.raises(PushRefused, match="none of Google's"):
        push.proof(signed())
    gmail.clock.advance(61_000)
    assert push.proof(signed()).signer == SIGNER
