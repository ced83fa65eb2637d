"""Whom the receiving provider vouches for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mails import mail, with_headers

from inbox_service.domain.mail import Authentication
from inbox_service.mime.authentication import authentication

ALIGNED = Authentication(present=True, aligned=True)
UNPROVEN = Authentication(present=True, aligned=False)


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("mx; dmarc=pass header.from=mail.example", ALIGNED),
        ("mx; dmarc=pass (p=NONE sp=NONE) header.from=mail.example", ALIGNED),
        ("mx; DMARC=PASS header.from=Mail.Example", ALIGNED),
        ("mx; dmarc=pass", ALIGNED),
        ("mx; dmarc=pass header.from=evil.example", UNPROVEN),
        ("mx; dmarc=fail header.from=mail.example", UNPROVEN),
        ("mx; dkim=pass header.d=mail.example", ALIGNED),
        ("mx; dkim=pass header.i=@mail.example", ALIGNED),
        ("mx; dkim=pass header.d=evil.example header.i=@mail.example", UNPROVEN),
        ("mx; dkim=pass header.d=evil.example", UNPROVEN),
        ("mx; dkim=fail header.d=mail.example", UNPROVEN),
        ("mx; dkim=pass", UNPROVEN),
        ("mx; spf=pass smtp.mailfrom=bounce@mail.example", ALIGNED),
        ("mx; spf=pass smtp.mailfrom=mail.example", ALIGNED),
        ("mx; spf=softfail smtp.mailfrom=mail.example", UNPROVEN),
        ("mx; spf=pass smtp.mailfrom=sub.mail.example", UNPROVEN),
        ("mx; dkim=pass header.d=example", UNPROVEN),
        ("mx; none", UNPROVEN),
        ("mx; spf=fail smtp.mailfrom=x; dkim=pass header.d=mail.example", ALIGNED),
        ("mx; spf=fail (dmarc=pass header.from=mail.example)", UNPROVEN),
        ("mx (;dmarc=pass); none", UNPROVEN),
        ("mx; dmarc=fail header.from=mail.example; spf=pass smtp.mailfrom=mail.example", UNPROVEN),
        ("mx; dmarc=none header.from=mail.example; dkim=pass header.d=mail.example", ALIGNED),
        ("mx; dmarc=passed header.from=mail.example", UNPROVEN),
        ("mx; dmarc=pass-not header.from=mail.example", UNPROVEN),
        ("mx 1;\r\n\tdkim=pass\r\n header.i=@mail.example\r\n header.s=k1", ALIGNED),
        ("mx; dkim=pass header.d=evil.example; dkim=pass header.d=mail.example", ALIGNED),
        ("mx; dkim=fail (a (nested; dkim=pass) one) header.d=mail.example", UNPROVEN),
        ("mx; spf=fail (odd \\) ; dmarc=pass header.from=mail.example )", UNPROVEN),
        ('mx; spf=pass smtp.mailfrom="x; dmarc=pass"@evil.example', UNPROVEN),
        ('mx; spf=pass smtp.mailfrom="a smtp.mailfrom=b@mail.example"@evil.example', UNPROVEN),
        ('mx; spf=fail smtp.mailfrom="\\"; dmarc=pass; \\""@evil.example', UNPROVEN),
        ('mx; spf=fail smtp.mailfrom="(@evil.example; dmarc=fail', UNPROVEN),
        ('mx; dmarc=pass header.from="mail.example"', ALIGNED),
        ("dmarc=pass header.from=mail.example", UNPROVEN),
        ("", UNPROVEN),
    ],
)
def test_a_sender_is_proven_only_for_his_own_domain(results: str, expected: Authentication) -> None:
    assert authentication([results], "mona@mail.example") == expected


def test_a_domain_may_speak_for_the_names_below_it() -> None:
    results = "mx; dkim=pass header.d=mail.example"
    assert authentication([results], "a@news.mail.example") == ALIGNED


def test_a_lookalike_ending_is_not_the_domain() -> None:
    results = "mx; dkim=pass header.d=mail.example"
    assert authentication([results], "a@evilmail.example") == UNPROVEN


def test_only_the_topmost_verdict_counts() -> None:
    forged = "mx; dmarc=pass header.from=mail.example"
    assert authentication(["mx; dmarc=fail", forged], "a@mail.example") == UNPROVEN


def test_the_verdict_of_a_real_mail_is_read() -> None:
    assert mail("gmail-reply-arabic").authentication == ALIGNED


def test_without_a_verdict_nothing_is_known() -> None:
    assert with_headers("From: a@mail.example").authentication == Authentication()


def test_a_mail_without_sender_is_never_proven() -> None:
    assert authentication(["mx; dmarc=pass"], "") == UNPROVEN


@given(st.text(max_size=200))
def test_no_verdict_raises(results: str) -> None:
    assert authentication([results], "a@mail.example").present
