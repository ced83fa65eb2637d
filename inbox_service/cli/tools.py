"""What every verb works with; what the verbs run is handed in by `workers.main`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from inbox_service.checks import Check
from inbox_service.deps import Deps
from inbox_service.store import schema


@dataclass(frozen=True, slots=True)
class Tools:
    """What the verbs work with."""

    wire: Callable[[], Deps]
    processes: Mapping[str, Callable[..., None]]
    checks: Sequence[Check]

    def deps(self) -> Deps:
        """Return Deps on a database that has the shape this code needs."""
        deps = self.wire()
        schema.require_current(deps.sessions)
        return deps
