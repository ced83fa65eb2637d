"""Mails as bytes: fields read and changed without touching the rest; archives taken apart."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.testkit.gmail_simulator import mbox, rfc822
from connectors.testkit.gmail_simulator.rfc822 import split

RAW = (
    b"Received: from a\r\n by b\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n"
    b"To: Eva <Eva@x.test>,\r\n jo@y.test\r\nTo: third@z.test\r\n\r\nBody\r\n\r\nMore\r\n"
)


@given(body=st.binary(max_size=200), subject=st.text(alphabet="abc :-äß", max_size=30))
def test_a_mail_taken_apart_is_put_together_again(body, subject):
    raw = b"Subject: " + subject.encode() + b"\r\nX-Other: 1\r\n\r\n" + body
    assert split(raw).as_bytes() == raw


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(raw):
    mail = split(raw)
    assert isinstance(mail.header("Subject"), str)
    assert isinstance(rfc822.contents(mail.as_bytes()).snippet, str)


def test_a_folded_field_is_one_line():
    assert split(RAW).header("received") == "from a by b"


def test_encoded_words_are_read():
    assert split(RAW).header("Subject") == "Grüße"


def test_an_encoded_word_in_no_known_charset_stays_as_it_is():
    assert split(b"Subject: =?x-none?q?a?=\r\n\r\n").header("Subject") == "=?x-none?q?a?="


def test_a_field_in_plain_utf_8_is_read():
    assert split("Subject: مرحبا\r\n\r\n".encode()).header("Subject") == "مرحبا"


def test_addresses_come_from_every_field_in_lower_case():
    assert split(RAW).addresses("To", "Cc") == ["eva@x.test", "jo@y.test", "third@z.test"]


def test_a_missing_field_is_empty():
    assert split(RAW).header("Cc") == ""


def test_a_field_is_replaced_in_its_place_and_stands_once():
    changed = split(RAW).replaced("To", "new@x.test")
    assert [name for name, _ in changed.fields] == ["Received", "Subject", "To"]
    assert changed.headers("To") == ["new@x.test"]


def test_a_new_field_comes_last():
    assert split(RAW).replaced("X-New", "1").fields[-1] == ("X-New", b"X-New: 1\r\n")


def test_fields_can_be_put_on_top_and_taken_away():
    changed = split(RAW).on_top(("X-First", "1"), ("X-Second", "2")).without("to", "subject")
    assert [name for name, _ in changed.fields] == ["X-First", "X-Second", "Received"]
    assert changed.as_bytes().endswith(b"\r\n\r\nBody\r\n\r\nMore\r\n")


def test_unix_line_ends_become_those_of_the_wire():
    assert split(RAW.replace(b"\r\n", b"\n")).as_bytes() == RAW


def test_a_mail_of_fields_only_has_no_body():
    mail = split(b"Subject: x\r\n")
    assert (mail.header("Subject"), mail.rest) == ("x", b"")


@pytest.mark.parametrize(
    ("subject", "key"),
    [
        ("Re: Lamp", "lamp"),
        ("RE: Fwd: re[2]: Lamp", "lamp"),
        ("AW: Lamp  in   two", "lamp in two"),
        ("رد: مصباح", "مصباح"),
        ("Regarding: Lamp", "regarding: lamp"),
        ("", ""),
    ],
)
def test_reply_prefixes_do_not_make_another_conversation(subject, key):
    assert rfc822.subject_key(subject) == key


def test_message_ids_are_found_whatever_stands_between_them():
    assert rfc822.ids("<a@x> (note)\r\n <b@y>,<c@z>") == ["<a@x>", "<b@y>", "<c@z>"]


@pytest.mark.parametrize("date", ["", "yesterday", "Thu, 99 Jan 2026 10:00:00 +0000"])
def test_an_unreadable_date_is_the_default(date):
    assert rfc822.date_of(split(f"Date: {date}\r\n\r\n".encode()), 77) == 77


def test_a_date_is_written_as_it_is_read():
    text = rfc822.date_text(1_780_000_000_000)
    assert rfc822.date_of(split(f"Date: {text}\r\n\r\n".encode()), 0) == 1_780_000_000_000


def test_html_counts_as_text_where_there_is_no_plain_part():
    raw = b"Content-Type: text/html\r\n\r\n<style>p {}</style><p>Fish &amp; chips</p>"
    assert rfc822.contents(raw).snippet == "Fish & chips"


def test_plain_text_comes_before_html():
    raw = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n"
        b"--b\r\nContent-Type: text/html\r\n\r\n<p>rich</p>\r\n--b--\r\n"
    )
    assert rfc822.contents(raw).snippet == "plain"


def archive(*lines):
    return list(mbox.split(io.BytesIO(b"\n".join(lines) + b"\n")))


def test_an_archive_is_split_at_its_from_lines():
    found = archive(b"From a", b"Subject: 1", b"", b"x", b"", b"From b", b"Subject: 2", b"", b"y")
    assert [split(raw).header("Subject") for raw in found] == ["1", "2"]


def test_a_from_line_inside_a_paragraph_splits_nothing():
    (found,) = archive(b"From a", b"Subject: 1", b"", b"He wrote", b"From here on")
    assert b"From here on" in found


def test_a_quoted_from_line_loses_its_quote():
    (found,) = archive(b"From a", b"Subject: 1", b"", b">From here on")
    assert b"\nFrom here on" in found


def test_an_empty_archive_has_no_mails():
    assert list(mbox.split(io.BytesIO(b""))) == []
