"""Threads come out the same in whatever order a mailbox is read."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage

import pytest
from arrival_orders import (
    SUPPORT,
    Archive,
    newest_first,
    oldest_first,
    partition,
    shuffled,
)

from connectors.memory.server import MemoryServer
from inbox_service.deps import Deps
from inbox_service.domain.mail import SENT
from inbox_service.testing import START, FakeClock

HOUR = 3_600_000
# What programs do to a thread: all ids, the parent alone, without the middle, In-Reply-To alone.
KEPT = ("all", "parent", "ends", "in_reply_to")


@pytest.fixture
def archive(deps_with: Callable[[MemoryServer], Deps]) -> Archive:
    clock = FakeClock()
    server = MemoryServer(clock)
    server.add(SUPPORT)
    return Archive(replace(deps_with(server), clock=clock))


def write(sender: str, to: list[str], rfc_id: str, subject: str) -> EmailMessage:
    """Write a mail of a thread, without what it answers."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = sender, ", ".join(to), rfc_id
    mail["Subject"] = subject
    mail.set_content(f"This is {rfc_id}.")
    return mail


def answer(mail: EmailMessage, ids: list[str], kept: str) -> None:
    """Name what the mail answers, as far as its program kept it."""
    named = {"all": ids, "parent": ids[-1:], "ends": list(dict.fromkeys((ids[0], ids[-1])))}
    mail["In-Reply-To"] = ids[-1]
    if kept != "in_reply_to":
        mail["References"] = " ".join(named[kept])


def fill(archive: Archive, seed: int, subjects: list[str], threads: int = 12) -> dict[str, int]:
    """Write threads of a customer, a colleague in copy and us, all at the same time.

    All of them answer to all, and subjects repeat between the threads. Returns whose thread each
    mail is of.
    """
    chance = random.Random(seed)
    begun: dict[int, list[str]] = {}
    thread_of: dict[str, int] = {}
    for number in range(threads * 5):
        thread = chance.randrange(threads)
        people = [f"c{thread % 5}@example.net", f"c{thread % 5}@example.com", SUPPORT]
        ids = begun.setdefault(thread, [])
        sender = chance.choice(people if ids else people[:2])
        others = [one for one in people if one != sender]
        mail = write(sender, others, f"<{number}@x>", chance.choice(subjects))
        if ids:
            answer(mail, ids, chance.choice(KEPT))
        ids.append(f"<{number}@x>")
        at = START - (threads * 5 - number) * HOUR
        labels = [SENT] if sender == SUPPORT else ["INBOX"]
        thread_of[archive.receive(bytes(mail), at, labels).ref.provider_id] = thread
    return thread_of


@pytest.mark.parametrize("seed", range(4))
def test_threads_that_the_provider_keeps_whole_come_out_the_same_in_any_order(
    archive: Archive, seed: int
) -> None:
    thread_of = fill(archive, seed, ["Order", "Re: Order"])
    threads = partition(thread_of)
    assert partition(archive.read(oldest_first(archive.mails))) == threads
    assert partition(archive.read(newest_first(archive.mails, 7))) == threads
    assert partition(archive.read(shuffled(archive.mails, seed))) == threads


@pytest.mark.parametrize("seed", range(4))
def test_threads_that_change_their_subject_are_never_mixed_in_any_order(
    archive: Archive, seed: int
) -> None:
    thread_of = fill(archive, seed, ["Order", "Re: Order", "Invoice", "Where?"])
    for batches in (newest_first(archive.mails, 7), shuffled(archive.mails, seed)):
        for ticket in partition(archive.read(batches)):
            assert len({thread_of[mail] for mail in ticket}) == 1


def test_threads_that_change_their_subject_are_whole_when_read_as_they_came(
    archive: Archive,
) -> None:
    thread_of = fill(archive, 1, ["Order", "Re: Order", "Invoice", "Where?"])
    assert partition(archive.read(oldest_first(archive.mails))) == partition(thread_of)
