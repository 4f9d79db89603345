"""Intake: whatever Slack sends is durable work before it is acknowledged.

A global middleware of Bolt. It turns a request into jobs under Slack's own id and acknowledges it
once they are kept; if they cannot be kept it raises, Slack is not acknowledged, and sends again.
Nothing is answered here. What needs Slack's trigger within three seconds (a modal that opens) is
not a job: it goes on to Bolt's own listeners.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse

from assistant.slack.apology import apologise
from assistant.slack.people import Identity
from assistant.slack.reception import Reception
from assistant.work import Job

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Request:
    """What Slack sent.

    Attributes:
        body: the payload as Slack has it.
        me: the app itself.
        actor_team: the workspace of whoever acted; None where Slack does not tell, which means
            that they are not one of us.
    """

    body: Json
    me: Identity
    actor_team: str | None

    @property
    def event(self) -> Json:
        """The event of an event's request; empty for any other."""
        return self.body.get("event") or {}

    @property
    def user(self) -> str:
        """Who acted."""
        user = self.body.get("user") or self.event.get("user") or self.body.get("user_id") or ""
        return str(user.get("id", "")) if isinstance(user, Mapping) else str(user)

    @property
    def action(self) -> Json:
        """The first action of a click; empty for any other request."""
        actions: Sequence[Json] = self.body.get("actions") or ({},)
        return actions[0]

    @property
    def actor(self) -> dict[str, str | None]:
        """Who acted, and from which workspace, for the payload of a job."""
        return {"user": self.user, "team": self.actor_team}


@dataclass(frozen=True)
class Order:
    """A job that a request asks for.

    Attributes:
        job: its name.
        payload: what it needs, as JSON has it. By convention `user` and `team` say who acted,
            `channel` and `thread_ts` where to answer: an apology looks for them.
        thread: jobs of one thread are done in order.
        reply: what the acknowledgement carries: a text only the asker sees, or a response.
    """

    job: str
    payload: Json
    thread: str | None = None
    reply: str | Json = ""


@dataclass(frozen=True)
class Rejected:
    """A form that was filled in wrongly: what is wrong, by the id of the block."""

    errors: Mapping[str, str]


#: Reads a request; None if it is not for this listener. Fast: no call to Slack, no query.
Reader = Callable[[Request], Order | Rejected | None]
JobHandler = Callable[[Reception, Job], None]
Excuse = Callable[[Reception, Job, str], None]


@dataclass
class Switchboard:
    """Which requests are whose; each listener's `register` is handed this.

    `app` is Bolt's own, for what must answer within Slack's three seconds.
    """

    reception: Reception
    app: App
    _readers: list[tuple[str, re.Pattern[str], Reader]] = field(default_factory=list)
    _followers: list[JobHandler] = field(default_factory=list)

    def event(self, event_type: str, read: Reader) -> None:
        """Read the events of a type."""
        self._connect("event", event_type, read)

    def command(self, name: str, read: Reader) -> None:
        """Read the uses of a slash command, such as `/plan`."""
        self._connect("command", name, read)

    def action(self, action_id: str | re.Pattern[str], read: Reader) -> None:
        """Read the clicks on an action."""
        self._connect("action", action_id, read)

    def submission(self, callback_id: str, read: Reader) -> None:
        """Read the submissions of a modal."""
        self._connect("submission", callback_id, read)

    def job(self, name: str, handler: JobHandler, excuse: Excuse = apologise) -> None:
        """Say who does the jobs of a name, and who tells the asker that one could not be done."""
        reception = self.reception
        reception.work.register(name, partial(self._do, handler), partial(excuse, reception))

    def follow(self, handler: JobHandler) -> None:
        """Hear of every job that has been done; a follower asks for further jobs at most."""
        self._followers.append(handler)

    def readers(self, body: Json) -> list[Reader]:
        """Whoever reads requests like this one."""
        kind, name = _kind_and_name(body)
        return [read for of, like, read in self._readers if of == kind and like.fullmatch(name)]

    def _do(self, handler: JobHandler, job: Job) -> None:
        handler(self.reception, job)
        for follower in self._followers:
            follower(self.reception, job)

    def _connect(self, kind: str, name: str | re.Pattern[str], read: Reader) -> None:
        like = name if isinstance(name, re.Pattern) else re.compile(re.escape(name))
        self._readers.append((kind, like, read))


class Intake:
    """The middleware."""

    def __init__(self, switchboard: Switchboard) -> None:
        self._board = switchboard
        self._reception = switchboard.reception

    def __call__(
        self,
        body: Json,
        context: BoltContext,
        next: Callable[[], BoltResponse],  # noqa: A002
    ) -> BoltResponse:
        """Keep what was asked and acknowledge it; hand on what is not a job."""
        begun = time.monotonic()
        kind, _ = _kind_and_name(body)
        meters = self._reception.meters
        meters.received.labels(kind).inc()
        request = Request(body, self._reception.me, context.actor_team_id)
        read = [one(request) for one in self._board.readers(body)]
        given = [one for one in read if one is not None]
        if not given and kind != "event":
            return next()
        reply: str | Json = ""
        for number, order in enumerate(given):
            if isinstance(order, Rejected):
                reply = {"response_action": "errors", "errors": dict(order.errors)}
                break
            job_id = request_id(body) + (f"/{order.job}" if number else "")
            self._reception.work.enqueue(job_id, order.job, order.payload, thread=order.thread)
            reply = reply or order.reply
        meters.acknowledged.observe(time.monotonic() - begun)
        return BoltResponse(status=200, body=reply if isinstance(reply, str) else dict(reply))


def request_id(body: Json) -> str:
    """The id under which a request is kept: the same for the same request, however often sent."""
    kind, name = _kind_and_name(body)
    if kind == "event" and body.get("event_id"):
        return str(body["event_id"])
    if kind == "submission":
        view = body["view"]
        parts = [view.get("id"), view.get("hash"), view.get("state")]
    elif body.get("trigger_id"):
        parts = [name, body["trigger_id"]]
    else:
        parts = [body]
    told = json.dumps(parts, sort_keys=True).encode()
    return f"{kind}-{hashlib.sha256(told).hexdigest()[:32]}"


def _kind_and_name(body: Json) -> tuple[str, str]:
    if "command" in body:
        return "command", str(body["command"])
    match body.get("type"):
        case "event_callback":
            return "event", str((body.get("event") or {}).get("type"))
        case "block_actions":
            actions: Sequence[Json] = body.get("actions") or ({},)
            return "action", str(actions[0].get("action_id"))
        case "shortcut" | "message_action":
            return "shortcut", str(body.get("callback_id"))
        case "view_submission":
            return "submission", str(body["view"].get("callback_id"))
        case other:
            return str(other), ""
