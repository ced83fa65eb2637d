"""The corners a journey is gone through in: English and Arabic, a desk and a phone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polib

LANGUAGES = Path(__file__).parents[2] / "wp-plugin" / "languages"
USERS = {"en": "agent", "ar": "agent_ar"}
HEIGHTS = {1440: 900, 375: 812}


@cache
def arabic() -> dict[str, str]:
    """Every text of the plugin that counts nothing, with its translation."""
    texts = polib.pofile(str(LANGUAGES / "ar.po"))
    return {one.msgid: one.msgstr for one in texts if not one.msgid_plural}


@dataclass(frozen=True)
class Corner:
    """A language and a width of the screen in CSS pixels."""

    language: str
    width: int

    def __str__(self) -> str:
        """As the test's id and its pictures name it."""
        return f"{self.language}-{self.width}"

    @property
    def seat(self) -> tuple[str, int, int]:
        """Who reads this language, before a screen so wide and high."""
        return USERS[self.language], self.width, HEIGHTS[self.width]

    @property
    def colleague(self) -> str:
        """Another agent, who reads the other language."""
        return next(user for language, user in USERS.items() if language != self.language)

    def say(self, text: str) -> str:
        """Return a text of the plugin as it stands on this screen.

        Of one with a name or a time in it: what stands before that. Raises KeyError for a text
        that the plugin does not have, so that a test cannot look for what nobody says any more.
        """
        translated = arabic()[text]
        return (translated if self.language == "ar" else text).partition("%")[0].strip()


ENGLISH, ARABIC = Corner("en", 1440), Corner("ar", 375)
OPPOSITE = (ENGLISH, ARABIC)
EVERY = (*OPPOSITE, Corner("en", 375), Corner("ar", 1440))
