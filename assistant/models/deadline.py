"""A deadline for a whole job, such as one answer with all its calls."""

from __future__ import annotations

import time
from collections.abc import Callable


class Deadline:
    """The moment by which a job is over, on a monotonic clock."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    @property
    def remaining(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self._end - self._clock())

    def within(self, seconds: float) -> Deadline:
        """The deadline of a part of the job that may take so long, and no longer than the job."""
        return Deadline(min(seconds, self.remaining), self._clock)
