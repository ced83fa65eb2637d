"""Mail that is read late puts tickets together, and only those that nobody has touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest
from arrival_orders import SUPPORT, Archive
from mail_shop import Shop
from sqlalchemy import Connection, insert, select, update

from connectors.memory.server import MemoryServer
from inbox_service.deps import Deps
from inbox_service.domain.events import Actor, NewEvent
from inbox_service.errors import Conflict
from inbox_service.services import merging
from inbox_service.services.auth import Caller
from inbox_service.services.mail_reading import Mail
from inbox_service.store import events as event_log
from inbox_service.store.ids import new_id
from inbox_service.store.tables import events, link_grants, messages, receipts, tickets
from inbox_service.testing import START, FakeClock, add_agent, add_inbox, add_message

OMAR, EVE = "omar@example.net", "eve@example.org"
HOUR = 3_600_000


class Thread(Archive):
    """Omar's letters <first@x>, <middle@x> that answers it, and one answer to each of them.

    The two answers know nothing of each other: only the middle ties them.
    """

    def write(self, rfc_id: str, names: str, hour: int, sender: str = OMAR, **headers: str) -> Mail:
        """Let a mail arrive at an hour of the day before."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Message-ID"] = sender, SUPPORT, rfc_id
        mail["Subject"], mail["References"] = f"About {rfc_id}", names
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(f"This is {rfc_id}.")
        return self.receive(bytes(mail), START + (hour - 24) * HOUR)

    def read_answers(self) -> None:
        """Read the two answers, which makes two tickets."""
        one = self.write("<one@x>", "<first@x>", 4)
        other = self.write("<other@x>", "<middle@x>", 3)
        self.read([[one], [other]])

    def read_middle(self, **headers: str) -> None:
        """Read what they answer."""
        self.read_on([[self.write("<middle@x>", "<first@x>", 2, **headers)]])

    def rows(self, table: Any) -> list[dict[str, Any]]:
        """Return the site's rows, in the order of their keys."""
        query = select(table).where(table.c.site_id == self.mailbox["site_id"])
        query = query.order_by(*table.primary_key.columns)
        with self.deps.sessions.reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def there(self) -> list[dict[str, Any]]:
        """Return the tickets that went into no other."""
        return [row for row in self.rows(tickets) if row["merged_into"] is None]


@pytest.fixture
def thread(deps_with: Callable[[MemoryServer], Deps]) -> Thread:
    clock = FakeClock()
    server = MemoryServer(clock)
    server.add(SUPPORT)
    made = Thread(replace(deps_with(server), clock=clock))
    made.read_answers()
    return made


def test_what_ties_two_tickets_of_history_puts_them_together(thread: Thread) -> None:
    assert len(thread.there()) == 2
    thread.read_middle()
    [ticket] = thread.there()
    assert (ticket["message_count"], ticket["subject"]) == (3, "About <middle@x>")
    assert thread.disorder() == []


def test_a_ticket_that_went_into_another_says_so(thread: Thread) -> None:
    thread.read_middle()
    [ticket] = thread.there()
    gone = next(row for row in thread.rows(tickets) if row["merged_into"])
    assert (gone["merged_into"], gone["message_count"]) == (ticket["id"], 0)
    told = {row["kind"]: row for row in thread.rows(events) if row["actor_type"] == "system"}
    assert told["ticket_merged"]["ticket_id"] == gone["id"]
    assert told["ticket_merged"]["data"]["into"] == str(ticket["id"])
    assert told["messages_moved"]["ticket_id"] == ticket["id"]


def test_a_message_that_was_moved_remembers_where_it_was(thread: Thread) -> None:
    before = {row["id"]: row["ticket_id"] for row in thread.rows(messages)}
    thread.read_middle()
    for row in thread.rows(messages):
        was = before.get(row["id"], row["ticket_id"])
        assert row["origin_ticket_id"] == (None if was == row["ticket_id"] else was)


def test_an_agent_can_take_such_a_merge_back_for_good(thread: Thread) -> None:
    thread.read_middle()
    gone = next(row for row in thread.rows(tickets) if row["merged_into"])
    site_id: int = thread.mailbox["site_id"]
    with thread.deps.sessions.writing() as connection:
        add_agent(connection, site_id, wp_user_id=7)
    caller = Caller(site_id, "agent", "7")
    merging.unmerge(thread.deps, caller, gone["number"], gone["version"])
    [back] = [one for one in thread.rows(messages) if one["ticket_id"] == gone["id"]]
    assert (back["rfc_message_id"], len(thread.there())) == ("one@x", 2)
    thread.read_on([[thread.write("<more@x>", "<one@x>", 1)]])
    assert len([one for one in thread.rows(messages) if one["ticket_id"] == gone["id"]]) == 2


def test_receipts_follow_their_messages(thread: Thread) -> None:
    thread.read_middle()
    [ticket] = thread.there()
    found = thread.rows(receipts)
    assert {row["ticket_id"] for row in found} == {ticket["id"]}
    assert sorted(row["outcome"] for row in found) == ["reply", "reply", "ticket"]


def test_later_mail_finds_the_ticket_by_what_was_moved(thread: Thread) -> None:
    thread.read_middle()
    late = thread.write("<late@x>", "<one@x>", 5)
    thread.read_on([[late], [thread.write("<later@x>", "<other@x>", 6)]])
    assert [row["message_count"] for row in thread.there()] == [5]


def test_a_mail_leaves_for_a_ticket_of_its_own_when_what_it_answers_is_read_late(
    thread: Thread,
) -> None:
    copied = thread.write("<copied@x>", "<root@x>", 9, Cc=EVE)
    eves = thread.write("<eve@x>", "<root@x>", 10, sender=EVE)
    tickets_of = thread.read_on([[copied], [eves]])
    assert tickets_of[eves.ref.provider_id] == tickets_of[copied.ref.provider_id]
    root = thread.write("<root@x>", "<nothing@x>", 8, sender=EVE)
    tickets_of = thread.read_on([[root]])
    assert tickets_of[eves.ref.provider_id] == tickets_of[root.ref.provider_id]
    assert tickets_of[eves.ref.provider_id] != tickets_of[copied.ref.provider_id]
    assert thread.disorder() == []


# --- what stays -----------------------------------------------------------------------------------


def note(connection: Connection, ticket: dict[str, Any]) -> None:
    add_message(connection, ticket["site_id"], ticket["id"], kind="note")


def assign(connection: Connection, ticket: dict[str, Any]) -> None:
    agent = Actor("agent", add_agent(connection, ticket["site_id"]))
    event = NewEvent("ticket_assigned", agent, ticket["id"], None, ticket["inbox_id"])
    event_log.append(connection, ticket["site_id"], [event], START)


def give_link(connection: Connection, ticket: dict[str, Any]) -> None:
    row = {"id": new_id(START), "email": OMAR, "created_at": START, "expires_at": START + HOUR}
    linked = {"site_id": ticket["site_id"], "ticket_id": ticket["id"], **row}
    connection.execute(insert(link_grants).values(**linked))


def erase(connection: Connection, ticket: dict[str, Any]) -> None:
    of_ticket = messages.c.ticket_id == ticket["id"]
    connection.execute(update(messages).where(of_ticket).values(erased_at=START))


def change_inbox(connection: Connection, ticket: dict[str, Any]) -> None:
    values = {"inbox_id": add_inbox(connection, ticket["site_id"])}
    connection.execute(update(tickets).where(tickets.c.id == ticket["id"]).values(**values))


def let_it_be_live(connection: Connection, ticket: dict[str, Any]) -> None:
    values = {"from_before": False}
    connection.execute(update(tickets).where(tickets.c.id == ticket["id"]).values(**values))


@pytest.mark.parametrize("touch", [note, assign, give_link, erase, change_inbox, let_it_be_live])
@pytest.mark.parametrize("which", [0, 1])
def test_a_ticket_that_is_not_mails_alone_is_left_as_it_is(
    thread: Thread, touch: Callable[[Connection, dict[str, Any]], None], which: int
) -> None:
    with thread.deps.sessions.writing() as connection:
        touch(connection, thread.there()[which])
    before = {row["id"]: row["ticket_id"] for row in thread.rows(messages)}
    thread.read_middle()
    after = {row["id"]: row["ticket_id"] for row in thread.rows(messages)}
    assert {one: after[one] for one in before} == before
    assert len(thread.there()) == 2


def test_a_forged_mail_brings_no_tickets_together(thread: Thread) -> None:
    thread.read_middle(Authentication_Results="mx; dmarc=fail")
    [forged] = [row for row in thread.rows(messages) if not row["believed"]]
    others = {row["rfc_message_id"]: row["ticket_id"] for row in thread.rows(messages)}
    assert others["one@x"] != forged["ticket_id"]
    assert len(thread.there()) == 2


def test_a_strangers_mail_brings_no_tickets_together(thread: Thread) -> None:
    thread.read_middle(sender=EVE)
    assert [row["message_count"] for row in thread.there()] == [1, 1, 1]
    assert [row["origin_ticket_id"] for row in thread.rows(messages)] == [None, None, None]


def test_one_whom_a_mail_read_late_shows_to_be_a_stranger_keeps_a_ticket_of_his_own(
    thread: Thread,
) -> None:
    copied = thread.write("<copied@x>", "<root@x>", 9, Cc=EVE)
    eves = thread.write("<eve@x>", "<root@x>", 8, sender=EVE)
    tickets_of = thread.read_on([[copied], [eves]])
    assert tickets_of[copied.ref.provider_id] != tickets_of[eves.ref.provider_id]


def test_nobody_answers_in_a_ticket_that_went_into_another(shop: Shop) -> None:
    shop.arrive(subject="One")
    shop.arrive(subject="Two")
    shop.sync()
    with shop.deps.sessions.writing() as connection:
        gone = update(tickets).where(tickets.c.id == shop.ticket(1)["id"])
        connection.execute(gone.values(merged_into=shop.ticket(2)["id"]))
    with pytest.raises(Conflict, match="merged"):
        shop.reply()
