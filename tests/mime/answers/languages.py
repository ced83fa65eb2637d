"""The table tests/fixtures/visible/languages.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "fixtures" / "visible"
NAME = "Ana Santos"
ANA = f"{NAME} <ana@shop.example>"


@dataclass(frozen=True, slots=True)
class Language:
    """What is written in a language, and what mail programs add in it."""

    code: str
    own: list[str]
    quoted: list[str]
    labels: list[str]
    original: str
    device: str
    forward: list[str]
    intros: dict[str, str] = field(default_factory=dict)

    def intro(self, client: str) -> str:
        """Return the line above a quote; a program that lacks the language has it in English."""
        line = self.intros.get(client) or LANGUAGES["en"].intros[client]
        return line.replace("ANA", ANA).replace("NAME", NAME)


def _language(code: str, row: dict[str, object]) -> Language:
    fields = {"own", "quoted", "labels", "original", "device", "forward"}
    given = {name: value for name, value in row.items() if name in fields}
    intros = {name: str(value) for name, value in row.items() if name not in fields}
    return Language(code=code, intros=intros, **given)  # type: ignore[arg-type]


def _read() -> dict[str, Language]:
    table = tomllib.loads((FOLDER / "languages.toml").read_text("utf-8"))
    return {code: _language(code, row) for code, row in table.items()}


LANGUAGES = _read()
