"""Answers as mail programs write them, in 41 languages, with what of them must stay in sight."""

from __future__ import annotations

from .answer import Answer
from .clients import CLIENTS, answers
from .languages import LANGUAGES, Language
from .scenes import forwards, scenes

ANSWERS: tuple[Answer, ...] = answers()
FORWARDS: tuple[Answer, ...] = forwards()
SCENES: tuple[Answer, ...] = scenes()

__all__ = ["ANSWERS", "CLIENTS", "FORWARDS", "LANGUAGES", "SCENES", "Answer", "Language"]
