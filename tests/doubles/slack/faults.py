"""What goes wrong between the app and Slack, on demand and counted."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(eq=False)
class Fault:
    """One kind of failure of one method; `left` is how often it still strikes (None: always)."""

    kind: str
    left: int | None = 1
    status: int = 500
    retry_after: float = 1
    body: str = ""


@dataclass(eq=False)
class Gate:
    """Calls that wait until a test lets them go on."""

    opened: threading.Event = field(default_factory=threading.Event)
    reached: threading.Event = field(default_factory=threading.Event)

    def wait_reached(self, seconds: float = 15.0) -> None:
        """Wait until a call stands before the gate."""
        assert self.reached.wait(seconds), "No call reached the gate."

    def open(self) -> None:
        """Let every call through, now and later."""
        self.opened.set()


class Faults:
    """Failures of the Web API: set them up, then act; `struck` counts what happened.

    `method` is a Web API method, or `*` for all of them.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._planned: dict[str, list[Fault]] = {}
        self._gates: list[tuple[str, str, Gate]] = []
        self._chance: tuple[random.Random, float, Sequence[str], Sequence[str]] | None = None
        self._appends: int | None = None
        self.struck: dict[str, int] = {}

    def fail(
        self,
        method: str,
        times: int | None = 1,
        *,
        status: int = 429,
        retry_after: float = 1,
        body: str = "",
    ) -> None:
        """Answer with a status and without any effect; 429 carries `Retry-After` in seconds."""
        self._plan(method, Fault("fail", times, status, retry_after, body))

    def lose_reply(self, method: str, times: int | None = 1) -> None:
        """Let the call take effect, then drop the connection instead of answering."""
        self._plan(method, Fault("lose_reply", times))

    def drop(self, method: str, times: int | None = 1) -> None:
        """Drop the connection before the call takes effect."""
        self._plan(method, Fault("drop", times))

    def hold(self, method: str) -> Gate:
        """Make calls wait before they take effect; an app that died meanwhile has none of it."""
        return self._gate(method, "before")

    def hold_reply(self, method: str) -> Gate:
        """Make calls wait after they took effect, until the gate is opened."""
        return self._gate(method, "after")

    def kill_streams_after(self, appends: int | None) -> None:
        """Let every stream started from now on die after so many appends (None: live)."""
        self._appends = appends

    @contextmanager
    def sprinkled(
        self,
        seed: int,
        share: float,
        kinds: Sequence[str] = ("429", "503", "lose_reply", "drop"),
        methods: Sequence[str] = ("*",),
    ) -> Iterator[None]:
        """Let a share of all calls fail, each in a kind drawn at random from `kinds`."""
        with self._lock:
            self._chance = (random.Random(seed), share, tuple(kinds), tuple(methods))
        try:
            yield
        finally:
            with self._lock:
                self._chance = None

    def clear(self) -> None:
        """Forget every planned failure and open every gate."""
        with self._lock:
            self._planned.clear()
            self._chance, self._appends = None, None
            gates, self._gates = self._gates, []
        for _, _, gate in gates:
            gate.open()

    @property
    def appends_until_death(self) -> int | None:
        """After how many appends a stream started now dies."""
        return self._appends

    def strike(self, method: str) -> Fault | None:
        """What happens to this call; used by the server."""
        with self._lock:
            fault = self._drawn(method) or self._next(method)
            if fault is not None:
                name = str(fault.status) if fault.kind == "fail" else fault.kind
                self.struck[name] = self.struck.get(name, 0) + 1
            return fault

    def pause(self, method: str, moment: str) -> bool:
        """Stand before the gates of this call, if there are any; used by the server."""
        with self._lock:
            gates = [gate for name, when, gate in self._gates if (name, when) == (method, moment)]
        for gate in gates:
            gate.reached.set()
            gate.opened.wait()
        return bool(gates)

    def _plan(self, method: str, fault: Fault) -> None:
        with self._lock:
            self._planned.setdefault(method, []).append(fault)

    def _gate(self, method: str, moment: str) -> Gate:
        gate = Gate()
        with self._lock:
            self._gates.append((method, moment, gate))
        return gate

    def _next(self, method: str) -> Fault | None:
        for name in (method, "*"):
            for fault in self._planned.get(name, []):
                if fault.left is None:
                    return fault
                if fault.left > 0:
                    fault.left -= 1
                    return fault
        return None

    def _drawn(self, method: str) -> Fault | None:
        if self._chance is None:
            return None
        dice, share, kinds, methods = self._chance
        if ("*" not in methods and method not in methods) or dice.random() >= share:
            return None
        kind = dice.choice(list(kinds))
        return Fault("fail", 1, int(kind), 0) if kind.isdigit() else Fault(kind)
