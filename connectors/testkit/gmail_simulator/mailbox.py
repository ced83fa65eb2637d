"""One account's mail: messages, their labels, threads, and the history of every change."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass

import zstandard

from connectors.testkit.gmail_simulator import rfc822
from connectors.testkit.gmail_simulator.store import Db, Row, many, one, recall, remember

# Ids grow by a random step: the reference says that history ids are not contiguous, and a client
# that counts on the next one must fail here first.
_STEP = random.Random(20)  # noqa: S311 - gaps, no secret
SQUEEZE = 1  # zstd level: the fastest already halves mail
ADDED, DELETED = "messagesAdded", "messagesDeleted"
LABELS_ADDED, LABELS_REMOVED = "labelsAdded", "labelsRemoved"
TICK = ""  # a step of the history id without a record


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to store. `thread_id` "" starts a thread; times are ms UTC."""

    raw: bytes
    labels: frozenset[str]
    internal_date: int
    thread_id: str = ""
    visible_at: int = 0


def add(db: Db, account: str, new: NewMessage, now: int) -> Row:
    """Store a message, record it in the history, and return its row."""
    mail = rfc822.split(new.raw)
    raw = mail.as_bytes()
    message_id = next_id(db, now)
    thread_id = new.thread_id or message_id
    history_id = _step(db, account)
    contents = rfc822.contents(raw)
    subject = mail.header("Subject")
    recipients = " ".join(mail.addresses("To", "Cc", "Bcc", "Delivered-To"))
    db.execute(
        "INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(account, message_id, thread_id, new.internal_date, history_id, new.visible_at),
            *(len(raw), "".join(rfc822.ids(mail.header("Message-ID"))[:1]), subject),
            *(rfc822.subject_key(subject), mail.header("From").lower(), recipients),
            *(contents.has_attachment, contents.snippet),
        ),
    )
    words = f"{subject} {mail.header('From')} {recipients} {contents.words}".lower()
    db.execute(
        "INSERT INTO bodies VALUES (?, ?, ?, ?)",
        (account, message_id, zstandard.compress(raw, SQUEEZE), words),
    )
    _put_labels(db, account, message_id, new.labels)
    row = get(db, account, message_id)
    assert row is not None
    _record(db, account, row, history_id, ADDED, (), now)
    return row


def next_id(db: Db, now: int) -> str:
    """Return a new message id: 16 hex digits that grow with time, as Gmail's do."""
    # Real ids hold the time in their upper bits (2^20 a millisecond), which makes them sort by age.
    last = int(recall(db, "last_id") or 0)
    value = max(now << 20, last) + _STEP.randint(1, 4096)
    remember(db, "last_id", value)
    return f"{value:016x}"


def _step(db: Db, account: str) -> int:
    row = db.execute(
        "UPDATE accounts SET history_id = history_id + ? WHERE email = ? RETURNING history_id",
        (_STEP.randint(1, 40), account),
    ).fetchone()
    return int(row["history_id"])


def _record(
    db: Db, account: str, row: Row, history_id: int, kind: str, changed: Iterable[str], now: int
) -> None:
    labels = json.dumps(labels_of(db, account, row["id"]))
    db.execute(
        "INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(account, history_id, kind, row["id"], row["thread_id"]),
            *(labels, json.dumps(sorted(changed)), now),
        ),
    )


def tick(db: Db, account: str, now: int) -> int:
    """Move the history id on without a record, as Gmail's moves on a quiet mailbox."""
    history_id = _step(db, account)
    db.execute(
        "INSERT INTO history VALUES (?, ?, ?, '', '', '[]', '[]', ?)",
        (account, history_id, TICK, now),
    )
    return history_id


def get(db: Db, account: str, message_id: str) -> Row | None:
    return one(db, "SELECT * FROM messages WHERE account = ? AND id = ?", account, message_id)


def raw_of(db: Db, account: str, message_id: str) -> bytes:
    row = one(db, "SELECT raw FROM bodies WHERE account = ? AND id = ?", account, message_id)
    assert row is not None
    return zstandard.ZstdDecompressor().decompress(row["raw"])


def labels_of(db: Db, account: str, message_id: str) -> list[str]:
    rows = many(
        db,
        "SELECT label_id FROM message_labels WHERE account = ? AND message_id = ?"
        " ORDER BY label_id",
        account,
        message_id,
    )
    return [row["label_id"] for row in rows]


def thread(db: Db, account: str, thread_id: str) -> list[Row]:
    """Return a thread's messages, oldest first."""
    return many(
        db,
        "SELECT * FROM messages WHERE account = ? AND thread_id = ? ORDER BY internal_date, id",
        account,
        thread_id,
    )


def _put_labels(db: Db, account: str, message_id: str, labels: Iterable[str]) -> None:
    db.executemany(
        "INSERT OR IGNORE INTO message_labels VALUES (?, ?, ?)",
        [(account, message_id, label) for label in labels],
    )


def relabel(
    db: Db, account: str, message_id: str, add: set[str], remove: set[str], now: int
) -> None:
    """Add and remove labels; what changes nothing leaves no record."""
    row = get(db, account, message_id)
    assert row is not None
    # Setting what is set already writes no record at Gmail, so no notice either.
    present = set(labels_of(db, account, message_id))
    added, removed = add - present, remove & present
    if added:
        _put_labels(db, account, message_id, added)
        _changed(db, account, row, LABELS_ADDED, added, now)
    if removed:
        db.executemany(
            "DELETE FROM message_labels WHERE account = ? AND message_id = ? AND label_id = ?",
            [(account, message_id, label) for label in removed],
        )
        _changed(db, account, row, LABELS_REMOVED, removed, now)


def _changed(db: Db, account: str, row: Row, kind: str, labels: set[str], now: int) -> None:
    history_id = _step(db, account)
    _record(db, account, row, history_id, kind, labels, now)
    db.execute(
        "UPDATE messages SET history_id = ? WHERE account = ? AND id = ?",
        (history_id, account, row["id"]),
    )


def delete(db: Db, account: str, message_id: str, now: int) -> None:
    row = get(db, account, message_id)
    assert row is not None
    # Recorded first, as the record still tells the labels of the message.
    _record(db, account, row, _step(db, account), DELETED, (), now)
    key = (account, message_id)
    db.execute("DELETE FROM messages WHERE account = ? AND id = ?", key)
    db.execute("DELETE FROM bodies WHERE account = ? AND id = ?", key)
    db.execute("DELETE FROM message_labels WHERE account = ? AND message_id = ?", key)


def thread_by_headers(db: Db, account: str, mail: rfc822.Mail) -> str:
    """Return the thread that References or In-Reply-To name and whose subject fits, else ""."""
    named = rfc822.ids(mail.header("References")) + rfc822.ids(mail.header("In-Reply-To"))
    key = rfc822.subject_key(mail.header("Subject"))
    # The newest reference first: it names the mail that was answered (RFC 5322 3.6.4).
    for message_id in reversed(named):
        row = one(
            db,
            "SELECT thread_id FROM messages"
            " WHERE account = ? AND message_id = ? AND subject_key = ? LIMIT 1",
            *(account, message_id, key),
        )
        if row:
            return str(row["thread_id"])
    return ""
