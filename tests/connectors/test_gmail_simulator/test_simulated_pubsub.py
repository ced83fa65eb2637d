"""Watch and Pub/Sub: notices pulled and pushed."""

import json
import threading
from base64 import b64decode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
import pytest
import requests
from google.auth.transport.requests import Request
from google.oauth2 import id_token
from simulated import BILLING, SALES, SUPPORT, get, mail, profile, refused

DAY = 86_400_000
TOPIC = "projects/simulated-project/topics/mail"
SUBSCRIPTION = "projects/simulated-project/subscriptions/inbox"
PUBSUB = "https://www.googleapis.com/auth/pubsub"


@pytest.fixture
def topic(sim):
    sim.add_topic(TOPIC, SUBSCRIPTION)
    sim.configure(notify_interval=0)


def watch(users, **body):
    return users.watch(userId="me", body={"topicName": TOPIC} | body).execute()


def call(sim, verb, body, scope=PUBSUB, name=SUBSCRIPTION):
    headers = {"Authorization": f"Bearer {sim.access_token(SUPPORT, scope)}"}
    url = f"{sim.root}/v1/{name}:{verb}"
    return requests.post(url, json=body, headers=headers, timeout=10)


def pull(sim, **body):
    """Return the notices that are due, as (message, content)."""
    given = {"maxMessages": 10, "returnImmediately": True} | body
    received = call(sim, "pull", given).json().get("receivedMessages", [])
    return [(entry, json.loads(b64decode(entry["message"]["data"]))) for entry in received]


def acknowledge(sim, notices):
    ids = [entry["ackId"] for entry, _ in notices]
    assert call(sim, "acknowledge", {"ackIds": ids}).json() == {}


@pytest.fixture
def watched(sim, support, topic):
    """A watched mailbox whose first notice was taken."""
    answer = watch(support)
    acknowledge(sim, pull(sim))
    return answer


def test_a_watch_lasts_seven_days_and_tells_the_present_state(sim, support, topic):
    answer = watch(support)
    assert int(answer["expiration"]) - sim.world.now() == pytest.approx(7 * DAY, abs=5000)
    ((_, notice),) = pull(sim)
    assert notice == {"emailAddress": SUPPORT, "historyId": int(answer["historyId"])}


def test_an_arrival_is_announced(sim, support, watched):
    sim.deliver(BILLING, mail())
    ((entry, notice),) = pull(sim)
    assert notice["historyId"] == int(profile(support)["historyId"])
    assert set(entry["message"]) == {"data", "messageId", "publishTime"}


def test_ones_own_change_is_announced_too(sim, support, watched):
    delivered = sim.deliver(SUPPORT, mail())
    acknowledge(sim, pull(sim))
    body = {"removeLabelIds": ["UNREAD"]}
    support.messages().modify(userId="me", id=delivered["id"], body=body).execute()
    assert len(pull(sim)) == 1


def test_reading_announces_nothing(sim, support, watched):
    delivered = sim.deliver(SUPPORT, mail())
    acknowledge(sim, pull(sim))
    get(support, delivered["id"])
    assert pull(sim) == []


def test_what_is_not_acknowledged_comes_again(sim, watched):
    sim.deliver(SUPPORT, mail())
    ((first, _),) = pull(sim)
    assert pull(sim) == []
    sim.advance(10_001)
    ((again, _),) = pull(sim)
    assert again["message"]["messageId"] == first["message"]["messageId"]


def test_a_deadline_can_be_moved(sim, watched):
    sim.deliver(SUPPORT, mail())
    ((entry, _),) = pull(sim)
    call(sim, "modifyAckDeadline", {"ackIds": [entry["ackId"]], "ackDeadlineSeconds": 0})
    assert len(pull(sim)) == 1


def test_at_most_one_notice_a_second_and_the_rest_is_dropped(sim, watched):
    sim.configure(notify_interval=1000)
    for n in range(5):
        sim.deliver(SUPPORT, mail(f"No. {n}"))
    assert len(pull(sim)) == 1


def test_a_waiting_pull_answers_as_soon_as_mail_comes(sim, watched):
    timer = threading.Timer(0.2, sim.deliver, (SUPPORT, mail()))
    timer.start()
    received = pull(sim, returnImmediately=False)
    timer.join()
    assert len(received) == 1


def test_a_watch_ends(sim, support, watched):
    sim.advance(7 * DAY + 1)
    sim.deliver(SUPPORT, mail())
    assert pull(sim) == []
    watch(support)
    assert len(pull(sim)) == 1


def test_stop_ends_a_watch(sim, support, watched):
    support.stop(userId="me").execute()
    sim.deliver(SUPPORT, mail())
    assert pull(sim) == []


@pytest.mark.parametrize(
    ("body", "announced"),
    [
        ({"labelIds": ["INBOX"]}, True),
        ({"labelIds": ["SPAM"]}, False),
        ({"labelIds": ["INBOX"], "labelFilterBehavior": "exclude"}, False),
        ({"labelIds": ["SPAM"], "labelFilterBehavior": "exclude"}, True),
    ],
)
def test_labels_choose_what_is_announced(sim, support, topic, body, announced):
    watch(support, **body)
    acknowledge(sim, pull(sim))
    sim.deliver(SUPPORT, mail())
    assert bool(pull(sim)) is announced


@pytest.mark.parametrize(
    ("name", "status", "text"),
    [
        (
            "projects/other/topics/mail",
            400,
            "Invalid topicName does not match projects/simulated-project/topics/*",
        ),
        (
            "projects/simulated-project/topics/none",
            404,
            "Resource not found (resource=none).",
        ),
    ],
)
def test_a_topic_must_exist_in_the_clients_project(support, topic, name, status, text):
    assert refused(lambda: watch(support, topicName=name))[::2] == (status, text)


def test_a_second_topic_for_one_user_is_refused_until_stop(sim, support, watched):
    other = "projects/simulated-project/topics/other"
    sim.add_topic(other)
    assert "call /stop then try again" in refused(lambda: watch(support, topicName=other))[2]
    support.stop(userId="me").execute()
    assert "expiration" in watch(support, topicName=other)


def test_a_watch_can_be_renewed(support, watched):
    assert int(watch(support)["expiration"]) >= int(watched["expiration"])


def test_pulling_needs_the_scope_for_it(sim, topic):
    answer = call(sim, "pull", {"maxMessages": 1}, scope="https://mail.google.com/")
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("verb", "body", "status"),
    [
        ("pull", {}, 400),
        ("acknowledge", {}, 400),
        ("dance", {}, 404),
    ],
)
def test_a_wrong_pubsub_call_is_refused(sim, topic, verb, body, status):
    assert call(sim, verb, body).status_code == status


def test_an_unknown_subscription_is_not_found(sim, topic):
    name = "projects/simulated-project/subscriptions/none"
    assert call(sim, "pull", {"maxMessages": 1}, name=name).status_code == 404


def test_topics_and_subscriptions_can_be_made_by_the_api(sim, support):
    headers = {"Authorization": f"Bearer {sim.access_token(SUPPORT, PUBSUB)}"}
    for name, body in ((TOPIC, {}), (SUBSCRIPTION, {"topic": TOPIC})):
        answer = requests.put(f"{sim.root}/v1/{name}", json=body, headers=headers, timeout=5)
        assert answer.json()["name"] == name
    watch(support)
    assert len(pull(sim)) == 1


class Receiver(ThreadingHTTPServer):
    """An endpoint for pushes; refuses the first `refusals`."""

    def __init__(self, refusals=0):
        super().__init__(("127.0.0.1", 0), _PushHandler)
        self.refusals = refusals
        self.pushes = []
        self.arrived = threading.Condition()
        self.url = f"http://127.0.0.1:{self.server_address[1]}/push"

    def wait(self, count):
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.pushes) >= count, timeout=5)
        return self.pushes


class _PushHandler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.arrived:
            self.server.pushes.append((self.headers["Authorization"], body))
            refuse = len(self.server.pushes) <= self.server.refusals
            self.server.arrived.notify_all()
        self.send_response(503 if refuse else 204)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def pushed(sim, receiver):
    sim.add_topic(TOPIC, SUBSCRIPTION, receiver.url, "https://inbox.test/push")
    sim.configure(notify_interval=0)
    return receiver


def test_a_push_carries_the_notice(sim, sales, pushed):
    watch(sales)
    ((_, body),) = pushed.wait(1)
    assert body["subscription"] == SUBSCRIPTION
    assert json.loads(b64decode(body["message"]["data"]))["emailAddress"] == SALES


def verified(sim, authorization, audience):
    with requests.Session() as session:
        return id_token.verify_token(
            authorization.removeprefix("Bearer "),
            Request(session),
            audience=audience,
            certs_url=f"{sim.root}/oauth2/v3/certs",
        )


def test_a_push_is_signed_for_its_audience(sim, support, pushed):
    watch(support)
    ((authorization, _),) = pushed.wait(1)
    claims = verified(sim, authorization, "https://inbox.test/push")
    assert claims["iss"] == "https://accounts.google.com"
    assert claims["email_verified"]
    with pytest.raises(jwt.InvalidAudienceError):
        verified(sim, authorization, "https://other.test/")


def test_a_push_is_repeated_until_it_is_taken(sim, support, pushed):
    pushed.refusals = 2
    watch(support)
    pushes = pushed.wait(3)
    assert len({body["message"]["messageId"] for _, body in pushes}) == 1
