"""Queries behind the desk, each kept to its site."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.domain.events import SYSTEM, NewEvent
from inbox_service.domain.rights import Viewer
from inbox_service.store import (
    agents,
    customer_views,
    events,
    sites,
    tag_views,
    tags,
    ticket_views,
    timeline,
)
from inbox_service.testing import (
    START,
    add_agent,
    add_customer,
    add_inbox,
    add_message,
    add_site,
    add_ticket,
)


@pytest.fixture
def connection(deps: Deps) -> Iterator[Connection]:
    with deps.sessions.writing() as opened:
        yield opened


@pytest.fixture
def site_id(connection: Connection) -> int:
    return add_site(connection)


@pytest.fixture
def ticket_id(connection: Connection, site_id: int) -> int:
    return add_ticket(connection, site_id, add_inbox(connection, site_id))


def test_a_token_is_spent_once_per_site(connection: Connection, site_id: int) -> None:
    other = add_site(connection)
    spent = [sites.spend_token(connection, one, "jti", 5) for one in (site_id, site_id, other)]
    assert spent == [True, False, True]


def test_a_key_is_live_until_it_ends(connection: Connection, site_id: int) -> None:
    row = {"site_id": site_id, "id": 1, "kid": "k", "secret": b"", "created_at": START}
    sites.add_key(connection, row)
    sites.end_keys(connection, site_id, START + 10)
    assert sites.live_key(connection, site_id, "k", START + 9) is not None
    assert sites.live_key(connection, site_id, "k", START + 10) is None


def test_ending_keys_later_lengthens_none(connection: Connection, site_id: int) -> None:
    row = {"site_id": site_id, "id": 1, "kid": "k", "secret": b"", "created_at": START}
    sites.add_key(connection, row)
    for at in (START + 10, START + 20):
        sites.end_keys(connection, site_id, at)
    assert sites.live_key(connection, site_id, "k", START + 15) is None


def test_one_wordpress_user_is_two_agents_on_two_sites(
    connection: Connection, site_id: int
) -> None:
    other = add_site(connection)
    for one in (site_id, other):
        add_agent(connection, one, wp_user_id=7)
    agents.suspend(connection, site_id, wp_user_id=7)
    assert agents.active(connection, site_id, 7) is None
    assert agents.active(connection, other, 7) is not None


def test_names_are_asked_for_only_where_there_are_ids(connection: Connection, site_id: int) -> None:
    agent_id = add_agent(connection, site_id, name="Amal")
    assert agents.names(connection, site_id, []) == {}
    assert agents.names(connection, site_id, [agent_id, 5]) == {agent_id: "Amal"}


def known_tags(connection: Connection, site_id: int) -> list[str]:
    return [row["name"] for row in tag_views.seen_by(connection, Viewer(site_id, "manager"))]


def test_a_tag_is_one_row_however_often_it_is_given(
    connection: Connection, site_id: int, ticket_id: int
) -> None:
    for names in (["vip"], ["vip", "late"], []):
        tags.tag(connection, site_id, ticket_id, names, START)
    assert known_tags(connection, site_id) == ["late", "vip"]
    assert tags.of_tickets(connection, site_id, [ticket_id]) == {ticket_id: ["late", "vip"]}


def test_taking_a_tag_off_leaves_the_tag(
    connection: Connection, site_id: int, ticket_id: int
) -> None:
    tags.tag(connection, site_id, ticket_id, ["vip"], START)
    tags.untag(connection, site_id, [ticket_id], ["vip", "unknown"])
    assert tags.of_tickets(connection, site_id, [ticket_id]) == {}
    assert known_tags(connection, site_id) == ["vip"]


def test_a_customers_first_address_is_the_one_shown(connection: Connection, site_id: int) -> None:
    customer_id = add_customer(connection, site_id, name="Omar", email="first@example.net")
    people = ticket_views.customers_of(connection, site_id, [customer_id])
    assert people == {customer_id: ("Omar", "first@example.net")}


@pytest.mark.parametrize("words", ["100%", "_", "\\", "'", '"'])
def test_signs_of_the_query_language_are_letters(
    connection: Connection, site_id: int, words: str
) -> None:
    add_customer(connection, site_id, name="Omar")
    found = add_customer(connection, site_id, name=f"a {words} b")
    rows = customer_views.find(connection, Viewer(site_id, "agent"), words, None, 10)
    assert [row["id"] for row in rows] == [found]


def test_messages_follow_each_other_by_time(
    connection: Connection, site_id: int, ticket_id: int
) -> None:
    # Read newest first, as a back-fill does.
    late, early = (add_message(connection, site_id, ticket_id, START + at) for at in (9, 1))
    rows = timeline.messages_of(connection, site_id, ticket_id, 0, 10)
    assert [row["id"] for row in rows] == [early, late]


def test_an_older_mark_does_not_replace_a_newer(
    connection: Connection, site_id: int, ticket_id: int
) -> None:
    agent_id = add_agent(connection, site_id)
    for message_id in (5, 9, 7):
        timeline.note_seen(connection, site_id, agent_id, ticket_id, message_id, START)
    assert ticket_views.seen_by(connection, site_id, agent_id, [ticket_id]) == {ticket_id: 9}


def test_the_feed_ends_where_it_is_told_to(connection: Connection, site_id: int) -> None:
    events.append(connection, site_id, [NewEvent("mailbox_connected", SYSTEM)] * 3, START)
    viewer = Viewer(site_id, "agent")
    rows = timeline.feed(connection, viewer, 1, 2, 10)
    assert ([row["seq"] for row in rows], timeline.last_seq(connection, site_id)) == ([2], 3)
