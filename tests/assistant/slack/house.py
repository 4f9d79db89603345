"""A whole house on loopback: Slack as a double, and Liaison serving it over the sample."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.service import Service
from assistant.settings import read_settings
from assistant.slack.reception import Reception
from assistant.work import Work
from tests.assistant.slack.teller import Teller
from tests.doubles.slack import Channel, Message, Person, SlackDouble

ROOT = Path(__file__).parents[3]
#: Of the sample: owns Meridian, leads Priya, does not see Meridian.
PRIYA, CLAIRE, JONAS = "Priya Natarajan", "Claire Okafor", "Jonas Albrecht"


def manifest() -> dict[str, Any]:
    """What the app asks of a workspace."""
    told: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    return told


@dataclass
class House:
    """`slack` is the double, `teller` the conversation; `service` is what is tried."""

    slack: SlackDouble
    service: Service
    teller: Teller
    _people: dict[str, Person] = field(default_factory=dict)

    @property
    def reception(self) -> Reception:
        """What every job works with."""
        return self.service.reception

    def person(self, name: str) -> Person:
        """A colleague of the sample, or somebody the records do not know."""
        if name not in self._people:
            email = f"{name.lower().replace(' ', '.')}@varnholt.example"
            self._people[name] = self.slack.workspace.person(name, email)
        return self._people[name]

    def dm(self, name: str) -> Channel:
        """Somebody's own conversation with the app."""
        return self.slack.workspace.dm(self.person(name))

    def channel(self, name: str, *members: str, **about: Any) -> Channel:
        """A channel with these people and the app."""
        return self.slack.workspace.channel(name, [self.person(one) for one in members], **about)

    def settled(self, seconds: float = 20.0) -> None:
        """Wait until Slack has said everything and nothing is left to do."""
        self.slack.wait_for(lambda: not self.slack.unacknowledged(), seconds)
        assert self.service.work.settle(seconds), self.service.work.waiting()

    def ask(self, name: str, text: str, where: Channel | None = None) -> Message:
        """Ask something (in one's own conversation, or elsewhere) and wait until all is done."""
        said = self.slack.say(self.person(name), where or self.dm(name), text)
        self.settled()
        return said

    def answers(self, question: Message) -> list[Message]:
        """What the app said in the thread of a question, what was deleted left out."""
        said = self.slack.answers(question.channel, question.thread_ts or question.ts)
        return [one for one in said if not one.deleted]

    def answer(self, question: Message) -> Message:
        """The one answer to a question."""
        (only,) = self.answers(question)
        return only


def shown(message: Message) -> str:
    """Everything a reader sees of a message."""
    return json.dumps([message.text, message.shown_blocks], ensure_ascii=False)


@contextmanager
def serving(
    home: Path,
    environ: Mapping[str, str] | None = None,
    listen: str | None = None,
    starts_at: datetime | None = None,
) -> Iterator[House]:
    """A house over a home folder, with its real conversation; the teller is heard by nobody.

    `environ` changes what the service is told, `starts_at` what day it is in Slack.
    """
    with SlackDouble(manifest(), starts_at=starts_at) as slack:
        told = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
            **(environ or {}),
        }
        service = Service.open(read_settings(home, told), listen, poll=0.03)
        try:
            ledger = service.desk.workspace.ledger
            yield House(slack, service, Teller(ledger, service.reception.conversations))
        finally:
            slack.faults.clear()
            service.close(0.0)


@contextmanager
def house(
    home: Path, environ: Mapping[str, str] | None = None, listen: str | None = None
) -> Iterator[House]:
    """A house over a home folder where the teller answers."""
    with serving(home, environ, listen) as opened:
        opened.service.desk.__dict__["conversation"] = opened.teller
        yield opened


def known(home: Path) -> Path:
    """A home folder whose queue has been opened once, so that every copy of it opens at once."""
    with Work(home, f"sqlite:///{home / 'liaison.db'}", poll=0.01) as work:
        work.start()
    return home
