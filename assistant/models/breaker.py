"""The circuit breaker: a model that keeps failing is left alone for a while."""

from __future__ import annotations

import threading
from collections.abc import Callable

from assistant.errors import (
    BreakerOpen,
    GarbledReply,
    HalfStream,
    KeyRefused,
    ModelDown,
    ModelFailure,
    ModelTimeout,
    QuotaSpent,
)

FAILURES = 5
PAUSE_SECONDS = 30.0
LONG_PAUSE_SECONDS = 600.0
_ILL = (ModelDown, ModelTimeout, GarbledReply, HalfStream)
_HOPELESS = (QuotaSpent, KeyRefused)


class Breaker:
    """Counts the failures in a row of one server, for all threads of the process.

    It opens after `FAILURES` of them, or at once where waiting seconds cannot help: no credit, a
    wrong key. After its pause calls are let through again, and the first failure opens it anew.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._in_a_row = 0
        self._closed_from = 0.0
        self._because = ""

    def admit(self) -> None:
        """Let a call through; raises `BreakerOpen` with the seconds to wait and the cause."""
        with self._lock:
            wait = self._closed_from - self._clock()
            if wait > 0:
                raise BreakerOpen(
                    f"The language model is left alone for {wait:.0f} s: {self._because}", wait
                )

    def failed(self, failure: ModelFailure) -> None:
        """A call failed; a refusal or a long text says nothing about the server's health."""
        with self._lock:
            if isinstance(failure, _HOPELESS):
                self._open(LONG_PAUSE_SECONDS, failure)
            elif isinstance(failure, _ILL):
                self._in_a_row += 1
                if self._in_a_row >= FAILURES:
                    self._open(PAUSE_SECONDS, failure)

    def succeeded(self) -> None:
        """A whole reply arrived."""
        with self._lock:
            self._in_a_row = 0

    def _open(self, seconds: float, failure: ModelFailure) -> None:
        self._closed_from = self._clock() + seconds
        self._because = str(failure)
        self._in_a_row = FAILURES - 1
