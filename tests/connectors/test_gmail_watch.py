"""Asking Gmail for push."""

import pytest

from inbox_service.errors import Invalid
from inbox_service.ports import NeedsReauth

TOPIC = "projects/simulated-project/topics/mail"
WEEK = 7 * 24 * 3600 * 1000


@pytest.fixture
def watched(gmail):
    gmail.simulator.add_topic(TOPIC)
    return gmail


def test_what_is_no_topic_is_refused_before_google_is_asked(gmail):
    with pytest.raises(Invalid, match="topic"):
        gmail.connector().watch("mail")
    assert "watch" not in gmail.simulator.calls(gmail.address)


def test_push_ends_when_it_is_told_to(watched):
    watched.connector().watch(TOPIC)
    watched.connector().unwatch()
    watched.connector().unwatch()
    other = "projects/simulated-project/topics/other"
    watched.simulator.add_topic(other)
    # While one is watched Gmail refuses another topic.
    assert watched.connector().watch(other) == watched.clock.now() + WEEK
    assert watched.simulator.calls(watched.address)["stop"] == 2


def test_a_watch_lasts_a_week_and_can_be_renewed(watched):
    assert watched.connector().watch(TOPIC) == watched.clock.now() + WEEK
    watched.clock.advance(1000)
    assert watched.connector().watch(TOPIC) == watched.clock.now() + WEEK


def test_another_watch_of_the_same_project_is_ended(watched):
    text = (
        "Only one user push notification client allowed per developer (call /stop then try again)"
    )
    watched.simulator.fault("watch", reason="invalidArgument", message=text)
    assert watched.connector().watch(TOPIC) == watched.clock.now() + WEEK
    assert watched.simulator.calls(watched.address)["stop"] == 1


def test_a_revoked_mailbox_cannot_watch(watched):
    watched.revoke()
    with pytest.raises(NeedsReauth):
        watched.connector().watch(TOPIC)
