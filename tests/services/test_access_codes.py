"""Codes on their way through the mailboxes, and guesses that come at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes, policy

from mail_shop import Shop

from inbox_service.domain.mail import SENT
from inbox_service.errors import Forbidden
from inbox_service.services import outbox
from inbox_service.services.access_codes import MOST_ATTEMPTS, Session, mail_code, open_session
from inbox_service.services.auth import Caller
from inbox_service.store.tables import access_codes

OMAR = "omar@example.net"


def ask(shop: Shop, email: str = OMAR) -> None:
    shop.clock.advance(seconds=1)
    mail_code(shop.deps, Caller(shop.site_id, "plugin", "plugin"), email, "en")


def enter(shop: Shop, code: str) -> Session | None:
    try:
        return open_session(shop.deps, Caller(shop.site_id, "plugin", "plugin"), OMAR, code)
    except Forbidden:
        return None


def mailed(shop: Shop) -> list[tuple[str, str]]:
    """Return (to, code) of the mails that were sent."""
    mails = [
        message_from_bytes(one.raw, policy=policy.default) for one in shop.support.mails([SENT])
    ]
    return [(str(mail["To"]), str(mail["Subject"])[-6:]) for mail in mails]


def test_a_code_reaches_its_customer_once_and_opens_a_session(shop: Shop) -> None:
    shop.arrive()
    shop.sync()
    ask(shop)
    assert shop.deliver_due() == ["sent"]
    [(to, code)] = mailed(shop)
    assert to == OMAR
    assert enter(shop, code) is not None


def test_a_cancelled_code_never_leaves_whatever_is_hinted(shop: Shop) -> None:
    ask(shop, "stranger@example.net")
    [row] = shop.outbox()
    outbox.deliver(shop.deps, shop.site_id, row["id"], "test")
    assert shop.deliver_due() == []
    assert mailed(shop) == []
    assert [one["state"] for one in shop.outbox()] == ["cancelled"]


def test_a_code_that_waited_past_its_life_is_not_mailed(shop: Shop) -> None:
    shop.arrive()
    shop.sync()
    ask(shop)
    shop.clock.advance(seconds=601)
    shop.deliver_due()
    assert mailed(shop) == []


def test_of_many_guesses_at_once_no_more_than_five_count(shop: Shop) -> None:
    ask(shop)
    with ThreadPoolExecutor(8) as threads:
        opened = list(threads.map(lambda _: enter(shop, "x"), range(16)))
    assert opened == [None] * 16
    assert [row["attempts"] for row in shop.rows(access_codes)] == [MOST_ATTEMPTS]


def test_of_many_right_guesses_at_once_one_opens_a_session(shop: Shop) -> None:
    shop.arrive()
    shop.sync()
    ask(shop)
    shop.deliver_due()
    [(_, code)] = mailed(shop)
    with ThreadPoolExecutor(4) as threads:
        opened = list(threads.map(lambda _: enter(shop, code), range(4)))
    assert len([one for one in opened if one is not None]) == 1


def test_the_sent_copy_of_a_code_opens_no_ticket(shop: Shop) -> None:
    shop.arrive()
    shop.sync()
    ask(shop)
    shop.deliver_due()
    shop.sync()
    assert len(shop.tickets()) == 1
