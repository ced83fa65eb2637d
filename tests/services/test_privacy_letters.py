"""Stored mail that belongs to no ticket is a person's too."""

from __future__ import annotations

import pytest
from erasures import RITA, erase, traces
from mail_shop import OMAR, SALES, SUPPORT, Shop

from inbox_service.domain.mail import SENT
from inbox_service.store.ids import new_id
from inbox_service.store.tables import receipts


def test_parked_mail_of_his_goes_and_never_comes_back(shop: Shop) -> None:
    shop.arrive(subject="Away", text="A crack.", Auto_Submitted="auto-replied")
    shop.sync()
    assert shop.outcomes() == ["parked"]
    assert erase(shop).removed == 2  # the mail, and the customer
    assert (shop.outcomes(), traces(shop)) == (["deleted"], [])


def test_our_own_mail_to_him_alone_goes(shop: Shop) -> None:
    shop.support.deliver(shop.mail(From=SUPPORT, To=OMAR, subject="Dear Omar"), [SENT])
    shop.sync()
    assert shop.outcomes() == ["filtered"]
    erase(shop)
    assert traces(shop) == []


@pytest.mark.parametrize("headers", [{"Cc": OMAR}, {"Subject": "About omar@example.net"}])
def test_parked_mail_of_others_that_names_him_is_kept_and_said(
    shop: Shop, headers: dict[str, str]
) -> None:
    subject = headers.pop("Subject", "Away")
    shop.arrive(From=RITA, subject=subject, Auto_Submitted="auto-replied", **headers)
    shop.sync()
    assert erase(shop).kept == {"others_mail": 1}
    assert shop.outcomes() == ["parked"]


def test_a_mailbox_full_of_other_mail_is_looked_through_in_steps(shop: Shop) -> None:
    rows = [
        {"mailbox_id": shop.support_id, "provider_id": f"p{number}", "outcome": "filtered"}
        | {"site_id": shop.site_id, "id": new_id(number), "blob": "0" * 64}
        | {"received_at": number, "created_at": number}
        for number in range(1, 700)
    ]
    with shop.deps.sessions.writing() as connection:
        connection.execute(receipts.insert(), rows)
    shop.arrive(subject="Away", text="A crack.", Auto_Submitted="auto-replied")
    shop.sync()
    assert erase(shop).removed == 2  # the mail, and the customer
    assert traces(shop) == []


def test_other_mailboxes_are_searched_as_well(shop: Shop) -> None:
    shop.arrive(to=shop.sales, To=SALES, subject="Teapot")
    shop.sync(shop.sales_id)
    erase(shop)
    assert traces(shop) == []
