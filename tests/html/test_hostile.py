"""Hostile mails in a browser: nothing runs, loads, asks or covers, in our frame or without."""

from __future__ import annotations

import pytest
from families import Case, cases
from stage import Stage, Verdict

CASES = cases()


def told(verdicts: list[Verdict]) -> dict[str, list[str]]:
    """Return the troubles by case, for those that have any."""
    return {one.case.name: sorted(one.troubles) for one in verdicts if one.troubles}


def test_there_are_cases_enough_and_each_has_its_name() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 400


@pytest.mark.parametrize("way", ["framed", "bare"])
def test_nothing_hostile_is_left_of_a_mail(stage: Stage, way: str) -> None:
    assert told(stage.judged(CASES, way)) == {}


def test_pictures_behind_elements_load_when_they_are_shown_and_only_those(stage: Stage) -> None:
    behind = [case for case in CASES if case.name.startswith("css/background")]
    troubles = {one.case.name: one.troubles for one in stage.judged(behind, "shown")}
    assert set().union(*troubles.values()) == {"load: reached the outside"}
    plain = {
        name for name in troubles if name.split("/")[2] in ("bare", "quoted", "without-scheme")
    }
    assert {name for name in plain if not troubles[name]} == set()
    assert not any(troubles[name] for name in troubles if name.split("/")[2] == "image-set")


def test_the_judges_catch_what_nobody_cleaned(stage: Stage) -> None:
    missed = [case for case in CASES if case.harm != "later"]
    # On a busy machine a harm may take longer than its moment: what was missed gets two more.
    for _ in range(3):
        missed = [one.case for one in stage.judged(missed, "raw") if not _caught(one)]
    assert [case.name for case in missed] == []


def test_the_trap_tells_which_mail_reached_outside(stage: Stage) -> None:
    quiet, loud = Case("quiet", "later", "<p>x"), Case("loud", "load", "<img src='https://EVIL/'>")
    assert told(stage.judged([quiet, loud, quiet], "raw")) == {
        "loud": ["load: reached the outside"]
    }


def _caught(verdict: Verdict) -> bool:
    """Tell whether the harm that the case names was seen."""
    return any(trouble.startswith(f"{verdict.case.harm}:") for trouble in verdict.troubles)
