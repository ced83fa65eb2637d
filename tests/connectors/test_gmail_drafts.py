"""Drafts that a crash left are found, however many mails wait beside them."""

from __future__ import annotations

import pytest

from connectors.testkit.conformance_sending import outgoing
from connectors.testkit.harness import put
from inbox_service.ports import OutgoingRaw, Priority

CROWD = 30


def in_thread(gmail) -> str:
    """Return the thread of a customer's mail."""
    (ref,) = put(gmail, 1)
    (asked,) = gmail.connector().fetch([ref], Priority.LIVE)
    return str(asked.ref.thread_id)


def reply(gmail, key: str, thread_id: str) -> OutgoingRaw:
    raw = outgoing(gmail, key, subject="Re: Mail 0", reply_to="n0@customer.example")
    return OutgoingRaw(raw, thread_id)


@pytest.fixture
def crowded(gmail) -> str:
    """The thread of a draft that nobody noted, below many that wait in it and outside."""
    thread_id = in_thread(gmail)
    gmail.connector().prepare(reply(gmail, "lost", thread_id), "lost")
    for number in range(CROWD):
        thread = thread_id if number % 2 else ""
        gmail.connector().prepare(reply(gmail, f"key-{number}", thread), f"key-{number}")
    return thread_id


def test_a_draft_of_a_thread_is_taken_again_below_many_others(gmail, crowded):
    before = len(gmail.drafts())
    memo = gmail.connector().prepare(reply(gmail, "lost", crowded), "lost", again=True)
    gmail.connector().deliver(memo)
    assert len(gmail.drafts()) == before - 1


def test_a_draft_of_a_thread_is_removed_below_many_others(gmail, crowded):
    before = len(gmail.drafts())
    gmail.connector().discard("lost", "", crowded)
    assert len(gmail.drafts()) == before - 1


def test_a_draft_that_gmail_took_only_outside_its_thread_is_found_there(gmail):
    thread_id = in_thread(gmail)
    gmail.connector().prepare(reply(gmail, "lost", ""), "lost")
    gmail.connector().discard("lost", "", thread_id)
    assert gmail.drafts() == []


def test_looking_through_a_crowd_costs_little(gmail, crowded):
    before = gmail.budget.total
    gmail.connector().discard("other", "", crowded)
    # The list, the thread, and those that stand alone.
    assert gmail.budget.total - before == 5 + 40 + 20 * (CROWD // 2)
