"""How the measurements print: percentiles, and ratios to something known."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any


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


def show(name: str, *figures: str) -> None:
    """Print one line of a table."""
    print(f"  {name:44} {'  '.join(figures)}")
