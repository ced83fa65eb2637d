"""An export holds all that is a person's, and nothing of the team's or of others."""

from __future__ import annotations

from mail_shop import OMAR, Shop

from inbox_service.services import privacy, replies
from inbox_service.services.privacy_export import TICKETS_AT_ONCE, Export, export_page
from inbox_service.services.replies import ReplyDraft
from inbox_service.store.tables import attachments

EMAIL = "omar@example.net"
RITA = "Rita Moss <rita@example.net>"


def export(shop: Shop, email: str = EMAIL) -> list[Export]:
    """Return all pages."""
    pages = [export_page(shop.deps, shop.site_id, email)]
    while pages[-1].next_key is not None:
        pages.append(export_page(shop.deps, shop.site_id, email, pages[-1].next_key))
    return pages


def said(shop: Shop) -> list[tuple[str, str]]:
    """Return who said what, over all pages."""
    tickets = [ticket for page in export(shop) for ticket in page.tickets]
    return [(one.side, one.text) for ticket in tickets for one in ticket.messages]


def ask(shop: Shop, **headers: str) -> None:
    shop.arrive(**{"Message_ID": "<first@x>", **headers})
    shop.sync()


def test_it_holds_who_he_is_and_his_conversations(shop: Shop) -> None:
    ask(shop)
    shop.reply()
    page = export(shop)[0]
    assert (page.names, page.addresses) == (["Omar Haddad"], [EMAIL])
    [ticket] = page.tickets
    assert (ticket.row["reference"], ticket.form) == (shop.ticket()["reference"], "")
    assert said(shop) == [("you", "Please tell me."), ("us", "It is on its way.")]


def test_it_holds_quotes_and_names_of_files(shop: Shop) -> None:
    ask(shop, text="See this.\n\nOn Monday you wrote:\n> Which one?\n")
    row = {"message_id": shop.messages()[0]["id"], "part": 1, "filename": "crack.png"}
    row |= {"site_id": shop.site_id, "id": 7, "content_type": "image/png", "size": 3}
    with shop.deps.sessions.writing() as connection:
        connection.execute(attachments.insert().values(**row, content_id="", inline=False))
    [message] = export(shop)[0].tickets[0].messages
    assert "Which one?" in message.text
    assert message.files == ["crack.png"]


def test_notes_are_the_teams(shop: Shop) -> None:
    ask(shop)
    draft = ReplyDraft("He is angry.")
    with shop.deps.sessions.writing() as connection:
        replies.add_note(connection, shop.deps, shop.site_id, shop.agent_id, 1, draft)
    assert said(shop) == [("you", "Please tell me.")]


def test_of_a_ticket_of_another_it_holds_what_went_to_him(shop: Shop) -> None:
    shop.arrive(From=RITA, Cc=OMAR, Message_ID="<rita@x>", text="We two.")
    shop.sync()
    shop.reply(to=("rita@example.net",), text="For Rita.")
    shop.arrive(From=OMAR, References="<rita@x>", text="Me too.")
    shop.sync()
    assert said(shop) == [("other", "We two."), ("you", "Me too.")]


def test_many_tickets_come_in_pages_and_none_twice(shop: Shop) -> None:
    for number in range(TICKETS_AT_ONCE + 2):
        shop.arrive(subject=f"Question {number}")
    shop.sync()
    pages = export(shop)
    assert [len(page.tickets) for page in pages] == [TICKETS_AT_ONCE, 2, 0]
    subjects = {ticket.row["subject"] for page in pages for ticket in page.tickets}
    assert len(subjects) == TICKETS_AT_ONCE + 2
    assert [list(page.addresses) for page in pages] == [[EMAIL], [], []]


def test_mail_that_became_no_ticket_is_in_it(shop: Shop) -> None:
    shop.arrive(subject="Away", text="Until Monday.", Auto_Submitted="auto-replied")
    shop.arrive(From=RITA, Cc=OMAR, subject="Away", Auto_Submitted="auto-replied")
    shop.sync()
    [letter] = [letter for page in export(shop) for letter in page.letters]
    assert (letter.side, letter.text.strip()) == ("you", "Away\n\nUntil Monday.")
    assert letter.at == shop.support.mails()[0].received_at


def test_of_somebody_unknown_there_is_nothing(shop: Shop) -> None:
    ask(shop)
    first, last = export(shop, "nobody@example.net")
    assert (first.names, first.addresses, first.tickets, last.letters) == ([], [], [], [])


def test_after_the_erasure_there_is_nothing(shop: Shop) -> None:
    ask(shop)
    privacy.erase_whole(shop.deps, shop.site_id, EMAIL)
    assert [page.tickets for page in export(shop)] == [[], []]
