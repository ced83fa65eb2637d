"""Address lists as real mail has them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mails import mail, with_headers

from inbox_service.domain.mail import Address
from inbox_service.mime.addresses import MAX_ADDRESSES, addresses


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("mona@mail.example", [Address("mona@mail.example")]),
        ("Mona <Mona@Mail.Example>", [Address("mona@mail.example", "Mona")]),
        ('"Doe, John" <j@x.example>', [Address("j@x.example", "Doe, John")]),
        ("Doe, John <j@x.example>", [Address("j@x.example", "Doe, John")]),
        ('"a \\"b\\" c" <j@x.example>', [Address("j@x.example", 'a "b" c')]),
        ("j@x.example (John)", [Address("j@x.example", "John")]),
        ("<a@x.example>, <b@x.example>", [Address("a@x.example"), Address("b@x.example")]),
        ("a@x.example; b@x.example", [Address("a@x.example"), Address("b@x.example")]),
        ("Team: a@x.example, b@x.example;", [Address("a@x.example"), Address("b@x.example")]),
        ("undisclosed-recipients:;", []),
        ("<@relay.example:j@x.example>", [Address("j@x.example")]),
        ("j@x.example <j@x.example>", [Address("j@x.example")]),
        ("'j@x.example' <j@x.example>", [Address("j@x.example")]),
        ("John <>", []),
        ("<>", []),
        ("John", []),
        ("", []),
    ],
)
def test_an_address_list_is_read(value: str, expected: list[Address]) -> None:
    assert list(addresses(value.encode())) == expected


@pytest.mark.parametrize(
    "value",
    [
        '"boss@bank.example" <thief@evil.example>',
        "boss@bank.example <thief@evil.example>",
        "(boss@bank.example) thief@evil.example",
        "=?utf-8?q?boss=40bank.example=2C?= <thief@evil.example>",
        "=?utf-8?q?=3Cboss=40bank.example=3E?= <thief@evil.example>",
        '"boss@bank.example", thief@evil.example',
        '"<boss@bank.example>" <thief@evil.example>',
    ],
)
def test_a_name_that_looks_like_an_address_is_never_the_address(value: str) -> None:
    assert addresses(value.encode())[0].email == "thief@evil.example"


def test_an_unclosed_quote_does_not_hide_the_address() -> None:
    assert addresses(b'"No end <odd@mail.example>')[0].email == "odd@mail.example"


def test_an_encoded_name_is_decoded_after_the_list_is_cut_up() -> None:
    found = addresses(b"=?utf-8?q?Doe=2C_J=C3=BCrg?= <j@x.example>, b@x.example")
    assert found == (Address("j@x.example", "Doe, Jürg"), Address("b@x.example"))


def test_names_lose_line_breaks_and_controls() -> None:
    assert addresses(b"=?utf-8?q?a=0D=0AX=3A?= <j@x.example>")[0].name == "a X:"


def test_groups_and_comments_of_a_real_mail_are_read() -> None:
    assert [a.email for a in mail("gmail-reply-filipino").cc] == [
        "ben@mail.example",
        "liza@mail.example",
    ]


def test_two_to_headers_are_one_list_without_doubles() -> None:
    parsed = with_headers("To: a@x.example, b@x.example", "To: B@x.example, c@x.example")
    assert [a.email for a in parsed.to] == ["a@x.example", "b@x.example", "c@x.example"]


def test_the_addresses_a_mail_was_delivered_to_are_all_known() -> None:
    parsed = with_headers(
        "Delivered-To: support@shop.example",
        "X-Original-To: billing@shop.example",
        "Delivered-To: support@shop.example",
    )
    assert parsed.delivered_to == ("billing@shop.example", "support@shop.example")


def test_a_list_without_end_is_cut() -> None:
    value = b",".join(b"a%d@x.example" % number for number in range(5000))
    assert len(addresses(value)) == MAX_ADDRESSES


@pytest.mark.parametrize("piece", [b"(", b'"', b"<", b"a", b"a@", b"<a@", b",a", b"\\", b'"\\'])
def test_an_endless_header_takes_no_endless_time(piece: bytes) -> None:
    begun = time.process_time()
    addresses(piece * 100_000)
    assert time.process_time() - begun < 2


@given(st.binary(max_size=300))
def test_no_address_list_raises_and_every_address_has_an_at_sign(value: bytes) -> None:
    assert all("@" in found.email.strip("@") for found in addresses(value))
