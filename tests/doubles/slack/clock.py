"""The double's time: real, plus whatever a test lets pass without waiting."""

from __future__ import annotations

import time
from datetime import datetime


class Clock:
    """Seconds since the epoch and Slack's timestamps, which never repeat and only grow."""

    def __init__(self, starts_at: datetime | None = None) -> None:
        self._shift = starts_at.timestamp() - time.time() if starts_at else 0.0
        self._last = 0
        self.leapt = 0.0

    def now(self) -> float:
        """Seconds since the epoch, in the double's time."""
        return time.time() + self._shift

    def advance(self, seconds: float) -> None:
        """Let time pass at once.

        Triggers, streams, statuses and response URLs age by what was let pass (`leapt`) and not
        by real time, so that a slow machine never fails a test.
        """
        self._shift += seconds
        self.leapt += seconds

    def timestamp(self) -> str:
        """A new `ts`, as `1700000000.000100`."""
        self._last = max(self._last + 1, int(self.now() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"
