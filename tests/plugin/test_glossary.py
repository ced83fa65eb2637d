"""The glossary says each word as the screens say it."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[2]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
ROWS = [line.strip("| ").split(" | ") for line in GLOSSARY.splitlines() if line.startswith("| ")]
TERMS = [row for row in ROWS if row[0] != "English"]


def said(locale: str) -> dict[str, str]:
    """Return every text of the plugin with its translation."""
    texts = polib.pofile(str(ROOT / "wp-plugin" / "languages" / f"{locale}.po"))
    return {one.msgid: one.msgstr for one in texts}


@pytest.mark.parametrize(("locale", "column"), [("ar", 1), ("tl", 2)])
def test_the_glossary_translates_as_the_screens_do(locale: str, column: int) -> None:
    texts = said(locale)
    assert {row[0]: row[column] for row in TERMS} == {row[0]: texts[row[0]] for row in TERMS}


def test_no_word_stands_in_it_twice() -> None:
    words = [row[0] for row in TERMS]
    assert len(words) > 30
    assert sorted(set(words)) == sorted(words)
