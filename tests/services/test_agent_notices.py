"""Notices: each agent hears by mail of what he chose, once, gathered, and never of his own acts."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from mail_shop import Shop
from sqlalchemy import update

from inbox_service.domain.events import SYSTEM, Actor, NewEvent
from inbox_service.domain.mail import SENT
from inbox_service.services import noticing
from inbox_service.store import agents as agent_store
from inbox_service.store import events, timeline
from inbox_service.store.tables import (
    address_suppressions,
    agents,
    pending_notices,
    team_members,
    teams,
    tickets,
)
from inbox_service.store.tables.notices import notice_settings
from inbox_service.testing import add_agent

MINA = "mina@desk.example"


def hire(shop: Shop, kinds: tuple[str, ...] = (), **values: Any) -> int:
    """Take in Mina, who wants to hear of `kinds`; of the usual ones where none is named."""
    given = {"name": "Mina", "email": MINA} | values
    with shop.deps.sessions.writing() as connection:
        agent_id = add_agent(connection, shop.site_id, **given)
        if kinds:
            row = {"site_id": shop.site_id, "agent_id": agent_id, "kinds": list(kinds)}
            connection.execute(notice_settings.insert().values(**row))
    return agent_id


def tell(shop: Shop, seconds: int = 61) -> list[EmailMessage]:
    """Let events be looked at and their minute pass; return the notices that ever went out."""
    noticing.look_after(shop.deps)
    shop.clock.advance(seconds=seconds)
    noticing.look_after(shop.deps)
    shop.deliver_due()
    sent = [
        message_from_bytes(one.raw, policy=policy.default) for one in shop.support.mails([SENT])
    ]
    return [mail for mail in sent if "@desk.example" in str(mail["To"])]


def happen(shop: Shop, kind: str, actor: Actor = SYSTEM, **data: Any) -> None:
    ticket = shop.ticket()
    new = NewEvent(kind, actor, ticket["id"], None, ticket["inbox_id"], data)
    with shop.deps.sessions.writing() as connection:
        events.append(connection, shop.site_id, [new], shop.clock.now())


def give(shop: Shop, agent_id: int, actor: Actor = SYSTEM) -> None:
    """Assign the first ticket."""
    with shop.deps.sessions.writing() as connection:
        connection.execute(update(tickets).values(assignee_id=agent_id))
    happen(shop, "ticket_assigned", actor, assignee_id=[None, str(agent_id)])


def words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def asked(shop: Shop) -> None:
    shop.arrive(text="Where is my blue pot?")
    shop.sync()


def test_an_agent_hears_that_a_ticket_was_assigned_to_him(shop: Shop) -> None:
    agent_id = hire(shop)
    asked(shop)
    give(shop, agent_id)
    [mail] = tell(shop)
    assert str(mail["Subject"]) == "[#1] Assigned to you: Where is my order?"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "page=unified-inbox#/open/ticket/1" in words(mail)


def test_what_he_did_himself_he_is_not_told(shop: Shop) -> None:
    agent_id = hire(shop)
    asked(shop)
    give(shop, agent_id, Actor("agent", agent_id))
    assert tell(shop) == []


def test_a_mention_is_told_to_whom_it_names(shop: Shop) -> None:
    agent_id = hire(shop)
    asked(shop)
    happen(shop, "agents_mentioned", agent_ids=[str(agent_id)])
    [mail] = tell(shop)
    assert "You were mentioned" in str(mail["Subject"])


def test_a_customers_answer_is_told_to_whose_ticket_it_is(shop: Shop) -> None:
    agent_id = hire(shop)
    asked(shop)
    give(shop, agent_id, Actor("agent", agent_id))
    tell(shop)
    first = shop.messages()[0]["rfc_message_id"]
    shop.arrive(text="It is the round one.", References=f"<{first.strip('<>')}>")
    shop.sync()
    [mail] = tell(shop)
    assert "The customer answered" in str(mail["Subject"])
    assert "It is the round one." in words(mail)


def come_back(shop: Shop, by: str, agent_id: int | None) -> None:
    """Let the first ticket, of this agent, be back from a snooze."""
    values = {"assignee_id": agent_id, "returned_at": shop.clock.now()}
    with shop.deps.sessions.writing() as connection:
        connection.execute(update(tickets).values(**values))
    happen(shop, "ticket_returned", by=by)


def test_whose_ticket_comes_back_from_a_snooze_is_told(shop: Shop) -> None:
    agent_id = hire(shop)
    asked(shop)
    come_back(shop, "time", agent_id)
    [mail] = tell(shop)
    assert "Back from snooze" in str(mail["Subject"])


@pytest.mark.parametrize(("by", "is_his"), [("reply", True), ("agent", True), ("time", False)])
def test_of_other_returns_nobody_is_told(shop: Shop, by: str, is_his: bool) -> None:
    agent_id = hire(shop)
    asked(shop)
    come_back(shop, by, agent_id if is_his else None)
    assert tell(shop) == []


def test_who_opened_the_returned_ticket_meanwhile_is_not_told(shop: Shop) -> None:
    agent_id = hire(shop)
    asked(shop)
    come_back(shop, "time", agent_id)
    with shop.deps.sessions.writing() as connection:
        connection.execute(update(tickets).values(returned_at=None))
    assert tell(shop) == []
    assert shop.rows(pending_notices) == []


def test_new_requests_are_told_to_those_who_want_to_hear_of_them(shop: Shop) -> None:
    hire(shop, ("opened",))
    hire(shop, email="other@desk.example")
    asked(shop)
    [mail] = tell(shop)
    assert MINA in str(mail["To"])
    assert "New request" in str(mail["Subject"])


def test_a_teams_new_requests_are_told_to_its_members_only(shop: Shop) -> None:
    inside, outside = hire(shop, ("opened",)), hire(shop, ("opened",), email="b@desk.example")
    asked(shop)
    site = {"site_id": shop.site_id}
    with shop.deps.sessions.writing() as connection:
        connection.execute(teams.insert().values(**site, id=5, name="Pots", created_at=1))
        connection.execute(team_members.insert().values(**site, team_id=5, agent_id=inside))
        connection.execute(update(tickets).values(team_id=5))
    assert outside
    assert [str(mail["To"]) for mail in tell(shop)] == [f"Mina <{MINA}>"]


def test_nobody_is_told_of_an_inbox_that_he_does_not_see(shop: Shop) -> None:
    hire(shop, ("opened",), inboxes=(shop.inbox_ids()["Sales"],))
    asked(shop)
    assert tell(shop) == []


def test_who_lost_an_inbox_meanwhile_is_told_nothing_of_it(shop: Shop) -> None:
    agent_id = hire(shop, ("opened",))
    asked(shop)
    noticing.look_after(shop.deps)
    elsewhere = [shop.inbox_ids()["Sales"]]
    with shop.deps.sessions.writing() as connection:
        agent_store.set_reach(
            connection, shop.site_id, agent_id, sees_all=False, inbox_ids=elsewhere
        )
    assert tell(shop) == []
    assert shop.rows(pending_notices) == []


def test_what_happens_within_a_minute_is_one_mail(shop: Shop) -> None:
    agent_id = hire(shop, ("opened", "assigned", "mentioned"))
    asked(shop)
    give(shop, agent_id)
    happen(shop, "agents_mentioned", agent_ids=[str(agent_id)])
    [mail] = tell(shop)
    assert "You were mentioned" in str(mail["Subject"])


def test_nothing_is_told_before_the_minute_is_over(shop: Shop) -> None:
    hire(shop, ("opened",))
    asked(shop)
    assert tell(shop, seconds=30) == []


def test_what_he_read_meanwhile_is_not_told(shop: Shop) -> None:
    agent_id = hire(shop, ("answered",))
    asked(shop)
    give(shop, agent_id)
    tell(shop)
    first = shop.messages()[0]["rfc_message_id"]
    shop.arrive(References=f"<{first.strip('<>')}>")
    shop.sync()
    last = shop.messages()[-1]
    with shop.deps.sessions.writing() as connection:
        at = shop.clock.now()
        timeline.note_seen(connection, shop.site_id, agent_id, last["ticket_id"], last["id"], at)
    assert tell(shop) == []
    assert shop.rows(pending_notices) == []


def test_many_tickets_at_once_are_one_list(shop: Shop) -> None:
    hire(shop, ("opened",))
    for number in range(5):
        shop.arrive(Subject=f"Question {number}")
    shop.sync()
    [mail] = tell(shop)
    assert str(mail["Subject"]) == "5 tickets with news for you"
    assert all(f"Question {number}" in words(mail) for number in range(5))


def test_the_cap_holds_and_what_it_held_back_is_told_later(shop: Shop) -> None:
    hire(shop, ("opened",))
    for number in range(8):
        shop.arrive(Subject=f"Question {number}")
        shop.sync()
        tell(shop)
    assert len(tell(shop)) == 6
    last = tell(shop, seconds=3700)[6:]
    assert [str(mail["Subject"]) for mail in last] == [
        "[#7] New request: Question 6",
        "[#8] New request: Question 7",
    ]


def test_who_wants_no_texts_in_mail_gets_none(shop: Shop) -> None:
    agent_id = hire(shop, ("opened",))
    with shop.deps.sessions.writing() as connection:
        connection.execute(update(notice_settings).values(with_text=False))
    asked(shop)
    [mail] = tell(shop)
    assert agent_id
    assert "blue pot" not in words(mail)


def test_an_arabic_agent_reads_it_in_arabic_from_right_to_left(shop: Shop) -> None:
    hire(shop, ("opened",), locale="ar")
    asked(shop)
    [mail] = tell(shop)
    html = mail.get_body(("html",))
    assert html is not None
    assert "طلب جديد" in str(mail["Subject"])
    assert 'dir="rtl"' in html.get_content()


@pytest.mark.parametrize("change", [{"state": "suspended"}, {"email": ""}])
def test_who_left_or_has_no_address_is_not_mailed(shop: Shop, change: dict[str, str]) -> None:
    hire(shop, ("opened",))
    asked(shop)
    noticing.look_after(shop.deps)
    with shop.deps.sessions.writing() as connection:
        connection.execute(update(agents).where(agents.c.email == MINA).values(**change))
    assert tell(shop) == []
    assert shop.rows(pending_notices) == []


def test_an_address_that_bounced_is_not_tried_for_ever(shop: Shop) -> None:
    hire(shop, ("opened",))
    row = {"site_id": shop.site_id, "email": MINA, "reason": "5.1.1", "since": 1}
    with shop.deps.sessions.writing() as connection:
        connection.execute(address_suppressions.insert().values(**row))
    asked(shop)
    assert tell(shop) == []
    assert shop.rows(pending_notices) == []


def test_the_copy_of_a_notice_opens_no_ticket(shop: Shop) -> None:
    hire(shop, ("opened",))
    asked(shop)
    tell(shop)
    shop.sync()
    assert len(shop.tickets()) == 1


def test_events_are_looked_at_once(shop: Shop) -> None:
    asked(shop)
    assert noticing.look_after(shop.deps)["events"] > 0
    assert noticing.look_after(shop.deps)["events"] == 0
