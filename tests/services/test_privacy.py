"""A customer is erased everywhere, and nothing of anybody else is."""

from __future__ import annotations

from typing import Any

import pytest
from erasures import EMAIL, RITA, TRACES, ask, erase, everything, is_stored, traces
from mail_shop import OMAR, Shop

from inbox_service.domain.erasure import MARK
from inbox_service.domain.mail import SENT
from inbox_service.errors import Conflict, Invalid
from inbox_service.services import access, blocking, housekeeping, privacy, replies
from inbox_service.services.erasing import EMPTY
from inbox_service.services.replies import ReplyDraft
from inbox_service.store import erasing, suppressions
from inbox_service.store import outbox as outbox_rows
from inbox_service.store.automatic_sends import email_hash
from inbox_service.store.tables import (
    attachments,
    blobs,
    customer_addresses,
    customers,
    drafts,
    erased_blobs,
    erasures,
    link_grants,
    messages,
    metadata,
    receipts,
    tickets,
    uploads,
)


def test_nothing_of_him_is_left_anywhere(shop: Shop) -> None:
    ask(shop)
    shop.reply(text="Dear Omar,\n\nwe send you a new one.\n\n> It has a crack.\n")
    shop.deliver_due()
    shop.sync()
    shop.arrive(References="<first@x>", text="Omar again: the crack grows.", subject="My teapot")
    shop.sync()
    assert traces(shop) == list(TRACES)
    assert erase(shop).done
    assert traces(shop) == []


def test_every_column_of_a_message_is_emptied_or_says_nothing_of_him() -> None:
    # A new column must be decided upon: does it say who wrote, or what?
    harmless = {"site_id", "id", "ticket_id", "origin_ticket_id", "mailbox_id", "kind"}
    harmless |= {"author_type", "author_id", "direction", "automatic", "new_person"}
    harmless |= {"sender_proven", "believed"}
    harmless |= {"sent_elsewhere", "forwards_id", "sent_at", "created_at", "erased_at"}
    assert set(messages.c.keys()) == harmless | set(EMPTY)


def test_what_he_wrote_is_emptied_and_keeps_its_place(shop: Shop) -> None:
    ask(shop)
    erase(shop)
    [message] = shop.messages()
    assert (message["text"], message["author_email"], message["blob"]) == ("", "", None)
    assert message["erased_at"] == shop.clock.now()
    ticket = shop.ticket()
    assert (ticket["subject"], ticket["snippet"], ticket["status"]) == ("", "", "solved")
    assert ticket["erased_at"] == shop.clock.now()


def test_our_words_stay_without_his_name_his_address_and_his_words(shop: Shop) -> None:
    ask(shop)
    html = "<p>Dear Omar,</p><p>it is on its way to omar@example.net.</p>"
    text = "Dear Omar,\nit is on its way to omar@example.net.\n> a crack\n"
    shop.reply(text=text, html=f"{html}<blockquote>a crack</blockquote>")
    shop.deliver_due()
    erased = erase(shop)
    ours = shop.messages()[1]
    assert ours["text"].strip() == f"Dear {MARK},\nit is on its way to {MARK}."
    assert ours["html"] == f"<p>Dear {MARK},</p><p>it is on its way to {MARK}.</p>"
    assert (ours["recipients"], ours["blob"], ours["erased_at"]) == ([], None, None)
    assert erased.kept["team_words"] == 1


def test_the_customer_becomes_a_number_without_an_address(shop: Shop) -> None:
    ask(shop)
    erase(shop)
    [customer] = shop.rows(customers)
    assert (customer["name"], customer["erased_at"]) == ("", shop.clock.now())
    assert shop.rows(customer_addresses) == []
    assert shop.ticket()["customer_id"] == customer["id"]


def test_files_go_with_the_mail_they_came_in(shop: Shop) -> None:
    ask(shop)
    [known] = shop.rows(blobs)
    with shop.deps.sessions.writing() as connection:
        row = {"message_id": shop.messages()[0]["id"], "part": 1, "filename": "crack.png"}
        row |= {"site_id": shop.site_id, "id": 7, "content_type": "image/png", "size": 3}
        connection.execute(attachments.insert().values(**row, content_id="", inline=False))
    erase(shop)
    assert not is_stored(shop, known["sha256"])
    assert (shop.rows(blobs), shop.rows(attachments), shop.rows(erased_blobs)) == ([], [], [])


def test_the_receipts_are_tombstones_and_the_mail_never_comes_back(shop: Shop) -> None:
    ask(shop)
    erase(shop)
    [receipt] = shop.rows(receipts)
    assert (receipt["outcome"], receipt["reason"]) == ("deleted", erasing.ERASED)
    assert (receipt["blob"], receipt["message_id_hash"]) == (None, "")
    shop.support.expire_cursors()
    shop.sync()
    assert (len(shop.rows(receipts)), len(shop.tickets()), traces(shop)) == (1, 1, [])


def test_that_the_mail_lies_at_the_provider_still_is_said(shop: Shop) -> None:
    ask(shop)
    assert erase(shop).kept == {"provider_copy": 1}


@pytest.mark.parametrize("headers", [{}, {"References": "<first@x>"}, {"To": "token"}])
def test_his_next_mail_opens_a_new_ticket_of_a_new_customer(
    shop: Shop, headers: dict[str, str]
) -> None:
    ask(shop)
    shop.reply()
    shop.deliver_due()
    if "To" in headers:
        [sent] = shop.support.mails([SENT])
        headers = {"To": sent.raw.decode().partition("Reply-To: ")[2].partition("\n")[0]}
    erase(shop)
    shop.arrive(subject="Hello", **headers)
    shop.sync()
    old, new = shop.tickets()
    assert (old["message_count"], new["message_count"]) == (2, 1)
    assert new["customer_id"] != old["customer_id"]
    assert shop.reply(2) > 0


def test_a_reply_that_waits_is_never_sent(shop: Shop) -> None:
    ask(shop)
    shop.reply()
    erase(shop)
    [row] = shop.outbox()
    assert (row["state"], row["blob"], row["memo"]) == ("cancelled", "", None)
    shop.clock.advance(hours=1)
    assert shop.deliver_due() == []
    assert shop.support.mails([SENT]) == []


def test_while_a_reply_is_being_sent_the_erasure_waits_for_it(shop: Shop) -> None:
    ask(shop)
    shop.reply()
    [row] = shop.outbox()
    now = shop.clock.now()
    with shop.deps.sessions.writing() as connection:
        assert outbox_rows.claim(connection, shop.site_id, row["id"], "w", now, now + 60_000)
    erased = erase(shop)
    assert (erased.done, erased.held_up) == (False, True)
    assert shop.messages()[0]["erased_at"] is None
    shop.clock.advance(seconds=61)
    assert erase(shop).done


def test_a_reply_that_was_composed_before_does_not_bring_him_back(shop: Shop) -> None:
    ask(shop)
    draft = ReplyDraft("Here.", seen_up_to=shop.messages()[-1]["id"])
    prepared = replies.prepare_reply(shop.deps, shop.site_id, shop.agent_id, 1, draft)
    erase(shop)
    with pytest.raises(Conflict) as refused, shop.deps.sessions.writing() as connection:
        replies.add_reply(connection, shop.deps, prepared)
    assert refused.value.code == "customer_erased"
    with pytest.raises(Conflict, match="erased"):
        replies.prepare_reply(shop.deps, shop.site_id, shop.agent_id, 1, draft)


def test_every_way_to_him_is_closed(shop: Shop) -> None:
    ask(shop)
    ticket_id, at = shop.ticket()["id"], shop.clock.now()
    with shop.deps.sessions.writing() as connection:
        access.grant(connection, shop.deps.secrets, shop.site_id, ticket_id, EMAIL, at)
        suppressions.suppress(
            connection, shop.site_id, EMAIL, "5.1.1", shop.messages()[0]["id"], at
        )
        row = {"site_id": shop.site_id, "agent_id": shop.agent_id, "ticket_id": ticket_id}
        draft = {"kind": "reply", "content": {"text": "Dear Omar"}, "version": 1, "updated_at": at}
        connection.execute(drafts.insert().values(**row, **draft))
        for name in ("access_codes", "automatic_sends", "verified_addresses", "guest_sessions"):
            connection.execute(metadata.tables[name].insert().values(_way(name, shop.site_id, at)))
    erase(shop)
    left = [*map(shop.rows, (link_grants, drafts)), *map(shop.rows, _tables_of_ways())]
    assert left == [[]] * 7


def test_files_that_an_agent_wanted_to_send_go_with_his_draft(shop: Shop) -> None:
    ask(shop)
    blob = shop.deps.blobs.put(shop.site_id, b"%PDF for Omar")
    row = {"site_id": shop.site_id, "agent_id": shop.agent_id, "ticket_id": shop.ticket()["id"]}
    row |= {"id": 1, "filename": "omar.pdf", "content_type": "application/pdf", "size": 13}
    row |= {"pieces": [{"size": 13, "blob": blob}], "created_at": 1, "updated_at": 1}
    with shop.deps.sessions.writing() as connection:
        connection.execute(uploads.insert().values(**row))
    erase(shop)
    assert (shop.rows(uploads), is_stored(shop, blob)) == ([], False)


def test_a_block_of_his_address_goes_with_him(shop: Shop) -> None:
    ask(shop)
    blocking.block(shop.deps, shop.caller, EMAIL)
    erase(shop)
    assert shop.rows(metadata.tables["blocked_senders"]) == []


def _tables_of_ways() -> list[Any]:
    names = ("access_codes", "automatic_sends", "verified_addresses", "guest_sessions")
    return [metadata.tables[name] for name in (*names, "address_suppressions")]


def _way(name: str, site_id: int, at: int) -> dict[str, Any]:
    hashed = {"email_hash": email_hash(EMAIL)}
    own: dict[str, dict[str, Any]] = {
        "access_codes": {**hashed, "id": 1, "code_hash": "x", "created_at": at, "expires_at": at},
        "automatic_sends": {**hashed, "id": 1, "kind": "code", "sent_at": at},
        "verified_addresses": {**hashed, "wp_user_id": 9, "verified_at": at},
        "guest_sessions": {"id": 1, "email": EMAIL, "token_hash": "x", "expires_at": at},
    }
    session = {"created_at": at} if name == "guest_sessions" else {}
    return {"site_id": site_id, **own[name], **session}


def test_tickets_of_others_lose_his_words_and_his_address_only(shop: Shop) -> None:
    shop.arrive(From=RITA, Cc=OMAR, Message_ID="<rita@x>", subject="Our order", text="We two.")
    shop.sync()
    shop.reply(cc=(EMAIL,), text="Dear Rita, dear Omar,\nit is here.")
    shop.deliver_due()
    shop.arrive(From=OMAR, References="<rita@x>", text="A crack!", subject="Re: Our order")
    shop.sync()
    erased = erase(shop)
    first, ours, his = shop.messages()
    assert (first["text"].strip(), first["copied"], first["author_name"]) == (
        "We two.",
        [],
        "Rita Moss",
    )
    assert (ours["text"].startswith(f"Dear Rita, dear {MARK},"), len(ours["recipients"])) == (
        True,
        1,
    )
    assert (his["text"], his["author_email"]) == ("", "")
    ticket = shop.ticket()
    assert (ticket["subject"], ticket["erased_at"], ticket["snippet"]) == ("Our order", None, "")
    assert erased.kept["others_mail"] == 2


def test_in_a_ticket_of_another_an_answer_to_him_alone_is_not_sent(shop: Shop) -> None:
    shop.arrive(From=RITA, Cc=OMAR, Message_ID="<rita@x>", text="We two.")
    shop.sync()
    shop.reply(text="Dear Rita")
    shop.reply(to=(EMAIL,), text="Dear Omar")
    erase(shop)
    assert [row["state"] for row in shop.outbox()] == ["waiting", "cancelled"]
    shop.clock.advance(hours=1)
    assert shop.deliver_due() == ["sent"]
    assert "omar" not in str(shop.messages()[2]).lower()


def test_notes_are_the_teams_and_stay_without_him(shop: Shop) -> None:
    ask(shop)
    draft = ReplyDraft("Omar Haddad called: omar@example.net")
    with shop.deps.sessions.writing() as connection:
        replies.add_note(connection, shop.deps, shop.site_id, shop.agent_id, 1, draft)
    erase(shop)
    assert shop.messages()[1]["text"] == f"{MARK} called: {MARK}"


def test_in_his_ticket_a_third_person_keeps_the_mail_but_not_his_words(shop: Shop) -> None:
    ask(shop)
    shop.reply(cc=("rita@example.net",))
    shop.deliver_due()
    quote = "Mine too.\n\nOn Monday Omar Haddad wrote:\n> It has a crack.\n"
    shop.arrive(From=RITA, Cc=OMAR, References="<first@x>", subject="Re: My teapot", text=quote)
    shop.sync()
    erased = erase(shop)
    hers = shop.messages()[2]
    assert (hers["text"].strip(), hers["folded_text"], hers["subject"]) == ("Mine too.", "", "")
    assert hers["author_email"] == "rita@example.net"
    assert is_stored(shop, hers["blob"])
    assert erased.kept["others_mail"] == 1


def test_another_customer_keeps_everything(shop: Shop) -> None:
    shop.arrive(From=RITA, subject="My order", text="Where?", Message_ID="<rita@x>")
    shop.sync()
    shop.reply(text="Dear Rita, here.")
    before = (shop.ticket(), shop.messages(), shop.outbox(), shop.rows(receipts))
    ask(shop)
    erase(shop)
    assert (shop.ticket(), shop.messages(), shop.outbox()) == before[:3]
    assert shop.rows(receipts)[:1] == before[3]
    assert all(is_stored(shop, row["blob"]) for row in (*before[1], *before[2]))


def test_doing_it_twice_is_harmless(shop: Shop) -> None:
    ask(shop)
    erase(shop)
    before = everything(shop)
    assert erase(shop) == privacy.Erased(True, 0, {})
    assert everything(shop) == before


def test_whoever_is_not_known_is_erased_at_once(shop: Shop) -> None:
    assert erase(shop, "nobody@example.net") == privacy.Erased(True, 0, {})
    assert shop.rows(erasures) == []


def test_what_is_no_address_is_refused(shop: Shop) -> None:
    with pytest.raises(Invalid):
        erase(shop, "omar")


def test_the_address_is_found_however_it_is_spelt(shop: Shop) -> None:
    ask(shop)
    erase(shop, " Omar@Example.NET ")
    assert traces(shop) == []


def test_the_other_addresses_of_the_same_customer_go_too(shop: Shop) -> None:
    ask(shop)
    shop.arrive(From="omar@haddad.example", subject="Another crack")
    shop.sync()
    [known, _] = shop.rows(customers)
    with shop.deps.sessions.writing() as connection:
        for table in (customer_addresses, tickets):
            connection.execute(table.update().values(customer_id=known["id"]))
    erase(shop)
    assert traces(shop) == []


def test_many_tickets_are_taken_in_steps_and_an_interrupted_erasure_goes_on(shop: Shop) -> None:
    for number in range(privacy.TICKETS_AT_ONCE + 1):
        shop.arrive(subject=f"Teapot {number}", text="A crack.")
    shop.sync()
    first = privacy.erase(shop.deps, shop.site_id, EMAIL)
    assert (first.done, first.removed) == (False, privacy.TICKETS_AT_ONCE)
    assert len([one for one in shop.tickets() if one["erased_at"] is None]) == 1
    # Another process, another hour: the counts and the rest of the work are where they were.
    shop.clock.advance(hours=1)
    assert erase(shop).removed == privacy.TICKETS_AT_ONCE + 2
    assert traces(shop) == []


def test_mail_that_comes_while_he_is_being_erased_is_erased_too(shop: Shop) -> None:
    ask(shop)
    privacy.erase(shop.deps, shop.site_id, EMAIL)
    shop.arrive(subject="One more crack")
    shop.sync()
    erase(shop)
    assert traces(shop) == []


def test_files_that_a_crash_left_are_swept(shop: Shop) -> None:
    ask(shop)
    [known] = shop.rows(blobs)
    with shop.deps.sessions.writing() as connection:
        erasing.doom(connection, shop.site_id, [known["sha256"]], shop.clock.now())
    housekeeping.forget_expired(shop.deps)
    assert (is_stored(shop, known["sha256"]), shop.rows(erased_blobs)) == (False, [])


def test_the_erasure_is_told_by_ids_alone(shop: Shop) -> None:
    ask(shop)
    erase(shop)
    assert shop.event_kinds()[-1] == "customer_erased"


def test_an_erased_ticket_is_counted_as_solved(shop: Shop) -> None:
    ask(shop)
    erase(shop)
    counted = {row["status"]: row["tickets"] for row in shop.rows(metadata.tables["counters"])}
    assert counted == {"open": 0, "solved": 1}
