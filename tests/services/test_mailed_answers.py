"""An agent answers a notice by mail: it reaches the customer only where it is surely his."""

from __future__ import annotations

from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from mail_shop import Shop
from sqlalchemy import update

from connectors.memory.server import MemoryServer
from inbox_service.domain.mail import SENT
from inbox_service.services import noticing, privacy, sendings, uploads
from inbox_service.services.auth import Caller
from inbox_service.store.tables import (
    address_suppressions,
    agents,
    attachments,
    customers,
    drafts,
    notice_settings,
    receipts,
)
from inbox_service.store.tables import uploads as upload_rows
from inbox_service.testing import add_agent

MINA = "mina@desk.example"
PROVEN = "mx.example; dmarc=pass header.from=desk.example"
FORGED = "mx.example; dmarc=fail header.from=desk.example"
MARKER = "-- Write your answer above this line --"


File = tuple[str, bytes]


def hire(shop: Shop, **values: Any) -> int:
    given: dict[str, Any] = {"name": "Mina", "email": MINA, "wp_user_id": 800} | values
    with shop.deps.sessions.writing() as connection:
        agent_id = add_agent(connection, shop.site_id, **given)
        row = {"site_id": shop.site_id, "agent_id": agent_id, "kinds": ["opened"]}
        connection.execute(notice_settings.insert().values(**row))
    return agent_id


def look(shop: Shop) -> None:
    noticing.look_after(shop.deps)
    shop.clock.advance(seconds=61)
    noticing.look_after(shop.deps)


def sent(shop: Shop, to: str) -> list[EmailMessage]:
    shop.clock.advance(seconds=60)
    shop.deliver_due()
    mails = [
        message_from_bytes(one.raw, policy=policy.default) for one in shop.support.mails([SENT])
    ]
    return [mail for mail in mails if to in str(mail["To"])]


def said_in(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


@pytest.fixture
def notice(shop: Shop) -> EmailMessage:
    """What Mina got when a customer had asked."""
    shop.set_mailbox(plus_addressing=True)
    hire(shop)
    shop.arrive(text="Where is my blue pot?")
    shop.sync()
    look(shop)
    [mail] = sent(shop, MINA)
    return mail


def proven(notice: EmailMessage) -> dict[str, str]:
    """Return the headers of an answer that is surely Mina's."""
    return {
        "From": f"Mina <{MINA}>",
        "To": str(notice["Reply-To"]),
        "Subject": f"Re: {notice['Subject']}",
        "Authentication_Results": PROVEN,
    }


def answer(
    shop: Shop,
    notice: EmailMessage,
    text: str = "On its way today.",
    files: Sequence[File] = (),
    **headers: str,
) -> None:
    """Answer as a mail program does, quoting the notice."""
    told = f"Mina wrote:\n> {MARKER}\n>\n> The customer asked."
    given = proven(notice)
    shop.clock.advance(seconds=1)
    mail = message_from_bytes(
        shop.mail(text=f"{text}\n\n{told}\n", **(given | headers)), policy=policy.default
    )
    for name, content in files:
        mail.add_attachment(content, "application", "pdf", filename=name)
    shop.support.deliver(bytes(mail))
    shop.sync()
    noticing.look_after(shop.deps)


def kinds(shop: Shop) -> list[str]:
    return [row["kind"] for row in shop.messages()]


def test_an_answer_goes_to_the_customer_in_the_agents_name(
    shop: Shop, notice: EmailMessage
) -> None:
    answer(shop, notice)
    [mail] = sent(shop, "omar@example.net")
    body = mail.get_body(("plain",))
    assert body is not None
    assert "On its way today." in body.get_content()
    assert MARKER not in body.get_content()
    assert "Mina" in str(mail["From"])
    assert (kinds(shop), shop.messages()[-1]["text"]) == (["in", "out"], "On its way today.")


MAP = ("خريطة.pdf", b"%PDF map")


def test_an_answer_goes_with_its_files(shop: Shop, notice: EmailMessage) -> None:
    answer(shop, notice, files=[MAP, ("plan.pdf", b"%PDF plan")])
    [mail] = sent(shop, "omar@example.net")
    got = [(one.get_filename(), one.get_content()) for one in mail.iter_attachments()]
    assert got == [MAP, ("plan.pdf", b"%PDF plan")]
    assert [row["filename"] for row in shop.rows(attachments)] == ["خريطة.pdf", "plan.pdf"]


def test_files_need_no_words(shop: Shop, notice: EmailMessage) -> None:
    answer(shop, notice, "", files=[MAP])
    assert len(sent(shop, "omar@example.net")) == 1


def test_files_of_an_answer_that_is_taken_back_are_in_the_composer(
    shop: Shop, notice: EmailMessage
) -> None:
    answer(shop, notice, files=[MAP])
    caller = Caller(shop.site_id, "agent", "800")
    sendings.withdraw(shop.deps, caller, 1, shop.messages()[-1]["id"])
    [upload] = uploads.of_ticket(shop.deps, caller, 1)
    [draft] = shop.rows(drafts)
    assert (upload["filename"], draft["content"]["uploads"]) == (MAP[0], [upload["id"]])


def test_pictures_of_a_signature_stay_with_it_and_those_between_his_words_go_along(
    shop: Shop, notice: EmailMessage
) -> None:
    mail = message_from_bytes(shop.mail(**proven(notice)), policy=policy.default)
    html = '<p>See <img src="cid:pot@x"></p><div class="gmail_signature"><img src="cid:us@x"></div>'
    mail.add_alternative(html, subtype="html")
    [_, page] = mail.iter_parts()
    for name in ("pot", "us"):
        page.add_related(b"png", "image", "png", cid=f"<{name}@x>", filename=f"{name}.png")
    shop.support.deliver(bytes(mail))
    shop.sync()
    noticing.look_after(shop.deps)
    [got] = sent(shop, "omar@example.net")
    assert [one.get_filename() for one in got.iter_attachments()] == ["pot.png"]


def test_files_that_no_mail_holds_come_back_to_the_agent_in_words(
    shop: Shop, notice: EmailMessage
) -> None:
    assert isinstance(shop.deps.connectors, MemoryServer)
    shop.deps.connectors.largest = 200_000
    answer(shop, notice, files=[("film.pdf", bytes(300_000))])
    assert sent(shop, "omar@example.net") == []
    _, told = sent(shop, MINA)
    note = shop.messages()[-1]
    for words in (said_in(told), note["text"]):
        assert "has 0.4 MB as sent; one mail takes 0.2 MB" in words
    assert "Not sent" in str(told["Subject"])
    assert [row["message_id"] for row in shop.rows(attachments)] == [note["id"]]


def test_files_of_an_answer_that_is_not_sent_wait_for_no_other_mail(
    shop: Shop, notice: EmailMessage
) -> None:
    first = shop.messages()[0]["rfc_message_id"].strip("<>")
    shop.arrive(text="Forget it.", References=f"<{first}>", Message_ID="<second@example.net>")
    shop.sync()
    answer(shop, notice, files=[MAP])
    assert (kinds(shop), shop.rows(upload_rows)) == (["in", "in", "note"], [])
    shop.clock.advance(hours=25)
    assert privacy.sweep_bytes(shop.deps) == 1


def test_files_of_a_forged_answer_go_nowhere(shop: Shop, notice: EmailMessage) -> None:
    answer(shop, notice, files=[MAP], Authentication_Results=FORGED)
    assert sent(shop, "omar@example.net") == []
    assert len(sent(shop, MINA)) == 1


def test_it_opens_no_ticket_and_makes_the_agent_no_customer(
    shop: Shop, notice: EmailMessage
) -> None:
    answer(shop, notice)
    assert (len(shop.tickets()), len(shop.rows(customers))) == (1, 1)
    assert shop.rows(receipts)[-1]["outcome"] == "reply"


def test_it_goes_out_once_however_often_events_are_looked_at(
    shop: Shop, notice: EmailMessage
) -> None:
    answer(shop, notice)
    look(shop)
    shop.sync()
    look(shop)
    assert len(sent(shop, "omar@example.net")) == 1


def test_without_plus_addressing_the_notices_message_id_leads_there(
    shop: Shop, notice: EmailMessage
) -> None:
    answer(shop, notice, To="support@shop.example", In_Reply_To=str(notice["Message-ID"]))
    assert kinds(shop) == ["in", "out"]


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({"Authentication_Results": FORGED}, "cannot be shown"),
        ({"Authentication_Results": "mx.example; none"}, "cannot be shown"),
        ({"From": "Eve <eve@evil.example>"}, "somebody else"),
        ({"From": "Mina <mina@desk.example.evil.example>"}, "somebody else"),
    ],
)
def test_a_forged_answer_is_a_note_that_says_why(
    shop: Shop, notice: EmailMessage, headers: dict[str, str], words: str
) -> None:
    answer(shop, notice, "Send him all our money.", (), **headers)
    assert sent(shop, "omar@example.net") == []
    note = shop.messages()[-1]
    assert (note["kind"], note["author_type"], note["author_id"]) == ("note", "system", None)
    assert words in note["text"]
    assert "Send him all our money." in note["text"]


def test_a_token_of_another_ticket_or_agent_is_worth_nothing(
    shop: Shop, notice: EmailMessage
) -> None:
    address = str(notice["Reply-To"])
    at = address.index("+n") + 10
    forged = address[:at] + ("a" if address[at] != "a" else "b") + address[at + 1 :]
    answer(shop, notice, To=forged)
    assert sent(shop, "omar@example.net") == []
    assert len(shop.tickets()) == 2
    assert kinds(shop) == ["in"]


def test_after_a_week_an_answer_is_a_note(shop: Shop, notice: EmailMessage) -> None:
    shop.clock.advance(hours=24 * 7 + 1)
    answer(shop, notice)
    assert sent(shop, "omar@example.net") == []
    assert "older than a week" in shop.messages()[-1]["text"]


def test_an_answer_that_crossed_another_mail_is_a_note(shop: Shop, notice: EmailMessage) -> None:
    first = shop.messages()[0]["rfc_message_id"].strip("<>")
    shop.arrive(text="Forget it.", References=f"<{first}>", Message_ID="<second@example.net>")
    shop.sync()
    answer(shop, notice)
    assert sent(shop, "omar@example.net") == []
    assert "after the notice" in shop.messages()[-1]["text"]
    _, told = sent(shop, MINA)
    assert "after the notice" in said_in(told)


def test_an_absence_note_that_answers_a_notice_goes_nowhere(
    shop: Shop, notice: EmailMessage
) -> None:
    answer(shop, notice, "I am on holiday.", Auto_Submitted="auto-replied")
    assert (kinds(shop), len(shop.tickets())) == (["in"], 1)


def test_who_left_the_team_is_a_stranger(shop: Shop, notice: EmailMessage) -> None:
    with shop.deps.sessions.writing() as connection:
        connection.execute(update(agents).where(agents.c.email == MINA).values(state="suspended"))
    answer(shop, notice)
    assert kinds(shop) == ["in"]
    assert len(shop.tickets()) == 2


def test_who_may_only_read_answers_with_a_note(shop: Shop, notice: EmailMessage) -> None:
    with shop.deps.sessions.writing() as connection:
        connection.execute(update(agents).where(agents.c.email == MINA).values(role="viewer"))
    answer(shop, notice)
    assert kinds(shop) == ["in", "note"]
    assert sent(shop, "omar@example.net") == []


def bounce(shop: Shop, notice: EmailMessage, status: str = "5.1.1", to: str = MINA) -> None:
    """Let the notice come back, as a mail server reports it (RFC 3464)."""
    report = EmailMessage()
    report["From"] = "Mail Delivery Subsystem <mailer-daemon@mx.example>"
    report["To"] = "support@shop.example"
    report["Subject"] = "Delivery Status Notification (Failure)"
    report["Message-ID"] = f"<{shop.clock.now()}@mx.example>"
    report["Return-Path"] = "<>"
    report.set_content("It could not be delivered.")
    report.make_mixed()
    status_part = (
        f"Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; {to}\n"
        f"Action: failed\nStatus: {status}\n"
    )
    raw = bytes(report).replace(
        b"multipart/mixed", b"multipart/report; report-type=delivery-status"
    )
    boundary = report.get_boundary() or raw.split(b'boundary="')[1].split(b'"')[0].decode()
    parts = (
        f"\n--{boundary}\nContent-Type: message/delivery-status\n\n{status_part}"
        f"\n--{boundary}\nContent-Type: text/rfc822-headers\n\n"
        f"Message-ID: {notice['Message-ID']}\nTo: {MINA}\n\n--{boundary}--\n"
    )
    whole = raw.rstrip().removesuffix(f"--{boundary}--".encode()) + parts.encode()
    shop.clock.advance(seconds=1)
    shop.support.deliver(whole)
    shop.sync()
    look(shop)


def test_a_notice_that_comes_back_marks_the_address_and_managers_are_told(
    shop: Shop, notice: EmailMessage
) -> None:
    hire(shop, name="Boss", email="boss@desk.example", role="manager", wp_user_id=801)
    bounce(shop, notice)
    [marked] = [row for row in shop.rows(notice_settings) if row["bounced_email"]]
    assert (marked["bounced_email"], marked["bounce"]) == (MINA, "5.1.1")
    told = sent(shop, "boss@desk.example")
    assert [str(mail["Subject"]) for mail in told] == ["Notices to Mina come back"]
    assert (len(shop.tickets()), shop.rows(receipts)[-1]["outcome"]) == (1, "bounce")


def test_no_more_notices_go_to_an_address_that_came_back(shop: Shop, notice: EmailMessage) -> None:
    bounce(shop, notice)
    shop.arrive(Subject="Another question")
    shop.sync()
    look(shop)
    assert len(sent(shop, MINA)) == 1


@pytest.mark.parametrize(
    ("status", "to"), [("4.2.2", MINA), ("5.1.1", "omar@example.net"), ("5.7.26", MINA)]
)
def test_what_says_nothing_of_the_address_marks_none(
    shop: Shop, notice: EmailMessage, status: str, to: str
) -> None:
    bounce(shop, notice, status, to)
    assert [row for row in shop.rows(notice_settings) if row["bounced_email"]] == []
    assert shop.rows(address_suppressions) == []
