"""Archives of real mail have the same tickets in whatever order they are read.

ARCHIVES=FOLDER names a folder of .mbox.gz files; ARCHIVE_MAILS how many mails of each are read, 0
for all of them.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from arrival_orders import SUPPORT, Archive, newest_first, oldest_first, shuffled

from connectors.memory.server import MemoryServer
from connectors.testkit.gmail_simulator.mbox import split
from inbox_service.deps import Deps
from inbox_service.mime import parse
from inbox_service.testing import FakeClock

FOLDER = os.environ.get("ARCHIVES", "")
PATHS = sorted(Path(FOLDER).glob("*.mbox.gz")) if FOLDER else []
MAILS = int(os.environ.get("ARCHIVE_MAILS", "200"))


@pytest.fixture
def archive(deps_with: Callable[[MemoryServer], Deps]) -> Archive:
    clock = FakeClock()
    server = MemoryServer(clock)
    server.add(SUPPORT)
    return Archive(replace(deps_with(server), clock=clock))


def fill(archive: Archive, path: Path) -> None:
    """Receive an archive's mails, each at the time it says."""
    last = archive.deps.clock.now() - 1
    with gzip.open(path) as lines:
        for raw in islice(split(lines), MAILS or None):
            archive.receive(raw, min(parse(raw).sent_at or last, last))


@pytest.mark.skipif(not PATHS, reason="ARCHIVES names no folder with .mbox.gz files")
@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.name))
def test_an_archive_has_the_same_tickets_in_any_order(archive: Archive, path: Path) -> None:
    fill(archive, path)
    archive.read(oldest_first(archive.mails))
    as_they_came = archive.tickets()
    for batches in (newest_first(archive.mails), *(shuffled(archive.mails, n) for n in range(3))):
        archive.read(batches)
        assert archive.tickets() == as_they_came
        assert archive.disorder() == []
