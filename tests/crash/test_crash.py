"""Processes are killed while mail comes in and goes out: nothing is lost or doubled.

KILLS says how many (default 10); SEED repeats a run's choices; ONLY=sends strikes at sends alone.
"""

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from audit import Witness, violations
from books import read_books
from busy_google import Google, start_google
from door import Door
from office import Office
from plan import MENUS, make_plan
from siege import ACCOUNTS, Siege, make_siege
from staff import Owner

from inbox_service.store.engine import Sessions

KILLS = int(os.environ.get("KILLS") or "10")
SEED = int(os.environ.get("SEED") or random.randrange(10**6))
# What is struck: everything, or the steps of sends.
MENU = MENUS[os.environ.get("ONLY") or "everything"]
# A mailbox more for every so many kills, so that there is always one in its back-fill.
MAILBOXES = min(len(ACCOUNTS), 2 + KILLS // 60)
HISTORY = 40 if KILLS < 50 else 250
# Below the provider's, as in life, and large enough that kills and not the quota set the pace.
UNITS_PER_MINUTE, PROVIDERS_UNITS = 60_000, 75_000
# A siege is a day in some minutes, with an emptied Valkey more often than any year has.
UNITS_PER_DAY = 8 * 24 * 60 * UNITS_PER_MINUTE


@pytest.fixture
def google(folder: Path) -> Iterator[Google]:
    """The mail provider."""
    running = start_google(folder, PROVIDERS_UNITS)
    yield running
    running.stop()


@pytest.fixture
def office(folder: Path, crash_url: str, google: Google) -> Iterator[Office]:
    """The service, running, with no mailbox yet."""
    names = ("GMAIL_API_ROOT", "GOOGLE_OAUTH_ROOT", "PUBSUB_ROOT")
    env = dict.fromkeys(names, google.root)
    env["GMAIL_UNITS_PER_MINUTE"] = str(UNITS_PER_MINUTE)
    env["GMAIL_PROJECT_UNITS_PER_DAY"] = str(UNITS_PER_DAY)
    opened = Office(folder, crash_url, env)
    try:
        opened.start()
        opened.await_ready()
        yield opened
    finally:
        opened.stop()


@pytest.fixture
def sessions(crash_url: str) -> Iterator[Sessions]:
    """Looks into the service's database."""
    opened = Sessions(crash_url)
    yield opened
    opened.close()


@pytest.fixture
def siege(office: Office, google: Google, sessions: Sessions, say: Callable[[str], None]) -> Siege:
    """The shop and its people."""
    say(f"\nSEED={SEED} KILLS={KILLS} {sessions.engine.dialect.name}")
    owner = Owner(Door(office), google, random.Random(SEED))
    return make_siege(office, google, owner, sessions, SEED, HISTORY, say)


def test_kills_at_any_moment_lose_nothing_and_double_nothing(siege: Siege) -> None:
    siege.run(make_plan(SEED, KILLS, MAILBOXES, MENU), MAILBOXES)
    siege.say(f"killed: {', '.join(f'{name} {n}' for name, n in siege.killed.most_common())}")
    books = read_books(siege.sessions, siege.google, siege.office.data_dir)
    witness = Witness(
        siege.customers.written,
        list(siege.customers.talks.values()),
        siege.agent.replies,
        siege.follower.seen,
        siege.agent.taken_back,
    )
    found = violations(books, witness)
    siege.say("\n".join(found) or "0 lost, 0 doubled in, 0 doubled out, 0 unaccounted for")
    assert found == []
    assert len(siege.agent.replies) > KILLS / 2
