"""How much a mail holds, what stands below it, which language it is in."""

from __future__ import annotations

import pytest

from inbox_service.domain.languages import tag_of
from inbox_service.domain.mail import Direction
from inbox_service.domain.mail_size import LARGEST_MAIL, MEBIBYTE, room_for_files
from inbox_service.domain.signatures import VARIABLES, fill, signature_of

GMAIL = 36_700_160
VALUES = {name: f"<{name}>" for name in VARIABLES}


def test_a_mail_of_gmail_holds_25_megabytes_of_files() -> None:
    assert room_for_files(GMAIL) == 25 * MEBIBYTE


def test_files_grow_by_their_encoding() -> None:
    assert room_for_files(LARGEST_MAIL) * 4 / 3 < LARGEST_MAIL


def test_a_provider_that_takes_next_to_nothing_has_no_room() -> None:
    assert room_for_files(1000) == 0


def test_variables_are_filled() -> None:
    assert fill("{agent.name}\n{inbox.name}", VALUES) == "<agent.name>\n<inbox.name>"


def test_an_unknown_variable_stays_to_be_seen() -> None:
    assert fill("{agent.shoe} {}", VALUES) == "{agent.shoe} {}"


def test_a_value_is_not_filled_again() -> None:
    assert fill("{agent.name}", {"agent.name": "{inbox.name}"}) == "{inbox.name}"


def test_the_agents_signature_stands_above_the_inboxes() -> None:
    assert signature_of("Ana", "Jasmine & Reed", {}) == "Ana\nJasmine & Reed"
    assert signature_of("", "Jasmine & Reed", {}) == "Jasmine & Reed"
    assert signature_of(" ", "", {}) == ""


@pytest.mark.parametrize(
    ("locale", "direction", "tag"),
    [
        ("en_US", "ltr", "en-US"),
        ("ar", "rtl", "ar"),
        ("tl", "ltr", "tl"),
        ("de_DE_formal", "ltr", "de-DE"),
        ("en_US", "rtl", ""),
        ("ar", "ltr", ""),
        ("", "ltr", ""),
    ],
)
def test_the_language_is_the_writers_unless_the_text_runs_the_other_way(
    locale: str, direction: Direction, tag: str
) -> None:
    assert tag_of(locale, direction) == tag
