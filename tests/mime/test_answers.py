"""Answers of the common mail programs in 41 languages: the quote is folded, no word is lost."""

# ruff: noqa: RUF001 - the letters of other scripts are meant.

from __future__ import annotations

import pytest
from answers import ANSWERS, CLIENTS, FORWARDS, LANGUAGES, SCENES, Answer
from answers.answer import Verdict
from answers.languages import Language

from inbox_service.mime import sanitize, text_of, visible


def shown(answer: Answer) -> str:
    """Return the text in sight of an answer."""
    if answer.is_html:
        return text_of(visible("", sanitize(answer.body).html).html)
    return visible(answer.body, "").text


def verdicts(answers: tuple[Answer, ...]) -> dict[str, Verdict]:
    """Return what is not exact."""
    judged = {one.name: one.judge(shown(one)) for one in answers}
    return {name: verdict for name, verdict in judged.items() if verdict is not Verdict.EXACT}


def test_the_set_is_large_enough_to_say_something() -> None:
    assert len(LANGUAGES) >= 28
    assert len(CLIENTS) >= 6
    assert len({one.name for one in (*ANSWERS, *FORWARDS, *SCENES)}) == len(
        ANSWERS + FORWARDS + SCENES
    )


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=list(LANGUAGES))
def test_an_answer_of_any_program_shows_its_own_words_alone(language: Language) -> None:
    own = tuple(one for one in ANSWERS if one.name.startswith(f"{language.code}-"))
    assert verdicts(own) == {}


@pytest.mark.parametrize("one", FORWARDS, ids=lambda one: one.name)
def test_what_is_passed_on_stays_in_sight(one: Answer) -> None:
    assert one.judge(shown(one)) is Verdict.EXACT


@pytest.mark.parametrize("one", SCENES, ids=lambda one: one.name)
def test_what_stands_before_the_scissors_is_what_is_seen(one: Answer) -> None:
    assert one.judge(shown(one)) is Verdict.EXACT


@pytest.mark.parametrize("answer", [*FORWARDS, *SCENES], ids=lambda one: one.name)
def test_no_word_is_lost_by_folding(answer: Answer) -> None:
    if answer.is_html:
        safe = sanitize(answer.body).html
        seen = visible("", safe)
        whole, parts = text_of(safe), text_of(seen.html) + text_of(seen.folded_html)
    else:
        seen = visible(answer.body, "")
        whole, parts = answer.body, seen.text + seen.folded_text
    assert "".join(parts.split()) == "".join(whole.split())


def test_the_judge_tells_a_leak_from_a_loss() -> None:
    answer = Answer("x", "", "Two, please.")
    assert answer.judge("Two,\nplease. ") is Verdict.EXACT
    assert answer.judge("Two, please. > How many?") is Verdict.LEAKED
    assert answer.judge("Two,") is Verdict.LOST


FORWARD = (
    "Can you help her?\n\nFrom: Lea <lea@mail.example>\nSent: Monday\nTo: Mona\nSubject: Cup\n"
)
FORWARD += "\nThe cup came broken.\n"


@pytest.mark.parametrize(
    "subject", ["FW: Cup", "Fwd: Cup", "WG: Tasse", "TR : Tasse", "RV: Taza", "إعادة توجيه: كوب"]
)
def test_the_subject_of_outlook_tells_a_forward(subject: str) -> None:
    assert visible(FORWARD, "", subject).folded_text == ""
    html = FORWARD.replace("<", "&lt;").replace("\n", "<br>")
    assert visible("", html, subject).folded_html == ""


@pytest.mark.parametrize("subject", ["", "Re: FW: Cup", "AW: WG: Tasse", "Trip", "Firm offer: cup"])
def test_any_other_subject_leaves_the_header_to_begin_the_quote(subject: str) -> None:
    assert visible(FORWARD, "", subject).text == "Can you help her?\n\n"


def test_a_family_and_a_persian_word_keep_what_joins_them() -> None:
    family = "👨\u200d👩\u200d👧 می\u200cتوانید"
    assert text_of(f"<p>{family}</p>") == family
    assert text_of("<p>a&nbsp;\u200c&nbsp;\u200cb</p>") == "a b"
