"""A mailbox's mail, read once each, in the order and with the care the desk promises."""

from __future__ import annotations

from mail_shop import BILLING, SUPPORT, Shop

from inbox_service.domain.mail import INBOX, SENT, SPAM, UNREAD
from inbox_service.ports import ConnectorBroken, RetryLater
from inbox_service.services import mailboxes, sync
from inbox_service.store.tables import mailboxes as mailbox_rows
from inbox_service.store.tables import receipts

DAY_MS = 24 * 3600 * 1000


def test_a_new_mail_becomes_a_ticket_of_its_inbox(shop: Shop) -> None:
    shop.arrive(subject="Where is my order?")
    shop.sync()
    ticket = shop.ticket()
    assert (ticket["number"], ticket["subject"], ticket["status"]) == (
        1,
        "Where is my order?",
        "open",
    )
    assert shop.outcomes() == ["ticket"]


def test_mail_to_an_alias_goes_to_the_inbox_of_the_alias(shop: Shop) -> None:
    shop.arrive(To=BILLING)
    shop.arrive(To=SUPPORT)
    shop.sync()
    first, second = shop.tickets()
    assert first["inbox_id"] != second["inbox_id"]


def test_syncing_again_finds_nothing_new(shop: Shop) -> None:
    shop.arrive()
    shop.sync()
    assert not shop.sync().found
    assert len(shop.tickets()) == 1


def test_a_batch_that_is_repeated_after_a_crash_changes_nothing(shop: Shop) -> None:
    shop.arrive()
    before = shop.rows(mailbox_rows)[0]["live_cursor"]
    shop.sync()
    with shop.deps.sessions.writing() as connection:
        connection.execute(
            mailbox_rows.update()
            .where(mailbox_rows.c.id == shop.support_id)
            .values(live_cursor=before)
        )
    shop.sync()
    assert shop.outcomes() == ["ticket"]
    assert shop.ticket()["message_count"] == 1


def test_a_mailbox_that_another_worker_holds_is_left_alone(shop: Shop) -> None:
    shop.arrive()
    now = shop.clock.now()
    with shop.deps.sessions.writing() as connection:
        connection.execute(
            mailbox_rows.update()
            .where(mailbox_rows.c.id == shop.support_id)
            .values(lease_holder="other", lease_until=now + 60_000)
        )
    assert not sync.sync_mailbox(shop.deps, shop.site_id, shop.support_id, "test").held
    assert shop.tickets() == []


def test_a_lease_that_ran_out_is_taken_over(shop: Shop) -> None:
    with shop.deps.sessions.writing() as connection:
        connection.execute(
            mailbox_rows.update().values(lease_holder="dead", lease_until=shop.clock.now())
        )
    shop.arrive()
    assert shop.sync().found == {"ticket": 1}


def test_a_rate_limit_makes_the_mailbox_due_later_and_loses_nothing(shop: Shop) -> None:
    shop.arrive()
    shop.support.fail_next("fetch", RetryLater(30, "Slow down."))
    outcome = shop.sync()
    row = shop.rows(mailbox_rows)[0]
    assert outcome.pause_s == 30
    assert row["due_at"] == shop.clock.now() + 30_000
    assert shop.sync().found == {"ticket": 1}


def test_the_ordinary_pace_of_a_quota_is_no_complaint(shop: Shop) -> None:
    shop.support.fail_next("changes", RetryLater(3, "Try again in 3 s."))
    shop.sync()
    row = shop.rows(mailbox_rows)[0]
    assert (row["state"], row["reason"]) == ("healthy", "")


def test_a_long_pause_is_told(shop: Shop) -> None:
    shop.support.fail_next("changes", RetryLater(3600, "Google asks to wait an hour."))
    shop.sync()
    row = shop.rows(mailbox_rows)[0]
    assert (row["state"], row["reason"]) == ("degraded", "Google asks to wait an hour.")


def test_a_revoked_mailbox_asks_for_its_owner_and_keeps_its_cursor(shop: Shop) -> None:
    before = shop.rows(mailbox_rows)[0]["live_cursor"]
    shop.arrive()
    shop.support.revoke()
    shop.sync()
    row = shop.rows(mailbox_rows)[0]
    assert row["state"] == "reauth_needed"
    assert row["live_cursor"] == before


def test_one_broken_mailbox_does_not_stop_another(shop: Shop) -> None:
    shop.support.fail_next("changes", ConnectorBroken("It makes no sense."))
    shop.arrive(to=shop.sales, To="sales@shop.example")
    shop.sync()
    assert shop.rows(mailbox_rows)[0]["state"] == "stopped"
    assert shop.sync(shop.sales_id).found == {"ticket": 1}


def test_mail_that_arrived_while_the_cursor_was_lost_is_found_by_listing(shop: Shop) -> None:
    shop.arrive(subject="Before")
    shop.sync()
    shop.arrive(subject="While nobody looked")
    shop.support.expire_cursors()
    shop.sync()
    assert [row["subject"] for row in shop.tickets()] == ["Before", "While nobody looked"]


def test_spam_has_a_receipt_and_becomes_a_ticket_when_it_leaves_the_spam_folder(shop: Shop) -> None:
    shop.clock.advance(seconds=1)
    ref = shop.support.deliver(shop.mail(), labels=[SPAM])
    shop.sync()
    assert (shop.outcomes(), shop.tickets()) == (["filtered"], [])
    shop.support.relabel(ref.provider_id, add=[INBOX], remove=[SPAM])
    shop.sync()
    assert (shop.outcomes(), len(shop.tickets())) == (["ticket"], 1)


def test_a_deleted_message_stays_in_its_ticket(shop: Shop) -> None:
    provider_id = shop.arrive()
    shop.sync()
    shop.support.delete(provider_id)
    shop.sync()
    assert shop.outcomes() == ["ticket"]
    assert len(shop.messages()) == 1


def test_the_labels_of_a_receipt_follow_the_mailbox(shop: Shop) -> None:
    provider_id = shop.arrive()
    shop.sync()
    shop.support.relabel(provider_id, remove=[INBOX])
    shop.sync()
    assert INBOX not in shop.rows(receipts)[0]["labels"]


def test_a_message_that_is_gone_when_fetched_is_tried_again_before_it_is_given_up(
    shop: Shop,
) -> None:
    provider_id = shop.arrive()
    changes_then_gone(shop, provider_id)
    shop.sync()
    shop.sync()
    assert shop.outcomes() == []
    again_at = shop.clock.now() + 29_000
    assert shop.rows(mailbox_rows)[0]["retry_refs"] == [[provider_id, "t1", again_at]]
    shop.clock.advance(seconds=30)
    shop.sync()
    row = shop.rows(receipts)[0]
    assert (row["outcome"], row["reason"]) == ("filtered", "gone before it could be read")


def changes_then_gone(shop: Shop, provider_id: str) -> None:
    """Let a message be announced, yet be gone when it is fetched."""
    shop.support.delete(provider_id)
    shop.support.forget_last_change()


# --- history ------------------------------------------------------------------------------------


def connect_archive(
    shop: Shop, days: int | None = 90, labels: tuple[str, ...] = (INBOX, SENT)
) -> int:
    """Connect sales@ as a new mailbox of another address book entry, and read it."""
    shop.sales._history.clear()
    with shop.deps.sessions.writing() as connection:
        connection.execute(
            mailbox_rows.update()
            .where(mailbox_rows.c.id == shop.sales_id)
            .values(
                backfill_state="pending",
                backfill_cursor=None,
                depth_days=days,
                labels=list(labels),
                connected_at=shop.clock.now(),
            )
        )
    shop.sync(shop.sales_id)
    return shop.sales_id


def old_mail(shop: Shop, days: int, labels: tuple[str, ...] = (INBOX,), **headers: str) -> None:
    """Put a mail of some days ago into sales@."""
    at = shop.clock.now() - days * DAY_MS
    raw = shop.mail(**{"To": "sales@shop.example", "Message_ID": f"<old{days}@x>", **headers})
    shop.sales.deliver(raw, labels=labels, received_at=at)


def test_old_mail_is_marked_as_from_before(shop: Shop) -> None:
    old_mail(shop, 3)
    connect_archive(shop)
    assert shop.ticket()["from_before"]
    assert shop.ticket()["status"] == "open"


def test_an_old_thread_that_we_answered_last_is_solved(shop: Shop) -> None:
    old_mail(shop, 3)
    old_mail(
        shop, 2, (SENT,), From="sales@shop.example", To="omar@example.net", References="<old3@x>"
    )
    connect_archive(shop)
    assert shop.ticket()["status"] == "solved"
    assert [row["kind"] for row in shop.messages()] == ["in", "out"]


def test_an_old_thread_is_named_by_its_beginning(shop: Shop) -> None:
    old_mail(shop, 3, subject="My teapot")
    old_mail(shop, 2, subject="Re: My teapot", References="<old3@x>")
    connect_archive(shop)
    assert [row["subject"] for row in shop.tickets()] == ["My teapot"]


def test_an_old_thread_that_was_archived_is_solved(shop: Shop) -> None:
    old_mail(shop, 3, labels=(UNREAD,))
    connect_archive(shop, labels=(UNREAD,))
    assert shop.ticket()["status"] == "solved"


def test_mail_older_than_the_depth_is_not_read(shop: Shop) -> None:
    old_mail(shop, 30)
    connect_archive(shop, days=7)
    assert shop.tickets() == []


def test_the_back_fill_says_how_far_it_is(shop: Shop) -> None:
    for days in (1, 2, 3):
        old_mail(shop, days, Message_ID=f"<d{days}@x>", subject=f"Day {days}")
    connect_archive(shop)
    told = next(
        one for one in mailboxes.status(shop.deps) if one["address"] == "sales@shop.example"
    )
    assert told["backfill"].items() >= {"state": "done", "done": 3, "total": 3}.items()
    assert told["receipts"] == {"ticket": 3}


def test_a_huge_subject_is_cut_and_not_refused(shop: Shop) -> None:
    shop.arrive(subject="x" * 3000)
    shop.sync()
    assert len(shop.ticket()["subject"]) <= 998
