"""Which ticket a mail joins: a key alone never opens one, and no stranger gets in."""

from __future__ import annotations

from mail_shop import OMAR, SALES, SUPPORT, Shop

from inbox_service.domain.mail import INBOX, SENT
from inbox_service.services.reply_tokens import address_for
from inbox_service.store.tables import address_suppressions, messages, participants

EVE = "Eve <eve@example.org>"
FAILED = "mx.shop.example; dkim=fail; spf=fail; dmarc=fail header.from=example.net"
PASSED = "mx.shop.example; dkim=pass header.d=example.net; dmarc=pass header.from=example.net"


def opened(shop: Shop, **headers: str) -> None:
    """Let a first mail, <first@x>, open ticket 1."""
    shop.arrive(**{"Message_ID": "<first@x>", **headers})
    shop.sync()


def test_an_answer_joins_the_ticket_it_refers_to(shop: Shop) -> None:
    opened(shop)
    shop.arrive(subject="Re: Where is my order?", References="<first@x>")
    shop.sync()
    assert shop.outcomes() == ["ticket", "reply"]
    assert shop.ticket()["message_count"] == 2


def test_an_answer_reopens_a_solved_ticket(shop: Shop) -> None:
    opened(shop)
    shop.reply(set_status="solved")
    shop.arrive(References="<first@x>")
    shop.sync()
    assert shop.ticket()["status"] == "open"
    assert "ticket_status_changed" in shop.event_kinds()


def test_an_answer_long_after_solving_opens_a_follow_up(shop: Shop) -> None:
    opened(shop)
    shop.reply(set_status="solved")
    shop.clock.advance(hours=31 * 24)
    shop.arrive(References="<first@x>")
    shop.sync()
    first, second = shop.tickets()
    assert second["follows"] == first["id"]
    assert first["status"] == "solved"


def test_a_stranger_who_names_our_message_gets_a_ticket_of_his_own(shop: Shop) -> None:
    opened(shop)
    shop.arrive(From=EVE, References="<first@x>")
    shop.sync()
    first, second = shop.tickets()
    assert first["message_count"] == 1
    assert second["suggested_ticket_id"] == first["id"]


def test_a_forged_sender_does_not_get_into_the_ticket(shop: Shop) -> None:
    opened(shop)
    shop.arrive(References="<first@x>", Authentication_Results=FAILED)
    shop.sync()
    assert len(shop.tickets()) == 2


def test_an_authenticated_sender_gets_into_the_ticket(shop: Shop) -> None:
    opened(shop)
    shop.arrive(References="<first@x>", Authentication_Results=PASSED)
    shop.sync()
    assert len(shop.tickets()) == 1


def test_a_number_in_the_subject_joins_nothing(shop: Shop) -> None:
    opened(shop)
    shop.arrive(From=EVE, subject="Re: [#1] Where is my order?")
    shop.sync()
    assert len(shop.tickets()) == 2


def test_a_person_with_the_right_token_joins_marked_as_new(shop: Shop) -> None:
    opened(shop)
    token = address_for(shop.deps.secrets, shop.site_id, shop.ticket()["id"], SUPPORT)
    shop.arrive(From=EVE, To=token)
    shop.sync()
    assert shop.messages()[-1]["new_person"]
    roles = {row["email"]: row["role"] for row in shop.rows(participants)}
    assert roles == {"omar@example.net": "customer", "eve@example.org": "guest"}


def test_a_new_person_without_the_token_stays_outside_afterwards(shop: Shop) -> None:
    opened(shop)
    token = address_for(shop.deps.secrets, shop.site_id, shop.ticket()["id"], SUPPORT)
    shop.arrive(From=EVE, To=token)
    shop.arrive(From=EVE, References="<first@x>")
    shop.sync()
    assert len(shop.tickets()) == 2


def test_a_token_of_another_ticket_id_is_no_token(shop: Shop) -> None:
    opened(shop)
    token = address_for(shop.deps.secrets, shop.site_id, shop.ticket()["id"] + 1, SUPPORT)
    forged = token.replace("+t", "+tb", 1)
    shop.arrive(From=EVE, To=forged)
    shop.sync()
    assert len(shop.tickets()) == 2


def test_a_colleague_in_copy_joins_when_she_answers(shop: Shop) -> None:
    opened(shop, Cc=EVE)
    shop.arrive(From=EVE, References="<first@x>")
    shop.sync()
    assert len(shop.tickets()) == 1


def test_an_answer_that_is_read_before_its_root_is_joined_by_it(shop: Shop) -> None:
    shop.arrive(References="<first@x>", Message_ID="<second@x>")
    shop.sync()
    shop.arrive(Message_ID="<first@x>")
    shop.sync()
    assert len(shop.tickets()) == 1


def test_a_mail_to_two_of_our_mailboxes_is_one_ticket(shop: Shop) -> None:
    both = {"To": f"{SUPPORT}, {SALES}", "Message_ID": "<both@x>"}
    shop.arrive(**both)
    shop.arrive(to=shop.sales, **both)
    shop.sync()
    shop.sync(shop.sales_id)
    assert sorted(shop.outcomes()) == ["duplicate", "ticket"]


def test_a_repeated_message_id_with_other_content_is_not_swallowed(shop: Shop) -> None:
    opened(shop)
    shop.arrive(From=EVE, text="Something else", Message_ID="<first@x>")
    shop.sync()
    assert shop.outcomes() == ["ticket", "ticket"]


def test_a_reply_from_the_phone_counts_as_ours(shop: Shop) -> None:
    opened(shop)
    shop.clock.advance(seconds=1)
    raw = shop.mail(From=SUPPORT, To=OMAR, References="<first@x>")
    shop.support.deliver(raw, labels=[SENT])
    shop.sync()
    assert shop.outcomes() == ["ticket", "sent_elsewhere"]
    assert shop.ticket()["waiting_since"] is None


def test_own_mail_without_a_ticket_has_a_receipt_and_is_pulled_in_when_answered(
    shop: Shop,
) -> None:
    shop.clock.advance(seconds=1)
    raw = shop.mail(From=SUPPORT, To=OMAR, Message_ID="<ours@x>")
    shop.support.deliver(raw, labels=[SENT])
    shop.sync()
    assert (shop.outcomes(), shop.tickets()) == (["filtered"], [])
    shop.arrive(References="<ours@x>")
    shop.sync()
    assert sorted(shop.outcomes()) == ["sent_elsewhere", "ticket"]
    assert [row["kind"] for row in shop.messages()] == ["out", "in"]


def test_a_contact_form_that_mails_to_itself_counts_as_its_visitor(shop: Shop) -> None:
    shop.clock.advance(seconds=1)
    raw = shop.mail(From=SUPPORT, To=SUPPORT, Reply_To=EVE)
    shop.support.deliver(raw, labels=[SENT, INBOX])
    shop.sync()
    assert shop.rows(messages)[0]["author_email"] == "eve@example.org"


# --- automatic mail -----------------------------------------------------------------------------


def test_an_out_of_office_reply_attaches_and_does_not_reopen(shop: Shop) -> None:
    opened(shop)
    shop.reply(set_status="solved")
    shop.arrive(References="<first@x>", Auto_Submitted="auto-replied")
    shop.sync()
    assert shop.outcomes()[-1] == "auto_reply"
    assert shop.ticket()["status"] == "solved"


def test_an_automatic_reply_to_nothing_of_ours_is_parked_with_its_bytes(shop: Shop) -> None:
    shop.arrive(Auto_Submitted="auto-replied")
    shop.sync()
    assert (shop.outcomes(), shop.tickets()) == (["parked"], [])


def bounce_of(rfc_message_id: str, status: str = "5.1.1") -> bytes:
    """Write a delivery status notification for a mail to Omar (RFC 3464)."""
    return f"""From: Mail Delivery Subsystem <mailer-daemon@example.com>
To: {SUPPORT}
Subject: Delivery Status Notification (Failure)
Message-ID: <dsn@example.com>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Your mail could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; example.com

Final-Recipient: rfc822; omar@example.net
Action: failed
Status: {status}

--b
Content-Type: message/rfc822

Message-ID: <{rfc_message_id}>
From: {SUPPORT}
To: omar@example.net
Subject: Re: Where is my order?

Text
--b--
""".encode()


def bounced(shop: Shop, status: str) -> None:
    """Send a reply, and let it bounce."""
    opened(shop)
    shop.reply()
    shop.deliver_due()
    shop.sync()
    shop.clock.advance(seconds=1)
    shop.support.deliver(bounce_of(shop.messages()[-1]["rfc_message_id"], status))
    shop.sync()


def test_a_hard_bounce_attaches_to_the_mail_it_reports_and_marks_the_address(shop: Shop) -> None:
    bounced(shop, "5.1.1")
    assert shop.messages()[-1]["automatic"] == "bounce"
    assert shop.rows(address_suppressions)[0]["email"] == "omar@example.net"


def test_a_soft_bounce_only_attaches(shop: Shop) -> None:
    bounced(shop, "4.2.2")
    assert shop.outcomes()[-1] == "bounce"
    assert shop.rows(address_suppressions) == []


def test_a_bounce_cuts_off_no_address_that_the_mail_did_not_go_to(shop: Shop) -> None:
    opened(shop)
    shop.reply()
    shop.deliver_due()
    shop.sync()
    shop.clock.advance(seconds=1)
    real = bounce_of(shop.messages()[-1]["rfc_message_id"])
    shop.support.deliver(real.replace(b"rfc822; omar@", b"rfc822; victim@"))
    shop.sync()
    assert shop.outcomes()[-1] == "bounce"
    assert shop.rows(address_suppressions) == []


def test_a_bounce_of_a_mail_we_never_sent_is_parked(shop: Shop) -> None:
    shop.clock.advance(seconds=1)
    shop.support.deliver(bounce_of("nothing@of.ours"))
    shop.sync()
    assert shop.outcomes() == ["parked"]


def test_a_bounce_that_is_read_before_the_mail_it_reports_finds_it_afterwards(shop: Shop) -> None:
    opened(shop)
    shop.clock.advance(seconds=1)
    report = bounce_of("ours@x").replace(b"MIME-Version", b"References: <first@x>\nMIME-Version")
    shop.support.deliver(report)
    shop.sync()
    assert shop.outcomes()[-1] == "parked"
    ours = {"References": "<first@x>", "Message_ID": "<ours@x>"}
    shop.support.deliver(shop.mail(From=SUPPORT, To=OMAR, **ours), labels=[SENT])
    shop.sync()
    assert sorted(shop.outcomes()) == ["bounce", "sent_elsewhere", "ticket"]
