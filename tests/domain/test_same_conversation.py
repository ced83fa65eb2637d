"""Which mails are one conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from inbox_service.domain.mail import Address
from inbox_service.domain.threading import Board, Key, Letter, Way, neighbourhoods, thread

OMAR, EVE, US = Address("omar@example.net"), Address("eve@example.org"), Address("us@shop.example")


def letter(number: int, *answered: int, sender: Address = OMAR, way: Way = Way.CUSTOMER) -> Letter:
    """Return the letter of a mail that was the `number`th to be received."""
    names = tuple(f"{one}" for one in answered)
    moment = (number, "")
    return Letter(number, moment, way, sender, True, f"{number}", names, thread="")


def conversations(*letters: Letter) -> dict[Key, int]:
    """Return the conversation of each letter that has one."""
    places = thread(Board(), [], letters)
    return {key: place.conversation for key, place in places.items()}


def test_an_answer_is_of_the_conversation_it_answers_whichever_is_given_first() -> None:
    assert conversations(letter(2, 1), letter(1)) == {1: -1, 2: -1}


def test_a_stranger_who_answers_begins_another() -> None:
    assert conversations(letter(1), letter(2, 1, sender=EVE)) == {1: -1, 2: -2}


def test_who_is_let_in_later_was_a_stranger_before() -> None:
    lets_in = replace(letter(3, 1), copied=(EVE,))
    found = conversations(letter(1), letter(2, 1, sender=EVE), lets_in, letter(4, 3, sender=EVE))
    assert found == {1: -1, 2: -2, 3: -1, 4: -1}


def test_mail_of_ours_waits_for_the_first_who_answers_it() -> None:
    ours = letter(1, sender=US, way=Way.OURS)
    assert conversations(ours) == {}
    assert conversations(ours, letter(2, 1), letter(3, 1, sender=EVE)) == {1: -1, 2: -1, 3: -2}


def test_mail_of_ours_is_not_drawn_to_one_that_bears_its_id() -> None:
    forged = replace(letter(2, sender=EVE), own_id="1")
    assert conversations(letter(1, sender=US, way=Way.OURS), forged) == {2: -1}


def test_a_bounce_goes_where_the_mail_it_reports_is() -> None:
    bounce = letter(3, 2, way=Way.BOUNCE, sender=Address("daemon@example.net"))
    ours = letter(2, 1, sender=US, way=Way.OURS)
    assert conversations(letter(1), ours, replace(bounce, believed=False)) == {1: -1, 2: -1, 3: -1}


def test_one_who_is_not_believed_leads_nobody_by_what_he_answers() -> None:
    forged = replace(letter(2, 1), believed=False)
    assert conversations(forged, letter(3, 1)) == {2: -1, 3: -2}


def test_what_is_here_already_goes_to_no_ticket_that_stands() -> None:
    board = Board({7: {OMAR.email: "customer"}})
    board.know_id("1", 7, (1, ""), holds=True, is_ours=False)
    places = thread(board, [], [replace(letter(2, 1), ticket_id=8), letter(3, 1)])
    assert places[2].conversation < 0
    assert places[3].conversation == 7


def test_an_answer_to_what_is_closed_follows_it() -> None:
    board = Board({7: {OMAR.email: "customer"}}, closing={7: 10})
    board.know_id("1", 7, (1, ""), holds=True, is_ours=False)
    late = replace(letter(20, 1), is_live=True)
    assert thread(board, [], [late])[20].follows == 7


def test_neighbours_are_those_that_a_key_leads_to() -> None:
    groups = neighbourhoods([letter(1), letter(2, 1), letter(3, 9), letter(4, 2), letter(5, 9)])
    assert sorted(sorted(int(one.key) for one in group) for group in groups) == [[1, 2, 4], [3, 5]]


senders = st.sampled_from([(OMAR, Way.CUSTOMER), (EVE, Way.CUSTOMER), (US, Way.OURS)])
kinds = st.tuples(senders, st.booleans(), st.sampled_from([(), (OMAR,), (EVE,)]))
named = st.lists(st.integers(0, 7), max_size=2)


@given(st.lists(st.tuples(kinds, named), min_size=2, max_size=8), st.integers(1, 7))
def test_what_was_decided_stays_when_later_mail_is_decided(
    drafts: list[tuple[tuple[tuple[Address, Way], bool, tuple[Address, ...]], list[int]]], cut: int
) -> None:
    """Deciding the later ones on top of the earlier is the same as deciding all of them."""
    letters = [
        replace(letter(number, *answered, sender=who, way=way), believed=believed, copied=copied)
        for number, (((who, way), believed, copied), answered) in enumerate(drafts)
    ]
    before = conversations(*letters[:cut])
    settled = [replace(one, ticket_id=-before[one.key]) for one in letters if one.key in before]
    others = [one for one in letters if one.key not in before]
    after = {one.key: one.ticket_id for one in settled}
    after |= {key: one.conversation for key, one in thread(Board(), settled, others).items()}
    whole = conversations(*letters)
    assert groups_of(after) == groups_of(whole)


def groups_of(places: Mapping[Key, int | None]) -> set[frozenset[Key]]:
    """Return which letters are together, whatever their conversations are called."""
    return {frozenset(k for k, v in places.items() if v == one) for one in places.values()}
