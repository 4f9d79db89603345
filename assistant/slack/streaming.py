"""An answer while it is made: its steps, its sentences as they pass the check, and Stop.

The stream is a courtesy. Whatever happens to it (it dies after five minutes, a reply is lost, the
process is killed), the answer ends as one whole message in the same place.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError

from assistant.claims import Claim
from assistant.conversation import Step
from assistant.errors import TryLater
from assistant.slack.client import refusal
from assistant.slack.delivery import Delivery, Place
from assistant.slack.links import Links
from assistant.slack.views.answer import stream_sentence, stream_task
from assistant.slack.views.message import Message
from assistant.work import Job

log = logging.getLogger(__name__)

#: Seconds between two appends: Slack counts them.
PACE = 0.7
_REMEMBERED = 3_600.0


class Stops:
    """Which threads somebody stopped, and when by Slack's clock."""

    def __init__(self) -> None:
        self._stopped: dict[str, float] = {}
        self._door = threading.Lock()

    def stop(self, place: Place, at: str) -> None:
        """Whatever was asked in a thread before this moment is no longer wanted."""
        with self._door:
            moment = float(at)
            old = [key for key, when in self._stopped.items() if when < moment - _REMEMBERED]
            for key in old:
                del self._stopped[key]
            self._stopped[place.key] = max(moment, self._stopped.get(place.key, 0.0))

    def stopped(self, place: Place, asked: str) -> bool:
        """Whether somebody stopped the thread after this was asked."""
        with self._door:
            return self._stopped.get(place.key, 0.0) > float(asked)


@dataclass(frozen=True)
class Audition:
    """For whom an answer is streamed: who asked, from which workspace, where, and when.

    `aloud` is whether its sentences may be shown before anybody knows what they tell of.
    """

    place: Place
    user: str
    team: str
    asked: str
    aloud: bool


class LiveAnswer:
    """Watches an answer being made and shows it; `finish` leaves the whole answer, once."""

    def __init__(
        self,
        delivery: Delivery,
        job: Job,
        audition: Audition,
        *,
        links: Links,
        stopped: Callable[[], bool],
        placeholder: Message,
    ) -> None:
        self._delivery, self.job, self._for = delivery, job, audition
        self._links, self._stopped, self._placeholder = links, stopped, placeholder
        self.sentences: list[Claim] = []
        self._shown = 0
        self._steps: dict[str, int] = {}
        self._waiting: list[dict[str, Any]] = []
        self._appended = 0.0
        self._live = False
        self._streamed = True
        self._ts: str | None = None

    def begin(self) -> None:
        """Show that the question was heard; pick up what an earlier attempt left."""
        self._session("processing")
        if self.job.again:
            earlier = self._delivery.trace(
                self.job, self._for.place, unmarked_since=self._for.asked
            )
            if earlier is not None:
                self._ts = earlier.ts
                return
        try:
            told = self._delivery.client.chat_startStream(
                channel=self._for.place.channel,
                thread_ts=self._for.place.thread_ts or self._for.asked,
                recipient_user_id=self._for.user,
                recipient_team_id=self._for.team,
            )
        except SlackApiError as error:
            log.info("no stream in %s: %s", self._for.place.channel, refusal(error))
            self._streamed = False
            self._ts = self._delivery.post(self.job, self._for.place, self._placeholder)
            return
        self._ts = str(told["ts"])
        self._live = True
        self._delivery.note(self.job, self._for.place, self._ts)

    def step(self, step: Step) -> None:
        """A piece of work began, or is done."""
        number = self._steps.setdefault(step.work, len(self._steps) + 1)
        self._waiting.append(stream_task(step, number))
        self._append()

    def sentence(self, claim: Claim) -> None:
        """A sentence passed the check; it is shown at once where anybody there may read it."""
        self.sentences.append(claim)
        if self._for.aloud:
            self._waiting.append(stream_sentence(self.sentences, self._links))
            self._append()

    def stopped(self) -> bool:
        """Whether the asker no longer wants the answer."""
        return self._stopped()

    def finish(self, message: Message, tail: Message | None = None) -> str:
        """Leave the whole message; `tail` is what ends it where its sentences were streamed."""
        ts = self._ts
        if ts is None:
            raise RuntimeError("an answer is begun before it is finished")
        streamed = self._live and self._for.aloud and tail is not None and not tail.replies
        if streamed and tail is not None and self._stop(ts, tail):
            return ts
        self._stop(ts, None)
        self._delivery.update(self.job, self._for.place, ts, message)
        self._session("active")
        return ts

    def _append(self) -> None:
        due = time.monotonic() - self._appended >= PACE
        if not (self._live and due and self._ts):
            return
        chunks, self._waiting = self._waiting, []
        try:
            self._delivery.client.chat_appendStream(
                channel=self._for.place.channel, ts=self._ts, chunks=chunks
            )
        except (SlackApiError, TryLater) as error:
            log.info("the stream of job %s ended early: %s", self.job.id, error)
            self._live = False
        self._appended = time.monotonic()

    def _stop(self, ts: str, tail: Message | None) -> bool:
        """End the stream; whether it ended well, with everything in it."""
        if not self._streamed:
            return False
        healthy, self._live = self._live, False
        last = {"chunks": self._waiting, "blocks": list(tail.blocks)} if tail is not None else {}
        return self._delivery.end_stream(self.job, self._for.place, ts, **last) and healthy

    def _session(self, status: str) -> None:
        """Show that work goes on (with a Stop button) or is over; nothing depends on it."""
        try:
            self._delivery.client.agents_sessions_setStatus(
                channel_id=self._for.place.channel,
                thread_ts=self._for.place.thread_ts or self._for.asked,
                status=status,
            )
        except (SlackApiError, TryLater) as error:
            log.info("no session status in %s: %s", self._for.place.channel, error)
