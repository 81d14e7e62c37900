"""The clock of the benchmarks that call a function again and again."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any


def timed(do: Callable[[], Any], runs: int) -> tuple[float, Any]:
    """The median time of several runs in seconds, and what the last one gave."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        done = do()
        times.append(time.perf_counter() - start)
    return median(times), done
