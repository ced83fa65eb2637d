"""What a mail says beyond its words is stored with its message."""

from __future__ import annotations

from mail_shop import Shop

from inbox_service.store.tables import address_suppressions

INVITATION = (
    b"From: Omar <omar@example.net>\r\nTo: support@shop.example\r\nSubject: Fitting\r\n"
    b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
    b"SUMMARY:Fitting\r\nDTSTART:20250303T110640Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_an_invitation_is_stored_with_its_time(shop: Shop) -> None:
    shop.support.deliver(INVITATION)
    shop.sync()
    invitation = shop.messages()[-1]["particulars"]["invitation"]
    assert (invitation["summary"], invitation["starts_at"]) == ("Fitting", 1_741_000_000_000)


def test_an_encrypted_mail_says_so(shop: Shop) -> None:
    shop.arrive(text="-----BEGIN PGP MESSAGE-----")
    shop.sync()
    assert shop.messages()[-1]["particulars"] == {"protection": "pgp_encrypted"}


def test_a_plain_mail_has_none(shop: Shop) -> None:
    shop.arrive()
    shop.sync()
    assert shop.messages()[-1]["particulars"] is None


def replied(shop: Shop) -> str:
    """Answer Omar with a copy to his colleague; return the answer's Message-ID."""
    shop.arrive()
    shop.sync()
    shop.reply(cc=("mona@example.net",))
    shop.deliver_due()
    shop.sync()
    shop.clock.advance(seconds=1)
    return str(shop.messages()[-1]["rfc_message_id"])


def report(kind: str, fields: str, message_id: str) -> bytes:
    """Write a report about a mail of ours."""
    part = "delivery-status" if kind == "delivery-status" else kind
    return (
        f"From: postmaster@example.net\r\nTo: support@shop.example\r\nSubject: Report\r\n"
        f"Content-Type: multipart/report; report-type={kind}; boundary=b\r\n\r\n"
        f"--b\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n"
        f"--b\r\nContent-Type: message/{part}\r\n\r\n{fields}\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{message_id}>\r\n\r\nx\r\n"
        "--b--\r\n"
    ).encode()


def test_a_bounce_for_several_marks_each_of_them(shop: Shop) -> None:
    message_id = replied(shop)
    fields = "\r\n\r\n".join(
        f"Final-Recipient: rfc822; {name}@example.net\r\nAction: failed\r\nStatus: 5.1.1"
        for name in ("omar", "mona", "stranger")
    )
    shop.support.deliver(report("delivery-status", fields, message_id))
    shop.sync()
    marked = {row["email"] for row in shop.rows(address_suppressions)}
    assert marked == {"omar@example.net", "mona@example.net"}
    reasons = {one["reason"] for one in shop.messages()[-1]["particulars"]["bounces"]}
    assert reasons == {"no_such_address"}


def test_a_mail_that_was_too_large_cuts_off_nobody(shop: Shop) -> None:
    message_id = replied(shop)
    fields = "Final-Recipient: rfc822; omar@example.net\r\nAction: failed\r\nStatus: 5.3.4"
    shop.support.deliver(report("delivery-status", fields, message_id))
    shop.sync()
    assert shop.messages()[-1]["particulars"]["bounces"][0]["hard"]
    assert shop.rows(address_suppressions) == []


def test_who_calls_our_mail_spam_gets_nothing_automatic_any_more(shop: Shop) -> None:
    message_id = replied(shop)
    fields = "Feedback-Type: abuse\r\nOriginal-Rcpt-To: omar@example.net\r\n"
    shop.support.deliver(report("feedback-report", fields, message_id))
    shop.sync()
    assert shop.messages()[-1]["automatic"] == "complaint"
    (row,) = shop.rows(address_suppressions)
    assert (row["email"], row["reason"]) == ("omar@example.net", "complaint")


def test_a_read_receipt_joins_its_ticket_and_does_not_reopen_it(shop: Shop) -> None:
    message_id = replied(shop)
    before = shop.tickets()[0]["status"]
    fields = "Final-Recipient: rfc822; omar@example.net\r\nDisposition: x; displayed\r\n"
    raw = report("disposition-notification", fields, message_id)
    from_omar = raw.replace(b"postmaster@", b"omar@")
    shop.support.deliver(b"In-Reply-To: <" + message_id.encode() + b">\r\n" + from_omar)
    shop.sync()
    assert (shop.outcomes()[-1], shop.tickets()[0]["status"]) == ("auto_reply", before)
