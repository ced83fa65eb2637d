"""Mailboxes that stop being read, and who is told of it: once, and once more when it is over."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from mail_shop import SALES, SUPPORT, Shop

from inbox_service.ports import RetryLater
from inbox_service.services import health
from inbox_service.services.auth import Caller
from inbox_service.store.tables import incidents, outbox
from inbox_service.store.tables import mailboxes as mailbox_rows
from inbox_service.store.tables import sites as site_rows
from inbox_service.testing import add_agent

BOSS = "boss@home.example"


@pytest.fixture(autouse=True)
def manager(shop: Shop) -> None:
    with shop.deps.sessions.writing() as connection:
        add_agent(connection, shop.site_id, role="manager", wp_user_id=9005, email=BOSS)


def look(shop: Shop) -> dict[str, int]:
    shop.clock.advance(seconds=10)
    return health.look_after(shop.deps)


def break_support(shop: Shop) -> None:
    shop.support.revoke()
    shop.sync()


def mend_support(shop: Shop) -> None:
    """Connect support@ again, as its owner would, and read it."""
    shop.support.revoke(revoked=False)
    set_state(shop, "syncing", "")
    shop.sync()


def set_state(shop: Shop, state: str, reason: str) -> None:
    mine = mailbox_rows.c.id == shop.support_id
    values = {"state": state, "reason": reason, "since": shop.clock.now()}
    with shop.deps.sessions.writing() as connection:
        connection.execute(mailbox_rows.update().where(mine).values(**values))


def mails(shop: Shop) -> list[Any]:
    """Return the notices that wait to be sent or were sent, oldest first."""
    blobs = [row["blob"] for row in shop.rows(outbox) if row["kind"] == "notice"]
    raw = [shop.deps.blobs.get(shop.site_id, blob) for blob in blobs]
    return [message_from_bytes(one, policy=default) for one in raw]


def test_nothing_is_told_of_mailboxes_that_work(shop: Shop) -> None:
    assert look(shop) == {"begun": 0, "ended": 0, "told": 0}


def test_managers_are_told_through_another_mailbox(shop: Shop) -> None:
    break_support(shop)
    assert look(shop) == {"begun": 1, "ended": 0, "told": 1}
    (mail,) = mails(shop)
    assert (mail["To"], mail["From"]) == (f"Ana <{BOSS}>", f"Jasmine <{SALES}>")
    assert mail["Subject"] == f"The mailbox {SUPPORT} is not being read"
    words = mail.get_body(("plain",)).get_content()
    assert "The owner has revoked the access." in words
    assert f"/wp-admin/admin.php?page=unified-inbox-settings#/mailboxes/{shop.support_id}" in words


def test_the_notice_says_that_it_is_automatic(shop: Shop) -> None:
    break_support(shop)
    look(shop)
    assert mails(shop)[0]["Auto-Submitted"] == "auto-generated"


def test_an_incident_is_told_once(shop: Shop) -> None:
    break_support(shop)
    look(shop)
    assert look(shop)["told"] == 0
    assert len(mails(shop)) == 1


def test_a_try_that_fails_again_is_the_same_incident(shop: Shop) -> None:
    break_support(shop)
    look(shop)
    set_state(shop, "syncing", "")
    look(shop)
    shop.sync()
    look(shop)
    assert len(shop.rows(incidents)) == 1
    assert len(mails(shop)) == 1


def test_managers_are_told_when_it_is_over(shop: Shop) -> None:
    break_support(shop)
    look(shop)
    mend_support(shop)
    assert look(shop) == {"begun": 0, "ended": 1, "told": 1}
    assert mails(shop)[1]["Subject"] == f"The mailbox {SUPPORT} is being read again"
    assert look(shop)["told"] == 0


def test_a_second_incident_is_told_again(shop: Shop) -> None:
    break_support(shop)
    look(shop)
    mend_support(shop)
    look(shop)
    break_support(shop)
    assert look(shop)["told"] == 1
    assert len(shop.rows(incidents)) == 2


def test_what_is_tried_again_by_itself_is_told_when_it_lasts(shop: Shop) -> None:
    shop.support.fail_next("changes", RetryLater(3600, "Google asks to wait an hour."))
    shop.sync()
    assert look(shop)["begun"] == 0
    shop.clock.advance(hours=1)
    assert look(shop) == {"begun": 1, "ended": 0, "told": 1}
    assert "tried again by itself" in mails(shop)[0].get_body(("plain",)).get_content()


def test_a_manager_is_told_in_his_language_and_his_sites_time(shop: Shop) -> None:
    with shop.deps.sessions.writing() as connection:
        add_agent(connection, shop.site_id, role="manager", wp_user_id=9006, locale="ar")
        connection.execute(site_rows.update().values(timezone="Asia/Manila"))
    break_support(shop)
    look(shop)
    english, arabic = mails(shop)
    assert "4:00" in english.get_body(("plain",)).get_content()
    assert arabic["Subject"] == f"لا تجري قراءة صندوق البريد {SUPPORT}"
    assert 'dir="rtl"' in arabic.get_body(("html",)).get_content()


def test_agents_are_not_mailed(shop: Shop) -> None:
    break_support(shop)
    look(shop)
    assert [mail["To"] for mail in mails(shop)] == [f"Ana <{BOSS}>"]


def test_without_another_mailbox_the_plugin_has_to_tell(shop: Shop) -> None:
    break_support(shop)
    shop.sales.revoke()
    shop.sync(shop.sales_id)
    assert look(shop) == {"begun": 2, "ended": 0, "told": 0}
    plugin = Caller(shop.site_id, "plugin", "plugin")
    first, second = health.open_incidents(shop.deps, plugin)
    assert {first["address"], second["address"]} == {SUPPORT, SALES}
    assert health.note_told(shop.deps, plugin, first["id"])
    assert not health.note_told(shop.deps, plugin, first["id"])
    assert look(shop)["told"] == 0


def test_what_the_plugin_told_is_told_to_be_over_by_the_mailbox_itself(shop: Shop) -> None:
    break_support(shop)
    shop.sales.revoke()
    shop.sync(shop.sales_id)
    look(shop)
    plugin = Caller(shop.site_id, "plugin", "plugin")
    for incident in health.open_incidents(shop.deps, plugin):
        health.note_told(shop.deps, plugin, incident["id"])
    mend_support(shop)
    assert look(shop)["told"] == 1
    assert mails(shop)[0]["From"] == f"Jasmine <{SUPPORT}>"


def test_a_mailbox_that_was_taken_away_is_no_incident_any_more(shop: Shop) -> None:
    break_support(shop)
    look(shop)
    mine = mailbox_rows.c.id == shop.support_id
    with shop.deps.sessions.writing() as connection:
        gone = {"disconnected_at": shop.clock.now(), "state": "stopped"}
        connection.execute(mailbox_rows.update().where(mine).values(**gone))
    assert look(shop) == {"begun": 0, "ended": 1, "told": 0}
    assert len(mails(shop)) == 1


def test_a_manager_whose_address_is_the_mailbox_gets_no_mail_from_it(shop: Shop) -> None:
    with shop.deps.sessions.writing() as connection:
        connection.execute(mailbox_rows.metadata.tables["agents"].update().values(email=SALES))
    break_support(shop)
    assert look(shop) == {"begun": 1, "ended": 0, "told": 0}


def test_the_mail_leaves_while_the_broken_mailbox_stays_broken(shop: Shop) -> None:
    break_support(shop)
    look(shop)
    assert shop.deliver_due() == ["sent"]
