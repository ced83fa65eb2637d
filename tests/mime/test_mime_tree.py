"""The splitter against its oracles, and against mails built to break it."""

from __future__ import annotations

import email
import time
from email.message import Message

import fast_mail_parser
import pytest
from mails import FOLDER, raw

from inbox_service.mime.tree import MAX_DEPTH, MAX_PARTS, leaves, split, split_headers

NAMES = sorted(path.stem for path in FOLDER.glob("*.eml"))
# There the libraries disagree with each other, or refuse the mail.
SOUND = [name for name in NAMES if not name.startswith("broken")]


def squeezed(content: bytes | None) -> bytes:
    """Leave blanks out: the libraries differ in line ends and in the last one."""
    return b"".join((content or b"").split())


def stdlib_leaves(message: Message) -> list[Message]:
    """Return the leaves `email` finds, a forwarded mail being one."""
    if not message.get_content_type().startswith("multipart/"):
        return [message]
    return [leaf for child in message.get_payload() for leaf in stdlib_leaves(child)]


def rust_leaves(part: fast_mail_parser.PyMimePart) -> list[fast_mail_parser.PyMimePart]:
    """Return the leaves `fast_mail_parser` finds, a forwarded mail being one."""
    if part.is_message or not part.children:
        return [part]
    return [leaf for child in part.children for leaf in rust_leaves(child)]


@pytest.mark.parametrize("name", SOUND)
def test_the_standard_library_finds_the_same_leaves(name: str) -> None:
    ours = list(leaves(split(raw(name))))
    theirs = stdlib_leaves(email.message_from_bytes(raw(name)))
    assert [leaf.content_type for leaf in ours] == [leaf.get_content_type() for leaf in theirs]
    for mine, other in zip(ours, theirs, strict=True):
        if not other.is_multipart():
            assert squeezed(mine.content()) == squeezed(other.get_payload(decode=True))


@pytest.mark.parametrize("name", SOUND)
def test_fast_mail_parser_finds_the_same_leaves(name: str) -> None:
    ours = list(leaves(split(raw(name))))
    theirs = rust_leaves(fast_mail_parser.parse_email_tree(raw(name)))
    assert [leaf.content_type for leaf in ours] == [leaf.content_type for leaf in theirs]
    assert [squeezed(a.content()) for a in ours] == [squeezed(b.content) for b in theirs]


@pytest.mark.parametrize("name", NAMES)
def test_line_feeds_alone_make_the_same_tree(name: str) -> None:
    crlf = list(leaves(split(raw(name))))
    lf = list(leaves(split(raw(name).replace(b"\r\n", b"\n"))))
    assert [(a.part, a.content_type) for a in crlf] == [(b.part, b.content_type) for b in lf]
    assert [squeezed(a.content()) for a in crlf] == [squeezed(b.content()) for b in lf]


def test_leaves_are_numbered_in_order() -> None:
    assert [leaf.part for leaf in leaves(split(raw("outlook-reply")))] == [0, 1, 2, 3]


def test_a_boundary_that_begins_another_is_not_taken_for_it() -> None:
    mail = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--bb\nstill one\n--b--\n"
    assert [leaf.body for leaf in leaves(split(mail))] == [b"one\n--bb\nstill one"]


def test_what_stands_behind_the_last_boundary_is_not_a_part() -> None:
    mail = b"Content-Type: multipart/mixed; boundary=b\n\nbefore\n--b\n\none\n--b--\nafter\n"
    assert [leaf.body for leaf in leaves(split(mail))] == [b"one"]


def test_a_missing_last_boundary_loses_nothing() -> None:
    mail = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo\n"
    assert [leaf.body for leaf in leaves(split(mail))] == [b"one", b"two\n"]


def test_a_multipart_without_its_boundary_is_one_leaf() -> None:
    mail = b"Content-Type: multipart/mixed; boundary=b\n\njust text\n"
    assert [leaf.body for leaf in leaves(split(mail))] == [b"just text\n"]


def test_parts_of_a_digest_are_mails_by_default() -> None:
    mail = b"Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: x\n\nhi\n--b--\n"
    assert [leaf.content_type for leaf in leaves(split(mail))] == ["message/rfc822"]


def test_a_line_that_is_no_header_begins_the_body() -> None:
    headers, body = split_headers(b"A: 1\nnot a header\nB: 2\n", 0, 24)
    assert headers == [("a", b"1")]
    assert body == 5


def test_deep_nesting_ends_in_a_leaf_that_holds_the_rest() -> None:
    level = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
    root = split(b"".join(level % (n, n) for n in range(2000)) + b"\nbottom\n")
    (leaf,) = leaves(root)
    assert leaf.content_type == "multipart/mixed"
    assert leaf.body.count(b"--b") == 2000 - MAX_DEPTH
    assert leaf.body.endswith(b"bottom\n")


def test_parts_without_number_end_in_one_that_holds_the_rest() -> None:
    mail = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 50_000
    found = list(leaves(split(mail)))
    assert len(found) == MAX_PARTS
    assert found[-1].body.count(b"--b") > 40_000


BOMBS = {
    "headers": b"X-A: b\n" * 300_000 + b"\nhi",
    "folded": b"Subject: x\n" + b" y\n" * 300_000 + b"\nhi",
    "long header": b"Subject: " + b"a" * 3_000_000 + b"\n\nhi",
    "encoded words": b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\nhi",
    "short lines": b"\n" * 5_000_000,
    "parameters": b"Content-Type: a/b" + b"; a*0=b" * 100_000 + b"\n\nhi",
    "dashes": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--" * 2_000_000,
    "nested mails": b"Content-Type: message/rfc822\n\n" * 20_000,
    "blank boundary": b'Content-Type: multipart/mixed; boundary=" "\n\n' + b"-- \n" * 100_000,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=list(BOMBS))
def test_a_mail_made_to_be_slow_is_split_in_two_seconds(bomb: bytes) -> None:
    begun = time.process_time()
    split(bomb)
    assert time.process_time() - begun < 2
