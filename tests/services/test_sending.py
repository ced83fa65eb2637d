"""Replies leave once, find their thread, and say what became of them."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

import pytest
from mail_shop import BILLING, OMAR, SUPPORT, Shop

from inbox_service.domain.mail import SENT
from inbox_service.errors import Invalid, NotFound, Stale
from inbox_service.ports import NeedsReauth, RetryLater, SendRefused
from inbox_service.services import outbox, replies
from inbox_service.services.reply_tokens import ticket_of
from inbox_service.store import suppressions
from inbox_service.store.tables import outbox as outbox_rows


@pytest.fixture(autouse=True)
def _opened(shop: Shop) -> None:
    shop.arrive(Message_ID="<first@x>")
    shop.sync()


def sent(shop: Shop) -> list[Message]:
    """Return what the provider has sent."""
    return [message_from_bytes(mail.raw) for mail in shop.support.mails([SENT])]


def test_a_reply_reaches_the_customer_in_the_thread(shop: Shop) -> None:
    shop.reply()
    assert shop.deliver_due() == ["sent"]
    [mail] = sent(shop)
    assert mail["To"] == OMAR
    assert mail["In-Reply-To"] == "<first@x>"
    assert mail["References"] == "<first@x>"
    assert mail["Subject"] == "Re: Where is my order?"


def test_a_reply_is_sent_as_the_address_the_customer_wrote_to(shop: Shop) -> None:
    shop.arrive(To=BILLING, subject="My bill")
    shop.sync()
    shop.reply(2)
    shop.deliver_due()
    assert BILLING in sent(shop)[0]["From"]


def test_a_mailbox_with_plus_addresses_gets_the_token_into_reply_to(shop: Shop) -> None:
    with shop.deps.sessions.writing() as connection:
        connection.exec_driver_sql("UPDATE mailboxes SET plus_addressing = true")
    shop.reply()
    shop.deliver_due()
    assert (
        ticket_of(shop.deps.secrets, shop.site_id, sent(shop)[0]["Reply-To"])
        == (shop.ticket()["id"])
    )


def test_the_answer_to_a_reply_comes_back_into_its_ticket(shop: Shop) -> None:
    shop.reply()
    shop.deliver_due()
    seen = sent(shop)[0]["Message-ID"]
    shop.arrive(References=seen, In_Reply_To=seen)
    shop.sync()
    assert [row["kind"] for row in shop.messages()] == ["in", "out", "in"]


def test_our_own_sent_copy_is_no_second_message(shop: Shop) -> None:
    shop.reply()
    shop.deliver_due()
    shop.sync()
    assert shop.outcomes() == ["ticket", "sent"]
    assert shop.ticket()["message_count"] == 2


def test_the_message_id_that_recipients_see_is_kept(shop: Shop) -> None:
    shop.reply()
    shop.deliver_due()
    assert f"<{shop.messages()[-1]['rfc_message_id']}>" == sent(shop)[0]["Message-ID"]


def test_answering_takes_an_unassigned_ticket(shop: Shop) -> None:
    shop.reply()
    assert shop.ticket()["assignee_id"] == shop.agent_id


def test_send_and_solve_solves(shop: Shop) -> None:
    shop.reply(set_status="solved")
    assert shop.ticket()["status"] == "solved"


def test_a_reply_is_refused_when_the_customer_wrote_meanwhile(shop: Shop) -> None:
    seen = shop.messages()[-1]["id"]
    shop.arrive(References="<first@x>", text="And another thing")
    shop.sync()
    with pytest.raises(Stale) as refused:
        shop.reply(seen_up_to=seen)
    assert refused.value.details["unseen"] == [shop.messages()[-1]["id"]]
    assert shop.outbox() == []


def test_mail_received_long_ago_that_came_in_just_now_counts_as_unseen(shop: Shop) -> None:
    seen = shop.messages()[-1]["id"]
    shop.clock.advance(seconds=60)
    raw = shop.mail(References="<first@x>", text="Late")
    shop.support.deliver(raw, received_at=shop.clock.now() - 3_600_000)
    shop.sync()
    with pytest.raises(Stale):
        shop.reply(seen_up_to=seen)


def test_an_empty_reply_is_refused(shop: Shop) -> None:
    with pytest.raises(Invalid):
        shop.reply(text=" \n")


def test_a_reply_to_a_wrong_address_is_refused(shop: Shop) -> None:
    with pytest.raises(Invalid):
        shop.reply(to=("omar@example.net\nBcc: eve@example.org",))


def mark(shop: Shop, email: str) -> None:
    """Mark the address as one that mail came back from for good."""
    at, message_id = shop.clock.now(), shop.messages()[0]["id"]
    with shop.deps.sessions.writing() as connection:
        suppressions.suppress(connection, shop.site_id, email, "No such address.", message_id, at)


def test_a_reply_to_an_address_that_mail_came_back_from_is_refused_with_the_reason(
    shop: Shop,
) -> None:
    mark(shop, "omar@example.net")
    with pytest.raises(Invalid) as refused:
        shop.reply()
    assert refused.value.code == "address_suppressed"
    [named] = refused.value.details["suppressed"]
    assert (named["email"], named["reason"]) == ("omar@example.net", "No such address.")


def test_who_insists_writes_to_an_address_that_mail_came_back_from(shop: Shop) -> None:
    mark(shop, "omar@example.net")
    shop.reply(to_suppressed=True)
    assert shop.deliver_due() == ["sent"]


def test_a_note_goes_to_nobody(shop: Shop) -> None:
    draft = replies.ReplyDraft("He called twice.")
    with shop.deps.sessions.writing() as connection:
        replies.add_note(connection, shop.deps, shop.site_id, shop.agent_id, 1, draft)
    assert shop.messages()[-1]["kind"] == "note"
    assert shop.outbox() == []
    assert shop.ticket()["waiting_since"] is not None


def test_a_note_on_a_ticket_that_is_not_there_says_so(shop: Shop) -> None:
    with shop.deps.sessions.writing() as connection, pytest.raises(NotFound):
        replies.add_note(
            connection, shop.deps, shop.site_id, shop.agent_id, 99, replies.ReplyDraft("?")
        )


# --- when it goes wrong -------------------------------------------------------------------------


def test_a_lost_answer_is_resolved_by_looking_and_never_by_sending_again(shop: Shop) -> None:
    shop.reply()
    shop.support.lose_next_answer()
    assert shop.deliver_due() == ["sent"]
    assert len(sent(shop)) == 1


def crash_after_sending(shop: Shop) -> None:
    """Leave the row as a worker does that dies between the send and its settling."""
    row = shop.outbox()[0]
    shop.deliver_due()
    values = {"state": "claimed", "settled_at": None, "provider_id": ""}
    claim = {"claim_holder": "dead", "claim_until": shop.clock.now() + 1000}
    with shop.deps.sessions.writing() as connection:
        connection.execute(
            outbox_rows.update().where(outbox_rows.c.id == row["id"]).values(**values, **claim)
        )
    shop.clock.advance(seconds=2)


def test_a_worker_killed_between_send_and_settle_sends_nothing_twice(shop: Shop) -> None:
    shop.reply()
    crash_after_sending(shop)
    assert shop.deliver_due() == ["sent"]
    assert len(sent(shop)) == 1


def test_a_sent_mail_that_the_sync_sees_first_settles_its_row(shop: Shop) -> None:
    shop.reply()
    crash_after_sending(shop)
    shop.sync()
    assert shop.outbox()[0]["state"] == "sent"
    assert shop.deliver_due() == []
    assert len(sent(shop)) == 1


def test_a_worker_killed_before_the_send_sends_once(shop: Shop) -> None:
    shop.reply()
    now = shop.clock.now()
    with shop.deps.sessions.writing() as connection:
        connection.execute(
            outbox_rows.update().values(
                state="claimed", claim_holder="dead", claim_until=now, attempts=1
            )
        )
    assert shop.deliver_due() == ["sent"]
    assert len(sent(shop)) == 1


def test_a_row_that_another_worker_holds_is_not_sent(shop: Shop) -> None:
    shop.reply()
    [(site_id, row_id)] = outbox.due(shop.deps)
    with shop.deps.sessions.writing() as connection:
        connection.execute(
            outbox_rows.update().values(
                state="claimed", claim_holder="other", claim_until=shop.clock.now() + 1000
            )
        )
    assert outbox.deliver(shop.deps, site_id, row_id, "test") == ""
    assert sent(shop) == []


def test_a_send_that_cannot_be_resolved_says_so_and_waits(shop: Shop) -> None:
    shop.reply()
    crash_after_sending(shop)
    for mail in shop.support.mails([SENT]):
        shop.support.delete(mail.ref.provider_id)
    assert shop.deliver_due() == ["unsure"]
    assert "not certain" in shop.outbox()[0]["error"]


def test_a_busy_provider_delays_the_send(shop: Shop) -> None:
    shop.reply()
    shop.support.fail_next("deliver", RetryLater(60, "Too many mails."))
    assert shop.deliver_due() == ["waiting"]
    assert shop.deliver_due() == []
    shop.clock.advance(seconds=61)
    assert shop.deliver_due() == ["sent"]


def test_a_refused_mail_fails_with_the_reason(shop: Shop) -> None:
    shop.reply()
    shop.support.fail_next("deliver", SendRefused("The address does not exist."))
    assert shop.deliver_due() == ["failed"]
    assert shop.outbox()[0]["error"] == "The address does not exist."
    assert "message_failed" in shop.event_kinds()


def test_a_reply_waits_until_its_mailbox_is_connected_again(shop: Shop) -> None:
    shop.reply()
    shop.support.fail_next("prepare", NeedsReauth("Signed out."))
    assert shop.deliver_due() == ["waiting"]
    shop.clock.advance(seconds=61)
    assert shop.deliver_due() == ["sent"]


def test_a_reply_to_our_own_alias_stays_out_of_the_recipients(shop: Shop) -> None:
    shop.arrive(subject="In copy", Cc=SUPPORT, Reply_To=f"{SUPPORT}, {OMAR}")
    shop.sync()
    shop.reply(2)
    shop.deliver_due()
    assert sent(shop)[-1]["To"] == OMAR
