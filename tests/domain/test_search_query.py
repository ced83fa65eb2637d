"""What people type is understood, and what they can only have meant otherwise is said."""

import pytest

from inbox_service.domain.search_query import (
    MOST_PARTS,
    Condition,
    Problem,
    Term,
    near,
    number_in,
    parse,
)


def test_words_hold_anywhere_and_only_the_last_may_go_on() -> None:
    first, last = parse("Where refu").terms
    assert first == Term(("where",))
    assert last == Term(("refu",), goes_on=True)


def test_a_word_with_a_blank_behind_it_is_finished() -> None:
    assert parse("refund ").terms == [Term(("refund",))]


def test_a_phrase_is_words_one_after_the_other() -> None:
    assert parse('"In full, please"').terms == [Term(("in", "full", "please"))]
    assert parse('"in fu').terms == [Term(("in", "fu"), goes_on=True)]


@pytest.mark.parametrize("text", ["“in full”", "„in full“", "«in full»"])
def test_quotes_of_every_country_are_quotes(text: str) -> None:
    assert parse(text).terms == [Term(("in", "full"))]


def test_a_minus_excludes_and_a_hyphen_does_not() -> None:
    excluded, joined = parse("-refund A-12 ").terms
    assert excluded.negated
    assert joined == Term(("a", "12"))


def test_operators_ask_for_words_in_one_field() -> None:
    found = parse('from:omar@example.net to:"Ana B" -subject:invoice ').terms
    assert [(term.mark, term.words, term.negated) for term in found] == [
        ("f", ("omar", "example", "net"), False),
        ("t", ("ana", "b"), False),
        ("s", ("invoice",), True),
    ]


def test_a_blank_after_an_operator_is_forgiven() -> None:
    assert parse("from: omar ").terms == parse("from:omar ").terms
    assert parse("is: open").conditions == [Condition("is", "open", "is:open")]


def test_an_operator_in_capitals_is_the_same() -> None:
    assert parse("Is:open").conditions[0].name == "is"


@pytest.mark.parametrize("text", ["is:", "from:", "-tag:", "  ", "-", "!?"])
def test_what_is_not_finished_asks_for_nothing(text: str) -> None:
    assert parse(text).is_empty


def test_files_are_asked_for_or_excluded() -> None:
    assert parse("has:attachment").has_file is True
    assert parse("has:attachments").has_file is True
    assert parse("-has:file").has_file is False


@pytest.mark.parametrize("text", ["re: hello", "12:30", "https://shop.example/order", "note:x"])
def test_what_only_looks_like_an_operator_is_text(text: str) -> None:
    query = parse(text)
    assert query.terms
    assert not query.problems


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("form:omar", "from:omar"),
        ("label:vip", "tag:vip"),
        ("status:open", "is:open"),
        ("subjet:x", "subject:x"),
        ("since:2026", "after:2026"),
    ],
)
def test_a_wrong_operator_says_what_is_meant(typed: str, meant: str) -> None:
    (problem,) = parse(typed).problems
    assert problem.kind == "unknown_operator"
    assert problem.instead[0] == meant


def test_there_is_only_one_thing_to_have() -> None:
    assert parse("has:star").problems == [Problem("has:star", "unknown_value", ("has:attachment",))]


def test_a_pasted_page_is_no_search() -> None:
    (problem,) = parse("word " * (MOST_PARTS + 5)).problems
    assert problem.kind == "too_many_parts"


@pytest.mark.parametrize("text", ["quokka n", "quokka -n", 'quokka from:"n', "quokka subject:ن"])
def test_the_first_letter_of_a_further_word_takes_nothing_away(text: str) -> None:
    assert parse(text).terms == [Term(("quokka",))]


def test_the_first_letter_of_a_second_name_leaves_the_first_as_it_is() -> None:
    assert parse('from:"Ömer Ş"').terms == [Term(("omer",), mark="f")]
    assert parse('from:"Ömer Şa"').terms == [Term(("omer", "sa"), mark="f", goes_on=True)]
    assert parse('from: "Ömer Şa"').terms == [Term(("omer", "sa"), mark="f", goes_on=True)]


@pytest.mark.parametrize(
    ("text", "last"),
    [("plan b ", "b"), ("room 5", "5"), ('"plan b"', "b"), ("is:open b is:mine", "b")],
)
def test_one_letter_counts_where_it_is_all_that_was_meant(text: str, last: str) -> None:
    assert parse(text).terms[-1].words[-1] == last


def test_a_letter_alone_is_asked_for_until_something_else_is() -> None:
    assert parse("n").terms == [Term(("n",))]
    assert parse("is:open n").terms == []


@pytest.mark.parametrize(("text", "number"), [("#102", 102), (" #7 ", 7), ("#١٠٢", 102)])
def test_a_number_with_its_sign_is_a_tickets(text: str, number: int) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize("text", ["102", "#", "#12 refund", "##3", "#" + "9" * 30])
def test_other_numbers_are_words(text: str) -> None:
    assert number_in(text) is None


def test_one_letter_goes_on_only_where_it_is_a_word() -> None:
    assert not parse("o").terms[0].goes_on
    assert parse("東").terms[0].goes_on


def test_a_field_has_its_own_tokens() -> None:
    assert parse("subject:A-12").terms[0].sought() == (["s:a", "s:12"], True)


def test_what_is_near_comes_first_and_all_where_nothing_is() -> None:
    assert near("opne", ["open", "solved"]) == ("open",)
    assert near("xyz", ["open", "solved"]) == ("open", "solved")
