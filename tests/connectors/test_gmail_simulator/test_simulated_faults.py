"""Faults: errors, storms, delays, dropped connections, lost answers of sends."""

import time
from http.client import HTTPException

import pytest
import requests
from googleapiclient.errors import HttpError
from simulated import JO, SALES, SUPPORT, encoded, get, listed, mail, profile, refused, send


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        ("backendError", 503),
        ("internalError", 500),
        ("rateLimitExceeded", 403),
        ("userRateLimitExceeded", 403),
        ("dailyLimitExceeded", 403),
        ("domainPolicy", 403),
        ("failedPrecondition", 400),
    ],
)
def test_a_fault_answers_as_google_does(sim, support, reason, status):
    sim.fault("getProfile", reason=reason)
    assert refused(lambda: profile(support))[:2] == (status, reason)
    assert profile(support)["emailAddress"] == SUPPORT


def test_a_fault_strikes_as_often_as_ordered(sim, support):
    sim.fault("messages.*", times=2)
    refused(lambda: listed(support))
    refused(lambda: get(support, "0000000000000001"))
    assert listed(support) == []


def test_a_fault_may_strike_one_account_only(sim, support, sales):
    sim.fault("getProfile", account=SALES, times=None)
    assert profile(support)["emailAddress"] == SUPPORT
    assert refused(lambda: profile(sales))[0] == 503


def test_faults_can_be_cleared(sim, support):
    sim.fault("*", times=None)
    sim.clear_faults()
    assert profile(support)["emailAddress"] == SUPPORT


def test_a_storm_is_the_same_with_the_same_seed(sim, support):
    def storm():
        sim.clear_faults()
        sim.fault("getProfile", times=None, probability=0.5, seed=7)
        return [struck(support) for _ in range(20)]

    first = storm()
    assert first == storm()
    assert 0 < sum(first) < 20


def struck(users):
    try:
        profile(users)
    except HttpError:
        return True
    return False


def test_the_message_and_status_may_be_ones_own(sim, support):
    text = "Mail service not enabled"
    sim.fault("getProfile", status=400, reason="failedPrecondition", message=text)
    assert refused(lambda: profile(support)) == (400, "failedPrecondition", text)


@pytest.mark.parametrize(
    ("method", "work", "ending"),
    [
        ("messages.send", lambda users: send(users, mail(From=SUPPORT, To=JO)), "(Mail sending)"),
        ("messages.list", listed, "Z"),
    ],
)
def test_a_limit_names_the_time_to_come_back(sim, support, method, work, ending):
    sim.fault(method, retry_after=3_600_000)
    status, reason, text = refused(lambda: work(support))
    assert (status, reason) == (429, "rateLimitExceeded")
    assert text.startswith("User-rate limit exceeded.  Retry after 20")
    assert text.endswith(ending)


def test_a_delay_holds_the_answer_back(sim, support):
    sim.fault("getProfile", kind="delay", delay=200)
    started = time.monotonic()
    assert profile(support)["emailAddress"] == SUPPORT
    assert time.monotonic() - started >= 0.2


def post_send(sim, session):
    body = {"raw": encoded(mail(From=SUPPORT, To=JO))}
    return session.post(f"{sim.root}/gmail/v1/users/me/messages/send", json=body, timeout=5)


@pytest.mark.parametrize("reset", [False, True])
def test_a_dropped_send_was_not_sent(sim, connect, reset):
    session = connect.session(SUPPORT)
    sim.fault("messages.send", kind="drop", reset=reset)
    with pytest.raises(requests.ConnectionError):
        post_send(sim, session)
    assert sim.sent(SUPPORT) == []


@pytest.mark.parametrize("reset", [False, True])
def test_an_accepted_and_dropped_send_was_sent_once(sim, connect, reset):
    session = connect.session(SUPPORT)
    sim.fault("messages.send", kind="accept_then_drop", reset=reset)
    with pytest.raises(requests.ConnectionError):
        post_send(sim, session)
    assert len(sim.sent(SUPPORT)) == 1
    assert post_send(sim, session).status_code == 200


def test_the_google_client_sends_a_dropped_send_twice(sim, support):
    """Why sends must not go through httplib2: it repeats a POST whose answer was lost."""
    sim.fault("messages.send", kind="accept_then_drop", times=2)
    with pytest.raises((ConnectionError, HTTPException)):
        send(support, mail(From=SUPPORT, To=JO))
    assert len(sim.sent(SUPPORT)) == 2


def test_a_send_that_fails_is_not_delivered(sim, support, sales):
    sim.fault("messages.send")
    refused(lambda: send(support, mail(From=SUPPORT, To=SALES)))
    assert listed(sales) == []


def test_the_token_endpoint_fails_in_its_own_words(sim):
    owner = sim.add_account(SUPPORT)
    form = {"grant_type": "refresh_token", "refresh_token": owner.refresh_token,
            "client_id": owner.client_id, "client_secret": owner.client_secret}  # fmt: skip
    sim.fault("token", reason="invalid_grant", message="Account has been deleted")
    struck_answer = requests.post(f"{sim.root}/token", data=form, timeout=5)
    assert struck_answer.json() == {
        "error": "invalid_grant",
        "error_description": "Account has been deleted",
    }
    assert requests.post(f"{sim.root}/token", data=form, timeout=5).status_code == 200


def test_a_mail_sent_by_oneself_may_come_late(sim, support, sales):
    sim.configure(late_by=2000)
    send(support, mail(From=SUPPORT, To=SALES))
    assert listed(sales) == []
    sim.advance(2000)
    assert len(listed(sales)) == 1


@pytest.mark.parametrize("wrong", [{"kind": "explode"}, {"colour": "red"}])
def test_a_fault_that_makes_no_sense_is_refused(sim, wrong):
    answer = requests.post(f"{sim.root}/_sim/faults", json={"method": "*"} | wrong, timeout=5)
    assert answer.status_code == 400
