"""Messages that an agent takes into a ticket of their own."""

from __future__ import annotations

from collections import Counter

import pytest
from mail_shop import SUPPORT, Shop

from inbox_service.errors import Conflict, Invalid, Stale
from inbox_service.services import merging, splitting
from inbox_service.services.reply_tokens import address_for
from inbox_service.services.views import TicketView
from inbox_service.store import counters
from inbox_service.store.counters import Bucket
from inbox_service.store.tables import messages, participants

EVE = "Eve Stone <eve@example.org>"


@pytest.fixture
def talk(shop: Shop) -> Shop:
    """The shop with ticket 1: Omar's question, our answer, his second question."""
    shop.arrive(Message_ID="<lamp@x>", Subject="The lamp")
    shop.sync()
    shop.reply(1, "We look.")
    shop.deliver_due()
    shop.arrive(Message_ID="<vase@x>", Subject="And the vase", References="<lamp@x>")
    shop.sync()
    return shop


def ids(shop: Shop, number: int = 1) -> list[int]:
    rows = shop.rows(messages, messages.c.ticket_id == shop.ticket(number)["id"])
    return sorted(row["id"] for row in rows)


def split(shop: Shop, *places: int, subject: str = "") -> TicketView:
    chosen = [ids(shop)[place] for place in places or (-1,)]
    version = shop.ticket(1)["version"]
    return splitting.split(shop.deps, shop.caller, 1, version, chosen, subject)


def people(shop: Shop, number: int) -> set[str]:
    rows = shop.rows(participants, participants.c.ticket_id == shop.ticket(number)["id"])
    return {row["email"] for row in rows}


def test_the_messages_are_in_a_new_ticket_of_the_same_people(talk: Shop) -> None:
    view = split(talk)
    row = view.row
    assert (row["number"], row["subject"], row["message_count"]) == (2, "And the vase", 1)
    assert row["customer_id"] == talk.ticket(1)["customer_id"]
    assert (talk.ticket(1)["message_count"], talk.ticket(1)["waiting_since"]) == (2, None)
    assert people(talk, 1) == people(talk, 2)


def test_an_answer_to_a_message_that_went_goes_after_it_in_the_same_thread(talk: Shop) -> None:
    split(talk)
    talk.arrive(Message_ID="<more@x>", References="<lamp@x> <vase@x>")
    talk.arrive(Message_ID="<back@x>", References="<lamp@x>")
    talk.sync()
    assert (talk.ticket(2)["message_count"], talk.ticket(1)["message_count"]) == (2, 3)


def test_merging_takes_it_back(talk: Shop) -> None:
    before = ids(talk)
    split(talk)
    merging.merge(talk.deps, talk.caller, 2, talk.ticket(2)["version"], 1)
    assert ids(talk) == before
    talk.arrive(Message_ID="<more@x>", References="<vase@x>")
    talk.sync()
    assert talk.ticket(1)["message_count"] == 4


def test_both_tell_of_it_with_who_did_it_and_are_counted(talk: Shop) -> None:
    split(talk)
    assert talk.event_kinds()[-2:] == ["messages_split", "ticket_split"]
    with talk.deps.sessions.reading() as connection:
        counted = dict(counters.read(connection, talk.site_id))
    assert counted == Counter(Bucket.of(row) for row in talk.tickets())


def test_whose_message_went_takes_part_only_there(talk: Shop) -> None:
    talk.arrive(From=EVE, To="support@shop.example", Message_ID="<eve@x>", Subject="Eve's")
    talk.sync()
    merging.merge(talk.deps, talk.caller, 2, talk.ticket(2)["version"], 1)
    view = splitting.split(
        talk.deps, talk.caller, 1, talk.ticket(1)["version"], [ids(talk)[-1]], "Hers"
    )
    assert (view.customer.email, view.row["subject"]) == ("eve@example.org", "Hers")
    assert "eve@example.org" not in people(talk, 1)


def answer(shop: Shop, to_message: int, **headers: str) -> None:
    """Let somebody answer a message of ticket 1 to the address that its mail named."""
    (row,) = shop.rows(messages, messages.c.id == to_message)
    first = shop.ticket(1)["id"]
    token = address_for(shop.deps.secrets, shop.site_id, first, SUPPORT)
    shop.arrive(To=token, In_Reply_To=row["rfc_message_id"], **headers)
    shop.sync()


def test_an_answer_to_the_old_tickets_address_goes_where_the_answered_mail_went(
    talk: Shop,
) -> None:
    question, ours, _ = ids(talk)
    split(talk, 1, 2)
    answer(talk, ours)
    assert (talk.ticket(1)["message_count"], talk.ticket(2)["message_count"]) == (1, 3)
    answer(talk, question)
    assert (talk.ticket(1)["message_count"], talk.ticket(2)["message_count"]) == (2, 3)
    merging.merge(talk.deps, talk.caller, 2, talk.ticket(2)["version"], 1)
    answer(talk, ours)
    assert talk.ticket(1)["message_count"] == 6


def test_who_takes_part_in_the_new_ticket_alone_is_not_a_stranger_in_the_old_one(
    talk: Shop,
) -> None:
    ours = ids(talk)[1]
    talk.arrive(From=EVE, To=SUPPORT, Message_ID="<eve@x>", References="<lamp@x>")
    talk.sync()
    merging.merge(talk.deps, talk.caller, 2, talk.ticket(2)["version"], 1)
    chosen = [ids(talk)[-1]]
    splitting.split(talk.deps, talk.caller, 1, talk.ticket(1)["version"], chosen, "Hers")
    answer(talk, ours, From=EVE, References="<eve@x>")
    assert [row["new_person"] for row in talk.messages(3)] == [False, False]


def test_a_stranger_with_the_old_tickets_address_gets_into_no_other(talk: Shop) -> None:
    ours = ids(talk)[1]
    split(talk, 1, 2)
    answer(talk, ours, From=EVE)
    assert talk.messages(1)[-1]["new_person"]
    assert talk.ticket(2)["message_count"] == 2


def test_a_new_ticket_keeps_who_works_on_it_and_is_open(talk: Shop) -> None:
    before = talk.ticket(1)
    row = split(talk, 0, subject="Other").row
    assert (row["assignee_id"], row["inbox_id"], row["status"]) == (
        before["assignee_id"],
        before["inbox_id"],
        "open",
    )


def test_a_ticket_is_not_left_empty(talk: Shop) -> None:
    with pytest.raises(Invalid, match="must stay"):
        split(talk, 0, 1, 2)


def test_a_mail_that_has_not_left_stays(shop: Shop) -> None:
    shop.arrive()
    shop.sync()
    shop.reply(1, "Soon.")
    with pytest.raises(Conflict, match="has not left"):
        split(shop)


def test_what_is_not_in_the_ticket_is_refused(talk: Shop) -> None:
    with pytest.raises(Invalid, match="no such message"):
        splitting.split(talk.deps, talk.caller, 1, talk.ticket(1)["version"], [5], "")


def test_what_was_changed_meanwhile_is_not_split(talk: Shop) -> None:
    with pytest.raises(Stale):
        splitting.split(talk.deps, talk.caller, 1, 1, [ids(talk)[-1]], "")


def test_a_merged_ticket_has_nothing_to_split(talk: Shop) -> None:
    split(talk)
    merging.merge(talk.deps, talk.caller, 2, talk.ticket(2)["version"], 1)
    with pytest.raises(Conflict):
        splitting.split(talk.deps, talk.caller, 2, talk.ticket(2)["version"], ids(talk), "")
