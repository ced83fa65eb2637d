"""What was looked for is shown where it stands, as it was written."""

import pytest

from inbox_service.domain.search_hits import EXCERPT, Piece, excerpt, opening, pattern_of, pieces
from inbox_service.domain.search_query import parse


def shown(query: str, text: str, mark: str = "") -> str:
    found = pieces(text, pattern_of(parse(query), {"", mark}))
    return "".join(f"[{one.text}]" if one.hit else one.text for one in found)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("refund ", "My [Refund], not refunds"),
        ("refu", "My [Refu]nd and [refu]nds"),
        ('"in full"', "paid [in  full], in parts and full"),
        ("cafe ", "le [Café] est ouvert"),
        ("الطلب ", "أين [الطَّلَبُ] يا أحمد"),
        ("احمد ", "إلى [أحـــمد]"),
        ("京", "東[京]都"),
        ("strasse ", "Die [Straße] 5"),
        ("omar -late ", "[omar] is late"),
        ("subject:order order@shop ", "an order by [order@shop]"),
        ("(c++) ", "about [c]++"),
    ],
)
def test_words_are_marked_as_they_were_written(query: str, text: str) -> None:
    assert shown(query, text.replace("[", "").replace("]", "")) == text


def test_a_field_marks_only_its_own_words() -> None:
    assert shown("subject:order ", "the order", mark="s") == "the [order]"


def test_nothing_is_lost_of_the_text() -> None:
    text = "Ærø — naïve ☕ ـــ أَحمد\n\tend"
    assert "".join(one.text for one in pieces(text, pattern_of(parse("naive احمد "), {""}))) == text


def test_an_excerpt_shows_the_place_and_is_short() -> None:
    text = "So many words. " * 300 + "Then the refund came\nat last. " + "And more. " * 300
    found = excerpt(text, pattern_of(parse("refund "), {""}))
    assert found is not None
    whole = "".join(one.text for one in found)
    assert Piece("refund", hit=True) in found
    assert len(whole) < EXCERPT + 100
    assert whole.startswith("…")
    assert whole.endswith("…")
    assert "\n" not in whole


def test_there_is_no_excerpt_without_a_hit() -> None:
    assert excerpt("Nothing here", pattern_of(parse("refund "), {""})) is None
    assert excerpt("Nothing here", pattern_of(parse("is:open"), {""})) is None


def test_an_opening_is_the_beginning() -> None:
    assert opening("Hello\n there") == [Piece("Hello there")]
    assert opening("") == []
