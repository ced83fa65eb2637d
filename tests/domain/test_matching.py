"""Who may join which ticket."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inbox_service.domain.mail import Authentication
from inbox_service.domain.matching import Candidate, Match, Tier, is_believed, match, match_own

UNTOLD = Authentication()
PASSED = Authentication(present=True, aligned=True)
FAILED = Authentication(present=True, aligned=False)

OMARS = {"omar@example.net": "customer"}


def judged(sender: str, authentication: Authentication, candidates: list[Candidate]) -> Match:
    """Return the verdict on a sender with what the provider says of him."""
    return match(sender, candidates, believed=is_believed(authentication))


def test_a_participant_joins() -> None:
    assert judged("omar@example.net", PASSED, [Candidate(1, Tier.REFERENCE, OMARS)]) == Match(1)


def test_a_participant_joins_where_the_provider_tells_nothing() -> None:
    assert judged("omar@example.net", UNTOLD, [Candidate(1, Tier.REFERENCE, OMARS)]) == Match(1)


def test_a_stranger_gets_a_suggestion() -> None:
    verdict = judged("eve@example.org", PASSED, [Candidate(1, Tier.PROVIDER_THREAD, OMARS)])
    assert verdict == Match(None, suggestion=1)


def test_a_forged_participant_gets_a_suggestion_even_with_the_token() -> None:
    verdict = judged("omar@example.net", FAILED, [Candidate(1, Tier.TOKEN, OMARS)])
    assert verdict == Match(None, suggestion=1)


def test_a_stranger_with_the_token_joins_as_a_new_person() -> None:
    verdict = judged("eve@example.org", PASSED, [Candidate(1, Tier.TOKEN, OMARS)])
    assert verdict == Match(1, new_person=True)


def test_the_surest_key_wins() -> None:
    candidates = [
        Candidate(1, Tier.REFERENCE, OMARS),
        Candidate(2, Tier.PROVIDER_THREAD, OMARS),
        Candidate(3, Tier.TOKEN, OMARS),
    ]
    assert judged("omar@example.net", PASSED, candidates).ticket_id == 3


def test_a_ticket_of_strangers_is_passed_over_for_one_the_sender_is_in() -> None:
    candidates = [
        Candidate(1, Tier.PROVIDER_THREAD, {"eve@example.org": "customer"}),
        Candidate(2, Tier.REFERENCE, OMARS),
    ]
    assert judged("omar@example.net", PASSED, candidates) == Match(2)


def test_our_own_mail_joins_by_any_key() -> None:
    assert (
        match_own([Candidate(1, Tier.REFERENCE, {}), Candidate(2, Tier.PROVIDER_THREAD, {})]) == 2
    )
    assert match_own([]) is None


people = st.dictionaries(st.sampled_from(["a", "b", "c"]), st.sampled_from(["customer", "guest"]))
candidates = st.lists(st.builds(Candidate, st.integers(1, 9), st.sampled_from(Tier), people))


@given(st.sampled_from(["a", "b", "x"]), st.sampled_from([UNTOLD, PASSED, FAILED]), candidates)
def test_nobody_joins_without_taking_part_or_holding_the_token(
    sender: str, authentication: Authentication, found: list[Candidate]
) -> None:
    verdict = judged(sender, authentication, found)
    if verdict.ticket_id is not None:
        assert authentication != FAILED
        assert any(
            one.ticket_id == verdict.ticket_id
            and (one.participants.get(sender) == "customer" or one.tier is Tier.TOKEN)
            for one in found
        )
