"""What every use case is given: built once by the composition roots, passed first."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from .ports import (
    BlobStore,
    BudgetSource,
    Clock,
    ConnectorSource,
    JobQueue,
    PresenceBoard,
    SecretBox,
)
from .settings import Settings
from .store.engine import Sessions
from .store.recent import Recent


@dataclass(frozen=True, slots=True)
class Deps:
    """The outsides of the service."""

    settings: Settings
    sessions: Sessions
    clock: Clock
    queue: JobQueue
    connectors: ConnectorSource
    budgets: BudgetSource
    blobs: BlobStore
    secrets: SecretBox
    presence: PresenceBoard
    recent: Recent = field(default_factory=Recent)


class SystemClock:
    """The machine's clock."""

    def now(self) -> int:
        """Return milliseconds since the epoch, UTC."""
        return time.time_ns() // 1_000_000
