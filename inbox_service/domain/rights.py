"""Who may see and do what: the one value that every read and write of the desk is asked by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Role = Literal["manager", "lead", "agent", "viewer"]

ROLES: tuple[Role, ...] = ("manager", "lead", "agent", "viewer")
# Who may lead a team and, seeing all inboxes, say who gets new tickets.
LEADING_ROLES: tuple[Role, ...] = ("manager", "lead")


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks at one site's desk.

    `agent_id` is None for a program with an API key. `inboxes` are those it may see, None for all
    (`reach_of`). A team says who is meant, and opens nothing.
    """

    site_id: int
    role: Role
    agent_id: int | None = None
    inboxes: frozenset[int] | None = None

    def sees(self, inbox_id: int | None) -> bool:
        """Tell whether things of this inbox are shown; None is a thing of no inbox."""
        return inbox_id is None or self.inboxes is None or inbox_id in self.inboxes

    @property
    def can_reply(self) -> bool:
        """Whether it may write: reply, note, and change tickets."""
        return self.role != "viewer"

    @property
    def can_manage(self) -> bool:
        """Whether it may change mailboxes and settings."""
        return self.role == "manager"

    @property
    def can_route(self) -> bool:
        """Whether it may say who gets new tickets.

        Rules are asked about the mail of every inbox, so nobody writes them who does not see all.
        """
        return self.role in LEADING_ROLES and self.inboxes is None


def reach_of(role: Role, *, sees_all: bool, chosen: Iterable[int]) -> frozenset[int] | None:
    """Return the inboxes somebody may see, None for all; of none chosen he sees none.

    A manager sees all whatever was chosen for him: who may change mailboxes and rights could open
    every inbox to himself. The choice counts again once he is no manager any more.
    """
    return None if sees_all or role == "manager" else frozenset(chosen)
