"""parse as a whole: it never raises, and what it returns can be stored."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mails import FOLDER, mail, raw, with_headers

from inbox_service.domain.mail import Address, AutomaticKind, ParsedMail
from inbox_service.mime import parse

NAMES = sorted(path.stem for path in FOLDER.glob("*.eml"))


def strings(parsed: ParsedMail) -> list[str]:
    """Return every text a store would write."""
    return [
        parsed.message_id,
        parsed.subject,
        parsed.text,
        parsed.html,
        *parsed.references,
        *parsed.in_reply_to,
        *parsed.delivered_to,
        *parsed.headers.values(),
        *(one for a in (*parsed.to, *parsed.cc, *parsed.reply_to) for one in (a.email, a.name)),
        *(one for a in parsed.attachments for one in (a.filename, a.content_type, a.content_id)),
    ]


def check_storable(parsed: ParsedMail) -> None:
    """Fail where PostgreSQL would refuse a text."""
    for text in strings(parsed):
        assert "\x00" not in text
        text.encode()


def test_a_reply_is_understood_as_a_whole() -> None:
    parsed = mail("gmail-reply-arabic")
    assert parsed.message_id == "CAM7x+ar1@mail.mail.example"
    assert parsed.references == ("first-451@mail.example", "ticket-451@shop.example")
    assert parsed.in_reply_to == ("ticket-451@shop.example",)
    assert parsed.sender == Address("mona.hadad@mail.example", "منى حداد")
    assert parsed.to == (Address("support@shop.example", "الدعم"),)
    assert parsed.subject == "Re: طلبي رقم 451"
    assert parsed.sent_at == 1_740_993_605_000
    assert parsed.automatic is None


def test_a_mail_without_anything_is_empty_not_wrong() -> None:
    parsed = parse(b"")
    assert parsed == ParsedMail("", (), (), "", None, (), (), (), (), None, "", "", ())


def test_a_mail_that_begins_with_nonsense_is_all_text() -> None:
    parsed = mail("broken-mess")
    assert parsed.sender is None
    assert parsed.text.startswith("this line is no header")


def test_a_broken_mail_gives_what_can_be_read() -> None:
    parsed = mail("broken-boundary")
    assert parsed.message_id == "no-brackets@mail.example"
    assert parsed.subject == "ü café été"
    assert parsed.sent_at is None


def test_the_mark_of_a_mailbox_file_is_no_header() -> None:
    parsed = parse(b"From someone Mon Mar  3 10:00:00 2025\r\nSubject: x\r\n\r\nhi")
    assert (parsed.subject, parsed.text) == ("x", "hi")


def test_only_the_headers_the_rules_read_are_kept_and_the_first_of_each() -> None:
    parsed = with_headers("List-Id: one", "LIST-ID: two", "X-Spam: no", "Precedence: bulk")
    assert parsed.headers == {"list-id": "one", "precedence": "bulk"}


def test_our_own_send_id_is_read_back() -> None:
    parsed = with_headers("X-Unified-Inbox-Send-Id: abc.def")
    assert parsed.headers["x-unified-inbox-send-id"] == "abc.def"


def test_of_two_senders_the_first_counts() -> None:
    parsed = with_headers("From: a@x.example, b@x.example", "From: c@x.example")
    assert parsed.sender == Address("a@x.example")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("gmail-reply-arabic", None),
        ("google-group-post", None),
        ("bounce-gmail", AutomaticKind.BOUNCE),
        ("bounce-delayed", AutomaticKind.BOUNCE),
        ("bounce-exim", AutomaticKind.BOUNCE),
        ("out-of-office-exchange", AutomaticKind.AUTO_REPLY),
        ("newsletter", AutomaticKind.LIST),
        ("read-receipt", AutomaticKind.AUTO_REPLY),
    ],
)
def test_automatic_mail_is_told_from_mail_of_people(name: str, kind: AutomaticKind | None) -> None:
    assert mail(name).automatic is kind


@pytest.mark.parametrize("name", NAMES)
def test_every_mail_of_ours_can_be_stored(name: str) -> None:
    check_storable(mail(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_cut_anywhere_is_still_read(name: str) -> None:
    whole = raw(name)
    for end in range(0, len(whole), max(1, len(whole) // 150)):
        check_storable(parse(whole[:end]))


TEXT = b"Content-Type: text/plain; format=flowed\n\n"
BOUNCE = b"Return-Path: <>\nFrom: mailer-daemon@x\n\n"
BOMBS = {
    "flowed": TEXT + b"a \n" * 300_000,
    "flowed depths": TEXT + b">>> a \n> b \n" * 80_000,
    "bounce of blanks": BOUNCE + b"\n" * 900_000,
    "bounce of brackets": BOUNCE + b"<a@\n" * 200_000,
    "references": b"References: " + b"<a@b " * 50_000 + b"\n\nhi",
    "subject": b"Subject: " + b"=?utf-8?b?" * 25_000 + b"\n\nhi",
    "verdict": b"Authentication-Results: " + b"(" * 250_000 + b"\n\nhi",
    "filename": b"Content-Type: a/b; name=" + b"=?utf-8?q?a?=" * 19_000 + b"\n\nhi",
    "uuencoded": b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n" + b"#:&D*\n" * 100_000,
    "html": b"Content-Type: text/html\n\n" + b"<meta " * 150_000,
    "base64": b"Content-Transfer-Encoding: base64\n\n" + b"YQ==" * 200_000,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=list(BOMBS))
def test_a_mail_made_to_be_slow_is_read_in_two_seconds(bomb: bytes) -> None:
    begun = time.process_time()
    check_storable(parse(bomb))
    assert time.process_time() - begun < 2


@given(st.binary(max_size=2000))
def test_no_bytes_make_parse_raise(content: bytes) -> None:
    check_storable(parse(content))


LINES = st.sampled_from(
    [
        b"Content-Type: multipart/mixed; boundary=b",
        b"Content-Type: multipart/alternative; boundary=c",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        b"Content-Type: message/delivery-status",
        b"Content-Type: message/rfc822",
        b"Content-Type: text/html; charset=utf-16",
        b"Content-Type: text/plain; format=flowed; charset=utf-7",
        b"Content-Transfer-Encoding: base64",
        b"Content-Transfer-Encoding: quoted-printable",
        b"Content-Disposition: attachment; filename*0*=x'y'%ff; filename*1=\xff",
        b"Content-ID: <a@b>",
        b"From: =?utf-8?b?////?= <a@b>, (((",
        b"Final-Recipient: rfc822; a@b",
        b"Action: failed",
        b"Date: Mon, 99 Jan 99999999999 00:00:00 +9999",
        b"Authentication-Results: x; dkim=pass header.d=b",
        b"",
        b"--b",
        b"--b--",
        b"--c",
        b"=?=\xff\x00 a b",
    ]
)


@settings(max_examples=400)
@given(st.lists(LINES | st.binary(max_size=30), max_size=25))
def test_no_heap_of_mail_lines_makes_parse_raise(lines: list[bytes]) -> None:
    check_storable(parse(b"\r\n".join(lines)))


@settings(max_examples=200)
@given(st.sampled_from(NAMES), st.integers(0, 3000), st.binary(min_size=1, max_size=8))
def test_no_damage_to_a_mail_makes_parse_raise(name: str, at: int, damage: bytes) -> None:
    whole = raw(name)
    check_storable(parse(whole[:at] + damage + whole[at + len(damage) :]))
