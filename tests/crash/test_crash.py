"""Processes are killed at random while mail comes in and goes out: nothing is lost or doubled.

KILLS says how many (default 10); CRASH_SEED repeats a run's choices.
"""

import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from busy_google import Google, start_google
from ledger import Books, read_books
from office import Office
from traffic import ACCOUNTS, BILLING, SALES, SUPPORT, Agent, Background, Customers

from inbox_service.store.engine import Sessions

KILLS = int(os.environ.get("KILLS", "10"))
SEED = int(os.environ.get("CRASH_SEED") or random.randrange(10**6))
# Workers do the work that must survive; the others must not harm it either.
TARGETS = ["worker-1"] * 4 + ["worker-2"] * 4 + ["valkey", "web", "schedule", "up"]
HISTORY = 200
SETTLE_SECONDS = 240


@pytest.fixture
def google(tmp_path: Path) -> Iterator[Google]:
    """The mail provider, with the shop's accounts and some history in them."""
    running = start_google(tmp_path)
    yield running
    running.stop()


@pytest.fixture
def office(tmp_path: Path, empty_url: str, google: Google) -> Iterator[Office]:
    """The service, running and paired, with no mailbox yet."""
    opened = Office(tmp_path, empty_url, google.root)
    opened.start()
    opened.await_ready()
    yield opened
    opened.stop()


def connect(office: Office, google: Google, site_id: str, folder: Path) -> None:
    inboxes = {SUPPORT: [f"Support={SUPPORT}", f"Billing={BILLING}"], SALES: [f"Sales={SALES}"]}
    for account in ACCOUNTS:
        file = folder / f"{account}.json"
        file.write_text(json.dumps(google.add_account(account, ACCOUNTS[account])))
        named = [word for inbox in inboxes[account] for word in ("--inbox", inbox)]
        office.inbox(
            *("mailbox", "add", "--site", site_id, "--address", account),
            *("--credentials", str(file), *named),
        )


def kill_at_random(office: Office, google: Google, dice: random.Random) -> list[str]:
    killed: list[str] = []
    while len(killed) < KILLS:
        time.sleep(dice.uniform(0.2, 1.5))
        part = dice.choice(TARGETS)
        if office.kill(part):
            killed.append(part)
            if len(killed) % 5 == 0:
                google.lose_answers(1)
    return killed


def settled_books(sessions: Sessions, google: Google) -> Books:
    deadline = time.monotonic() + SETTLE_SECONDS
    books = read_books(sessions, google)
    while not books.settled() and time.monotonic() < deadline:
        time.sleep(0.5)
        books = read_books(sessions, google)
    return books


def test_kills_at_any_moment_lose_nothing_and_double_nothing(
    office: Office, google: Google, empty_url: str, tmp_path: Path, say: Callable[[str], None]
) -> None:
    say(f"CRASH_SEED={SEED} KILLS={KILLS}")
    dice = random.Random(SEED)
    customers, agent = Customers(google, random.Random(SEED)), Agent(office)
    site_id = office.pair()
    for account, aliases in ACCOUNTS.items():
        google.add_account(account, aliases)
    customers.write(HISTORY)
    google.slow_down()
    connect(office, google, site_id, tmp_path)

    busy = [
        Background(customers.write, 0.2),
        Background(customers.answer, 0.5),
        Background(agent.reply, 0.3),
    ]
    killed = kill_at_random(office, google, dice)
    ended = time.monotonic()
    for one in busy:
        one.stop()
    sessions = Sessions(empty_url)
    books = settled_books(sessions, google)
    sessions.close()
    counts = ", ".join(f"{part} {count}" for part, count in Counter(killed).most_common())
    say(f"killed {len(killed)}: {counts}; settled {time.monotonic() - ended:.0f} s after the last")
    say(f"{len(customers.written)} mails in, {len(agent.replies)} replies out")

    assert books.unaccounted() == set()
    assert books.incoming == dict.fromkeys(customers.written, 1)
    assert len(agent.replies) > KILLS / 2
    assert sorted(books.outgoing) == sorted(agent.replies)
    assert {state for _, state in books.outbox} == {"sent"}
    assert books.sends() == dict.fromkeys((key for key, _ in books.outbox), 1)
    assert books.send_outcomes() == {"sent": len(agent.replies)}
    for reference, answer in customers.answered.items():
        assert books.tickets_of[answer.strip("<>")] == books.tickets_of[reference.strip("<>")]
