"""What a reply is made of: people, what stands below, files, and mail passed on."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from mail_shop import BILLING, OMAR, SALES, SUPPORT, Shop

from inbox_service.domain.mail import SENT
from inbox_service.domain.mail_size import LARGEST_MAIL, MEBIBYTE
from inbox_service.errors import Conflict, Invalid
from inbox_service.services import uploads
from inbox_service.services.addressing import Addressing, addressing
from inbox_service.services.auth import Caller
from inbox_service.services.uploads import Announced
from inbox_service.store.tables import agents, inboxes, messages
from inbox_service.store.tables import uploads as upload_rows

RITA, EVE = "Rita <rita@example.org>", "eve@example.com"


@pytest.fixture(autouse=True)
def _opened(shop: Shop) -> None:
    shop.arrive(Message_ID="<first@x>", To=f"{SUPPORT}, {RITA}", Cc=f"{SALES}, {EVE}")
    shop.sync()


def caller(shop: Shop) -> Caller:
    return Caller(shop.site_id, "agent", str(shop.rows(agents)[0]["wp_user_id"]))


def upload(shop: Shop, content: bytes = b"%PDF", name: str = "map.pdf", **more: Any) -> int:
    """Upload a file for the next mail; return its id."""
    file = Announced(name, "application/pdf", len(content), **more)
    row = uploads.begin(shop.deps, caller(shop), 1, file)
    for offset in range(0, len(content), uploads.LARGEST_PIECE):
        piece = content[offset : offset + uploads.LARGEST_PIECE]
        uploads.add_piece(shop.deps, caller(shop), row["id"], offset, piece)
    return int(row["id"])


def sent(shop: Shop) -> EmailMessage:
    """Send what waits, and return the last mail that the provider sent."""
    shop.clock.advance(seconds=60)
    assert set(shop.deliver_due()) == {"sent"}
    mail = message_from_bytes(shop.support.mails([SENT])[-1].raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def write(shop: Shop, table: Any, **values: Any) -> None:
    with shop.deps.sessions.writing() as connection:
        connection.execute(table.update().values(**values))


def how(shop: Shop) -> Addressing:
    return addressing(shop.deps, caller(shop), 1)


# --- people -------------------------------------------------------------------------------------


def test_an_answer_to_all_names_everybody_but_the_sites_own(shop: Shop) -> None:
    found = how(shop)
    assert [one.email for one in found.answer.to] == ["omar@example.net"]
    assert [one.email for one in found.answer_to_all.cc] == ["rita@example.org", EVE]


def test_the_address_the_customer_wrote_to_comes_first_and_every_alias_may_send(
    shop: Shop,
) -> None:
    assert how(shop).senders == (SUPPORT, BILLING)


def test_a_reply_may_be_sent_as_an_alias(shop: Shop) -> None:
    shop.reply(sender=BILLING)
    assert BILLING in sent(shop)["From"]


def test_a_reply_as_somebody_else_is_refused(shop: Shop) -> None:
    with pytest.raises(Invalid):
        shop.reply(sender="boss@elsewhere.example")


def test_blind_copies_are_kept_with_the_message_and_reach_nobody_elses_eyes(shop: Shop) -> None:
    shop.reply(cc=(EVE,), bcc=("boss@shop.example", EVE))
    assert shop.messages()[-1]["blind_copied"] == [{"email": "boss@shop.example", "name": ""}]
    assert sent(shop)["Cc"] == EVE


def test_people_keep_the_names_they_are_known_by(shop: Shop) -> None:
    shop.reply(to=("omar@example.net",), cc=("RITA@example.org",))
    mail = sent(shop)
    assert (mail["To"], mail["Cc"]) == (OMAR, RITA)


def test_who_is_named_twice_gets_it_once(shop: Shop) -> None:
    shop.reply(to=(EVE,), cc=(EVE, "rita@example.org"))
    mail = sent(shop)
    assert (mail["To"], mail["Cc"]) == (EVE, RITA)


def test_a_mailing_list_is_warned_of(shop: Shop) -> None:
    assert not how(shop).is_list
    shop.arrive(References="<first@x>", List_Id="<tea.example.net>", Precedence="list")
    shop.sync()
    assert how(shop).is_list


def test_a_hundred_and_one_people_are_too_many(shop: Shop) -> None:
    with pytest.raises(Invalid):
        shop.reply(bcc=tuple(f"c{n}@example.net" for n in range(101)))


# --- what stands below --------------------------------------------------------------------------


def test_the_answered_mail_is_quoted_in_the_agents_language(shop: Shop) -> None:
    write(shop, agents, locale="ar")
    shop.reply(text="إنه في الطريق.")
    mail = sent(shop)
    assert "كتب Omar Haddad" in text_of(mail)
    assert "> Please tell me." in text_of(mail)
    assert mail["Content-Language"] == "ar"
    assert '<html dir="rtl" lang="ar">' in text_of(mail, "html")


def test_the_quote_folds_for_gmails_readers(shop: Shop) -> None:
    shop.reply()
    assert '<blockquote class="gmail_quote"' in text_of(sent(shop), "html")


def test_a_reply_may_quote_nothing(shop: Shop) -> None:
    shop.reply(quotes=False)
    assert "Please tell me." not in text_of(sent(shop))


def test_the_desk_keeps_what_the_agent_wrote_alone(shop: Shop) -> None:
    write(shop, inboxes, signature="Jasmine")
    shop.reply(text="It is on its way.")
    assert shop.messages()[-1]["text"] == "It is on its way."


def test_signatures_of_agent_and_inbox_stand_between_the_words_and_the_quote(shop: Shop) -> None:
    write(shop, agents, signature="{agent.name}")
    write(shop, inboxes, signature="{inbox.name} of {site.name}, {ticket.reference}")
    shop.reply(text="It is on its way.")
    reference = shop.ticket()["reference"]
    words = f"It is on its way.\n\n-- \nAna\nSupport of Jasmine, {reference}\n\nOn "
    assert text_of(sent(shop)).startswith(words)


# --- files --------------------------------------------------------------------------------------


def test_uploads_go_along_and_stand_on_the_message(shop: Shop) -> None:
    shop.reply(uploads=(upload(shop, b"%PDF 1"), upload(shop, b"%PDF 2", "خريطة.pdf")))
    names = [part.get_filename() for part in sent(shop).iter_attachments()]
    assert names == ["map.pdf", "خريطة.pdf"]
    assert shop.ticket()["has_attachments"]


def test_an_upload_is_taken_once(shop: Shop) -> None:
    taken = upload(shop)
    shop.reply(uploads=(taken,))
    assert uploads.of_ticket(shop.deps, caller(shop), 1) == []
    with pytest.raises(Invalid) as refused:
        shop.reply(uploads=(taken,))
    assert refused.value.code == "upload_gone"


def test_a_file_that_is_still_coming_holds_the_reply_back(shop: Shop) -> None:
    row = uploads.begin(shop.deps, caller(shop), 1, Announced("map.pdf", "x/y", 5))
    with pytest.raises(Invalid) as refused:
        shop.reply(uploads=(row["id"],))
    assert refused.value.code == "upload_incomplete"


def test_a_file_removed_while_the_mail_was_composed_stops_it(shop: Shop) -> None:
    row = {"site_id": shop.site_id, "agent_id": shop.agent_id, "id": 1}
    with shop.deps.sessions.writing() as connection, pytest.raises(Conflict):
        uploads.take_uploads(connection, [row], shop.messages()[0]["id"], 0)


def test_bytes_are_swept_once_the_mail_is_out(shop: Shop) -> None:
    shop.reply(uploads=(upload(shop),))
    assert uploads.sweep(shop.deps) == 0
    sent(shop)
    assert uploads.sweep(shop.deps) == 1
    assert shop.rows(upload_rows) == []


def test_a_picture_inside_the_html_is_sent_within_it(shop: Shop) -> None:
    picture = upload(shop, b"\x89PNG", "logo.png", inline=True)
    [row] = uploads.of_ticket(shop.deps, caller(shop), 1)
    html = f'<p>See</p><img src="cid:{row["content_id"]}">'
    shop.reply(text="See", html=html, uploads=(picture,))
    mail = sent(shop)
    assert f"cid:{row['content_id']}" in text_of(mail, "html")
    related = [part for part in mail.walk() if part["Content-ID"] == f"<{row['content_id']}>"]
    assert [part.get_content() for part in related] == [b"\x89PNG"]


def test_a_mail_larger_than_the_provider_takes_is_refused_with_both_sizes(shop: Shop) -> None:
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["To"], mail["References"] = OMAR, SUPPORT, "<first@x>"
    mail.add_attachment(bytes(3 * MEBIBYTE), "application", "pdf", filename="plan.pdf")
    shop.support.deliver(bytes(mail), received_at=shop.clock.advance(seconds=1))
    shop.sync()
    whole, last = upload(shop, bytes(how(shop).room)), shop.messages()[-1]["id"]
    with pytest.raises(Invalid) as refused:
        shop.reply(text="", to=(EVE,), forwards=last, uploads=(whole,))
    assert refused.value.code == "mail_too_large"
    assert refused.value.details["size"] > refused.value.details["limit"] == LARGEST_MAIL


# --- passing on ---------------------------------------------------------------------------------


def forward(shop: Shop, **draft: Any) -> int:
    first = shop.messages()[0]["id"]
    return shop.reply(text=draft.pop("text", ""), to=(EVE,), forwards=first, **draft)


def test_a_forward_goes_to_new_people_below_a_header_block(shop: Shop) -> None:
    forward(shop, text="Can you help?")
    mail = sent(shop)
    assert (mail["To"], mail["Subject"]) == (EVE, "Fwd: Where is my order?")
    assert f"From: {OMAR}" in text_of(mail)
    assert "Please tell me." in text_of(mail)


def test_a_forward_leaves_the_customer_waiting(shop: Shop) -> None:
    forward(shop)
    assert shop.ticket()["waiting_since"] is not None


def test_a_reply_after_a_forward_answers_the_customer_still(shop: Shop) -> None:
    forward(shop)
    shop.reply()
    mail = sent(shop)
    assert (mail["To"], mail["Subject"]) == (OMAR, "Re: Where is my order?")
    assert mail["In-Reply-To"] == "<first@x>"


def test_a_forward_needs_somebody_to_go_to(shop: Shop) -> None:
    with pytest.raises(Invalid):
        shop.reply(text="", forwards=shop.messages()[0]["id"])


def test_a_note_is_never_passed_on(shop: Shop) -> None:
    write(shop, messages, kind="note")
    with pytest.raises(Invalid):
        forward(shop)


def test_the_answer_of_whom_it_was_passed_to_joins_the_ticket(shop: Shop) -> None:
    forward(shop)
    seen = sent(shop)["Message-ID"]
    shop.arrive(From=EVE, References=f"<first@x> {seen}", In_Reply_To=seen)
    shop.sync()
    assert [row["author_email"] for row in shop.messages() if row["kind"] == "in"][-1] == EVE
