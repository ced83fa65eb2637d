"""Keeps mail coming while the demo runs, until it is stopped.

    arrivals.py ROOT STATE_FILE

New questions arrive every 20 to 40 seconds, and customers answer what the shop sends them about
20 seconds later. DEMO_PACE (mean seconds between two arrivals, 0 for none) and DEMO_ANSWER_AFTER
(seconds) change that.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from dataclasses import asdict, dataclass, field
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

from mail import arriving_mail
from mail.people import ACCOUNTS
from simulated_google import SimulatedGoogle

LOOK_EVERY = 4.0


@dataclass(slots=True)
class State:
    """What must outlive a restart; `answer_at` are seconds since the epoch by mail id."""

    arrived: int = 0
    seen: list[str] | None = None
    answer_at: dict[str, float] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> State:
        """The state in a file, or a new one."""
        return cls(**json.loads(path.read_text())) if path.exists() else cls()

    def write(self, path: Path) -> None:
        """Keep the state; a kill in between leaves the old one."""
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps(asdict(self)))
        draft.replace(path)


@dataclass(slots=True)
class Arrivals:
    """The customers of the demo."""

    google: SimulatedGoogle
    state: State
    pace: float
    answer_after: float
    chance: random.Random = field(default_factory=random.Random)
    next_at: float = 0.0

    def step(self, now: float) -> None:
        """Do what is due at `now` (seconds since the epoch)."""
        sent = [mail for account in ACCOUNTS for mail in self.google.sent(account)]
        self.notice(sent, now)
        for mail in sent:
            if self.state.answer_at.get(mail["id"], now + 1) <= now:
                self.answer(mail, now)
        if self.pace and now >= self.next_at:
            self.arrive(now)

    def notice(self, sent: list[dict[str, Any]], now: float) -> None:
        """Plan an answer to each mail that was sent since the last look."""
        if self.state.seen is None:  # what lay there before the demo began has been answered
            self.state.seen = [mail["id"] for mail in sent]
        known = set(self.state.seen)
        for mail in sent:
            if mail["id"] in known:
                continue
            self.state.seen.append(mail["id"])
            wanted = arriving_mail.wants_answer(message_from_bytes(mail["raw"], policy=default))
            if wanted and self.state.answers.get(mail["threadId"], 0) < arriving_mail.MOST_ANSWERS:
                self.state.answer_at[mail["id"]] = now + self.answer_after

    def answer(self, mail: dict[str, Any], now: float) -> None:
        """Let the customer answer a mail of ours."""
        del self.state.answer_at[mail["id"]]
        thread = mail["threadId"]
        self.state.answers[thread] = self.state.answers.get(thread, 0) + 1
        self.google.deliver(*arriving_mail.answer(mail["raw"], int(now * 1000), self.chance))

    def arrive(self, now: float) -> None:
        """Let a new question arrive, and choose when the next one will."""
        self.google.deliver(*arriving_mail.opener(self.state.arrived, int(now * 1000)))
        self.state.arrived += 1
        self.next_at = now + self.pace * self.chance.uniform(2 / 3, 4 / 3)


def main() -> None:
    """Run until killed; a Google that does not answer is asked again."""
    root, path = sys.argv[1], Path(sys.argv[2])
    state = State.read(path)
    arrivals = Arrivals(
        SimulatedGoogle(root),
        state,
        pace=float(os.environ.get("DEMO_PACE", "30")),
        answer_after=float(os.environ.get("DEMO_ANSWER_AFTER", "20")),
    )
    while True:
        try:
            arrivals.step(time.time())
        except OSError as error:
            print(f"The simulated Google does not answer ({error}); trying again.", flush=True)
        state.write(path)
        time.sleep(LOOK_EVERY)


if __name__ == "__main__":
    main()
