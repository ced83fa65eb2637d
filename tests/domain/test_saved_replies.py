"""What is filled in for a ticket, and in which language."""

from __future__ import annotations

import pytest

from inbox_service.domain.saved_replies import (
    LANGUAGES,
    VARIABLES,
    by_language,
    fill,
    first_name,
    unknown_variables,
)
from inbox_service.texts import languages

VALUES = {name: f"[{name}]" for name in VARIABLES}


def test_there_are_replies_in_every_language_the_service_speaks() -> None:
    assert sorted(LANGUAGES) == sorted(languages())


def test_variables_are_filled_in_one_brace_or_two() -> None:
    filled = fill("<p>{customer.first_name} {{ ticket.reference }}</p>", VALUES)
    assert filled.html == "<p>[customer.first_name] [ticket.reference]</p>"
    assert filled.missing == ()


def test_a_value_is_text_and_never_html() -> None:
    assert fill("{customer.name}", {"customer.name": "<b> & co"}).html == "&lt;b&gt; &amp; co"


def test_a_value_is_not_filled_again() -> None:
    values = {**VALUES, "customer.name": "{agent.email}"}
    assert fill("{customer.name}", values).html == "{agent.email}"


@pytest.mark.parametrize("blank", [" ", "\xa0", "&nbsp;"])
def test_what_nothing_stands_for_is_named_and_leaves_no_braces(blank: str) -> None:
    filled = fill(f"<p>Hello{blank}{{customer.first_name}},</p>", {})
    assert (filled.html, filled.missing) == ("<p>Hello,</p>", ("customer.first_name",))


def test_a_variable_that_there_is_no_more_is_named_too() -> None:
    assert fill("{agent.shoe}", VALUES) == fill("{agent.shoe}", {})
    assert fill("{agent.shoe}", VALUES).missing == ("agent.shoe",)


def test_unknown_variables_are_told_and_other_braces_are_none() -> None:
    assert unknown_variables("{agent.shoe} {x} {agent.name} {{order.id}}") == [
        "agent.shoe",
        "order.id",
    ]


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Omar Haddad", "Omar"),
        ("ليلى حداد", "ليلى"),
        ("عبد الله حداد", "عبد الله"),
        ("أبو بكر", "أبو بكر"),
        ("Abdul Rahman Reyes", "Abdul Rahman"),
        ("Haddad, Omar", ""),
        ("omar@example.net", ""),
        ("  ", ""),
    ],
)
def test_somebody_is_greeted_by_his_first_name_where_it_is_certain(name: str, greeted: str) -> None:
    assert first_name(name) == greeted


@pytest.mark.parametrize(
    ("wanted", "order"),
    [
        ("ar", ["ar", "any", "en"]),
        ("tl", ["any", "en", "ar"]),
        ("en", ["en", "any", "ar"]),
    ],
)
def test_the_customers_language_comes_first_and_then_what_suits_all(
    wanted: str, order: list[str]
) -> None:
    assert by_language(["ar", "en", "any"], wanted) == order
