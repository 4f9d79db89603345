"""A job: something that was promised, and who does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any


@dataclass(frozen=True)
class Job:
    """Something that was promised.

    Attributes:
        id: chosen by whoever asked; the same id is the same job.
        name: which handler does it.
        payload: what it needs, as JSON has it.
        received: when it was asked for.
        again: whether it may have been begun before, so that its traces are to be looked for.
    """

    id: str
    name: str
    payload: Mapping[str, Any]
    received: datetime
    again: bool = False

    @property
    def age(self) -> timedelta:
        """How long ago it was asked for."""
        return datetime.now(UTC) - self.received


Handler = Callable[[Job], None]
Apology = Callable[[Job, str], None]
Tally = Callable[[str, str, float], None]
