"""Sending through Gmail exactly once, whatever happens on the way."""

import json

import pytest

from connectors.testkit.conformance_sending import outgoing, send
from connectors.testkit.harness import header, mail, put
from inbox_service.ports import (
    NeedsReauth,
    OutgoingRaw,
    Priority,
    QuotaSpent,
    RetryLater,
    Sending,
    SendRefused,
    SendUnsure,
    SentRef,
)


def prepare(gmail, key: str = "key-1", **extra: str) -> str:
    return gmail.connector().prepare(OutgoingRaw(outgoing(gmail, key, **extra)), key)


def subjects(mails) -> list[str]:
    return [header(raw, "Subject") for raw in mails]


def test_gmails_own_message_id_is_read_back(gmail):
    sent = send(gmail, "key-1")
    assert sent.message_id.endswith("@mail.gmail.com")
    assert header(gmail.sent()[0], "Message-ID") == sent.message_id


def test_a_reply_carries_its_references_to_the_customer(gmail):
    (ref,) = put(gmail, 1)
    (asked,) = gmail.connector().fetch([ref], Priority.LIVE)
    raw = outgoing(gmail, "key-1", subject="Re: Mail 0", reply_to="n0@customer.example")
    memo = gmail.connector().prepare(OutgoingRaw(raw, asked.ref.thread_id), "key-1")
    gmail.connector().deliver(memo)
    (received,) = gmail.received()
    assert header(received, "References") == "n0@customer.example"


def test_a_mail_larger_than_a_json_body_is_sent_whole(gmail):
    raw = outgoing(gmail, "key-1") + b"0123456789abcdef\r\n" * 300_000
    connector = gmail.connector()
    connector.deliver(connector.prepare(OutgoingRaw(raw), "key-1"))
    assert gmail.sent()[0].endswith(raw[-1_000_000:])


@pytest.mark.parametrize("reset", [False, True])
@pytest.mark.parametrize("kind", ["accept_then_drop", "drop"])
def test_a_dropped_connection_is_unsure_and_never_repeated(gmail, kind, reset):
    memo = prepare(gmail)
    gmail.simulator.fault("drafts.send", kind=kind, reset=reset)
    with pytest.raises(SendUnsure):
        gmail.connector().deliver(memo)
    # A call dropped before it was taken is not counted; a repeated one would be.
    taken = gmail.simulator.calls(gmail.address).get("drafts.send", 0)
    assert taken == (kind == "accept_then_drop")
    found = gmail.connector().find_sent("key-1", memo)
    assert (found is Sending.NOT_SENT) == (kind == "drop")


def test_after_not_sent_the_same_memo_delivers(gmail):
    memo = prepare(gmail)
    gmail.simulator.fault("drafts.send", kind="drop")
    with pytest.raises(SendUnsure):
        gmail.connector().deliver(memo)
    assert gmail.connector().find_sent("key-1", memo) is Sending.NOT_SENT
    assert gmail.connector().deliver(memo).message_id
    assert subjects(gmail.received()) == ["Hello"]


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_error_is_unsure(gmail, status):
    memo = prepare(gmail)
    gmail.simulator.fault("drafts.send", status=status)
    with pytest.raises(SendUnsure):
        gmail.connector().deliver(memo)


def test_a_rate_limit_on_a_send_is_no_doubt(gmail):
    memo = prepare(gmail)
    text = "User-rate limit exceeded.  Retry after 2026-06-27T13:00:00.000Z  (Mail sending)"
    gmail.simulator.fault("drafts.send", status=429, reason="rateLimitExceeded", message=text)
    with pytest.raises(RetryLater) as caught:
        gmail.connector().deliver(memo)
    assert caught.value.after > 60
    assert gmail.connector().deliver(memo).message_id


def test_a_mail_without_a_recipient_is_refused(gmail):
    raw = mail("Hi", message_id="x@y.example", sender=gmail.address).replace(b"To: ", b"X-To: ")
    memo = gmail.connector().prepare(OutgoingRaw(raw), "key-1")
    with pytest.raises(SendRefused):
        gmail.connector().deliver(memo)
    assert gmail.connector().find_sent("key-1", memo) is Sending.NOT_SENT


def test_a_send_after_revocation_needs_the_owner_and_did_not_go_out(gmail):
    memo = prepare(gmail)
    gmail.revoke()
    with pytest.raises(NeedsReauth):
        gmail.connector().deliver(memo)
    assert gmail.sent() == []


def test_a_send_with_an_ended_token_goes_out_once(gmail):
    memo = prepare(gmail)
    gmail.simulator.expire_tokens(gmail.address)
    gmail.connector().deliver(memo)
    assert subjects(gmail.received()) == ["Hello"]


def test_a_server_that_is_not_there_was_sent_nothing(gmail):
    connector = gmail.connector()
    memo = prepare(gmail)
    connector.start()
    gmail.simulator.stop()
    with pytest.raises(RetryLater, match="cannot be reached"):
        connector.deliver(memo)


def test_a_message_id_that_cannot_be_read_back_is_found_later(gmail):
    memo = prepare(gmail)
    gmail.simulator.fault("messages.get", reason="backendError")
    with pytest.raises(SendUnsure, match="is sent"):
        gmail.connector().deliver(memo)
    found = gmail.connector().find_sent("key-1", memo)
    assert isinstance(found, SentRef)
    assert header(gmail.received()[0], "Message-ID") == found.message_id


def test_a_send_found_among_others_is_told_by_its_key(gmail):
    memo = prepare(gmail, "key-2", subject="Ours")
    send(gmail, "key-1")
    gmail.lose_next_answer()
    with pytest.raises(SendUnsure):
        gmail.connector().deliver(memo)
    send(gmail, "key-3")
    found = gmail.connector().find_sent("key-2", memo)
    ours = [raw for raw in gmail.sent() if header(raw, "Subject") == "Ours"]
    assert [header(raw, "Message-ID") for raw in ours] == [found.message_id]


def test_without_history_an_unsure_send_stays_unknown(gmail):
    memo = prepare(gmail)
    gmail.lose_next_answer()
    with pytest.raises(SendUnsure):
        gmail.connector().deliver(memo)
    gmail.expire_cursors()
    assert gmail.connector().find_sent("key-1", memo) is Sending.UNKNOWN


def test_looking_is_tried_later_when_gmail_does_not_answer(gmail):
    memo = prepare(gmail)
    gmail.simulator.fault("drafts.get", reason="backendError")
    with pytest.raises(RetryLater):
        gmail.connector().find_sent("key-1", memo)


def test_a_draft_whose_answer_was_lost_is_made_again_later(gmail):
    gmail.simulator.fault("drafts.create", kind="accept_then_drop")
    with pytest.raises(RetryLater):
        prepare(gmail)
    assert len(gmail.drafts()) == 1
    assert gmail.connector().deliver(prepare(gmail)).message_id
    assert subjects(gmail.received()) == ["Hello"]


@pytest.mark.parametrize(
    ("status", "reason", "kind"),
    [
        (400, "invalidArgument", SendRefused),
        (413, "uploadTooLarge", SendRefused),
        (429, "rateLimitExceeded", RetryLater),
        (503, "backendError", RetryLater),
    ],
)
def test_a_draft_that_gmail_does_not_take_says_why(gmail, status, reason, kind):
    gmail.simulator.fault("drafts.create", status=status, reason=reason, message="No")
    with pytest.raises(kind):
        prepare(gmail)


def test_the_memo_names_the_draft_and_nothing_of_the_mail(gmail):
    memo = json.loads(prepare(gmail))
    assert sorted(memo) == ["draft", "history"]
    assert memo["draft"] == gmail.drafts()[0]


def test_no_send_begins_without_budget_for_the_look_afterwards(gmail):
    memo = prepare(gmail)
    gmail.budget.limit = gmail.budget.total + 119
    with pytest.raises(RetryLater):
        gmail.connector().deliver(memo)
    assert gmail.sent() == []


def test_a_mail_that_cannot_be_paid_for_as_a_whole_leaves_no_draft(gmail):
    gmail.budget.limit = gmail.budget.total + 130
    with pytest.raises(QuotaSpent):
        prepare(gmail)
    assert gmail.drafts() == []


def test_sending_spends_what_google_counts_and_goes_first(gmail):
    before, connector = gmail.simulator.units(gmail.address), gmail.connector()
    memo = connector.prepare(OutgoingRaw(outgoing(gmail, "key-1")), "key-1")
    connector.deliver(memo)
    connector.find_sent("key-1", memo)
    assert gmail.budget.total == gmail.simulator.units(gmail.address) - before
    assert {priority for _, priority in gmail.budget.spent} == {Priority.SEND}
