"""Which inbox a mail is for."""

from __future__ import annotations

from typing import Any

from inbox_service.domain.intake import inbox_of
from inbox_service.domain.mail import Address, ParsedMail

MAIN = "support@shop.example"
INBOXES = {MAIN: 1, "billing@shop.example": 2, "team@shop.example": 3}


def chosen(to: str = "", cc: str = "", delivered: tuple[str, ...] = (), **headers: str) -> int:
    """Return the inbox of a mail, 9 for the default; `headers` are list_id and list_post."""
    fields: dict[str, Any] = dict.fromkeys(("in_reply_to", "references", "reply_to"), ())
    fields |= {"message_id": "", "subject": "", "text": "", "html": "", "attachments": ()}
    mail = ParsedMail(
        sender=Address("omar@example.net"),
        to=(Address(to),) if to else (),
        cc=(Address(cc),) if cc else (),
        delivered_to=delivered,
        sent_at=None,
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        **fields,
    )
    return inbox_of(mail, MAIN, INBOXES, 9)


def test_to_chooses_though_all_mail_is_delivered_to_the_accounts_own_address() -> None:
    assert chosen(to="billing@shop.example", delivered=(MAIN,)) == 2


def test_cc_chooses_where_to_names_nobody_of_ours() -> None:
    assert chosen(to="lea@example.net", cc="billing@shop.example") == 2


def test_a_blind_copy_to_an_alias_is_known_by_its_delivery() -> None:
    assert chosen(to="lea@example.net", delivered=("billing@shop.example", MAIN)) == 2


def test_the_delivery_says_more_than_to() -> None:
    assert chosen(to=MAIN, delivered=("billing@shop.example",)) == 2


def test_a_plus_tag_is_not_part_of_the_address() -> None:
    assert chosen(to=MAIN, delivered=("support+x@shop.example",)) == 1
    assert chosen(delivered=("billing+x@shop.example",)) == 2


def test_a_group_is_known_by_where_it_takes_posts() -> None:
    post = "<https://groups.example/team/post>, <mailto:team@shop.example?subject=x>"
    assert chosen(to=MAIN, delivered=(MAIN,), list_post=post) == 3


def test_a_group_is_known_by_its_id() -> None:
    assert chosen(to="lea@example.net", list_id="Our team <Team.shop.example>") == 3


def test_a_list_of_somebody_else_chooses_nothing() -> None:
    found = chosen(to="billing@shop.example", list_id="<news.other.example>", list_post="NO")
    assert found == 2


def test_mail_that_names_no_inbox_goes_to_the_default_one() -> None:
    assert chosen(to="lea@example.net") == 9
