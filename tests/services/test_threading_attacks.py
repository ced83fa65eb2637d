"""Attacks on the border between tickets, and the odd threads of honest programs."""

from __future__ import annotations

import pytest
from mail_shop import OMAR, SALES, SUPPORT, Shop

from inbox_service.domain.mail import INBOX, SENT
from inbox_service.services.reply_tokens import address_for
from inbox_service.store.tables import participants, tickets

EVE = "Eve <eve@example.org>"
ZED = "Zed <zed@example.com>"


@pytest.fixture
def opened(shop: Shop) -> Shop:
    """Omar's ticket 1, opened by <first@x>."""
    shop.arrive(Message_ID="<first@x>")
    shop.sync()
    return shop


@pytest.fixture
def answered(opened: Shop) -> str:
    """The Message-ID of our answer in ticket 1, as Omar sees it."""
    opened.reply()
    opened.deliver_due()
    opened.sync()
    return f"<{opened.messages()[-1]['rfc_message_id']}>"


def sent_from_phone(shop: Shop, **headers: str) -> None:
    """Let the owner write with the provider's own program."""
    shop.clock.advance(seconds=1)
    shop.support.deliver(shop.mail(**{"From": SUPPORT, "To": OMAR, **headers}), labels=[SENT])
    shop.sync()


def authors(shop: Shop, number: int) -> list[str]:
    """Return who wrote a ticket's messages, oldest first."""
    return [row["author_email"].partition("@")[0] for row in shop.messages(number)]


# --- strangers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "forged",
    [
        {"Message_ID": "<first@x>"},
        {"References": "<first@x>"},
        {"In_Reply_To": "<first@x>", "subject": "Re: Where is my order?"},
        {"References": "<first@x>", "subject": "Re: Where is my order?"},
        {"subject": "Re: [#1] Where is my order?"},
        {"subject": "Re: Where is my order? (ticket 1)", "In_Reply_To": "<1@shop.example>"},
        {"To": "support+1@shop.example"},
        {"To": "support+t1@shop.example", "Reply_To": OMAR},
        {"References": "<first@x>", "Reply_To": OMAR},
        {"References": "<first@x>", "Sender": OMAR},
        {"References": "<first@x>", "From": f'"omar@example.net" <{EVE[5:-1]}>'},
    ],
)
def test_a_stranger_gets_into_no_ticket(opened: Shop, forged: dict[str, str]) -> None:
    opened.arrive(**{"From": EVE, **forged})
    opened.sync()
    assert [row["message_count"] for row in opened.tickets()] == [1, 1]


def test_a_stranger_does_not_pull_the_customer_over_by_copying_him(
    opened: Shop, answered: str
) -> None:
    opened.arrive(From=EVE, Cc=OMAR, References=f"<first@x> {answered}")
    opened.sync()
    opened.arrive(References=f"<first@x> {answered}", In_Reply_To=answered)
    opened.sync()
    assert authors(opened, 1) == ["omar", "support", "omar"]
    assert authors(opened, 2) == ["eve"]


def test_a_stranger_with_the_same_message_id_does_not_pull_the_customer_over(
    opened: Shop, answered: str
) -> None:
    opened.arrive(From=EVE, Cc=OMAR, Message_ID=answered, References="<first@x>")
    opened.sync()
    opened.arrive(References=answered, In_Reply_To=answered)
    opened.sync()
    assert authors(opened, 2) == ["eve"]


def test_an_answer_from_the_phone_does_not_go_to_the_stranger_in_the_same_thread(
    opened: Shop,
) -> None:
    opened.arrive(From=EVE, Cc=OMAR, References="<first@x>")
    opened.sync()
    sent_from_phone(opened, References="<first@x>", In_Reply_To="<first@x>")
    assert authors(opened, 1) == ["omar", "support"]
    assert authors(opened, 2) == ["eve"]


def test_a_visitor_who_types_the_customers_address_stays_outside(opened: Shop) -> None:
    opened.clock.advance(seconds=1)
    form = opened.mail(From=SUPPORT, To=SUPPORT, Reply_To=OMAR, References="<first@x>")
    opened.support.deliver(form, labels=[SENT, INBOX])
    opened.sync()
    first, second = opened.tickets()
    assert first["message_count"] == 1
    assert second["suggested_ticket_id"] == first["id"]


# --- what the provider says of the sender ---------------------------------------------------------


PASSED = "mx.shop.example; dmarc=pass header.from=example.net"


@pytest.mark.parametrize(
    "results",
    [
        ["mx.shop.example; spf=none"],
        ["mx.shop.example; dmarc=fail header.from=example.net", PASSED],
        ["mx.shop.example; spf=pass smtp.mailfrom=eve@example.org", PASSED],
        ["mx.shop.example; dkim=pass header.d=example.org", "x; dmarc=pass", PASSED],
        ["mx.shop.example; spf=fail (dmarc=pass header.from=example.net) smtp.mailfrom=e@x.org"],
        ['mx.shop.example; spf=pass smtp.mailfrom="; dmarc=pass"@example.org'],
    ],
)
def test_a_sender_for_whom_nobody_vouches_is_not_the_customer(
    opened: Shop, results: list[str]
) -> None:
    opened.clock.advance(seconds=1)
    lines = "".join(f"Authentication-Results: {one}\r\n" for one in results)
    opened.support.deliver(lines.encode() + opened.mail(References="<first@x>"))
    opened.sync()
    assert [row["message_count"] for row in opened.tickets()] == [1, 1]


def test_what_a_forged_mail_answers_leads_nobody_to_it(shop: Shop) -> None:
    shop.arrive(References="<root@x>", Authentication_Results="mx; dmarc=fail")
    shop.sync()
    shop.arrive(References="<root@x>", Authentication_Results=PASSED)
    shop.sync()
    assert [row["message_count"] for row in shop.tickets()] == [1, 1]


def test_a_token_does_not_help_a_sender_for_whom_nobody_vouches(opened: Shop) -> None:
    token = address_for(opened.deps.secrets, opened.site_id, opened.ticket()["id"], SUPPORT)
    opened.arrive(From=EVE, To=token, Authentication_Results="mx; dmarc=fail")
    opened.sync()
    assert len(opened.tickets()) == 2


def test_a_token_that_a_stranger_quotes_in_his_text_opens_nothing(opened: Shop) -> None:
    token = address_for(opened.deps.secrets, opened.site_id, opened.ticket()["id"], SUPPORT)
    opened.arrive(From=EVE, text=f"You wrote to {token}", subject=token)
    opened.sync()
    assert len(opened.tickets()) == 2


# --- several people -------------------------------------------------------------------------------


def test_a_third_party_with_the_token_is_neither_answered_nor_believed_later(
    opened: Shop, answered: str
) -> None:
    token = address_for(opened.deps.secrets, opened.site_id, opened.ticket()["id"], SUPPORT)
    opened.arrive(From=ZED, To=token, Cc=EVE, References=answered)
    opened.arrive(From=EVE, References=answered)
    opened.sync()
    roles = {row["email"]: row["role"] for row in opened.rows(participants)}
    assert authors(opened, 1) == ["omar", "support", "zed"]
    assert roles["zed@example.com"] == "guest"


def test_customer_colleague_and_third_party_share_a_ticket(shop: Shop) -> None:
    shop.arrive(Message_ID="<a@x>", Cc=EVE)
    shop.arrive(From=EVE, To=OMAR, Cc=f"{SUPPORT}, {ZED}", Message_ID="<b@x>", References="<a@x>")
    shop.arrive(From=ZED, References="<a@x> <b@x>")
    shop.sync()
    assert authors(shop, 1) == ["omar", "eve", "zed"]


def test_everybody_who_answers_a_newsletter_has_a_ticket_of_his_own(shop: Shop) -> None:
    to_all = f"{OMAR}, {EVE}, {ZED}"
    sent_from_phone(shop, To="news@list.example", Bcc=to_all, Message_ID="<news@shop>")
    for sender in (OMAR, EVE, ZED):
        shop.arrive(From=sender, References="<news@shop>", subject="Re: Our news")
    shop.sync()
    assert [authors(shop, number) for number in (1, 2, 3)] == [
        ["support", "omar"],
        ["eve"],
        ["zed"],
    ]


def test_one_mail_to_two_mailboxes_stays_one_ticket_when_a_stranger_repeats_its_id(
    shop: Shop,
) -> None:
    both = {"To": f"{SUPPORT}, {SALES}", "Message_ID": "<both@x>"}
    shop.arrive(**both)
    shop.arrive(From=EVE, text="Something else", Message_ID="<both@x>")
    shop.sync()
    shop.arrive(to=shop.sales, **both)
    shop.sync(shop.sales_id)
    assert sorted(shop.outcomes()) == ["duplicate", "ticket", "ticket"]


@pytest.mark.parametrize(("many", "let_in"), [(20, True), (21, False)])
def test_of_a_crowd_in_copy_nobody_is_let_in(shop: Shop, many: int, let_in: bool) -> None:
    crowd = ", ".join(f"guest{number}@example.com" for number in range(many - 1))
    shop.arrive(Message_ID="<first@x>", To=f"{SUPPORT}, billing@shop.example, {EVE}", Cc=crowd)
    shop.sync()
    shop.arrive(From=EVE, References="<first@x>")
    shop.arrive(References="<first@x>", text="It is me again.")
    shop.sync()
    assert authors(shop, 1) == (["omar", "eve", "omar"] if let_in else ["omar", "omar"])


def test_a_mail_of_ours_to_a_crowd_lets_nobody_in_either(opened: Shop) -> None:
    crowd = ", ".join(f"guest{number}@example.com" for number in range(21))
    sent_from_phone(opened, References="<first@x>", Cc=crowd)
    opened.arrive(From="guest1@example.com", References="<first@x>")
    opened.sync()
    assert authors(opened, 1) == ["omar", "support"]


# --- honest programs ------------------------------------------------------------------------------


def test_a_changed_subject_stays_in_the_ticket_it_answers(opened: Shop) -> None:
    opened.arrive(subject="And one more thing", References="<first@x>")
    opened.sync()
    assert len(opened.tickets()) == 1


def test_the_same_subject_a_year_later_is_a_new_ticket(opened: Shop) -> None:
    opened.reply(set_status="solved")
    opened.clock.advance(hours=365 * 24)
    opened.arrive()
    opened.sync()
    assert [row["follows"] for row in opened.tickets()] == [None, None]


@pytest.mark.parametrize(
    "headers",
    [
        # Outlook keeps the parent alone, Apple Mail drops the middle, some write In-Reply-To only,
        # some two ids in it; a middle that we never saw must not matter.
        {"References": "{ours}"},
        {"References": "<first@x>"},
        {"In_Reply_To": "{ours}"},
        {"In_Reply_To": "<unknown@x> {ours}"},
        {"References": "<unknown@x> {ours} <other@x>", "In_Reply_To": "<other@x>"},
    ],
)
def test_an_answer_finds_its_ticket_by_any_id_that_its_program_kept(
    opened: Shop, answered: str, headers: dict[str, str]
) -> None:
    kept = {name: value.format(ours=answered) for name, value in headers.items()}
    opened.arrive(**kept)
    opened.sync()
    assert authors(opened, 1) == ["omar", "support", "omar"]


def test_an_answer_to_a_merged_ticket_comes_to_the_one_it_went_into(opened: Shop) -> None:
    opened.arrive(Message_ID="<second@x>", subject="My order, again")
    opened.sync()
    first, second = opened.tickets()
    with opened.deps.sessions.writing() as connection:
        gone = tickets.update().where(tickets.c.id == first["id"])
        connection.execute(gone.values(merged_into=second["id"]))
    opened.arrive(References="<first@x>")
    opened.sync()
    assert [row["message_count"] for row in opened.tickets()] == [1, 2]
