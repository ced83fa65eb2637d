"""The auditor finds every kind of loss: books in order are silent, and one false entry is not."""

from dataclasses import replace
from typing import Any

import pytest
from audit import Witness, violations
from books import Books
from busy_google import SEND_ID

from inbox_service.store.counters import Bucket

SUPPORT = "support@shop.example"
OPEN = Bucket(1, None, None, "inbox", "open")

MAILBOX = {
    "id": 5,
    "address": SUPPORT,
    "state": "healthy",
    "backfill_state": "done",
    "retry_refs": [],
}
TICKET = {
    **OPEN._asdict(),
    "id": 7,
    "number": 1,
    "merged_into": None,
    "snoozed_until": None,
    "message_count": 2,
    "last_message_id": 22,
}
MAIL = {"id": 21, "ticket_id": 7, "kind": "in", "rfc_message_id": "a@x", "sent_elsewhere": False}
REPLY = {**MAIL, "id": 22, "kind": "out", "rfc_message_id": "b@x"}
RECEIPT = {
    "mailbox_id": 5,
    "provider_id": "p1",
    "message_id": 21,
    "outcome": "ticket",
    "reason": "",
}
SENT_RECEIPT = {**RECEIPT, "provider_id": "p2", "message_id": 22, "outcome": "sent"}
SEND = {
    "kind": "send",
    "message_id": 22,
    "send_key": "k",
    "state": "sent",
    "provider_id": "p2",
    "error": "",
}
NOTICE = {**SEND, "kind": "notice", "message_id": None, "send_key": "n", "provider_id": "p3"}
PROVIDED = {
    SUPPORT: {
        "p1": {"id": "p1", "headers": []},
        "p2": {"id": "p2", "headers": [{"name": SEND_ID, "value": "k"}]},
    }
}

BOOKS = Books(
    mailboxes=[MAILBOX],
    receipts=[RECEIPT, SENT_RECEIPT],
    messages=[MAIL, REPLY],
    tickets=[TICKET],
    outbox=[SEND],
    counters={OPEN: 1},
    event_seqs=[1, 2],
    last_seq=2,
    bad_blobs=set(),
    provided=PROVIDED,
)
WITNESS = Witness(written={"a@x"}, conversations=[["a@x"]], replies=["22"], followed=[1, 2])


def provided(**messages: dict[str, Any]) -> dict[str, dict[str, dict[str, Any]]]:
    return {SUPPORT: {**PROVIDED[SUPPORT], **messages}}


def test_books_in_order_are_silent() -> None:
    assert violations(BOOKS, WITNESS) == []


def test_a_notice_to_the_managers_is_no_reply_and_is_sent_once_too() -> None:
    told = {"id": "p3", "headers": [{"name": SEND_ID, "value": "n"}]}
    receipt = {**SENT_RECEIPT, "provider_id": "p3", "message_id": None}
    books = replace(
        BOOKS,
        outbox=[SEND, NOTICE],
        provided=provided(p3=told),
        receipts=[*BOOKS.receipts, receipt],
    )
    assert violations(books, WITNESS) == []
    twice = provided(p3=told, p4={**told, "id": "p4"})
    assert "mails sent twice: n" in "\n".join(violations(replace(books, provided=twice), WITNESS))


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ({"receipts": [SENT_RECEIPT]}, "messages without a receipt"),
        ({"receipts": [RECEIPT, RECEIPT, SENT_RECEIPT]}, "messages with several receipts"),
        ({"provided": provided(p3={"id": "p3", "headers": []})}, "messages without a receipt"),
        ({"provided": {SUPPORT: {"p2": PROVIDED[SUPPORT]["p2"]}}}, "receipts without a message"),
        (
            {"receipts": [{**RECEIPT, "reason": "gone before it could be read"}, SENT_RECEIPT]},
            "given up as gone",
        ),
        ({"messages": [REPLY]}, "lost on their way in"),
        ({"messages": [MAIL, {**MAIL, "id": 23}, REPLY]}, "doubled on their way in"),
        ({"messages": [MAIL, {**MAIL, "rfc_message_id": "z@x"}, REPLY]}, "nobody wrote"),
        ({"messages": [MAIL]}, "replies lost though confirmed"),
        ({"messages": [MAIL, REPLY, {**REPLY, "id": 24}]}, "replies that nobody was told of"),
        ({"outbox": []}, "replies with no outbox row"),
        ({"outbox": [SEND, {**SEND, "send_key": "l"}]}, "replies with no outbox row or several"),
        ({"outbox": [{**SEND, "state": "failed"}]}, "neither sent nor said to be unsure"),
        ({"outbox": [{**SEND, "state": "waiting"}]}, "neither sent nor said to be unsure"),
        ({"outbox": [{**SEND, "state": "unsure"}]}, "unsure mails that do not say so"),
        ({"outbox": [{**SEND, "send_key": "l"}]}, "noted as sent that were not"),
        ({"outbox": [{**SEND, "state": "cancelled"}]}, "sent that were taken back"),
        ({"drafts": {"k"}}, "drafts of ours left at the provider"),
        ({"outbox": [{**SEND, "provider_id": "p9"}]}, "names another message"),
        ({"provided": provided(p3=PROVIDED[SUPPORT]["p2"])}, "mails sent twice"),
        ({"receipts": [RECEIPT, {**SENT_RECEIPT, "outcome": "filtered"}]}, "has the receipt"),
        ({"tickets": [TICKET, {**TICKET, "id": 8}]}, "2 tickets of 1 conversations"),
        ({"tickets": [{**TICKET, "message_count": 3}]}, "miscount their messages"),
        ({"tickets": [{**TICKET, "last_message_id": 21}]}, "another message as their last"),
        ({"counters": {OPEN: 2}}, "counters say"),
        ({"bad_blobs": {"00ff"}}, "missing or damaged"),
        ({"event_seqs": [1, 3], "last_seq": 3}, "without gaps"),
        ({"mailboxes": [{**MAILBOX, "state": "degraded"}]}, "is degraded"),
        ({"mailboxes": [{**MAILBOX, "retry_refs": [["p9", "t"]]}]}, "still waits"),
    ],
)
def test_a_false_entry_is_found(entries: dict[str, Any], sentence: str) -> None:
    assert sentence in "\n".join(violations(replace(BOOKS, **entries), WITNESS))


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"written": {"a@x", "c@x"}}, "1 mails lost on their way in: c@x"),
        ({"conversations": [["a@x", "c@x"]]}, "torn apart"),
        ({"replies": ["22", "30"]}, "replies lost though confirmed: 30"),
        ({"replies": []}, "replies that nobody was told of"),
        ({"followed": [1]}, "the feed did not show every event"),
        ({"followed": [1, 2, 2]}, "the feed did not show every event"),
    ],
)
def test_a_witness_is_believed(claims: dict[str, Any], sentence: str) -> None:
    assert sentence in "\n".join(violations(BOOKS, replace(WITNESS, **claims)))


def test_an_unsure_mail_that_says_so_is_no_violation_whether_it_went_out_or_not() -> None:
    unsure = {**SEND, "state": "unsure", "error": "It is not certain that this went out."}
    unsent = {SUPPORT: {"p1": PROVIDED[SUPPORT]["p1"]}}
    books = replace(BOOKS, outbox=[unsure])
    assert violations(books, WITNESS) == []
    assert violations(replace(books, provided=unsent, receipts=[RECEIPT]), WITNESS) == []
