"""Whose pictures from elsewhere are shown without being asked for."""

from __future__ import annotations

import pytest
from mail_shop import Shop
from sqlalchemy import select

from inbox_service.errors import Conflict, Forbidden, NotFound
from inbox_service.services import conversations, pictures
from inbox_service.services.auth import Caller
from inbox_service.store.tables import agents, messages
from inbox_service.testing import add_agent, add_inbox, add_site

PROVEN = "mx; dmarc=pass header.from=example.net"
FORGED = "mx; dmarc=fail header.from=example.net"


@pytest.fixture
def caller(shop: Shop) -> Caller:
    return caller_of(shop, shop.agent_id)


def caller_of(shop: Shop, agent_id: int) -> Caller:
    with shop.deps.sessions.reading() as connection:
        user = connection.execute(select(agents.c.wp_user_id).where(agents.c.id == agent_id))
        return Caller(shop.site_id, "agent", str(user.scalar_one()))


def shown(shop: Shop, caller: Caller, number: int = 1) -> list[bool]:
    """Return whether each message's pictures are shown, oldest first."""
    page = conversations.list_messages(shop.deps, caller, number, None, 100)
    return [view.shows_images for view in page.items]


def write(shop: Shop, verdict: str | None = PROVEN, **headers: str) -> int:
    """Let a mail arrive of which the provider says this; return its message's id."""
    given = headers if verdict is None else headers | {"Authentication_Results": verdict}
    shop.arrive(**given)
    shop.sync()
    return int(shop.rows(messages)[-1]["id"])


def test_pictures_are_held_back_until_an_agent_wants_a_senders(shop: Shop, caller: Caller) -> None:
    message_id = write(shop)
    assert shown(shop, caller) == [False]
    pictures.show_pictures(shop.deps, caller, 1, message_id)
    assert shown(shop, caller) == [True]
    write(shop, subject="The next one")
    assert shown(shop, caller, 2) == [True]


def test_pictures_are_held_back_again_when_nobody_wants_them(shop: Shop, caller: Caller) -> None:
    message_id = write(shop)
    pictures.show_pictures(shop.deps, caller, 1, message_id)
    pictures.hold_pictures(shop.deps, caller, 1, message_id)
    assert shown(shop, caller) == [False]


@pytest.mark.parametrize("verdict", [FORGED, None, "mx; dkim=pass header.d=example.org"])
def test_a_mail_that_only_says_it_is_from_the_sender_shows_none(
    shop: Shop, caller: Caller, verdict: str | None
) -> None:
    pictures.show_pictures(shop.deps, caller, 1, write(shop))
    forged = write(shop, verdict, subject="Forged")
    assert shown(shop, caller, 2) == [False]
    with pytest.raises(Conflict, match="Nobody vouches") as refused:
        pictures.show_pictures(shop.deps, caller, 2, forged)
    assert refused.value.code == "sender_not_proven"


def test_whom_a_contact_form_names_is_not_proven(shop: Shop, caller: Caller) -> None:
    pictures.show_pictures(shop.deps, caller, 1, write(shop))
    ours = "mx; dmarc=pass header.from=shop.example"
    write(shop, ours, From="support@shop.example", Reply_To="omar@example.net", subject="Form")
    assert shown(shop, caller, 2) == [False]


def test_another_sender_in_the_ticket_shows_none(shop: Shop, caller: Caller) -> None:
    first = {"Message_ID": "<first@x>", "Cc": "Eve <eve@example.net>"}
    message_id = write(shop, **first)
    write(shop, From="Eve <eve@example.net>", References="<first@x>")
    pictures.show_pictures(shop.deps, caller, 1, message_id)
    assert shown(shop, caller) == [True, False]


def test_another_sites_address_is_another_one(shop: Shop, caller: Caller) -> None:
    message_id = write(shop)
    with shop.deps.sessions.writing() as connection:
        site_id = add_site(connection)
        agent_id = add_agent(connection, site_id)
    stranger = Caller(site_id, "agent", caller_of(shop, agent_id).subject)
    with pytest.raises(NotFound):
        pictures.show_pictures(shop.deps, stranger, 1, message_id)
    assert shown(shop, caller) == [False]


def test_who_may_not_see_or_answer_the_ticket_changes_nothing(shop: Shop, caller: Caller) -> None:
    message_id = write(shop)
    with shop.deps.sessions.writing() as connection:
        elsewhere = add_inbox(connection, shop.site_id)
        limited = add_agent(connection, shop.site_id, inboxes=(elsewhere,))
        reader = add_agent(connection, shop.site_id, role="viewer")
    for agent_id, refusal in ((limited, NotFound), (reader, Forbidden)):
        with pytest.raises(refusal):
            pictures.show_pictures(shop.deps, caller_of(shop, agent_id), 1, message_id)
    with pytest.raises(NotFound):
        pictures.show_pictures(shop.deps, caller, 1, message_id + 1)
    assert shown(shop, caller) == [False]
