"""Whatever mails a mailbox has and in whatever order they are read: the same tickets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from email.message import EmailMessage

import pytest
from arrival_orders import SUPPORT, Archive, oldest_first
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from connectors.memory.server import MemoryServer
from inbox_service.deps import Deps
from inbox_service.domain.mail import INBOX, SENT
from inbox_service.testing import START, FakeClock

PEOPLE = ("omar@example.net", "eve@example.org", "zed@example.com")
FORGED = "mx; dmarc=fail"
MOST = 8


@dataclass(frozen=True)
class Draft:
    """A mail of a small mailbox: what it names is so many mails before it, `later` ms after it.

    `automatic` makes it an out-of-office reply, unless it is ours.
    """

    sender: str
    to: tuple[str, ...]
    before: tuple[int, ...]
    subject: str
    results: str
    later: int
    automatic: bool


drafts = st.builds(
    Draft,
    sender=st.sampled_from((*PEOPLE, SUPPORT)),
    to=st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True).map(tuple),
    before=st.lists(st.integers(1, 4), max_size=2, unique=True).map(tuple),
    subject=st.sampled_from(("Order", "Invoice")),
    results=st.sampled_from(("", "", FORGED)),
    later=st.integers(1, 2),
    automatic=st.sampled_from((False, False, True)),
)
mailboxes = st.lists(drafts, min_size=2, max_size=MOST)


@pytest.fixture
def archive(deps_with: Callable[[MemoryServer], Deps]) -> Archive:
    clock = FakeClock()
    server = MemoryServer(clock)
    server.add(SUPPORT)
    return Archive(replace(deps_with(server), clock=clock))


def write(number: int, draft: Draft, subject: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = draft.sender, subject
    mail["To"] = ", ".join((*draft.to, SUPPORT if draft.sender != SUPPORT else "list@x.example"))
    mail["Message-ID"] = f"<{number}@x>"
    named = [f"<{number - one}@x>" for one in draft.before if one <= number]
    if named:
        mail["References"] = " ".join(named)
    if draft.results and draft.sender != SUPPORT:
        mail["Authentication-Results"] = draft.results
    if draft.automatic and draft.sender != SUPPORT:
        mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(f"This is {number}.")
    return bytes(mail)


def fill(archive: Archive, written: Sequence[Draft]) -> None:
    """Let the mails arrive."""
    archive.empty()
    at = START - 1000
    subjects: list[str] = []
    for number, draft in enumerate(written):
        at += draft.later
        # What we write ourselves keeps the subject, and with it the provider's thread.
        parents = [number - one for one in draft.before if one <= number]
        is_ours = draft.sender == SUPPORT
        subjects.append(subjects[parents[0]] if is_ours and parents else draft.subject)
        labels = [SENT] if is_ours else [INBOX]
        archive.receive(write(number, draft, subjects[-1]), at, labels)


@settings(
    max_examples=25,
    deadline=None,
    # A failing mailbox is small already.
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(mailboxes, st.data())
def test_the_tickets_are_the_same_in_whatever_order_mails_are_read(
    archive: Archive, written: list[Draft], data: st.DataObject
) -> None:
    fill(archive, written)
    placed = archive.read(oldest_first(archive.mails)).keys()
    as_they_came = archive.tickets()
    order = data.draw(st.permutations(archive.mails))
    size = data.draw(st.integers(1, len(order)))
    read = archive.read(order[at : at + size] for at in range(0, len(order), size)).keys()
    # What is left of the order (ADR 7): an automatic reply that has a ticket keeps it.
    assume(not any(written[int(one)].automatic for one in read - placed))
    assert archive.tickets() == as_they_came
    assert archive.disorder() == []
