"""Replies can be taken back, given another time, and resolved, until a worker sends them."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import Any

import pytest
from mail_shop import Shop

from inbox_service.domain.mail import INBOX, SENT
from inbox_service.errors import Conflict, Invalid, NotFound
from inbox_service.ports import NeedsReauth, RetryLater, SendLimit, SendRefused
from inbox_service.services import leftover_drafts, outbox, sendings
from inbox_service.services.auth import Caller
from inbox_service.store.tables import agents, counters, drafts, participants, sites, uploads
from inbox_service.store.tables import outbox as outbox_rows

HOUR = 3_600_000


@pytest.fixture(autouse=True)
def _opened(shop: Shop) -> None:
    with shop.deps.sessions.writing() as connection:
        connection.execute(sites.update().values(undo_seconds=10))
    shop.arrive(Message_ID="<first@x>")
    shop.sync()


def caller(shop: Shop) -> Caller:
    [agent] = shop.rows(agents)
    return Caller(shop.site_id, "agent", str(agent["wp_user_id"]))


def withdraw(shop: Shop, message_id: int) -> dict[str, Any]:
    return dict(sendings.withdraw(shop.deps, caller(shop), 1, message_id))


def reschedule(shop: Shop, message_id: int, send_at: int | None) -> None:
    sendings.reschedule(shop.deps, caller(shop), 1, message_id, send_at)


def sent(shop: Shop) -> int:
    return len(shop.support.mails([SENT]))


def without_version(ticket: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in ticket.items() if name != "version"}


def test_a_reply_does_not_leave_while_it_can_be_taken_back(shop: Shop) -> None:
    shop.reply()
    shop.clock.advance(seconds=9)
    assert shop.deliver_due() == []
    shop.clock.advance(seconds=1)
    assert shop.deliver_due() == ["sent"]


def test_a_reply_that_is_taken_back_leaves_no_trace_but_its_draft(shop: Shop) -> None:
    before, counts = shop.ticket(), shop.rows(counters, counters.c.tickets != 0)
    written = withdraw(shop, shop.reply(set_status="solved", cc=("eve@example.org",)))
    assert written["text"] == "It is on its way."
    assert without_version(shop.ticket()) == without_version(before)
    assert [row["kind"] for row in shop.messages()] == ["in"]
    assert shop.rows(counters, counters.c.tickets != 0) == counts
    [draft] = shop.rows(drafts)
    assert (draft["agent_id"], draft["content"]["cc"]) == (shop.agent_id, ["eve@example.org"])


def test_what_is_taken_back_is_a_draft_as_whole_as_it_was(shop: Shop) -> None:
    [passed_on] = shop.messages()
    given: dict[str, Any] = {"to": ("smith@repairs.example",), "bcc": ("eve@example.org",)}
    given |= {"sender": "billing@shop.example", "forwards": passed_on["id"], "quotes": False}
    withdraw(shop, shop.reply(text="Can you mend it?", **given))
    [draft] = shop.rows(drafts)
    listed = {name: list(one) if isinstance(one, tuple) else one for name, one in given.items()}
    assert draft["content"] == {"text": "Can you mend it?", **listed}


def test_somebody_in_copy_of_a_reply_that_was_taken_back_takes_no_part(shop: Shop) -> None:
    withdraw(shop, shop.reply(cc=("eve@example.org",)))
    assert [row["email"] for row in shop.rows(participants)] == ["omar@example.net"]


def test_the_facts_about_a_reply_stay_and_say_that_it_was_taken_back(shop: Shop) -> None:
    withdraw(shop, shop.reply(set_status="solved"))
    written, taken = [one for one in shop.events() if one["kind"].startswith("reply_")]
    assert (written["message_id"], taken["kind"]) == (None, "reply_withdrawn")
    assert taken["data"]["status"] == ["solved", "open"]


def test_a_reply_that_was_taken_back_is_never_sent(shop: Shop) -> None:
    withdraw(shop, shop.reply())
    shop.clock.advance(hours=1)
    assert shop.deliver_due() == []
    assert [row["state"] for row in shop.outbox()] == ["cancelled"]


def test_who_is_too_late_is_told_so_and_the_reply_stays(shop: Shop) -> None:
    message_id = shop.reply()
    shop.clock.advance(seconds=10)
    shop.deliver_due()
    with pytest.raises(Conflict) as refused:
        withdraw(shop, message_id)
    assert refused.value.code == "too_late"
    assert len(shop.messages()) == 2


def test_a_reply_cannot_be_taken_back_while_a_worker_holds_it(shop: Shop) -> None:
    message_id = shop.reply()
    with shop.deps.sessions.writing() as connection:
        connection.execute(outbox_rows.update().values(state="claimed", claim_holder="other"))
    with pytest.raises(Conflict):
        withdraw(shop, message_id)


def test_a_message_that_no_mail_belongs_to_cannot_be_taken_back(shop: Shop) -> None:
    with pytest.raises(NotFound):
        withdraw(shop, shop.messages()[0]["id"])


# --- later --------------------------------------------------------------------------------------


def test_a_reply_leaves_at_the_time_that_was_chosen_and_says_so_in_its_date(shop: Shop) -> None:
    at = shop.clock.now() + 48 * HOUR
    shop.reply(send_at=at)
    shop.clock.at = at - 1
    assert shop.deliver_due() == []
    shop.clock.at = at
    assert shop.deliver_due() == ["sent"]
    [mail] = shop.support.mails([SENT])
    date = message_from_bytes(mail.raw, policy=policy.default)["Date"].datetime
    assert int(date.timestamp()) == at // 1000
    assert shop.messages()[-1]["sent_at"] == at


def test_a_time_that_is_past_is_refused(shop: Shop) -> None:
    with pytest.raises(Invalid) as refused:
        shop.reply(send_at=shop.clock.now())
    assert refused.value.code == "time_past"


def test_a_reply_can_be_given_another_time_or_sent_now(shop: Shop) -> None:
    message_id = shop.reply(send_at=shop.clock.now() + HOUR)
    reschedule(shop, message_id, shop.clock.now() + 2 * HOUR)
    shop.clock.advance(hours=1.5)
    assert shop.deliver_due() == []
    reschedule(shop, message_id, None)
    assert shop.deliver_due() == ["sent"]


def test_a_mailbox_that_is_connected_again_hurries_nothing_that_has_its_time(shop: Shop) -> None:
    shop.reply(send_at=shop.clock.now() + HOUR)
    with shop.deps.sessions.writing() as connection:
        outbox.outbox.hurry(connection, shop.site_id, shop.support_id, shop.clock.now())
    assert shop.deliver_due() == []


# --- when it goes wrong ---------------------------------------------------------------------------


def leave(shop: Shop) -> list[str]:
    shop.clock.advance(seconds=10)
    return shop.deliver_due()


def test_a_refused_reply_can_be_tried_again(shop: Shop) -> None:
    message_id = shop.reply()
    shop.support.fail_next("deliver", SendRefused("Too large."))
    assert leave(shop) == ["failed"]
    assert shop.outbox()[0]["reason"] == "refused"
    reschedule(shop, message_id, None)
    assert shop.deliver_due() == ["sent"]


def test_the_draft_of_a_refused_reply_goes_when_it_is_taken_back(shop: Shop) -> None:
    message_id = shop.reply()
    shop.support.fail_next("deliver", SendRefused("Too large."))
    leave(shop)
    key = shop.outbox()[0]["send_key"]
    assert shop.support.drafts_with("X-Unified-Inbox-Send-Id", key) != []
    withdraw(shop, message_id)
    [left] = leftover_drafts.due(shop.deps)
    leftover_drafts.tidy(shop.deps, *left)
    assert shop.support.drafts_with("X-Unified-Inbox-Send-Id", key) == []
    assert leftover_drafts.due(shop.deps) == []


def test_a_draft_that_cannot_be_removed_now_is_removed_later(shop: Shop) -> None:
    message_id = shop.reply()
    shop.support.fail_next("deliver", RetryLater(60))
    leave(shop)
    withdraw(shop, message_id)
    shop.support.fail_next("discard", RetryLater(60))
    [left] = leftover_drafts.due(shop.deps)
    leftover_drafts.tidy(shop.deps, *left)
    assert leftover_drafts.due(shop.deps) == []
    shop.clock.advance(seconds=60)
    assert leftover_drafts.due(shop.deps) == [left]


def test_a_draft_that_a_killed_worker_left_is_the_one_that_is_sent(shop: Shop) -> None:
    shop.reply()
    row, now = shop.outbox()[0], shop.clock.advance(seconds=10)
    left = shop.support.save_draft(shop.deps.blobs.get(shop.site_id, row["blob"]), "")
    with shop.deps.sessions.writing() as connection:
        outbox.outbox.claim(connection, shop.site_id, row["id"], "dead", now, now)
    assert shop.deliver_due() == ["sent"]
    assert not shop.support.has_draft(left)
    assert shop.support.drafts_with("X-Unified-Inbox-Send-Id", row["send_key"]) == []
    assert sent(shop) == 1


def test_why_a_reply_waits_stands_with_it(shop: Shop) -> None:
    shop.reply()
    shop.support.fail_next("prepare", NeedsReauth("Signed out."))
    assert leave(shop) == ["waiting"]
    assert shop.outbox()[0]["reason"] == "mailbox_signed_out"


def test_a_mailbox_at_its_limit_waits_with_all_it_has_to_send(shop: Shop) -> None:
    shop.reply()
    shop.reply(text="And another thing.")
    shop.support.fail_next("deliver", SendLimit(2 * 3600, "Enough for today."))
    assert leave(shop) == ["waiting", "waiting"]
    assert {row["reason"] for row in shop.outbox()} == {"send_limit"}
    assert shop.mailbox()["sends_paused_until"] == shop.clock.now() + 2 * HOUR
    shop.clock.advance(hours=2)
    assert shop.deliver_due() == ["sent", "sent"]


def unsure(shop: Shop) -> int:
    message_id = shop.reply()
    shop.support.lose_next_answer()
    shop.support.fail_next("find_sent", RetryLater(60))
    assert leave(shop) == ["unsure"]
    return message_id


def test_a_send_of_which_somebody_says_that_it_went_out_is_sent(shop: Shop) -> None:
    message_id = unsure(shop)
    sendings.resolve(shop.deps, caller(shop), 1, message_id, went_out=True)
    assert shop.outbox()[0]["state"] == "sent"
    assert "message_sent" in shop.event_kinds()


def test_a_send_of_which_somebody_says_that_it_did_not_go_out_can_be_tried_again(
    shop: Shop,
) -> None:
    message_id = unsure(shop)
    sendings.resolve(shop.deps, caller(shop), 1, message_id, went_out=False)
    assert shop.outbox()[0]["state"] == "failed"
    reschedule(shop, message_id, None)
    assert shop.deliver_due() == ["sent"]


def test_what_is_known_cannot_be_resolved(shop: Shop) -> None:
    message_id = shop.reply()
    with pytest.raises(Conflict) as refused:
        sendings.resolve(shop.deps, caller(shop), 1, message_id, went_out=True)
    assert refused.value.code == "not_unsure"


def test_mail_of_a_ticket_solved_with_a_reply_stays_in_the_inbox_when_it_is_taken_back(
    shop: Shop,
) -> None:
    shop.set_mailbox(archive_on_solve=True)
    withdraw(shop, shop.reply(set_status="solved"))
    shop.clock.advance(hours=1)
    assert shop.deliver_due() == []
    assert len(shop.support.mails([INBOX])) == 1


def test_the_files_of_a_reply_that_was_taken_back_wait_for_the_next(shop: Shop) -> None:
    message_id = shop.reply()
    row = {"agent_id": shop.agent_id, "ticket_id": shop.ticket()["id"], "message_id": message_id}
    row |= {"site_id": shop.site_id, "id": 1, "filename": "plan.pdf", "size": 1}
    row |= {"content_type": "application/pdf", "created_at": 1, "updated_at": 1}
    with shop.deps.sessions.writing() as connection:
        connection.execute(uploads.insert().values(**row))
    withdraw(shop, message_id)
    assert [one["message_id"] for one in shop.rows(uploads)] == [None]
