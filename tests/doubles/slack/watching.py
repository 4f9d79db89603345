"""What a test can see: messages, views, canvases, calls and deliveries, now or soon."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tests.doubles.slack.canvases import Canvas
from tests.doubles.slack.deliveries import Delivery, PostOffice
from tests.doubles.slack.server import Call, Server
from tests.doubles.slack.sockets import Sockets
from tests.doubles.slack.values import Channel, File, Message, Person
from tests.doubles.slack.views import View
from tests.doubles.slack.workspace import Prompts, Session, Workspace

Seen = TypeVar("Seen")


class Watching:
    """Reading the world; nothing here changes it."""

    workspace: Workspace
    post: PostOffice
    server: Server
    sockets: Sockets

    def wait_for(self, look: Callable[[], Seen | None], seconds: float = 15.0) -> Seen:
        """Wait until something is there (is true) and return it; woken by every change.

        Raises:
            AssertionError: It did not come in time.
        """
        found: list[Seen] = []

        def seen() -> bool:
            value = look()
            if value:
                found.append(value)
            return bool(value)

        with self.workspace.changed:
            if not self.workspace.changed.wait_for(seen, seconds):
                recent = [(call.method, call.error) for call in self.server.calls[-8:]]
                raise AssertionError(f"It did not happen in {seconds} s; last calls: {recent}")
        return found[0]

    def wait_connected(self, sockets: int = 1, seconds: float = 15.0) -> None:
        """Wait until the app holds so many sockets."""
        self.wait_for(lambda: len(self.sockets.connections) >= sockets, seconds)

    def messages(self, channel: Channel) -> list[Message]:
        """A channel's messages, replies included, oldest first."""
        with self.workspace.changed:
            return self.workspace.in_channel(channel)

    def answers(self, channel: Channel, thread_ts: str = "") -> list[Message]:
        """What the app said in a channel, or in one of its threads."""
        mine = [m for m in self.messages(channel) if m.author is self.workspace.bot]
        return [m for m in mine if m.thread_ts == thread_ts] if thread_ts else mine

    def thread(self, channel: Channel, ts: str) -> list[Message]:
        """A thread, its first message included, oldest first."""
        with self.workspace.changed:
            return self.workspace.in_thread(channel, ts)

    def ephemerals(self, person: Person) -> list[Message]:
        """What only this person was shown and still sees, oldest first."""
        with self.workspace.changed:
            mine = (m for m in self.workspace.ephemerals if m.ephemeral_to is person)
            return [m for m in mine if not m.deleted]

    def home(self, person: Person) -> View | None:
        """Somebody's Home tab, once the app has published one."""
        return self.workspace.views.homes.get(person.id)

    def open_views(self, person: Person) -> list[View]:
        """Somebody's modals, the topmost last."""
        return list(self.workspace.views.stacks.get(person.id, []))

    def canvas(self, canvas_id: str) -> Canvas:
        """A canvas by id."""
        return self.workspace.canvases[canvas_id]

    def canvases(self) -> list[Canvas]:
        """All canvases that were not thrown away."""
        return [one for one in self.workspace.canvases.values() if not one.deleted]

    def files(self, channel: Channel) -> list[File]:
        """The files shared in a channel."""
        return [f for f in self.workspace.files.values() if channel.id in f.channels]

    def status(self, channel: Channel, thread_ts: str) -> str:
        """The status line under a thread, or nothing."""
        return self.workspace.status(channel, thread_ts)

    def session(self, channel: Channel, thread_ts: str) -> Session | None:
        """The agent session of a thread."""
        return self.workspace.sessions.get((channel.id, thread_ts))

    def prompts(self, person: Person) -> Prompts | None:
        """The prompts suggested in somebody's Messages tab."""
        return self.workspace.prompts.get(self.workspace.dm(person).id)

    @property
    def calls(self) -> list[Call]:
        """Every call of the Web API, in order."""
        with self.workspace.changed:
            return list(self.server.calls)

    def calls_of(self, method: str) -> list[Call]:
        """The calls of one method, in order."""
        return [call for call in self.calls if call.method == method]

    @property
    def deliveries(self) -> list[Delivery]:
        """Everything sent to the app, in order."""
        with self.workspace.changed:
            return list(self.post.deliveries)

    def deliveries_of(self, name: str) -> list[Delivery]:
        """Deliveries of one sort (`message`, `app_mention`, `/plan`, …), no echoes."""
        return [one for one in self.deliveries if one.name == name and not one.is_echo]

    def unacknowledged(self) -> list[Delivery]:
        """What the app has not acknowledged."""
        return [one for one in self.deliveries if not one.acknowledged]
