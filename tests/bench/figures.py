"""How the measurements print: percentiles, and ratios to something known."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event


def percentiles(act: Callable[[], Any], times: int = 200) -> tuple[float, float]:
    """Return p50 and p95 of `act` in milliseconds of wall time, after some rounds to warm up."""
    for _ in range(max(times // 20, 3)):
        act()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


@dataclass(frozen=True)
class Cost:
    """What one call costs: wall time, the processor's time in this process, and SQL statements."""

    p50: float
    p95: float
    cpu: float
    statements: int

    def __str__(self) -> str:
        return (
            f"p50 {self.p50:6.2f} ms  p95 {self.p95:6.2f} ms  CPU {self.cpu:6.2f} ms  "
            f"{self.statements:2} statements"
        )


def cost(act: Callable[[], Any], engine: Engine, times: int = 200) -> Cost:
    """Return what `act` costs; its statements are counted in one more call."""
    p50, p95 = percentiles(act, times)
    start = time.process_time()
    for _ in range(times):
        act()
    cpu = (time.process_time() - start) * 1000 / times
    return Cost(p50, p95, cpu, _statements(act, engine))


def _statements(act: Callable[[], Any], engine: Engine) -> int:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    act()
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def show(name: str, *figures: str) -> None:
    """Print one line of a table."""
    print(f"  {name:44} {'  '.join(figures)}")
