"""Mail that became no ticket: shown, made a ticket of, discarded, and never forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from threading import Barrier, Thread

import pytest
from mail_shop import SUPPORT, Shop
from sqlalchemy import text

from inbox_service.errors import Forbidden, NotFound, Stale
from inbox_service.services import files, parked, unreadable
from inbox_service.services.auth import Caller
from inbox_service.services.mail_reading import Mail
from inbox_service.store.tables import attachments, customer_addresses, events, receipts
from inbox_service.testing import add_agent

CONSTRAINT = "ALTER TABLE messages ADD CONSTRAINT no_omar CHECK (author_name <> 'Omar Haddad')"
NO_CONSTRAINT = "ALTER TABLE messages DROP CONSTRAINT no_omar"
TRIGGER = (
    "CREATE TRIGGER no_omar BEFORE INSERT ON messages WHEN NEW.author_name = 'Omar Haddad' "
    "BEGIN SELECT RAISE(ABORT, 'no'); END"
)
NO_TRIGGER = "DROP TRIGGER no_omar"


@pytest.fixture
def manager(shop: Shop) -> Caller:
    with shop.deps.sessions.writing() as connection:
        add_agent(connection, shop.site_id, role="manager", wp_user_id=9005, locale="ar")
    return Caller(shop.site_id, "agent", "9005")


def park(shop: Shop, number: int = 1) -> list[int]:
    """Let automatic replies arrive that answer nothing; return their receipts."""
    for _ in range(number):
        shop.arrive(subject="Out of office", Auto_Submitted="auto-replied")
    shop.sync()
    return [row["id"] for row in shop.rows(receipts) if row["outcome"] == "parked"]


def on_shelf(shop: Shop, caller: Caller, state: str = "parked") -> list[parked.ParkedMail]:
    return parked.list_parked(shop.deps, caller, shop.support_id, state, None, 20).items


def test_the_shelf_says_who_wrote_what_and_why_it_is_there(shop: Shop, manager: Caller) -> None:
    park(shop)
    (mail,) = on_shelf(shop, manager)
    assert (mail.sender_name, mail.sender_email) == ("Omar Haddad", "omar@example.net")
    assert (mail.subject, mail.preview) == ("Out of office", "Please tell me.")
    assert mail.reason == "automatic reply that belongs to no ticket"


def test_the_shelf_comes_in_pages_newest_first(shop: Shop, manager: Caller) -> None:
    ids = park(shop, 3)
    args = (shop.deps, manager, shop.support_id, "parked")
    first = parked.list_parked(*args, None, 2)
    second = parked.list_parked(*args, first.next_key, 2)
    assert [mail.id for mail in (*first.items, *second.items)] == ids[::-1]
    assert second.next_key is None


def test_a_mail_whose_bytes_are_gone_is_shown_without_a_preview(
    shop: Shop, manager: Caller
) -> None:
    park(shop)
    shop.deps.blobs.delete(shop.site_id, shop.rows(receipts)[0]["blob"])
    (mail,) = on_shelf(shop, manager)
    assert (mail.is_readable, mail.subject) == (False, "")


def test_a_parked_mail_becomes_a_ticket_by_hand(shop: Shop, manager: Caller) -> None:
    ids = park(shop)
    made = parked.make_tickets(shop.deps, manager, shop.support_id, ids)
    assert made == [parked.MadeTicket(ids[0], 1)]
    assert (shop.ticket()["subject"], shop.ticket()["status"]) == ("Out of office", "open")
    assert (shop.outcomes(), on_shelf(shop, manager)) == (["ticket"], [])


def test_the_ticket_says_who_opened_it(shop: Shop, manager: Caller) -> None:
    parked.make_tickets(shop.deps, manager, shop.support_id, park(shop))
    (opened,) = shop.rows(events, events.c.kind == "ticket_opened")
    assert opened["actor_type"] == "agent"


def test_asking_twice_names_the_ticket_that_was_made(shop: Shop, manager: Caller) -> None:
    ids = park(shop)
    parked.make_tickets(shop.deps, manager, shop.support_id, ids)
    assert parked.make_tickets(shop.deps, manager, shop.support_id, ids) == []
    assert len(shop.tickets()) == 1


def test_two_who_press_at_once_make_one_ticket(shop: Shop, manager: Caller) -> None:
    ids, start = park(shop), Barrier(2)
    told: list[object] = []

    def press() -> None:
        start.wait()
        try:
            made = parked.make_tickets(shop.deps, manager, shop.support_id, ids)
            told.append(len(made))
        except Stale as stale:
            told.append(stale.code)

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(shop.tickets()) == 1
    assert len(shop.messages()) == 1
    assert 1 in told


def test_a_mail_that_cannot_be_read_is_a_file_in_a_ticket(shop: Shop, manager: Caller) -> None:
    park(shop)
    receipt = shop.rows(receipts)[0] | {"reason": "could not be read (ValueError)"}
    mail = Mail(parked._read(shop.deps, receipt).ref, frozenset(), 1, "", 0, error="no")
    made = unreadable.wrapped(shop.deps, mail, receipt, "en")
    assert made.parsed is not None
    assert made.parsed.subject == "A mail that could not be read"
    assert "could not be read (ValueError)" in made.parsed.text
    assert [file.filename for file in made.parsed.attachments] == ["mail.eml"]


def test_a_mail_that_the_database_refuses_is_a_file_in_a_ticket(
    shop: Shop, manager: Caller, refuses_omar: None
) -> None:
    ids = park(shop)
    raw = shop.deps.blobs.get(shop.site_id, shop.rows(receipts)[0]["blob"])
    parked.make_tickets(shop.deps, manager, shop.support_id, ids)
    assert shop.ticket()["subject"] == "رسالة تعذّرت قراءتها"
    file = shop.rows(attachments)[0]
    token = files.token(shop.deps, shop.site_id, file["id"], shop.clock.now())
    assert files.open_file(shop.deps, manager, token).content == raw


@pytest.fixture
def refuses_omar(shop: Shop) -> Iterator[None]:
    """Let the database refuse this customer's mail, as it would a value it cannot hold."""
    is_sqlite = shop.deps.sessions.engine.dialect.name == "sqlite"
    make, drop = (TRIGGER, NO_TRIGGER) if is_sqlite else (CONSTRAINT, NO_CONSTRAINT)
    with shop.deps.sessions.writing() as connection:
        connection.execute(text(make))
    yield
    with shop.deps.sessions.writing() as connection:
        connection.execute(text(drop))


def test_an_address_beyond_doubt_stays_the_sender_of_the_file(shop: Shop, manager: Caller) -> None:
    park(shop)
    receipt = shop.rows(receipts)[0]
    read = parked._read(shop.deps, receipt)
    assert unreadable._sender(read).email == "omar@example.net"
    assert read.parsed is not None
    odd = replace(read.parsed, sender=replace(read.parsed.sender, email="a b@c"))  # type: ignore[type-var]
    assert unreadable._sender(replace(read, parsed=odd)) == unreadable.NOBODY


def test_a_discarded_mail_leaves_the_shelf_and_keeps_its_receipt(
    shop: Shop, manager: Caller
) -> None:
    ids = park(shop)
    assert parked.discard(shop.deps, manager, shop.support_id, ids) == ids
    assert (on_shelf(shop, manager), shop.outcomes()) == ([], ["discarded"])
    assert [mail.id for mail in on_shelf(shop, manager, "discarded")] == ids


def test_discarding_can_be_taken_back(shop: Shop, manager: Caller) -> None:
    ids = park(shop)
    parked.discard(shop.deps, manager, shop.support_id, ids)
    assert parked.restore(shop.deps, manager, shop.support_id, ids) == ids
    assert [mail.id for mail in on_shelf(shop, manager)] == ids
    assert shop.event_kinds()[-2:] == ["mail_discarded", "mail_restored"]


def test_a_discarded_mail_never_comes_back_by_itself(shop: Shop, manager: Caller) -> None:
    parked.discard(shop.deps, manager, shop.support_id, park(shop))
    shop.support.expire_cursors()
    shop.sync()
    assert (shop.outcomes(), shop.tickets()) == (["discarded"], [])


def test_what_was_made_a_ticket_is_not_discarded(shop: Shop, manager: Caller) -> None:
    ids = park(shop)
    parked.make_tickets(shop.deps, manager, shop.support_id, ids)
    assert parked.discard(shop.deps, manager, shop.support_id, ids) == []
    assert shop.outcomes() == ["ticket"]


def test_the_customer_of_the_ticket_is_known_by_the_mail(shop: Shop, manager: Caller) -> None:
    parked.make_tickets(shop.deps, manager, shop.support_id, park(shop))
    assert [row["email"] for row in shop.rows(customer_addresses)] == ["omar@example.net"]
    assert shop.messages()[0]["recipients"] == [{"email": SUPPORT, "name": ""}]


def test_the_shelf_is_for_managers(shop: Shop) -> None:
    with shop.deps.sessions.writing() as connection:
        add_agent(connection, shop.site_id, role="lead", wp_user_id=9006)
    with pytest.raises(Forbidden):
        on_shelf(shop, Caller(shop.site_id, "agent", "9006"))


def test_a_mailbox_that_is_not_there_has_no_shelf(shop: Shop, manager: Caller) -> None:
    with pytest.raises(NotFound):
        parked.discard(shop.deps, manager, 12, [1])
