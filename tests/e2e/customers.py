"""Customers' mail: where it goes to, subjects nobody else has, and waiting for what comes of it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Any

from conftest import Demo, Person

SUPPORT = "support@jasmine-reed.example"
BILLING = "billing@jasmine-reed.example"
SALES = "sales@jasmine-reed.example"


def unique(words: str) -> str:
    """Return a subject that no other mail has."""
    return f"{words} {secrets.token_hex(3).upper()}"


def eventually(look: Callable[[], Any], seconds: float = 90) -> Any:
    """Return what `look` finds as soon as it finds something."""
    end = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < end:
        time.sleep(0.25)
    return found


def asked(demo: Demo, agent: Person, words: str = "Is the blue one back?") -> str:
    """Let a customer ask, open the ticket, and return its subject."""
    subject = unique(words)
    demo.deliver(SUPPORT, subject, "I would like two.")
    agent.open_ticket(subject)
    return subject


def write(person: Person, text: str) -> None:
    """Write an answer or a note, and press the button for it."""
    person.words.fill(text)
    person.send_button.click()
