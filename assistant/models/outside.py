"""What comes from outside the process: the network, the time, and chance."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx2


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Outside:
    """The real ones by default; tests bring their own.

    Attributes:
        transport: what carries requests; None for the network.
        monotonic: seconds on a clock that never jumps.
        now: the instant, in UTC.
        pause: waits for some seconds.
        chance: a number from 0 to 1.
    """

    transport: httpx2.BaseTransport | None = None
    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = _now
    pause: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
