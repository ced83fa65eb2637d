"""An answer goes to whom it should, judged by a plain oracle over any mail there can be."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from inbox_service.domain.mail import Address
from inbox_service.domain.recipients import Answered, Circle, Recipients, answer, answer_to_all

OMAR, RITA, EVE = (Address(f"{name}@x.example", name) for name in ("omar", "rita", "eve"))
SUPPORT, BILLING = Address("support@shop.example"), Address("billing@shop.example")
CIRCLE = Circle(OMAR, frozenset({SUPPORT.email, BILLING.email}))
MAIL = Answered(OMAR, to=(SUPPORT, RITA), cc=(BILLING,))

PEOPLE = [OMAR, RITA, EVE, SUPPORT, BILLING, Address("support+t0ken@shop.example", "Token")]
people = st.sampled_from(PEOPLE)
lists = st.lists(people, max_size=6).map(tuple)
mails = st.builds(Answered, people, lists, lists, lists, st.booleans(), st.booleans())
circles = st.builds(
    Circle,
    people,
    st.frozensets(st.sampled_from([SUPPORT.email, BILLING.email])),
    st.frozensets(st.sampled_from([one.email for one in PEOPLE])),
)


def test_an_answer_goes_to_the_writer() -> None:
    assert answer(MAIL, CIRCLE) == Recipients((OMAR,))


def test_reply_to_is_honoured() -> None:
    assert answer(replace(MAIL, reply_to=(RITA,)), CIRCLE).to == (RITA,)


def test_a_reply_to_that_leads_to_ourselves_is_not() -> None:
    assert answer(replace(MAIL, reply_to=(BILLING,)), CIRCLE).to == (OMAR,)


def test_an_answer_to_all_copies_whoever_was_named_but_us() -> None:
    assert answer_to_all(MAIL, CIRCLE) == Recipients((OMAR,), (RITA,))


def test_what_our_side_wrote_is_answered_to_the_same_people() -> None:
    ours = Answered(SUPPORT, to=(RITA,), cc=(OMAR, BILLING), is_ours=True)
    assert answer_to_all(ours, CIRCLE) == Recipients((RITA,), (OMAR,))


def test_a_newcomer_and_whom_he_names_get_nothing_unasked() -> None:
    joined = Answered(EVE, reply_to=(EVE,), to=(RITA,), newcomer=True)
    assert answer_to_all(joined, CIRCLE) == Recipients((OMAR,))


def test_who_only_joined_is_left_out_of_later_answers_too() -> None:
    circle = replace(CIRCLE, uninvited=frozenset({EVE.email}))
    assert answer_to_all(replace(MAIL, cc=(EVE,)), circle).cc == (RITA,)


def test_a_mail_of_ourselves_to_ourselves_leaves_nobody() -> None:
    assert answer(Answered(BILLING, to=(SUPPORT,)), replace(CIRCLE, customer=BILLING)).to == ()


def may_get(one: Address, circle: Circle) -> bool:
    """Say it the long way: nobody of ours, tagged or not, and nobody who was not invited."""
    local, domain = one.email.split("@")
    bare = f"{local.split('+')[0]}@{domain}"
    return one.email not in circle.own | circle.uninvited and bare not in circle.own


def expected_to(mail: Answered, circle: Circle) -> set[str]:
    """Say it the long way: the first group that has anybody in it who may get it."""
    groups: list[list[Address]] = [[circle.customer]]
    if not mail.newcomer and mail.is_ours:
        groups = [list(mail.to), *groups]
    elif not mail.newcomer:
        groups = [list(mail.reply_to), [mail.author], *groups]
    for group in groups:
        reached = {one.email for one in group if may_get(one, circle)}
        if reached:
            return reached
    return set()


@given(mails, circles)
def test_the_oracle_agrees_about_an_answer(mail: Answered, circle: Circle) -> None:
    found = answer(mail, circle)
    assert {one.email for one in found.to} == expected_to(mail, circle)
    assert found.cc == ()


@given(mails, circles)
def test_the_oracle_agrees_about_an_answer_to_all(mail: Answered, circle: Circle) -> None:
    found = answer_to_all(mail, circle)
    to = expected_to(mail, circle)
    named = set() if mail.newcomer else {*mail.to, *mail.cc}
    assert {one.email for one in found.to} == to
    assert {one.email for one in found.cc} == {
        one.email for one in named if may_get(one, circle) and one.email not in to
    }


@given(mails, circles)
def test_nobody_gets_an_answer_twice(mail: Answered, circle: Circle) -> None:
    found = answer_to_all(mail, circle)
    emails = [one.email for one in (*found.to, *found.cc)]
    assert len(emails) == len(set(emails))
