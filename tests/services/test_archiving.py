"""Mail of solved tickets leaves the provider's inbox, where the owner wants it to."""

from __future__ import annotations

import pytest
from mail_shop import SUPPORT, Shop

from inbox_service.domain.mail import INBOX
from inbox_service.ports import RetryLater
from inbox_service.services import tickets
from inbox_service.services.auth import Caller
from inbox_service.store.tables import agents
from inbox_service.store.tables import mailboxes as mailbox_rows


@pytest.fixture
def tidy(shop: Shop) -> Shop:
    """The shop, whose support@ archives what is solved, with one ticket of two mails."""
    with shop.deps.sessions.writing() as connection:
        chosen = mailbox_rows.update().where(mailbox_rows.c.id == shop.support_id)
        connection.execute(chosen.values(archive_on_solve=True))
    shop.arrive(Message_ID="<first@example.net>")
    shop.arrive(References="<first@example.net>")
    shop.sync()
    return shop


def solve(shop: Shop, number: int = 1) -> None:
    """Solve the ticket as an agent."""
    (agent,) = shop.rows(agents)
    caller = Caller(shop.site_id, "agent", str(agent["wp_user_id"]))
    tickets.change(shop.deps, caller, number, shop.ticket(number)["version"], {"status": "solved"})


def in_inbox(shop: Shop) -> int:
    return len(shop.support.mails({INBOX}))


def test_solving_takes_the_tickets_mail_out_of_the_inbox(tidy: Shop) -> None:
    solve(tidy)
    assert tidy.deliver_due() == ["sent", "sent"]
    assert in_inbox(tidy) == 0


def test_a_reply_that_solves_does_too(tidy: Shop) -> None:
    tidy.reply(set_status="solved")
    tidy.deliver_due()
    assert in_inbox(tidy) == 0


def test_what_is_archived_stays_where_it_is_and_its_labels_follow(tidy: Shop) -> None:
    solve(tidy)
    tidy.deliver_due()
    tidy.sync()
    assert (tidy.ticket()["status"], tidy.outcomes()) == ("solved", ["ticket", "reply"])
    tidy.clock.advance(seconds=1)
    solve_again(tidy)
    assert tidy.deliver_due() == []


def solve_again(shop: Shop) -> None:
    (agent,) = shop.rows(agents)
    caller = Caller(shop.site_id, "agent", str(agent["wp_user_id"]))
    tickets.change(shop.deps, caller, 1, shop.ticket()["version"], {"status": "open"})
    solve(shop)


def test_a_mailbox_is_left_alone_unless_its_owner_says_otherwise(shop: Shop) -> None:
    shop.arrive(to=shop.sales, To="sales@shop.example")
    shop.sync(shop.sales_id)
    solve(shop)
    assert shop.outbox() == []


def test_mail_that_is_gone_at_the_provider_needs_no_archiving(tidy: Shop) -> None:
    solve(tidy)
    for mail in tidy.support.mails({INBOX}):
        tidy.support.delete(mail.ref.provider_id)
    assert tidy.deliver_due() == ["sent", "sent"]


def test_archiving_waits_for_the_quota_and_is_given_up_after_a_week(tidy: Shop) -> None:
    solve(tidy)
    tidy.support.fail_next("apply", RetryLater(60), RetryLater(60))
    assert tidy.deliver_due() == ["waiting", "waiting"]
    tidy.clock.advance(hours=8 * 24)
    assert tidy.deliver_due() == ["cancelled", "cancelled"]
    assert "message_failed" not in tidy.event_kinds()


def test_history_that_is_solved_by_itself_is_left_in_the_inbox(tidy: Shop) -> None:
    sent = tidy.mail(From=SUPPORT, To="omar@example.net", References="<first@example.net>")
    tidy.support.deliver(sent, labels=["SENT"])
    tidy.sync()
    assert tidy.outbox() == []
