"""The auditor: reads the books and says in sentences what is lost, doubled or unaccounted for."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from books import Books
from busy_google import SEND_ID, header

from inbox_service.store.counters import Bucket

_MOST_NAMED = 5


@dataclass(frozen=True)
class Witness:
    """What the people outside know: the books must agree with it.

    `written` are the Message-IDs of customers' mails, `conversations` those that belong into one
    ticket each, `replies` the messages that were confirmed to an agent, `taken_back` those of them
    of which it was confirmed that they are not sent, and `followed` the numbers of the events as a
    program saw them come.
    """

    written: Collection[str]
    conversations: Sequence[Sequence[str]]
    replies: Sequence[str]
    followed: Sequence[int]
    taken_back: Collection[str] = ()


def violations(books: Books, witness: Witness) -> list[str]:
    """Return a sentence for everything that is wrong; none means that the books are in order."""
    checks = (
        _accounts(books),
        _incoming(books, witness),
        _conversations(books, witness),
        _outgoing(books, witness),
        _sends(books),
        _sent_receipts(books),
        _blobs(books),
        _counters(books),
        _tickets(books),
        _events(books, witness),
        _mailboxes(books),
    )
    return [sentence for check in checks for sentence in check]


def _accounts(books: Books) -> Iterator[str]:
    addresses = books.addresses()
    known = Counter((addresses[row["mailbox_id"]], row["provider_id"]) for row in books.receipts)
    provided = {(to, one) for to, messages in books.provided.items() for one in messages}
    yield from _named("messages without a receipt", provided - known.keys())
    yield from _named("receipts without a message", known.keys() - provided)
    yield from _named("messages with several receipts", _repeated(known))
    gone = [row["provider_id"] for row in books.receipts if row["reason"].startswith("gone")]
    yield from _named("messages given up as gone, which are there", gone)


def _incoming(books: Books, witness: Witness) -> Iterator[str]:
    theirs = [row for row in books.messages if row["kind"] == "in"]
    ours = Counter(row["rfc_message_id"] for row in theirs)
    yield from _named("mails lost on their way in", set(witness.written) - ours.keys())
    yield from _named("mails doubled on their way in", _repeated(ours))
    yield from _named("mails that nobody wrote", ours.keys() - set(witness.written))
    receipted = Counter(row["message_id"] for row in books.receipts if row["message_id"])
    odd = [row["id"] for row in theirs if receipted[row["id"]] != 1]
    yield from _named("messages with no receipt or several", odd)


def _conversations(books: Books, witness: Witness) -> Iterator[str]:
    ticket_of = {row["rfc_message_id"]: row["ticket_id"] for row in books.messages}
    places = [{ticket_of.get(one) for one in talk} for talk in witness.conversations]
    torn = [talk[0] for talk, found in zip(witness.conversations, places, strict=True)
            if len(found) != 1]  # fmt: skip
    yield from _named("conversations torn apart", torn)
    there = [row for row in books.tickets if row["merged_into"] is None]
    if len(there) != len(witness.conversations):
        yield f"{len(there)} tickets of {len(witness.conversations)} conversations"


def _outgoing(books: Books, witness: Witness) -> Iterator[str]:
    ours = [row for row in books.messages if row["kind"] == "out" and not row["sent_elsewhere"]]
    written = Counter(str(row["id"]) for row in ours)
    confirmed = Counter(one for one in witness.replies if one not in witness.taken_back)
    yield from _named("replies lost though confirmed", confirmed.keys() - written.keys())
    yield from _named("replies that nobody was told of", written.keys() - confirmed.keys())
    # A notice to the managers belongs to no conversation.
    # A reply that was taken back is no message any more.
    sends = [row for row in books.outbox if row["kind"] == "send" and row["message_id"]]
    queued = Counter(str(row["message_id"]) for row in sends)
    odd = [message for message in written | queued if queued[message] != 1]
    yield from _named("replies with no outbox row or several", odd)


def _sends(books: Books) -> Iterator[str]:
    sends = books.sends()
    states = {row["send_key"]: row["state"] for row in books.outbox}
    yield from _named("mails sent twice", _repeated(sends))
    yield from _named("mails sent that were in no outbox", sends.keys() - states.keys())
    sure = {key for key, state in states.items() if state == "sent"}
    yield from _named("mails noted as sent that were not", sure - sends.keys())
    cancelled = {key for key, state in states.items() if state == "cancelled"}
    yield from _named("mails sent that were taken back", cancelled & sends.keys())
    ended = {key for key, state in states.items() if state not in ("sent", "unsure", "cancelled")}
    yield from _named("mails neither sent nor said to be unsure", ended)
    silent = [
        row["send_key"] for row in books.outbox if row["state"] == "unsure" and not row["error"]
    ]
    yield from _named("unsure mails that do not say so", silent)
    unsure = {key for key, state in states.items() if state == "unsure"}
    yield from _named("drafts of ours left at the provider", set(books.drafts) - unsure)


def _sent_receipts(books: Books) -> Iterator[str]:
    provider_id = {row["send_key"]: row["provider_id"] for row in books.outbox}
    outcomes = {row["provider_id"]: row["outcome"] for row in books.receipts}
    for provided in books.provided.values():
        for message in provided.values():
            key = header(message, SEND_ID)
            if key and outcomes.get(message["id"]) != "sent":
                yield f"the sent mail {key} has the receipt {outcomes.get(message['id'])}"
            if key and provider_id.get(key) != message["id"]:
                yield f"the outbox row of {key} names another message"


def _blobs(books: Books) -> Iterator[str]:
    yield from _named("stored mails missing or damaged", books.bad_blobs)


def _counters(books: Books) -> Iterator[str]:
    counted = Counter(Bucket.of(row) for row in books.tickets if row["merged_into"] is None)
    kept = {bucket: number for bucket, number in books.counters.items() if number}
    if kept != dict(counted):
        yield f"counters say {kept} where {dict(counted)} were counted"


def _tickets(books: Books) -> Iterator[str]:
    counted = Counter(row["ticket_id"] for row in books.messages)
    newest = _newest(books)
    wrong = [row["number"] for row in books.tickets if row["message_count"] != counted[row["id"]]]
    yield from _named("tickets that miscount their messages", wrong)
    stale = [
        row["number"] for row in books.tickets if row["last_message_id"] != newest.get(row["id"])
    ]
    yield from _named("tickets that name another message as their last", stale)


def _newest(books: Books) -> dict[int, int]:
    newest: dict[int, int] = {}
    for row in books.messages:
        newest[row["ticket_id"]] = max(newest.get(row["ticket_id"], 0), row["id"])
    return newest


def _events(books: Books, witness: Witness) -> Iterator[str]:
    expected = list(range(1, books.last_seq + 1))
    if list(books.event_seqs) != expected:
        yield f"the events are not numbered from 1 to {books.last_seq} without gaps"
    if list(witness.followed) != list(books.event_seqs):
        yield "the feed did not show every event once and in order"


def _mailboxes(books: Books) -> Iterator[str]:
    for row in books.mailboxes:
        if (row["state"], row["backfill_state"]) != ("healthy", "done"):
            yield f"{row['address']} is {row['state']}, back-fill {row['backfill_state']}"
        if row["retry_refs"]:
            yield f"{row['address']} still waits for {len(row['retry_refs'])} messages"


def _repeated(counts: Counter[object]) -> list[object]:
    return [one for one, count in counts.items() if count > 1]


def _named(what: str, which: Iterable[object]) -> Iterator[str]:
    found = sorted(which, key=str)
    if found:
        named = ", ".join(str(one) for one in islice(found, _MOST_NAMED))
        yield f"{len(found)} {what}: {named}{', ...' if len(found) > _MOST_NAMED else ''}"
