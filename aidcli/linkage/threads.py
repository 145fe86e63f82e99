"""Work on slices in several threads: sorting, taking and comparing columns of numbers leave Python's lock alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Part = TypeVar("Part")
Done = TypeVar("Done")

MOST = 4  # beyond it the passes wait for memory, and each slice in work costs some


def processors() -> int:
    """How many threads are of use to this process; 1 on a machine with one processor."""
    try:
        there = len(os.sched_getaffinity(0))
    except AttributeError:  # Windows, macOS
        there = os.cpu_count() or 1
    return min(there, MOST)


def in_turn(work: Callable[[Part], Done], parts: Iterable[Part], workers: int) -> list[Done]:
    """`work` of each part, in the order of the parts, whoever is ready first."""
    waiting = list(parts)
    if workers < 2 or len(waiting) < 2:
        return list(map(work, waiting))
    with ThreadPoolExecutor(min(workers, len(waiting))) as pool:
        return list(pool.map(work, waiting))
