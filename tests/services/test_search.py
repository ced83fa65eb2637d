"""Search finds what it is asked for, in the order of the newest hit, and shows why."""

from __future__ import annotations

from typing import Any

import pytest
from searching import MINUTE, file_ticket, found, look, say
from sqlalchemy import update
from team import Team

from inbox_service.errors import Invalid
from inbox_service.services import search
from inbox_service.services.auth import Caller
from inbox_service.store import tags
from inbox_service.store.tables import tickets
from inbox_service.testing import START, FakeClock, add_agent, add_inbox, add_message, add_site

DAY = 24 * 3_600_000
RITA = [{"name": "Rita Cruz", "email": "rita@example.org"}]


@pytest.mark.parametrize(
    "typed",
    [
        "refund",
        "refu",
        "REFUND teapot",
        '"my refund"',
        "teapot my",
        "from:haddad",
        "from:omar@example.net",
        "to:rita",
        "to:example.org",
        "subject:cracked",
        "crack",
        "refund -late",
        '-"refund my" refund',
        "invoice-2026.pdf",
        "has:attachment refund",
        "has:attachment",
        "+63 917",
        "AB12CD34",
    ],
)
def test_one_ticket_is_found_among_others(team: Team, typed: str) -> None:
    file_ticket(
        team,
        1,
        "Where is my refund for the teapot?",
        subject="A cracked lid",
        reference="AB12CD34",
        author_name="Omar Haddad",
        recipients=RITA,
        folded_text="-- \nCall +63 917 555",
        files=["Invoice-2026.pdf"],
    )
    file_ticket(team, 2, "The order is late.", author_name="Lea", author_email="lea@shop.test")
    assert found(team, typed) == [1]


def test_a_ticket_comes_first_by_its_number_before_those_that_speak_of_it(team: Team) -> None:
    file_ticket(team, 1, "Where is order #3?")
    file_ticket(team, 2, "Where is my refund?")
    file_ticket(team, 3, "It is about #3.", place="trash")
    assert found(team, "#3") == [3, 1]
    assert found(team, "#2") == [2]
    assert found(team, "#77") == []


@pytest.mark.parametrize(
    "typed",
    ["refunds", '"refund my"', "to:omar", "subject:refund", "from:rita", "refund -teapot", "x"],
)
def test_what_does_not_fit_is_not_found(team: Team, typed: str) -> None:
    file_ticket(team, 1, "Where is my refund for the teapot?", recipients=RITA)
    assert found(team, typed) == []


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("أين الطَّلَبُ رقم ١٢٣ يا أحمد", "الطلب 123"),
        ("إلى مدرسة الفنون", "الي مدرسه"),
        ("وصلـــت الهدية متأخرة", "وصلت متاخره"),
        ("東京都に住んでいます", "京都"),
        ("東京都に住んでいます", "住"),
        ("ขอเงินคืน", "เงิน"),
        ("Ich wohne in der Straße 5", "strasse"),
        ("Không nhận được hàng", "khong nhan duoc"),
    ],
)
def test_any_language_is_found_as_it_is_typed(team: Team, written: str, typed: str) -> None:
    file_ticket(team, 1, written)
    file_ticket(team, 2, "something else altogether, 99")
    assert found(team, typed) == [1]


def test_the_newest_hit_comes_first_and_each_ticket_once(team: Team) -> None:
    first = file_ticket(team, 1, "refund")
    file_ticket(team, 2, "refund")
    say(team, first, "refund again", START + 3 * MINUTE)
    assert found(team, "refund") == [1, 2]


def test_pages_show_every_ticket_once(team: Team) -> None:
    ids = [file_ticket(team, number, "refund") for number in range(1, 6)]
    for place, ticket_id in enumerate(ids):
        say(team, ticket_id, "refund, please", START + (10 - place) * MINUTE)
    seen: list[int] = []
    after: Any = None
    while True:
        page = look(team, "refund", after=after, limit=2)
        seen += [one.ticket.row["number"] for one in page.items]
        after = page.next_key
        if after is None:
            break
    assert seen == [1, 2, 3, 4, 5]


def test_a_hit_shows_who_wrote_and_the_words(team: Team) -> None:
    file_ticket(team, 1, "Hello,\nwhere is my Refund?", subject="Refund", author_name="Omar")
    (one,) = look(team, "refund ").items
    assert [(piece.text, piece.hit) for piece in one.subject] == [("Refund", True)]
    assert one.hit is not None
    assert [piece.text for piece in one.hit.excerpt] == ["Hello, where is my ", "Refund", "?"]
    assert one.hit.author_name == "Omar"


def test_a_hit_in_a_quote_is_shown_without_its_marks(team: Team) -> None:
    file_ticket(team, 1, "See below", folded_text="> > Where is\n> > my refund?")
    (one,) = look(team, "refund ").items
    assert one.hit is not None
    assert "".join(piece.text for piece in one.hit.excerpt) == "Where is my refund?"


@pytest.mark.parametrize(
    ("typed", "shown"), [("lid.pdf", "Lid.pdf"), ("rita", "Rita"), ("to:cruz", "Cruz")]
)
def test_a_hit_outside_the_text_shows_where_it_is(team: Team, typed: str, shown: str) -> None:
    file_ticket(team, 1, "Hello", files=["Lid.pdf"], recipients=RITA)
    (one,) = look(team, typed).items
    assert one.hit is not None
    assert shown in [piece.text for piece in one.hit.excerpt if piece.hit]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("is:open", [3, 1]),
        ("is:op refund", [3, 1]),
        ("is:solved", [2]),
        ("is:open is:solved", [3, 2, 1]),
        ("-is:solved", [3, 1]),
        ("is:mine", [3]),
        ("assignee:me refund", [3]),
        ("is:unassigned", [2, 1]),
        ("assignee:none", [2, 1]),
        ("-assignee:ana", [2, 1]),
        ("is:spam", [4]),
        ("refund is:spam", [4]),
        ("-is:spam", [3, 2, 1]),
        ("is:unread", [3, 2, 1]),
        ("-is:unread", []),
        ("is:snoozed", [1]),
        ("tag:vip", [2]),
        ("-tag:vip refund", [3, 1]),
        ("-refund", []),
        ("-nothing", [3, 2, 1]),
    ],
)
def test_properties_of_tickets_narrow_a_search(team: Team, typed: str, numbers: list[int]) -> None:
    file_ticket(team, 1, "refund", snoozed_until=START + DAY)
    vip = file_ticket(team, 2, "refund", status="solved")
    file_ticket(team, 3, "refund", assignee_id=team.agent_id)
    file_ticket(team, 4, "refund", place="spam")
    with team.deps.sessions.writing() as connection:
        tags.tag(connection, team.site_id, vip, ["VIP"], START)
    assert found(team, typed) == numbers


@pytest.mark.parametrize("word", ["", "refund "])
@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("after:2026-01-13", [3, 2]),
        ("before:2026-01-13", [1]),
        ("after:2026-01-13 before:2026-01-14", [2]),
        ("-after:2026-01-14", [2, 1]),
        ("after:today", [3]),
        ("after:yesterday", [3, 2]),
        ("before:1d", [1]),
    ],
)
def test_days_are_those_of_the_shop(
    team: Team, clock: FakeClock, word: str, typed: str, numbers: list[int]
) -> None:
    for number in (1, 2, 3):
        at = START + (number - 1) * DAY
        say(team, file_ticket(team, number, last_activity_at=at), "refund", at)
    clock.advance(hours=48)
    assert found(team, word + typed) == numbers


def test_an_inbox_is_named_by_its_beginning(team: Team) -> None:
    front = team.add(add_inbox, name="Front desk")
    file_ticket(team, 1, "refund", inbox_id=front)
    file_ticket(team, 2, "refund")
    for typed in ('inbox:"front desk"', "inbox:front", "inbox:desk refund"):
        assert found(team, typed) == [1]
    assert found(team, "refund -inbox:front") == [2]


@pytest.mark.parametrize("typed", ["refund", "is:open", "-nothing", "inbox:inbox refund"])
def test_nobody_finds_what_he_may_not_see(team: Team, typed: str) -> None:
    theirs = team.add(add_inbox, name="Inbox of others")
    team.add(add_agent, wp_user_id=8, inboxes=(team.inbox_id,))
    file_ticket(team, 1, "refund")
    file_ticket(team, 2, "refund", inbox_id=theirs)
    assert found(team, typed, caller=Caller(team.site_id, "agent", "8")) == [1]


def test_a_number_tells_nothing_of_an_inbox_that_is_not_seen(team: Team) -> None:
    team.add(add_agent, wp_user_id=8, inboxes=(team.add(add_inbox),))
    file_ticket(team, 1, "refund")
    assert found(team, "#1", caller=Caller(team.site_id, "agent", "8")) == []


def test_a_document_that_is_out_of_date_shows_nobody_anything(team: Team) -> None:
    theirs = team.add(add_inbox)
    team.add(add_agent, wp_user_id=8, inboxes=(team.inbox_id,))
    ticket_id = file_ticket(team, 1, "refund")
    with team.deps.sessions.writing() as connection:
        connection.execute(update(tickets).where(tickets.c.id == ticket_id).values(inbox_id=theirs))
    assert found(team, "refund", caller=Caller(team.site_id, "agent", "8")) == []


def test_another_site_finds_nothing(team: Team) -> None:
    file_ticket(team, 1, "refund")
    with team.deps.sessions.writing() as connection:
        site_id = add_site(connection)
        add_agent(connection, site_id, wp_user_id=7)
    assert found(team, "refund", caller=Caller(site_id, "agent", "7")) == []


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("is:opne", ["is:open"]),
        ("is:s", ["is:solved", "is:snoozed", "is:spam"]),
        ("-tag:vpi", ["-tag:vip"]),
        ("inbox:nowhere", ['inbox:"Front desk"']),
        ("assignee:nobody", ["assignee:Ana"]),
        ("before:soon", ["before:2026-01-01"]),
        ("form:omar", ["from:omar"]),
    ],
)
def test_what_cannot_be_meant_says_what_can(team: Team, typed: str, instead: list[str]) -> None:
    team.add(add_inbox, name="Front desk")
    with team.deps.sessions.writing() as connection:
        tags.ensure(connection, team.site_id, ["vip"], START)
    with pytest.raises(Invalid) as raised:
        found(team, typed)
    assert raised.value.code == "search_not_understood"
    (problem,) = raised.value.details["problems"]
    assert problem["part"] == typed
    assert set(instead) <= set(problem["instead"])


def test_an_unfinished_search_finds_nothing_and_does_not_complain(team: Team) -> None:
    file_ticket(team, 1, "refund")
    for typed in ("", " ", "is:", "-", '"'):
        assert found(team, typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "a AND b NOT",
        "'; --",
        "NEAR(a b)",
        "* ^ : ( ) {a b}:c",
        "a\\' & !b",
        "\ud7ff\uffff",
        "%_",
    ],
)
def test_nothing_that_is_typed_breaks_a_search(team: Team, typed: str) -> None:
    file_ticket(team, 1, "refund")
    assert found(team, typed) == []
    assert found(team, f"refund {typed}") in ([], [1])


def test_a_search_for_what_is_everywhere_ends(team: Team) -> None:
    ticket_id = file_ticket(team, 1, "refund", status="solved")
    for number in range(250):
        say(team, ticket_id, "refund", START + number)
    file_ticket(team, 2, "refund")
    page = look(team, "refund is:solved", limit=1)
    assert [one.ticket.row["number"] for one in page.items] == [1]


def test_reindexing_makes_every_document_anew(team: Team) -> None:
    ticket_id = file_ticket(team, 1, "refund")
    team.add(add_message, ticket_id, START + 1, text="never indexed")
    assert found(team, "never") == []
    notes: list[tuple[int, int]] = []
    assert search.reindex(team.deps, lambda done, total: notes.append((done, total))) == 2
    assert notes == [(2, 2)]
    assert (found(team, "never"), found(team, "refund")) == ([1], [1])
