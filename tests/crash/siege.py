"""A run: the shop at work, the blows of a plan, and the quiet afterwards."""

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from books import unrest
from busy_google import Google
from customers import Customers
from office import Office
from plan import Blow
from staff import Agent, Background, Follower, Owner
from troubles import Troubles

from inbox_service.store.engine import Sessions

# (account, its other addresses); the first two are there from the start.
ACCOUNTS: Sequence[tuple[str, tuple[str, ...]]] = tuple(
    (f"{name}@shop.example", tuple(f"{other}@shop.example" for other in others))
    for name, others in (
        ("support", ["billing"]),
        ("sales", []),
        ("orders", ["returns"]),
        ("press", []),
        ("jobs", []),
        ("events", []),
        ("partners", []),
        ("info", []),
    )
)
_AT_START = 2
_PATIENCE_SECONDS = 5
_WORK_ON_SECONDS = 90
_SETTLE_SECONDS = 420
_PROGRESS_EVERY = 10
_TELL_SECONDS = 20

Say = Callable[[str], None]


@dataclass
class Siege:
    """Everybody and everything of one run."""

    office: Office
    google: Google
    owner: Owner
    agent: Agent
    customers: Customers
    follower: Follower
    sessions: Sessions
    history: int
    say: Say

    def __post_init__(self) -> None:
        """Nothing is killed yet."""
        self.killed: Counter[str] = Counter()
        self.troubles = Troubles(self.google, self.office, self.owner.consent_again)
        self._waiting = iter(ACCOUNTS)
        self._began = time.monotonic()

    def run(self, plan: Sequence[Blow], accounts: int) -> None:
        """Carry out the plan while people work, and wait until everything is quiet again."""
        self.owner.be_told()
        for _ in range(_AT_START):
            self._open_another()
        busy = self._at_work()
        # A new account every while, so that there is a back-fill at any time.
        pause = len(plan) // (accounts - _AT_START + 1) + 1
        for number, blow in enumerate(plan, 1):
            if number % pause == 0:
                self._open_another()
            self._strike(blow, number)
            for one in busy:
                one.check()
            if number % _PROGRESS_EVERY == 0:
                self._tell(f"{number} of {len(plan)} kills")
        self._work_on(busy, len(plan) // 2 + 1)
        self._settle(busy)

    def _work_on(self, busy: Sequence[Background], replies: int) -> None:
        """Let everybody work until so many replies were sent: a slow machine sees few in time."""
        until = time.monotonic() + _WORK_ON_SECONDS
        while len(self.agent.replies) < replies and time.monotonic() < until:
            time.sleep(0.2)
            for one in busy:
                one.check()

    def _at_work(self) -> list[Background]:
        return [
            Background(self.customers.write, 0.2),
            Background(self.customers.answer, 0.3),
            Background(self.agent.reply, 0.2),
            Background(self.follower.follow, 0.5),
            Background(self.owner.mind, 0.7),
        ]

    def _open_another(self) -> None:
        account, others = next(self._waiting)
        self.google.add_account(account, others)
        self.customers.know(account, [account, *others])
        self.customers.write_long_ago(account, self.history)
        names = [(address.partition("@")[0].title(), address) for address in (account, *others)]
        self.owner.connect(account, names)

    def _strike(self, blow: Blow, number: int) -> None:
        for trouble in blow.troubles:
            self.troubles.begin(trouble, number)
        self.troubles.pass_by(number)
        if blow.moment.method:
            self.google.await_call(blow.moment.method, _PATIENCE_SECONDS)
        time.sleep(blow.moment.seconds)
        self.killed[self.office.kill(blow.victim).rstrip("-0123456789")] += 1

    def _settle(self, busy: Sequence[Background]) -> None:
        """Let the people go home, all but the owner, and wait until nothing is under way."""
        self.troubles.end_all()
        *others, owner = busy
        for one in others:
            one.stop()
        last_blow = told = time.monotonic()
        while open_ends := unrest(self.sessions, self.google):
            if time.monotonic() - last_blow > _SETTLE_SECONDS:
                break
            if time.monotonic() - told > _TELL_SECONDS:
                told = time.monotonic()
                self._tell(f"still waiting for {', '.join(open_ends)}")
            time.sleep(1)
            owner.check()
        owner.stop()
        self.follower.follow()
        self._tell(f"quiet {time.monotonic() - last_blow:.0f} s after the last kill")

    def _tell(self, what: str) -> None:
        passed = time.monotonic() - self._began
        self.say(
            f"[{passed:5.0f} s] {what}; {len(self.customers.written)} mails in, "
            f"{len(self.agent.replies)} replies out, {len(self.google.accounts)} mailboxes"
        )


def make_siege(
    office: Office,
    google: Google,
    owner: Owner,
    sessions: Sessions,
    seed: int,
    history: int,
    say: Say,
) -> Siege:
    """Return a siege with its people."""
    return Siege(
        office,
        google,
        owner,
        Agent(owner.door),
        Customers(google, random.Random(seed)),
        Follower(owner.door),
        sessions,
        history,
        say,
    )
