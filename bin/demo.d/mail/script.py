"""Reads the demo's conversations, written down like the script of a play.

A conversation starts with `== name`, then `key: value` lines (to, from, age in days, subject,
lang). Each mail of it starts with `--- kind` and options, then its text:

    kind        in, out, auto, bounce, newsletter, notice, list or spam
    +0.5        days after the mail before
    html        has an HTML part
    picture=    an inline picture          attach=   an attached file, may be repeated
    charset=    of an old mail program     by=       who signs for the shop
    from= to= status= recipient=           what differs from the rest of the conversation
    subject=                               the same, and the last option of its line
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mail.people import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPTION = re.compile(
    r" (?=\+[\d.]+|html\b|(?:picture|attach|charset|by|from|to|status|recipient)=)"
)
# Mail that other programs send: nobody is expected to answer it.
AUTOMATIC = frozenset({"auto", "bounce", "newsletter", "notice", "list", "spam"})


@dataclass(frozen=True, slots=True)
class Turn:
    """One mail of a conversation, as written in the script."""

    kind: str
    text: str
    after: float = 0.0
    html: bool = False
    attachments: tuple[str, ...] = ()
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Mails that belong together; `age` is the age of the first one in days."""

    name: str
    inbox: str
    customer: Person
    subject: str
    language: str
    age: float
    turns: tuple[Turn, ...]


def read(folder: Path) -> list[Conversation]:
    """Every conversation in the text files of a folder."""
    found: list[Conversation] = []
    for path in sorted(folder.glob("*.txt")):
        found.extend(parse(path.read_text(encoding="utf-8")))
    return found


def parse(text: str) -> Iterator[Conversation]:
    """The conversations of one script.

    raises KeyError where a heading lacks to or subject.
    """
    for block in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        head, *turns = re.split(r"^--- ", block, flags=re.MULTILINE)
        name, *lines = head.strip().splitlines()
        keys = dict(line.split(": ", 1) for line in lines)
        yield Conversation(
            name=name,
            inbox=keys["to"],
            customer=person(keys.get("from", "")),
            subject=keys["subject"],
            language=keys.get("lang", "en"),
            age=float(keys.get("age", "0")),
            turns=tuple(_turn(turn) for turn in turns),
        )


def person(text: str) -> Person:
    """The person written as `Name <address>`; the name may hold commas, without quotes."""
    name, _, address = text.rpartition(" <")
    return Person(name, address.rstrip(">"))


def _turn(block: str) -> Turn:
    line, _, text = block.partition("\n")
    line, _, subject = line.partition(" subject=")
    kind, *words = _OPTION.split(line.strip())
    options = dict(word.split("=", 1) for word in words if "=" in word)
    if subject:
        options["subject"] = subject.strip()
    return Turn(
        kind=kind,
        text=text.strip(),
        after=next((float(word) for word in words if word.startswith("+")), 0.0),
        html="html" in words,
        attachments=tuple(word[7:] for word in words if word.startswith("attach=")),
        options=options,
    )
