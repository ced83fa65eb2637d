"""Which addresses feed which inbox: whatever is chosen, every address feeds one inbox."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mail_shop import BILLING, SALES, SUPPORT, Shop

from inbox_service.errors import Conflict, Invalid, NotFound
from inbox_service.services.feeding import Feed, checked_address, checked_feeds, place_feeds
from inbox_service.store import feeds as feed_store
from inbox_service.store import mailboxes
from inbox_service.store.tables import inbox_addresses, inboxes

HELP = "help@shop.example"


def place(shop: Shop, *feeds: Feed) -> None:
    with shop.deps.sessions.writing() as connection:
        row = mailboxes.get(connection, shop.site_id, shop.support_id)
        assert row is not None
        place_feeds(connection, row, feeds, shop.clock.now())


def fed(shop: Shop) -> dict[str, str]:
    """Return the inbox's name by the address of support@'s mailbox."""
    with shop.deps.sessions.reading() as connection:
        rows = feed_store.of_site(connection, shop.site_id)
    return {row["email"]: row["name"] for row in rows if row["mailbox_id"] == shop.support_id}


def inbox_names(shop: Shop) -> list[str]:
    return sorted(row["name"] for row in shop.rows(inboxes))


def test_the_first_address_takes_the_mail_that_names_none(shop: Shop) -> None:
    place(shop, Feed("Billing", BILLING), Feed("Support", SUPPORT))
    with shop.deps.sessions.reading() as connection:
        rows = mailboxes.addresses(connection, shop.site_id, shop.support_id)
    assert [(row["email"], row["is_default"]) for row in rows] == [
        (BILLING, True),
        (SUPPORT, False),
    ]


def test_a_new_address_makes_a_new_inbox(shop: Shop) -> None:
    place(shop, Feed("Support", SUPPORT), Feed("Help", HELP, "#112233"))
    assert fed(shop) == {SUPPORT: "Support", HELP: "Help"}
    made = next(row for row in shop.rows(inboxes) if row["name"] == "Help")
    assert made["colour"] == "#112233"


def test_new_inboxes_get_colours_of_their_own(shop: Shop) -> None:
    colours = [row["colour"] for row in shop.rows(inboxes)]
    assert len(set(colours)) == len(colours) == 3


def test_an_inbox_of_another_mailbox_can_be_fed_too(shop: Shop) -> None:
    place(shop, Feed("Sales", SUPPORT))
    assert fed(shop) == {SUPPORT: "Sales"}
    assert inbox_names(shop) == ["Billing", "Sales", "Support"]


def test_a_name_that_exists_moves_the_address_and_renames_nothing(shop: Shop) -> None:
    place(shop, Feed("Billing", SUPPORT), Feed("Billing", BILLING))
    assert inbox_names(shop) == ["Billing", "Sales", "Support"]


def test_an_inbox_that_is_not_there_is_refused(shop: Shop) -> None:
    with pytest.raises(NotFound):
        place(shop, Feed("Support", SUPPORT, inbox_id=12))


def test_an_address_of_another_mailbox_is_refused_and_nothing_changes(shop: Shop) -> None:
    before = fed(shop)
    with pytest.raises(Conflict) as caught:
        place(shop, Feed("Mine", SUPPORT), Feed("Sales", SALES))
    assert caught.value.code == "address_taken"
    assert fed(shop) == before


@pytest.mark.parametrize(
    "feeds",
    [[], [Feed(" ", SUPPORT)], [Feed("A", SUPPORT), Feed("B", f" {SUPPORT.upper()} ")]],
)
def test_a_choice_that_makes_no_sense_names_the_field(feeds: Sequence[Feed]) -> None:
    with pytest.raises(Invalid) as caught:
        checked_feeds(feeds, "inboxes")
    assert caught.value.details == {"field": "inboxes"}


@pytest.mark.parametrize(
    "address",
    ["", "support", "@shop.example", "a@", "a b@c.example", "<a@c.example>", f"{'a' * 320}@c.de"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Invalid):
        checked_address("address", address)


def test_an_address_is_kept_in_lower_case() -> None:
    assert checked_address("address", " Support@Shop.Example ") == SUPPORT


_NAMES = st.sampled_from(["Support", "Billing", "Sales", "Help", "Desk"])
_ADDRESSES = st.lists(
    st.sampled_from([SUPPORT, BILLING, HELP]), min_size=1, max_size=3, unique=True
)


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(st.tuples(_ADDRESSES, st.lists(_NAMES, min_size=3, max_size=3)), max_size=4))
def test_whatever_is_chosen_one_after_another_holds(
    shop: Shop, choices: list[tuple[list[str], list[str]]]
) -> None:
    for addresses, names in choices:
        wanted = dict(zip(addresses, names, strict=False))
        place(shop, *(Feed(name, address) for address, name in wanted.items()))
        assert fed(shop) == wanted
        own = [r for r in shop.rows(inbox_addresses) if r["mailbox_id"] == shop.support_id]
        assert [row["email"] for row in own if row["is_default"]] == [addresses[0]]
        assert len(set(inbox_names(shop))) == len(inbox_names(shop))
