"""What a benchmark reports, and how it takes its measures."""

from __future__ import annotations

import os
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class Line:
    """One result: a ratio, the goal it is held against if there is one, and what it is made of.

    The ratio is None where one side never got there.
    """

    what: str
    ratio: float | None
    goal: str
    about: str


def median(values: Sequence[float]) -> float:
    """The middle of several measures."""
    return statistics.median(values)


def percentile(values: Sequence[float], rank: int) -> float:
    """The measure that `rank` % of all do not exceed."""
    ranked = sorted(values)
    return ranked[max(0, -(-rank * len(ranked) // 100) - 1)]


def seconds(taken: float) -> str:
    """A duration for people."""
    return f"{taken * 1000:.1f} ms" if taken < 1 else f"{taken:.1f} s"


def memory() -> float:
    """The resident memory of this process, in MiB."""
    return float(psutil.Process(os.getpid()).memory_info().rss) / 2**20
