"""What Slack sends to the app, attempt by attempt, and what the app answered how fast."""

from __future__ import annotations

import itertools
import queue
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from tests.doubles.slack.refusals import Unacknowledged
from tests.doubles.slack.values import KINDS, Channel, Json
from tests.doubles.slack.workspace import Workspace

IN_TIME = 3.0


@dataclass(eq=False)
class Attempt:
    """One sending of a delivery; times are monotonic seconds."""

    number: int
    reason: str
    envelope_id: str
    sent_at: float | None = None
    acknowledged_at: float | None = None
    status: int | None = None

    @property
    def acknowledged_within(self) -> float | None:
        """Seconds from sending to acknowledgement; None while there is none."""
        if self.sent_at is None or self.acknowledged_at is None:
            return None
        return self.acknowledged_at - self.sent_at


@dataclass(eq=False)
class Delivery:
    """An event, interaction or command on its way to the app."""

    kind: str
    payload: Json
    changed: threading.Condition
    is_echo: bool = False
    attempts: list[Attempt] = field(default_factory=list)
    response: Json | None = None

    @property
    def event_id(self) -> str:
        """Slack's own id of an event; empty for interactions and commands."""
        return str(self.payload.get("event_id", ""))

    @property
    def name(self) -> str:
        """What it is: `message`, `app_mention`, `block_actions`, `/plan`, …"""
        event = self.payload.get("event") or {}
        return str(event.get("type") or self.payload.get("type") or self.payload.get("command"))

    @property
    def acknowledged(self) -> bool:
        """Whether any attempt was acknowledged."""
        return any(attempt.acknowledged_at is not None for attempt in self.attempts)

    @property
    def acknowledged_within(self) -> float | None:
        """Seconds that the acknowledged attempt took."""
        took = (attempt.acknowledged_within for attempt in self.attempts)
        return next((seconds for seconds in took if seconds is not None), None)

    @property
    def in_time(self) -> bool:
        """Whether the app acknowledged within Slack's three seconds."""
        return (self.acknowledged_within or IN_TIME + 1) <= IN_TIME

    def wait(self, seconds: float = 15.0) -> Delivery:
        """Wait for the acknowledgement.

        Raises:
            Unacknowledged: None came in time.
        """
        with self.changed:
            if not self.changed.wait_for(lambda: self.acknowledged, seconds):
                statuses = [attempt.status for attempt in self.attempts]
                raise Unacknowledged(f"{self.kind} {self.name}: no acknowledgement, {statuses}.")
        return self


class Transport(Protocol):
    """A way to the app: Socket Mode or signed HTTP."""

    def send(self, delivery: Delivery, attempt: Attempt) -> None:
        """Send an attempt; the acknowledgement comes to the post office later."""


class PostOffice:
    """Makes deliveries, sends and repeats them, and takes acknowledgements."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.transport: Transport | None = None
        self.deliveries: list[Delivery] = []
        self._open: dict[str, tuple[Delivery, Attempt]] = {}
        self._outbox: queue.SimpleQueue[tuple[Delivery, Attempt] | None] = queue.SimpleQueue()
        self._withheld: list[Delivery] | None = None
        self._numbers = itertools.count(1)
        self._clerk = threading.Thread(target=self._work, name="slack-double-post", daemon=True)
        self._clerk.start()
        workspace.announcements.echo = self.echo

    def close(self) -> None:
        """Send nothing more."""
        self._outbox.put(None)
        self._clerk.join(timeout=10)

    def echo(self, event: Json, channel: Channel) -> None:
        """Tell the app of what it did itself."""
        delivery = self.event(event, channel)
        if delivery is not None:
            delivery.is_echo = True

    def event(self, event: Json, channel: Channel | None) -> Delivery | None:
        """Deliver an event if the app subscribed to it and is where it happened."""
        world = self._workspace
        name = str(event["type"])
        if name == "message" and channel is not None:
            name = f"message.{KINDS[channel.kind]}"
        inside = channel is None or world.bot.id in channel.members
        if not inside or not world.granted.hears(name):
            return None
        body = {
            "token": "verification-token",
            "team_id": world.team_id,
            "context_team_id": world.team_id,
            "context_enterprise_id": None,
            "api_app_id": world.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev0{next(self._numbers):08d}",
            "event_time": int(world.clock.now()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": world.team_id,
                    "user_id": world.bot.id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": bool(channel and channel.shared_with),
            "event_context": f"4-{uuid.uuid4().hex}",
        }
        return self._put("events_api", body)

    def interaction(self, payload: Json) -> Delivery:
        """Deliver a click, a submission, a shortcut or a request for options."""
        return self._put("interactive", payload)

    def command(self, payload: Json) -> Delivery:
        """Deliver a slash command."""
        return self._put("slash_commands", payload)

    def _put(self, kind: str, payload: Json) -> Delivery:
        delivery = Delivery(kind, payload, self._workspace.changed)
        with self._workspace.change():
            self.deliveries.append(delivery)
            if self._withheld is not None and kind == "events_api":
                self._withheld.append(delivery)
                return delivery
        self.send(delivery)
        return delivery

    def send(self, delivery: Delivery, reason: str = "") -> Attempt:
        """Send a delivery, for the first time or once more; the same event id every time."""
        with self._workspace.change():
            attempt = Attempt(len(delivery.attempts), reason, str(uuid.uuid4()))
            delivery.attempts.append(attempt)
            self._open[attempt.envelope_id] = (delivery, attempt)
        self._outbox.put((delivery, attempt))
        return attempt

    def withhold(self) -> None:
        """Keep events from now on instead of sending them."""
        self._withheld = []

    def release(self, order: Callable[[list[Delivery]], Iterable[Delivery]]) -> list[Delivery]:
        """Send what was withheld, in the order that a function puts it."""
        kept, self._withheld = self._withheld or [], None
        sent = list(order(kept))
        for delivery in sent:
            self.send(delivery)
        return sent

    def acknowledge(self, envelope_id: str, response: Json | None, status: int = 200) -> None:
        """Note the app's answer to an attempt."""
        with self._workspace.change():
            found = self._open.pop(envelope_id, None)
            if found is None:
                return
            delivery, attempt = found
            attempt.status = status
            if 200 <= status < 300:
                attempt.acknowledged_at = time.monotonic()
                if delivery.response is None:
                    delivery.response = response or {}

    def _work(self) -> None:
        while (item := self._outbox.get()) is not None:
            if self.transport is not None:
                self.transport.send(*item)
