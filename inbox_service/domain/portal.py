"""What a customer sees of a ticket: where it stands, and which of its messages are his to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .tickets import needs_follow_up

Step = Literal["received", "in_progress", "waiting_for_you", "solved"]
Side = Literal["you", "us", "other"]

STEPS: tuple[Step, ...] = ("received", "in_progress", "waiting_for_you", "solved")
SIDES: tuple[Side, ...] = ("you", "us", "other")

# Answers of machines: a bounce tells of other people's addresses, an absence of nothing.
_OF_MACHINES = ("auto_reply", "bounce", "complaint")


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose eyes a conversation is shown to: a customer, and the addresses that are his."""

    customer_id: int
    addresses: frozenset[str]
    # The first message he may not read, nor any after it; None where he may read on.
    until: int | None = None

    def wrote(self, message: Mapping[str, Any]) -> bool:
        """Tell whether the message is his own."""
        if message["author_type"] != "customer":
            return False
        return message["author_id"] == self.customer_id or self.has(message["author_email"])

    def has(self, email: str) -> bool:
        """Tell whether the address is his."""
        return email.lower() in self.addresses


def step(ticket: Mapping[str, Any], *, answered: bool) -> Step:
    """Return where the ticket stands; `answered` tells whether we ever wrote in it.

    A ticket that somebody solved or set to pending is there, whoever has it; an open one is being
    worked on as soon as it is somebody's, or somebody has answered.
    """
    if ticket["status"] == "solved":
        return "solved"
    if ticket["status"] == "pending":
        return "waiting_for_you"
    return "in_progress" if answered or ticket["assignee_id"] is not None else "received"


def can_answer(ticket: Mapping[str, Any], at: int) -> bool:
    """Tell whether an answer at `at` (ms UTC) still joins the ticket; later it needs a new one."""
    return ticket["merged_into"] is None and not needs_follow_up(ticket, at)


def is_shown(message: Mapping[str, Any], reader: Reader) -> bool:
    """Tell whether the page shows the message: he wrote it, or it was addressed to him.

    That is what his own mailbox shows him. Notes are never shown, nor what passed between us and
    somebody else in his ticket, such as a question to a supplier.
    """
    if message["kind"] == "note" or message["author_type"] == "system":
        return False
    if reader.until is not None and message["id"] >= reader.until:
        return False
    if message["automatic"] in _OF_MACHINES:
        return False
    people = (*message["recipients"], *message["copied"])
    return reader.wrote(message) or any(reader.has(one["email"]) for one in people)


def side(message: Mapping[str, Any], reader: Reader) -> Side:
    """Return from whom the message is, as the reader sees it."""
    if message["kind"] == "out":
        return "us"
    return "you" if reader.wrote(message) else "other"


def shown_name(message: Mapping[str, Any]) -> str:
    """Return the writer's name, "" for one who goes by an address only."""
    # Some programs put the address where the name belongs; addresses are shown to nobody.
    name = str(message["author_name"]).strip()
    return "" if "@" in name else name
