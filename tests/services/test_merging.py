"""Tickets that become one by an agent's hand, and two again."""

from __future__ import annotations

from typing import Any

import pytest
from mail_shop import Shop

from inbox_service.errors import Conflict, Invalid, Stale
from inbox_service.services import drafts, merging, snoozing, views
from inbox_service.services import tickets as service
from inbox_service.services.views import TicketView
from inbox_service.store import counters
from inbox_service.store.counters import Bucket
from inbox_service.store.tables import message_ids, outbox, participants, receipts

EVE = "Eve Stone <eve@example.org>"


@pytest.fixture
def two(shop: Shop) -> Shop:
    """The shop with Omar's ticket 1, answered, and Eve's ticket 2, which waits."""
    shop.arrive(Message_ID="<one@x>", Subject="The lamp")
    shop.sync()
    shop.reply(1, "We look.")
    shop.arrive(Message_ID="<two@x>", Subject="Lamp, again", From=EVE)
    shop.sync()
    return shop


def merge(shop: Shop, number: int = 2, into: int = 1) -> TicketView:
    version = shop.ticket(number)["version"]
    return merging.merge(shop.deps, shop.caller, number, version, into)


def unmerge(shop: Shop, number: int = 2) -> TicketView:
    version = shop.ticket(number)["version"]
    return merging.unmerge(shop.deps, shop.caller, number, version)


def people(shop: Shop, number: int) -> dict[str, str]:
    rows = shop.rows(participants, participants.c.ticket_id == shop.ticket(number)["id"])
    return {row["email"]: row["role"] for row in rows}


def counted(shop: Shop) -> dict[Bucket, int]:
    with shop.deps.sessions.reading() as connection:
        return dict(counters.read(connection, shop.site_id))


def recounted(shop: Shop) -> dict[Bucket, int]:
    found: dict[Bucket, int] = {}
    for row in shop.tickets():
        if row["merged_into"] is None:
            found[Bucket.of(row)] = found.get(Bucket.of(row), 0) + 1
    return found


def state(shop: Shop) -> list[Any]:
    """Return all that a merge and its end must leave as it was, but versions and threads."""
    told = [
        {name: value for name, value in row.items() if name != "version"} for row in shop.tickets()
    ]
    places = [(row["id"], row["ticket_id"]) for row in [*shop.messages(1), *shop.messages(2)]]
    leading = sorted((row["hash"], row["ticket_id"]) for row in shop.rows(message_ids))
    mail = [(row["id"], row["ticket_id"]) for row in (*shop.rows(receipts), *shop.rows(outbox))]
    who = [people(shop, number) for number in (1, 2)]
    return [told, places, leading, mail, who, counted(shop)]


def test_a_merged_ticket_has_gone_into_the_other_with_all_that_is_its_own(two: Shop) -> None:
    assert merge(two).merged_into == 1
    target, gone = two.ticket(1), two.ticket(2)
    assert [row["subject"] for row in two.messages(1)][::2] == ["The lamp", "Lamp, again"]
    assert (target["message_count"], target["snippet"]) == (3, "Please tell me.")
    assert target["waiting_since"] == two.messages(1)[-1]["sent_at"]
    assert (gone["merged_into"], gone["message_count"]) == (target["id"], 0)
    assert people(two, 1)["eve@example.org"] == "customer"
    assert {row["ticket_id"] for row in two.rows(message_ids)} == {target["id"]}
    assert counted(two) == recounted(two)
    assert [row["origin_ticket_id"] for row in two.messages(1)] == [None, None, gone["id"]]


def test_the_timeline_of_both_tells_of_it(two: Shop) -> None:
    merge(two)
    unmerge(two)
    told = [(row["kind"], row["ticket_id"], row["actor_id"]) for row in two.events()[-4:]]
    one, other = two.ticket(1)["id"], two.ticket(2)["id"]
    assert told == [
        ("ticket_merged", other, two.agent_id),
        ("messages_merged", one, two.agent_id),
        ("ticket_unmerged", other, two.agent_id),
        ("messages_unmerged", one, two.agent_id),
    ]


@pytest.mark.parametrize(("number", "into"), [(2, 1), (1, 2)])
def test_undoing_a_merge_leaves_everything_as_it_was(two: Shop, number: int, into: int) -> None:
    before = state(two)
    merge(two, number, into)
    unmerge(two, number)
    after = state(two)
    for row in before[0] + after[0]:
        row.pop("last_activity_at")
    assert after == before


def test_mail_for_a_merged_ticket_lands_in_the_other(two: Shop) -> None:
    merge(two)
    two.arrive(References="<two@x>", From=EVE, Subject="Re: Lamp, again")
    two.sync()
    assert two.messages(1)[-1]["author_email"] == "eve@example.org"
    assert len(two.tickets()) == 2


def test_what_came_since_stays_and_later_mail_finds_its_own_ticket_again(two: Shop) -> None:
    merge(two)
    two.arrive(Message_ID="<late@x>", References="<one@x>")
    two.sync()
    unmerge(two)
    assert [row["rfc_message_id"] for row in two.messages(2)] == ["two@x"]
    assert two.messages(1)[-1]["rfc_message_id"] == "late@x"
    two.arrive(References="<two@x>", From=EVE)
    two.sync()
    assert len(two.messages(2)) == 2


def test_a_stranger_of_the_other_ticket_is_out_of_it_again(two: Shop) -> None:
    merge(two)
    unmerge(two)
    two.arrive(References="<one@x>", From=EVE)
    two.sync()
    assert len(two.tickets()) == 3


def test_an_unsent_reply_goes_with_its_ticket_and_is_sent(two: Shop) -> None:
    merge(two, 1, 2)
    assert {row["ticket_id"] for row in two.outbox()} == {two.ticket(2)["id"]}
    two.clock.advance(seconds=60)
    assert two.deliver_due() == ["sent"]
    two.sync()
    assert "sent" in two.outcomes()


def test_an_open_ticket_opens_what_it_goes_into_until_it_leaves_again(two: Shop) -> None:
    version = two.ticket(1)["version"]
    service.change(two.deps, two.caller, 1, version, {"status": "solved"})
    merge(two)
    assert two.ticket(1)["status"] == "open"
    unmerge(two)
    assert two.ticket(1)["status"] == "solved"


def test_what_was_solved_since_stays_solved(two: Shop) -> None:
    later = two.clock.now() + 3_600_000
    snoozing.snooze(two.deps, two.caller, 1, two.ticket(1)["version"], later)
    merge(two)
    assert two.ticket(1)["snoozed_until"] is None
    service.change(two.deps, two.caller, 1, two.ticket(1)["version"], {"status": "solved"})
    unmerge(two)
    assert (two.ticket(1)["status"], two.ticket(1)["snoozed_until"]) == ("solved", None)


def test_a_merge_of_merged_tickets_is_undone_step_by_step(two: Shop) -> None:
    two.arrive(Message_ID="<three@x>", Subject="A third")
    two.sync()
    merge(two, 3, 2)
    merge(two, 2, 1)
    assert [two.ticket(n)["merged_into"] for n in (2, 3)] == [two.ticket(1)["id"]] * 2
    unmerge(two, 2)
    assert two.ticket(3)["merged_into"] == two.ticket(2)["id"]
    unmerge(two, 3)
    assert [len(two.messages(n)) for n in (1, 2, 3)] == [2, 1, 1]
    assert counted(two) == recounted(two)


def test_the_first_of_several_merges_can_be_undone_alone(two: Shop) -> None:
    two.arrive(Message_ID="<three@x>", Subject="A third")
    two.sync()
    merge(two, 3, 2)
    merge(two, 2, 1)
    unmerge(two, 3)
    assert [len(two.messages(n)) for n in (1, 2, 3)] == [3, 0, 1]


def test_a_merge_names_another_ticket_that_is_there(two: Shop) -> None:
    with pytest.raises(Invalid, match="itself"):
        merge(two, 2, 2)
    merge(two)
    for number, into in ((2, 1), (1, 2)):
        with pytest.raises(Conflict, match="merged into another"):
            merge(two, number, into)


def test_a_merge_into_nothing_is_refused_by_its_field(two: Shop) -> None:
    with pytest.raises(Invalid, match="no ticket 99") as raised:
        merge(two, 2, 99)
    assert raised.value.details == {"field": "into"}


@pytest.mark.parametrize("number", [1, 2])
def test_what_was_thrown_away_is_not_merged(two: Shop, number: int) -> None:
    version = two.ticket(number)["version"]
    service.change(two.deps, two.caller, number, version, {"place": "trash"})
    with pytest.raises(Conflict, match=f"Ticket {number} is not in the inbox"):
        merge(two)


def test_what_was_changed_meanwhile_is_not_merged_unseen(two: Shop) -> None:
    with pytest.raises(Stale):
        merging.merge(two.deps, two.caller, 2, 99, 1)
    assert len(two.messages(2)) == 1


def test_only_what_was_merged_can_be_undone(two: Shop) -> None:
    with pytest.raises(Conflict, match="in no other one"):
        unmerge(two)


def begin(shop: Shop, number: int, text: str) -> None:
    drafts.save(shop.deps, shop.caller, number, "reply", drafts.Save({"text": text}))


def begun(shop: Shop, number: int) -> list[str]:
    rows = drafts.of_ticket(shop.deps, shop.caller, number)
    return [row["content"]["text"] for row in rows]


def test_tags_go_with_the_messages_and_come_back_with_them(two: Shop) -> None:
    for number, names in ((1, ["lamp"]), (2, ["lamp", "late"])):
        version = two.ticket(number)["version"]
        service.change(two.deps, two.caller, number, version, {"tags": names})
    merge(two)
    assert views.show_ticket(two.deps, two.caller, 1).tags == ["lamp", "late"]
    unmerge(two)
    assert views.show_ticket(two.deps, two.caller, 1).tags == ["lamp"]
    assert views.show_ticket(two.deps, two.caller, 2).tags == ["lamp", "late"]


def test_a_draft_goes_with_the_messages_and_comes_back_with_them(two: Shop) -> None:
    begin(two, 2, "Dear Eve,")
    merge(two)
    assert (begun(two, 1), begun(two, 2)) == (["Dear Eve,"], [])
    unmerge(two)
    assert (begun(two, 1), begun(two, 2)) == ([], ["Dear Eve,"])


def test_a_draft_does_not_push_another_aside(two: Shop) -> None:
    begin(two, 1, "Dear Omar,")
    begin(two, 2, "Dear Eve,")
    merge(two)
    assert (begun(two, 1), begun(two, 2)) == (["Dear Omar,"], ["Dear Eve,"])
    unmerge(two)
    assert begun(two, 2) == ["Dear Eve,"]
