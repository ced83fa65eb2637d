"""Acknowledgements: where an inbox wants them, once, in the customer's language, to people."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from mail_shop import Shop
from sqlalchemy import update

from inbox_service.domain.mail import SENT
from inbox_service.errors import Forbidden, Invalid
from inbox_service.services import acknowledging, noticing
from inbox_service.services.auth import Caller
from inbox_service.store.tables import acknowledgements, customers
from inbox_service.testing import add_agent

PROVEN = "mx.example; dmarc=pass header.from=example.net"


def switch_on(shop: Shop, texts: Any = None) -> None:
    inbox_id = shop.inbox_ids()["Support"]
    row = {"site_id": shop.site_id, "inbox_id": inbox_id, "enabled": True, "texts": texts or {}}
    with shop.deps.sessions.writing() as connection:
        connection.execute(acknowledgements.insert().values(**row))


def answers(shop: Shop) -> list[EmailMessage]:
    """Let everything run, and return what the customer got."""
    shop.sync()
    noticing.look_after(shop.deps)
    shop.deliver_due()
    sent = shop.support.mails([SENT])
    return [message_from_bytes(one.raw, policy=policy.default) for one in sent]


def ask(shop: Shop, text: str = "Where is my order, please?", **headers: str) -> None:
    given: dict[str, Any] = {"Authentication_Results": PROVEN, **headers}
    shop.arrive(text=text, **given)


def test_without_a_wish_nothing_is_acknowledged(shop: Shop) -> None:
    ask(shop)
    assert answers(shop) == []


def test_a_request_is_acknowledged_once_in_its_thread(shop: Shop) -> None:
    switch_on(shop)
    ask(shop, Message_ID="<asked@example.net>")
    [mail] = answers(shop)
    assert mail["In-Reply-To"] == "<asked@example.net>"
    assert mail["Auto-Submitted"].startswith("auto-")
    assert shop.ticket()["reference"] in str(mail["Subject"])
    assert len(answers(shop)) == 1


def test_an_answer_in_a_ticket_is_not_acknowledged_again(shop: Shop) -> None:
    switch_on(shop)
    ask(shop, Message_ID="<asked@example.net>")
    answers(shop)
    ask(shop, References="<asked@example.net>", In_Reply_To="<asked@example.net>")
    assert len(answers(shop)) == 1
    assert len(shop.tickets()) == 1


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("أين طلبي من فضلكم؟", "مرحبًا"),
        ("Nasaan na po ang order ko? Kailan po ba darating?", "Salamat"),
        ("Where is my order, please?", "thank you"),
        ("¿?", "thank you"),
    ],
)
def test_it_is_in_the_language_of_the_message(shop: Shop, text: str, word: str) -> None:
    switch_on(shop)
    ask(shop, text)
    [mail] = answers(shop)
    body = mail.get_body(("plain",))
    assert body is not None
    assert word.lower() in body.get_content().lower()


def test_what_is_known_of_the_customer_counts_more_than_one_message(shop: Shop) -> None:
    ask(shop)
    shop.sync()
    with shop.deps.sessions.writing() as connection:
        connection.execute(update(customers).values(locale="ar"))
    noticing.look_after(shop.deps)
    switch_on(shop)
    ask(shop, "And one more question, please.")
    [mail] = answers(shop)
    assert "وصلتنا" in str(mail["Subject"])


def test_the_owners_own_words_are_used_with_what_they_name(shop: Shop) -> None:
    words = {"subject": "Got it: {ticket.subject}", "text": "Dear {customer.name}, {inbox.name}"}
    switch_on(shop, {"en": words})
    ask(shop)
    [mail] = answers(shop)
    body = mail.get_body(("plain",))
    assert body is not None
    assert (mail["Subject"], body.get_content().strip()) == (
        "Got it: Where is my order?",
        "Dear Omar Haddad, Support",
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-generated"},
        {"Precedence": "bulk"},
        {"List_Unsubscribe": "<mailto:off@example.net>"},
        {"From": "noreply@example.net"},
        {"From": "Robot <no-reply+7@example.net>"},
        {"Authentication_Results": "mx.example; dmarc=fail header.from=example.net"},
        {"Authentication_Results": "mx.example; none"},
    ],
)
def test_machines_and_forged_senders_get_no_answer(shop: Shop, headers: dict[str, str]) -> None:
    switch_on(shop)
    ask(shop, **headers)
    assert answers(shop) == []
    assert len(shop.tickets()) == 1


def test_history_is_not_acknowledged(shop: Shop) -> None:
    switch_on(shop)
    ask(shop)
    # The outage lasted two days.
    shop.clock.advance(hours=48)
    assert answers(shop) == []
    assert len(shop.tickets()) == 1


def test_two_machines_that_answer_each_other_end_soon(shop: Shop) -> None:
    switch_on(shop)
    for number in range(10):
        ask(shop, Subject=f"New ticket {number}")
        answers(shop)
    assert len(answers(shop)) == 3


def test_only_managers_write_it_and_only_with_variables_there_are(shop: Shop) -> None:
    with shop.deps.sessions.writing() as connection:
        add_agent(connection, shop.site_id, wp_user_id=71, role="manager")
        add_agent(connection, shop.site_id, wp_user_id=72)
    inbox_id = shop.inbox_ids()["Support"]
    words = {"en": {"subject": "Hello", "text": "Dear {customer.nmae}"}}
    with pytest.raises(Forbidden):
        acknowledging.change(
            shop.deps, Caller(shop.site_id, "agent", "72"), inbox_id, enabled=True, texts={}
        )
    with pytest.raises(Invalid, match=r"customer\.nmae"):
        acknowledging.change(
            shop.deps, Caller(shop.site_id, "agent", "71"), inbox_id, enabled=True, texts=words
        )
