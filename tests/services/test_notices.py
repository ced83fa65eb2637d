"""Automatic mail: written in the reader's language, marked as automatic, and never many."""

from __future__ import annotations

import string
from email import message_from_bytes

import pytest
from mail_shop import SUPPORT, Shop

from inbox_service import texts
from inbox_service.domain.mail import SENT, Address
from inbox_service.services.notices import (
    MOST_PER_HOUR,
    Notice,
    prepare_notice,
    queue_notice,
)
from inbox_service.store.tables import address_suppressions

RITA = Address("rita@example.net", "Rita")


def send(shop: Shop, kind: str = "notice", to: Address = RITA, locale: str = "en") -> int | None:
    """Queue a notice; return its outbox row, None where it may not go out."""
    shop.clock.advance(seconds=1)
    notice = Notice(kind, to, "About your request", "Hello,\n\nwe have it.", locale)
    prepared = prepare_notice(shop.deps, shop.site_id, None, notice)
    if prepared is None:
        return None
    with shop.deps.sessions.writing() as connection:
        return queue_notice(connection, shop.deps, prepared)


def test_a_notice_goes_out_once_and_says_that_a_machine_wrote_it(shop: Shop) -> None:
    send(shop)
    assert shop.deliver_due() == ["sent"]
    [mail] = [message_from_bytes(one.raw) for one in shop.support.mails([SENT])]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["To"] == "Rita <rita@example.net>"


def test_the_sent_copy_of_a_notice_opens_no_ticket(shop: Shop) -> None:
    send(shop)
    shop.deliver_due()
    shop.sync()
    assert (shop.outcomes(), shop.tickets()) == (["sent"], [])


def test_an_arabic_notice_reads_from_right_to_left(shop: Shop) -> None:
    send(shop, locale="ar")
    shop.deliver_due()
    [mail] = [message_from_bytes(one.raw) for one in shop.support.mails([SENT])]
    html = next(part for part in mail.walk() if part.get_content_type() == "text/html")
    assert b'dir="rtl"' in html.get_payload(decode=True)


def test_an_address_gets_only_a_few_automatic_mails_an_hour(shop: Shop) -> None:
    sent = [send(shop) for _ in range(MOST_PER_HOUR + 2)]
    assert sent.count(None) == 2
    shop.clock.advance(hours=2)
    assert send(shop) is not None


def test_an_address_gets_three_confirmations_a_day(shop: Shop) -> None:
    sent = []
    for _ in range(4):
        shop.clock.advance(hours=2)
        sent.append(send(shop, "confirmation"))
    assert [row is None for row in sent] == [False, False, False, True]


def test_an_address_that_bounced_for_good_gets_no_automatic_mail(shop: Shop) -> None:
    row = {"site_id": shop.site_id, "email": RITA.email, "reason": "5.1.1", "since": 1}
    with shop.deps.sessions.writing() as connection:
        connection.execute(address_suppressions.insert().values(**row))
    assert send(shop) is None


def test_no_automatic_mail_goes_to_an_address_of_ours(shop: Shop) -> None:
    assert send(shop, to=Address(SUPPORT)) is None


@pytest.mark.parametrize("language", texts.languages())
@pytest.mark.parametrize("key", texts.keys())
def test_every_text_is_there_in_every_language(language: str, key: str) -> None:
    english = texts._ENGLISH[key]
    names = [name for _, name, _, _ in string.Formatter().parse(english) if name]
    written = texts.text(language, key, **{name: f"<{name}>" for name in names})
    assert all(f"<{name}>" in written for name in names)
    assert (written == english.format(**{name: f"<{name}>" for name in names})) == (
        language == "en"
    )


@pytest.mark.parametrize(
    ("locale", "language"),
    [("ar", "ar"), ("ar_EG", "ar"), ("fil", "tl"), ("tl-PH", "tl"), ("de_DE", "en"), ("", "en")],
)
def test_a_locale_leads_to_a_language(locale: str, language: str) -> None:
    assert texts.language_of(locale) == language
