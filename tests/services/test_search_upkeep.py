"""What is searched changes in the transaction that changes what it holds."""

from __future__ import annotations

from typing import Any

import pytest
from erasures import ask, erase
from mail_shop import Shop
from test_rethreading import Thread
from test_rethreading import thread as thread

from inbox_service.services import search, sendings, tickets
from inbox_service.store import search_index
from inbox_service.store.tables import search_documents, sites
from inbox_service.testing import add_inbox


def found(shop: Shop, text: str) -> list[int]:
    page = search.find(shop.deps, shop.caller, text, None, 50)
    return [one.ticket.row["number"] for one in page.items]


def change(shop: Shop, **values: Any) -> None:
    tickets.change(shop.deps, shop.caller, 1, shop.ticket()["version"], values)


def test_a_mail_is_found_as_soon_as_it_is_a_ticket(shop: Shop) -> None:
    shop.arrive(subject="A cracked teapot", text="It leaks.")
    shop.sync()
    assert found(shop, "subject:teapot leaks from:haddad") == [1]


def test_a_reply_is_found_and_not_when_it_was_taken_back(shop: Shop) -> None:
    shop.arrive()
    shop.sync()
    with shop.deps.sessions.writing() as connection:
        connection.execute(sites.update().values(undo_seconds=10))
    message_id = shop.reply(text="A courier comes tomorrow.")
    assert found(shop, "courier") == [1]
    sendings.withdraw(shop.deps, shop.caller, 1, message_id)
    assert found(shop, "courier") == []


def test_a_ticket_is_found_by_the_subject_it_has_now(shop: Shop) -> None:
    shop.arrive(subject="Hello", text="Where is it?")
    shop.sync()
    change(shop, subject="Teapot is late")
    assert found(shop, "subject:teapot where") == [1]
    # What the mail itself says stays true.
    assert found(shop, "subject:hello") == [1]


def test_a_ticket_that_moves_is_found_by_those_who_see_it_now(shop: Shop) -> None:
    shop.arrive()
    shop.sync()
    with shop.deps.sessions.writing() as connection:
        inbox_id = add_inbox(connection, shop.site_id, name="Returns")
    change(shop, inbox_id=inbox_id)
    assert found(shop, "where inbox:returns") == [1]
    assert found(shop, "where inbox:support") == []


def test_who_is_erased_is_not_found(shop: Shop) -> None:
    ask(shop)
    assert found(shop, "omar")
    erase(shop)
    assert found(shop, "omar") == []
    words = [row["words"] for row in shop.rows(search_documents)]
    assert not [one for one in words if "omar" in one]


def test_mails_that_are_put_together_are_found_in_the_ticket_that_has_them(
    thread: Thread,
) -> None:
    thread.read_middle()
    kept = thread.rows(search_documents)
    search.reindex(thread.deps, lambda *_: None)
    assert thread.rows(search_documents) == kept
    assert len(kept) == 3


@pytest.mark.parametrize("searched", sorted(search_index.SEARCHED))
def test_a_document_knows_what_of_its_ticket_it_holds(searched: str) -> None:
    row = {"id": 1, "site_id": 1, "ticket_subject": "a", "reference": "b", "inbox_id": 2}
    row |= dict.fromkeys(("subject", "author_name", "author_email", "text", "folded_text"), "")
    row |= dict.fromkeys(("recipients", "copied", "blind_copied"), ())
    other = {**row, {"subject": "ticket_subject"}.get(searched, searched): "9"}
    assert search_index._document(row, []) != search_index._document(other, [])
