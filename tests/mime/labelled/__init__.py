"""Mails with the answer beside them: what a machine wrote, and what a person wrote.

The shapes are those of the programs named; the words are ours.
"""

from __future__ import annotations

from . import bounces, machines, people
from .letter import Letter

LETTERS: tuple[Letter, ...] = (*bounces.LETTERS, *machines.LETTERS, *people.LETTERS)

__all__ = ["LETTERS", "Letter"]
