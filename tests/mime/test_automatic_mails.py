"""Automatic mails as HTML."""

from __future__ import annotations

import pytest

from inbox_service.mime import notice_html, text_of


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("See https://shop.example/r/?t=a&n=1.", "https://shop.example/r/?t=a&amp;n=1"),
        ("(http://shop.example/r)", "http://shop.example/r"),
        ("انظر https://shop.example/طلب هنا", "https://shop.example/طلب"),
    ],
)
def test_an_address_in_an_automatic_mail_can_be_pressed(text: str, linked: str) -> None:
    html = notice_html(text)
    assert f'<a href="{linked}" dir="ltr">{linked}</a>' in html
    assert text_of(html) == text


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "ftp://shop.example", "https://", "a@b.example"]
)
def test_nothing_else_in_an_automatic_mail_becomes_a_link(text: str) -> None:
    assert "<a " not in notice_html(text)


def test_words_of_customers_in_an_automatic_mail_stay_words() -> None:
    html = notice_html('<img src=x> https://a.example/"onclick=alert(1)<b>')
    assert "<img" not in html
    assert 'href="https://a.example/" dir' in html


def test_a_customers_words_run_their_own_way_and_a_bare_address_with_the_mail() -> None:
    html = notice_html("New request\n\nأين طلبي؟\n\nhttps://shop.example/r")
    assert '<p dir="ltr">New request</p><p dir="rtl">أين طلبي؟</p><p><a ' in html
