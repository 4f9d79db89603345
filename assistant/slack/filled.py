"""Forms: opened by a click or a command, what they carry there and back, what was filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from slack_bolt import Ack, BoltContext

from assistant.slack import modals
from assistant.slack.intake import Rejected, Request
from assistant.slack.reception import Reception
from assistant.slack.views import ids
from assistant.slack.views.blocks import Block
from assistant.slack.words import words

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Answers:
    """What somebody filled in."""

    values: Json

    def option(self, field: str) -> str | None:
        """What was chosen in a menu or among buttons."""
        chosen = self._of(field).get("selected_option")
        return str(chosen["value"]) if chosen else None

    def options(self, field: str) -> list[str]:
        """What was ticked."""
        return [str(one["value"]) for one in self._of(field).get("selected_options") or ()]

    def day(self, field: str) -> str:
        """A day in ISO form; empty where none was chosen."""
        return str(self._of(field).get("selected_date") or "")

    def time_of_day(self, field: str) -> time:
        """A time of day; of a field that is never empty."""
        return time.fromisoformat(self._of(field)["selected_time"])

    def text(self, field: str) -> str:
        """Words."""
        return str(self._of(field).get("value") or "").strip()

    def line(self, field: str) -> str:
        """Words on one line, however they were broken."""
        return " ".join(self.text(field).split())

    def _of(self, field: str) -> Json:
        told: Json = (self.values.get(field) or {}).get(field) or {}
        return told


@dataclass(frozen=True)
class Filled:
    """A form that somebody opened from a message and sent.

    Attributes:
        of: what it is about, as `carried` was given it.
        told: what its job is told in any case: who sent it (`user`, `team`), and the message it
            was opened from (`channel`, `message`; both None where it was opened elsewhere).
        language: in which it was shown.
        answers: what was filled in.
    """

    of: tuple[str, ...]
    told: dict[str, str | None]
    language: str
    answers: Answers

    def wanting(self, field: str, key: str) -> Rejected:
        """The form comes back with what it wants said under a field; `key` is that of the words."""
        return Rejected({field: words(self.language).text(key)})


def opens(
    reception: Reception, form: Callable[[Reception, Request], Block | None]
) -> Callable[[Ack, dict[str, Any], BoltContext], None]:
    """A listener of Bolt's that acknowledges, and opens a form for whoever asked, if one is given.

    It is fast: Slack's trigger lives for three seconds.
    """

    def listener(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        ack()
        request = Request(body, reception.me, context.actor_team_id)
        if (view := form(reception, request)) is not None:
            modals.show(reception.client, body, view)

    return listener


def chooses(offer: str) -> Callable[[Json], bool]:
    """A matcher of Bolt's: whether this line was chosen in a menu that offers several things."""

    def matches(body: Json) -> bool:
        chosen = body["actions"][0].get("selected_option") or {}
        return ids.unpack(chosen.get("value") or "[]")[:1] == (offer,)

    return matches


def value_of(request: Request) -> tuple[str, ...]:
    """What a clicked button carries; of a line in a menu, what follows its name."""
    chosen = request.action.get("selected_option")
    return ids.unpack(chosen["value"])[1:] if chosen else ids.unpack(request.action["value"])


def clicked(request: Request) -> tuple[str, str]:
    """Channel and message of a click; empty where it was not on a message."""
    container = request.body.get("container") or {}
    return container.get("channel_id") or "", container.get("message_ts") or ""


def carried(request: Request, language: str, *of: str) -> str:
    """What a form carries that opens with a click: what it is about, and where that was."""
    return ids.pack(*of, *clicked(request), language)


def answers_of(request: Request) -> Answers:
    """What was filled in, in a form that was sent."""
    return Answers(request.body["view"]["state"]["values"])


def filled(request: Request) -> Filled:
    """A form that was opened with `carried`, as it comes back."""
    *of, channel, message, language = ids.unpack(request.body["view"]["private_metadata"])
    told = {**request.actor, "channel": channel or None, "message": message or None}
    return Filled(tuple(of), told, language, answers_of(request))
