"""Which rule decides about a new ticket."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_service.domain.routing import (
    SEARCHED_LETTERS,
    Conditions,
    Decision,
    Facts,
    Rule,
    decide,
    domain_of,
    fault_of,
    folded,
)


def a_rule(rule_id: int = 1, *, enabled: bool = True, **conditions: Any) -> Rule:
    return Rule(rule_id, f"Rule {rule_id}", enabled, Conditions(**conditions), team_id=31)


def facts(text: str = "Where is my order?", **values: Any) -> Facts:
    known = {"form_id": None, "inbox_id": 7, "tags": frozenset(), "sender_domain": "acme.example"}
    return Facts(**{**known, **values}, text=text)


def fits(given: Facts, **conditions: Any) -> bool:
    return decide([a_rule(**conditions)], given).rule is not None


def test_the_first_rule_that_fits_decides() -> None:
    rules = [a_rule(1, inbox=8), a_rule(2, inbox=7), a_rule(3, sender_domain="acme.example")]
    assert decide(rules, facts()).rule == rules[1]


def test_a_rule_that_is_switched_off_is_passed_over() -> None:
    rules = [a_rule(1, enabled=False, inbox=7), a_rule(2, inbox=7)]
    assert decide(rules, facts()).rule == rules[1]


def test_without_a_fitting_rule_nothing_is_decided() -> None:
    assert decide([a_rule(inbox=8)], facts()) == Decision()
    assert decide([], facts()) == Decision()


def tagger(rule_id: int, *tags: str, **conditions: Any) -> Rule:
    return Rule(rule_id, "Tags", True, Conditions(**conditions), adds_tags=tags)


def test_a_rule_that_only_tags_lets_a_later_one_decide_by_its_tag() -> None:
    rules = [tagger(1, "vip", words=("order",)), a_rule(2, tag="vip"), a_rule(3, inbox=7)]
    assert decide(rules, facts()) == Decision((rules[0], rules[1]), ("vip",))
    assert decide(rules, facts()).rule == rules[1]


def test_a_rule_before_the_one_that_tags_knows_nothing_of_the_tag() -> None:
    rules = [a_rule(1, tag="vip"), tagger(2, "vip", inbox=7)]
    assert decide(rules, facts()) == Decision((rules[1],), ("vip",))


def test_after_the_rule_that_decides_no_tag_is_put_on() -> None:
    rules = [a_rule(1, inbox=7), tagger(2, "vip", inbox=7)]
    assert decide(rules, facts()).tags == ()


def test_a_rule_can_tag_and_decide() -> None:
    rule = Rule(1, "Both", True, Conditions(inbox=7), team_id=31, adds_tags=("late", "vip"))
    assert decide([rule], facts(tags=frozenset({"vip"}))) == Decision((rule,), ("late",))


def test_a_rule_that_asks_for_nothing_fits_nothing() -> None:
    assert not fits(facts())


@pytest.mark.parametrize(
    "conditions",
    [{"form": 5}, {"inbox": 7}, {"tag": "vip"}, {"words": ("order",)}],
)
def test_each_condition_holds_for_what_it_names(conditions: dict[str, Any]) -> None:
    assert fits(facts(form_id=5, tags=frozenset({"vip"})), **conditions)
    assert not fits(facts("Hello", form_id=6, inbox_id=8), **conditions)


def test_all_conditions_must_hold() -> None:
    assert fits(facts(), inbox=7, words=("order",))
    assert not fits(facts(), inbox=7, words=("invoice",))


def test_one_of_the_words_is_enough() -> None:
    assert fits(facts(), words=("invoice", "order"))


@pytest.mark.parametrize(
    ("sender", "wanted", "fitting"),
    [
        ("acme.example", "acme.example", True),
        ("mail.eu.acme.example", "acme.example", True),
        ("Acme.Example", "ACME.example", True),
        ("notacme.example", "acme.example", False),
        ("acme.example", "mail.acme.example", False),
        ("acme.example.evil.example", "acme.example", False),
        ("xn--mgbh0fb.example", "مثال.example", True),
        ("", "acme.example", False),
    ],
)
def test_a_domain_takes_in_its_subdomains_and_nothing_else(
    sender: str, wanted: str, fitting: bool
) -> None:
    assert fits(facts(sender_domain=sender), sender_domain=wanted) == fitting


@pytest.mark.parametrize(
    ("text", "word", "fitting"),
    [
        ("REFUND, please", "refund", True),
        ("Refunds?", "refund", False),
        ("prerefund", "refund", False),
        ("I want my money  back!", "money back", True),
        ("Die Straße", "STRASSE", True),
        ("re\u00adfund", "refund", True),
        ("ﬁle", "file", True),
        ("can't log in", "can't", True),
        ("order #17", "17", True),
        ("order #175", "17", False),
        ("हिन्दी की", "क", False),
        ("हिन्दी की", "की", True),
        ("", "!", False),
        ("What!", "!", False),
    ],
)
def test_words_are_found_whole_and_in_any_case(text: str, word: str, fitting: bool) -> None:
    assert fits(facts(text), words=(word,)) == fitting


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("أين طلبي؟", "اين"),
        ("الإرجاع", "الارجاع"),
        ("آسف", "اسف"),
        ("إلى", "الي"),
        ("فاتورة،", "فاتوره"),
        ("فَاتُورَةٌ", "فاتورة"),
        ("فـاتـورة", "فاتورة"),
        ("\u0627\u0654ين", "أين"),
        ("\u200f\u0641\u0627تورة\u200e", "فاتورة"),
        ("\ufed3\ufe8e\ufe97\ufeee\ufead\ufe93", "فاتورة"),
    ],
)
def test_arabic_is_found_however_it_is_spelt(text: str, word: str) -> None:
    assert fits(facts(text), words=(word,))


def test_other_arabic_letters_stay_apart() -> None:
    assert not fits(facts("فاتورة"), words=("فاتورت",))
    assert not fits(facts("الفاتورة"), words=("فاتورة",))


def test_only_the_beginning_of_a_long_mail_is_searched() -> None:
    assert fits(facts("x " * (SEARCHED_LETTERS // 2 - 5) + "refund"), words=("refund",))
    assert not fits(facts("x " * SEARCHED_LETTERS + "refund"), words=("refund",))


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.lists(st.text(alphabet="abcأةى ", min_size=1), min_size=1))
def test_every_word_of_a_text_is_found_in_it(parts: list[str]) -> None:
    text = " ".join(parts)
    assert all(fits(facts(text), words=(word,)) for word in text.split())


def test_conditions_are_kept_tidy() -> None:
    words = ("  money   back ", "refund", "refund", " ")
    tidy = Conditions(tag=" vip ", sender_domain=" Omar@Acme.Example. ", words=words).tidied()
    assert tidy == Conditions(None, None, "vip", "acme.example", ("money back", "refund"))
    assert Conditions(tag=" ", sender_domain="@", words=("",)).tidied() == Conditions()


def test_only_what_is_asked_is_named() -> None:
    assert Conditions(inbox=7, words=("a",)).asked() == {"inbox": 7, "words": ("a",)}


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (Rule(1, " ", True, Conditions(inbox=7), 31), "name"),
        (Rule(1, "Bills", True, Conditions(), 31), "conditions"),
        (Rule(1, "Bills", True, Conditions(sender_domain="a b"), 31), "conditions.sender_domain"),
        (Rule(1, "Bills", True, Conditions(sender_domain="a..b"), 31), "conditions.sender_domain"),
        (Rule(1, "Bills", True, Conditions(words=("ok", "?!")), 31), "conditions.words"),
        (Rule(1, "Bills", True, Conditions(inbox=7)), "team_id"),
    ],
)
def test_what_keeps_a_rule_from_being_used_is_named(rule: Rule, field: str) -> None:
    fault = fault_of(rule)
    assert fault is not None
    assert fault[0] == field


def test_a_rule_is_kept_tidy() -> None:
    rule = Rule(1, " Bills ", True, Conditions(tag=" vip "), 31, None, (" late", "late", " "))
    assert rule.tidied() == Rule(1, "Bills", True, Conditions(tag="vip"), 31, None, ("late",))


def test_tags_are_enough() -> None:
    assert fault_of(tagger(1, "vip", inbox=7)) is None


def test_a_team_or_an_agent_is_enough() -> None:
    assert fault_of(Rule(1, "Bills", True, Conditions(sender_domain="مثال.example"), 31)) is None
    assert fault_of(Rule(1, "Bills", True, Conditions(inbox=7), None, 5)) is None


def test_the_domain_of_an_address_stands_after_its_last_at() -> None:
    assert domain_of('"a@b"@acme.example') == "acme.example"
    assert domain_of("nobody") == ""
