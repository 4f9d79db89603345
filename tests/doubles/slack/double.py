"""The Slack double: one object that stands for Slack in a test."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from tests.doubles.slack.canvases import Canvas, sections
from tests.doubles.slack.conversing import Conversing
from tests.doubles.slack.deliveries import Attempt, Delivery, PostOffice
from tests.doubles.slack.faults import Faults
from tests.doubles.slack.interacting import Interacting
from tests.doubles.slack.manifest import Granted
from tests.doubles.slack.refusals import ImpossibleAct
from tests.doubles.slack.responses import ResponseUrls
from tests.doubles.slack.server import Server
from tests.doubles.slack.sockets import Sockets
from tests.doubles.slack.values import Person
from tests.doubles.slack.watching import Watching
from tests.doubles.slack.webhooks import Webhooks
from tests.doubles.slack.workspace import Workspace


class SlackDouble(Conversing, Interacting, Watching):
    """A whole Slack on loopback: use as a context manager.

    Args:
        manifest: The app's manifest; without one the app may do and hears everything.
        app_url: Where the app takes signed HTTP; without it the app uses Socket Mode.
        starts_at: The time in Slack (timestamps), if it is not to be now.
    """

    def __init__(
        self,
        manifest: dict[str, Any] | None = None,
        app_url: str = "",
        starts_at: datetime | None = None,
    ) -> None:
        granted = Granted.by(manifest) if manifest else Granted()
        self.workspace = Workspace(granted, starts_at)
        self.post = PostOffice(self.workspace)
        self.urls = ResponseUrls(self.workspace)
        self.server = Server(self.workspace, self.urls)
        self.sockets = Sockets(self.workspace, self.post)
        self.workspace.announcements.socket_link = self.sockets.link
        self.post.transport = self.sockets
        if app_url:
            self.deliver_to(app_url)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop_serving()
        if error is None and self.server.accidents:
            raise AssertionError("The double itself failed.") from self.server.accidents[0]

    def stop_serving(self) -> None:
        """Open every gate, close every port."""
        self.faults.clear()
        self.sockets.close()
        self.post.close()
        self.server.close()

    @property
    def api_url(self) -> str:
        """For `WebClient(base_url=…)` and `SLACK_API_URL`."""
        return f"{self.server.base}/api/"

    @property
    def bot_token(self) -> str:
        """`xoxb-…`."""
        return self.workspace.bot_token

    @property
    def app_token(self) -> str:
        """`xapp-…`."""
        return self.workspace.app_token

    @property
    def signing_secret(self) -> str:
        """For signature checks."""
        return self.workspace.signing_secret

    @property
    def team_id(self) -> str:
        """The home workspace."""
        return self.workspace.team_id

    @property
    def bot_user_id(self) -> str:
        """The app's own user."""
        return self.workspace.bot.id

    @property
    def bot(self) -> Person:
        """The app as a member of channels; `bot.mention` is how to call it."""
        return self.workspace.bot

    @property
    def faults(self) -> Faults:
        """What goes wrong with the Web API."""
        return self.workspace.faults

    def advance(self, seconds: float) -> None:
        """Let time pass at once: triggers live 3 s, statuses 120, streams 300, URLs 1800."""
        with self.workspace.change():
            self.workspace.clock.advance(seconds)

    # Transport -------------------------------------------------------------------------------

    def deliver_to(self, app_url: str) -> Webhooks:
        """Use signed HTTP from now on."""
        webhooks = Webhooks(self.workspace, self.post, app_url)
        self.post.transport = webhooks
        return webhooks

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app to reconnect, as Slack does now and then."""
        self.sockets.ask_to_reconnect(reason)

    def cut_sockets(self) -> None:
        """Drop all sockets without a word."""
        self.sockets.cut()

    def redeliver(self, delivery: Delivery, reason: str = "timeout") -> Attempt:
        """Send once more under the same event id, marked as a retry."""
        return self.post.send(delivery, reason)

    def redeliver_unacknowledged(self, reason: str = "timeout") -> list[Delivery]:
        """Retry every event nobody acknowledged (Slack retries events, never interactions)."""
        lost = [one for one in self.unacknowledged() if one.kind == "events_api"]
        for delivery in lost:
            self.redeliver(delivery, reason)
        return lost

    def withhold(self) -> None:
        """Keep events back from now on; acts go on, the app hears nothing until `release`."""
        self.post.withhold()

    def release(
        self, order: Callable[[list[Delivery]], Iterable[Delivery]] = list
    ) -> list[Delivery]:
        """Send what was kept back, for instance `release(reversed)`."""
        return self.post.release(order)

    # People and canvases ---------------------------------------------------------------------

    def rewrite_canvas(self, person: Person, canvas: Canvas, old: str, new: str) -> None:
        """Let somebody change words of a canvas; new ones may bring new sections."""
        self._require_writer(person, canvas)
        with self.workspace.change():
            if old not in canvas.markdown:
                raise ImpossibleAct(f"The canvas does not say {old!r}.")
            canvas.history.append(canvas.markdown)
            canvas.sections = sections(canvas.markdown.replace(old, new))

    def add_to_canvas(self, person: Person, canvas: Canvas, markdown: str) -> None:
        """Let somebody write at the end of a canvas."""
        self._require_writer(person, canvas)
        with self.workspace.change():
            canvas.history.append(canvas.markdown)
            canvas.sections = sections(f"{canvas.markdown}\n\n{markdown}")

    def _require_writer(self, person: Person, canvas: Canvas) -> None:
        if self.workspace.canvas_level(canvas, person) not in {"write", "owner"}:
            raise ImpossibleAct(f"{person.name} may not write this canvas.")
