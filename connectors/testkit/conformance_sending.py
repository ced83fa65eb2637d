"""The conformance tests of what a connector changes at its provider: labels, sends, push."""

from __future__ import annotations

import pytest

from connectors.testkit.harness import NOON, Harness, added, header, mail, put
from inbox_service.domain.mail import INBOX, SENT, SPAM, TRASH, UNREAD
from inbox_service.ports import (
    Action,
    Capability,
    OutgoingRaw,
    Priority,
    Scope,
    Sending,
    SendUnsure,
    SentRef,
    SkipMessage,
)


class LabelConformance:
    """What a connector with the capability LABELS promises."""

    @pytest.mark.parametrize(
        ("action", "gone", "there"),
        [
            (Action.ARCHIVE, INBOX, None),
            (Action.MARK_READ, UNREAD, None),
            (Action.SPAM, INBOX, SPAM),
            (Action.TRASH, INBOX, TRASH),
        ],
    )
    def test_an_action_done_twice_is_done_once(
        self, harness: Harness, action: Action, gone: str, there: str | None
    ) -> None:
        needs(harness, Capability.LABELS)
        (ref,) = put(harness, 1)
        harness.connector().apply(ref, action)
        once = harness.labels(ref)
        harness.connector().apply(ref, action)
        assert gone not in once
        assert there is None or there in once
        assert harness.labels(ref) == once

    def test_an_action_on_a_message_that_is_gone_is_skipped(self, harness: Harness) -> None:
        needs(harness, Capability.LABELS)
        (ref,) = put(harness, 1)
        harness.delete(ref)
        with pytest.raises(SkipMessage):
            harness.connector().apply(ref, Action.ARCHIVE)


class SendingConformance:
    """What a connector with the capability SEND promises; the looking needs CONFIRMS_SENDS."""

    def test_a_sent_mail_arrives_once(self, harness: Harness) -> None:
        needs(harness, Capability.SEND)
        send(harness, "key-1")
        assert [header(raw, "Subject") for raw in harness.sent()] == ["Hello"]
        assert [header(raw, "Subject") for raw in harness.received()] == ["Hello"]

    def test_the_message_id_reported_is_the_one_the_recipient_sees(self, harness: Harness) -> None:
        needs(harness, Capability.SEND)
        sent = send(harness, "key-1")
        assert [header(raw, "Message-ID") for raw in harness.received()] == [sent.message_id]

    def test_the_send_id_header_survives(self, harness: Harness) -> None:
        needs(harness, Capability.SEND)
        send(harness, "key-1")
        (raw,) = harness.sent()
        assert header(raw, "X-Unified-Inbox-Send-Id") == "key-1"

    def test_a_reply_joins_the_providers_thread(self, harness: Harness) -> None:
        needs(harness, Capability.SEND)
        (ref,) = put(harness, 1)
        (asked,) = harness.connector().fetch([ref], Priority.LIVE)
        raw = outgoing(harness, "key-1", subject="Re: Mail 0", reply_to="n0@customer.example")
        connector = harness.connector()
        sent = connector.deliver(connector.prepare(OutgoingRaw(raw, asked.ref.thread_id), "key-1"))
        assert sent.thread_id == asked.ref.thread_id

    def test_a_reply_to_a_thread_that_is_gone_still_leaves(self, harness: Harness) -> None:
        needs(harness, Capability.SEND)
        connector = harness.connector()
        memo = connector.prepare(OutgoingRaw(outgoing(harness, "k"), "00000000000000ff"), "k")
        assert connector.deliver(memo).message_id
        assert len(harness.received()) == 1

    def test_our_own_mail_comes_back_as_a_change(self, harness: Harness) -> None:
        needs(harness, Capability.SEND)
        cursor = harness.connector().start()
        sent = send(harness, "key-1")
        assert added(harness.connector().changes(cursor)) == [sent.provider_id]

    def test_a_prepared_mail_is_not_sent(self, harness: Harness) -> None:
        needs(harness, Capability.CONFIRMS_SENDS)
        memo = harness.connector().prepare(OutgoingRaw(outgoing(harness, "key-1")), "key-1")
        assert harness.connector().find_sent("key-1", memo) is Sending.NOT_SENT
        assert list(harness.sent()) == []

    def test_a_prepared_mail_is_no_message_of_the_mailbox(self, harness: Harness) -> None:
        needs(harness, Capability.CONFIRMS_SENDS)
        cursor = harness.connector().start()
        harness.connector().prepare(OutgoingRaw(outgoing(harness, "key-1")), "key-1")
        assert added(harness.connector().changes(cursor)) == []
        assert list(harness.connector().list_refs(Scope())) == []

    def test_a_send_whose_answer_was_lost_is_found_and_went_once(self, harness: Harness) -> None:
        needs(harness, Capability.CONFIRMS_SENDS)
        memo = harness.connector().prepare(OutgoingRaw(outgoing(harness, "key-1")), "key-1")
        harness.lose_next_answer()
        with pytest.raises(SendUnsure):
            harness.connector().deliver(memo)
        found = harness.connector().find_sent("key-1", memo)
        assert isinstance(found, SentRef)
        assert [header(raw, "Message-ID") for raw in harness.received()] == [found.message_id]

    def test_delivering_twice_sends_once(self, harness: Harness) -> None:
        needs(harness, Capability.CONFIRMS_SENDS)
        memo = harness.connector().prepare(OutgoingRaw(outgoing(harness, "key-1")), "key-1")
        first = harness.connector().deliver(memo)
        with pytest.raises(SendUnsure):
            harness.connector().deliver(memo)
        assert harness.connector().find_sent("key-1", memo) == first
        assert len(harness.received()) == 1

    def test_another_mail_sent_meanwhile_is_not_mistaken_for_ours(self, harness: Harness) -> None:
        needs(harness, Capability.CONFIRMS_SENDS)
        memo = harness.connector().prepare(OutgoingRaw(outgoing(harness, "key-1")), "key-1")
        send(harness, "key-2")
        first = harness.connector().deliver(memo)
        assert harness.connector().find_sent("key-1", memo) == first

    def test_a_draft_somebody_removed_leaves_the_send_unknown(self, harness: Harness) -> None:
        needs(harness, Capability.CONFIRMS_SENDS)
        memo = harness.connector().prepare(OutgoingRaw(outgoing(harness, "key-1")), "key-1")
        harness.drop_drafts()
        assert harness.connector().find_sent("key-1", memo) is Sending.UNKNOWN

    def test_a_second_try_takes_what_the_first_prepared(self, harness: Harness) -> None:
        needs(harness, Capability.CONFIRMS_SENDS)
        raw = OutgoingRaw(outgoing(harness, "key-1"))
        first = harness.connector().prepare(raw, "key-1")
        sent = harness.connector().deliver(harness.connector().prepare(raw, "key-1", again=True))
        assert harness.connector().find_sent("key-1", first) == sent

    @pytest.mark.parametrize("is_noted", [True, False])
    def test_what_was_prepared_is_gone_once_it_is_discarded(
        self, harness: Harness, is_noted: bool
    ) -> None:
        needs(harness, Capability.CONFIRMS_SENDS)
        memo = harness.connector().prepare(OutgoingRaw(outgoing(harness, "key-1")), "key-1")
        for _ in range(2):
            harness.connector().discard("key-1", memo if is_noted else "", "")
        assert harness.connector().find_sent("key-1", memo) is Sending.UNKNOWN

    def test_discarding_one_send_leaves_the_others(self, harness: Harness) -> None:
        needs(harness, Capability.CONFIRMS_SENDS)
        memo = harness.connector().prepare(OutgoingRaw(outgoing(harness, "key-2")), "key-2")
        harness.connector().discard("key-1", "", "")
        assert harness.connector().find_sent("key-2", memo) is Sending.NOT_SENT

    def test_the_provider_lists_our_mail_under_sent(self, harness: Harness) -> None:
        needs(harness, Capability.SEND)
        sent = send(harness, "key-1")
        found = added(harness.connector().backfill(None, Scope(labels=frozenset({SENT}))))
        assert found == [sent.provider_id]


class PushConformance:
    """What a connector with the capability PUSH promises."""

    def test_watching_tells_when_it_ends_or_that_there_is_no_push(self, harness: Harness) -> None:
        needs(harness, Capability.PUSH)
        ends_at = harness.connector().watch(harness.topic())
        assert ends_at is None or ends_at > NOON

    def test_watching_can_be_ended_twice(self, harness: Harness) -> None:
        needs(harness, Capability.PUSH)
        harness.connector().watch(harness.topic())
        harness.connector().unwatch()
        harness.connector().unwatch()


def needs(harness: Harness, capability: Capability) -> None:
    """Skip the test where the connector does not promise the capability."""
    if capability not in harness.connector().capabilities:
        pytest.skip(f"The connector has no capability {capability.value}.")


def outgoing(harness: Harness, key: str, *, subject: str = "Hello", reply_to: str = "") -> bytes:
    """Compose a mail from the mailbox to the recipient."""
    return mail(
        subject,
        message_id="composed-by-us@desk.example",
        sender=harness.address,
        to=harness.recipient,
        reply_to=reply_to,
        send_id=key,
    )


def send(harness: Harness, key: str) -> SentRef:
    """Prepare and deliver one mail."""
    connector = harness.connector()
    return connector.deliver(connector.prepare(OutgoingRaw(outgoing(harness, key)), key))
