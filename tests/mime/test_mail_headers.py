"""Header values: encoded words, raw bytes, ids, dates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mails import mail, with_headers

from inbox_service.mime.charsets import codec, decode, storable
from inbox_service.mime.headers import (
    MAX_IDS,
    date_value,
    decode_words,
    message_id,
    message_ids,
    sent_at,
    text_value,
)
from inbox_service.mime.parameters import parameters


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (b"=?utf-8?q?caf=C3=A9?=", "café"),
        (b"=?UTF-8?B?2YXZhtmJ?= =?UTF-8?B?INit2K/Yp9iv?=", "منى حداد"),
        (b"=?iso-8859-1?q?a?= plain =?iso-8859-1?q?b?=", "a plain b"),
        (b"=?utf-8?q?two_words?=", "two words"),
        (b"=?utf-8?Q?with blanks inside?=", "with blanks inside"),
        (b"=?utf-8*en?q?language?=", "language"),
        (b"=?utf-8?b?w6Q?=", "ä"),
        (b"=?utf-8?q?=C3?= =?utf-8?q?=A9?=", "é"),
        (b"=?koi8-r?B?8NLJ18XU?=", "Привет"),
        (b"=?gb2312?B?xOO6ww==?=", "你好"),
        (b"=?windows-1256?Q?=E3=D1=CD=C8=C7?=", "مرحبا"),
        (b"=?nonsense?q?caf=E9?=", "café"),
        (b"=?not an encoded word?=", "=?not an encoded word?="),
    ],
)
def test_an_encoded_word_is_read_as_it_was_meant(value: bytes, text: str) -> None:
    assert text_value(value) == text


def test_raw_arabic_bytes_are_read_in_the_charset_of_the_text() -> None:
    parsed = mail("windows-1256-raw-headers")
    assert parsed.subject == "استفسار عن الأسعار"
    assert parsed.sender is not None
    assert parsed.sender.name == "محل الورد"


def test_raw_utf8_needs_no_declaration() -> None:
    assert with_headers("Subject: رسالة").subject == "رسالة"


def test_words_of_a_charset_with_shift_states_are_decoded_one_by_one() -> None:
    parsed = mail("iso-2022-jp")
    assert parsed.subject == "注文の確認"
    assert parsed.text == "注文を確認しました。\n"


def test_a_folded_subject_is_one_line() -> None:
    assert with_headers(b"Subject: one\r\n\ttwo\r\n   three").subject == "one two three"


def test_a_subject_is_cut_at_998_characters() -> None:
    assert len(with_headers("Subject: " + "x" * 5000).subject) == 998


def test_a_hundred_thousand_encoded_words_are_read_in_time() -> None:
    assert text_value(b"=?utf-8?q?a?= " * 100_000).startswith("aaaa")


def test_nul_and_lone_surrogates_never_come_out() -> None:
    assert storable("a\x00b\ud800c") == "abc"
    assert decode(b"a\x00b", "utf-8") == "ab"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("iso-8859-1", "cp1252"),
        ("ISO-8859-8-I", "iso8859-8"),
        ("x-windows-1256", "cp1256"),
        ("cp-1251", "cp1251"),
        ("ks_c_5601-1987", "cp949"),
        ('"utf-8"', "utf-8"),
        ("rot13", ""),
        ("zip", ""),
        ("idna", ""),
        ("no such", ""),
        ("a\x00b", ""),
    ],
)
def test_a_charset_label_is_known_by_all_its_names(label: str, name: str) -> None:
    assert codec(label) == name


@pytest.mark.parametrize(
    ("content", "charset", "text"),
    [
        (b"\x93quoted\x94", "iso-8859-1", "“quoted”"),
        ("ü".encode(), "us-ascii", "ü"),
        ("ü".encode(), "iso-8859-1", "ü"),
        (b"\xe3\xd1\xcd\xc8\xc7", "windows-1256", "مرحبا"),
        (b"\xe5\xd1\xcd\xc8\xc7", "iso-8859-6", "\u0645\u0631\u062d\u0628\u0627"),
        (b"+AGE-", "utf-7", "a"),
        (b"\xc3\xa9t\xc3\xa9 \xff", "utf-8", "été \ufffd"),
        (b"caf\xe9", "utf-8", "café"),
        ("أين طلبي من فضلك".encode("cp1256"), "utf-8", "أين طلبي من فضلك"),
        (b"\xff\xfea\x00", "utf-16", "a"),
    ],
)
def test_bytes_are_decoded_by_what_they_are(content: bytes, charset: str, text: str) -> None:
    assert decode(content, charset) == text


@given(st.binary(max_size=200), st.text(max_size=20))
def test_decoding_never_fails(content: bytes, charset: str) -> None:
    storable(decode(content, charset)).encode()


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        (b"<a@b> <c@d>", ("a@b", "c@d")),
        (b"<a@b>,<a@b>", ("a@b",)),
        (b"a@b c@d", ("a@b", "c@d")),
        (b"<a\r\n @b>", ("a@b",)),
        (b"<a@b", ("a@b",)),
        (b"Your message of Monday <a@b>", ("a@b",)),
        (b"=?utf-8?q?=3Ca=40b=3E?=", ("a@b",)),
        (b"", ()),
        (b"no ids at all", ()),
    ],
)
def test_ids_are_found_however_they_are_written(value: bytes, ids: tuple[str, ...]) -> None:
    assert message_ids(value) == ids


def test_of_too_many_references_the_first_and_the_latest_stay() -> None:
    ids = message_ids(b" ".join(b"<%d@x>" % number for number in range(500)))
    assert len(ids) == MAX_IDS
    assert (ids[0], ids[-1]) == ("0@x", "499@x")


def test_a_message_id_without_brackets_or_at_sign_is_kept() -> None:
    assert message_id(b"20250303-123") == "20250303-123"
    assert message_id(b"<20250303 123>") == "20250303123"
    assert message_id(b"") == ""


@pytest.mark.parametrize(
    ("value", "at"),
    [
        (b"Mon, 3 Mar 2025 12:20:05 +0300", 1_740_993_605_000),
        (b"3 Mar 2025 09:20:05 GMT", 1_740_993_605_000),
        (b"Mon, 3 Mar 2025 01:20:05 -0800 (PST)", 1_740_993_605_000),
        (b"sometime last week", None),
        (b"Mon, 99 Foo 2025", None),
        (b"Mon, 3 Mar 99999 12:00:00 +0000", None),
        (b"Mon, 3 Mar 1899 12:00:00 +0000", None),
        (b"", None),
    ],
)
def test_a_date_is_milliseconds_or_nothing(value: bytes, at: int | None) -> None:
    assert sent_at(value) == at


@given(st.binary(max_size=60))
def test_no_date_raises(value: bytes) -> None:
    assert sent_at(value) is None or sent_at(value)


@given(st.integers(min_value=1, max_value=4_102_444_799))
def test_a_written_date_is_read_back(seconds: int) -> None:
    assert sent_at(date_value(seconds * 1000).encode()) == seconds * 1000


@given(st.text(max_size=100))
def test_text_without_encoded_words_is_left_alone(text: str) -> None:
    if "=?" not in text:
        assert decode_words(text) == text


@pytest.mark.parametrize(
    ("value", "name", "content"),
    [
        (b"a/b; name=plain", "name", "plain"),
        (b'a/b; name="quoted; with \\"marks\\""', "name", 'quoted; with "marks"'),
        (b"a/b; name=with blanks.pdf; x=y", "name", "with blanks.pdf"),
        (b"a/b; name*=utf-8''caf%C3%A9", "name", "café"),
        (b"a/b; name*0*=utf-8''caf%C3; name*1*=%A9; name*2=.pdf", "name", "café.pdf"),
        (b"a/b; name*1=b; name*0=a", "name", "ab"),
        (b"a/b; name=old; name*=utf-8''new", "name", "new"),
        (b"a/b; name*=windows-1256'ar'%E3%D1%CD%C8%C7", "name", "مرحبا"),
        (b'a/b; charset="utf-8', "charset", "utf-8"),
    ],
)
def test_a_parameter_is_read_in_all_its_forms(value: bytes, name: str, content: str) -> None:
    assert parameters(value)[1][name] == content


def test_a_content_type_may_carry_a_comment() -> None:
    assert parameters(b"Text/HTML (really); charset=x")[0] == "text/html"


@given(st.binary(max_size=200))
def test_no_parameter_raises(value: bytes) -> None:
    main, _ = parameters(value)
    assert main == main.lower()
