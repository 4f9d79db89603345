"""A conversation that knows three things, so that the tests of Slack are about Slack."""

from __future__ import annotations

import threading
import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from assistant.claims import Claim, Evidence
from assistant.conversation import Answer, Choice, Step, Watcher
from knowledge.errors import NotFound
from knowledge.journal.conversations import Conversations
from knowledge.records import Ledger, Viewer

MERIDIAN = "0015g0000000004AAA"
OWNER = "Priya Natarajan owns Meridian Breweries."
STANDING = "Meridian Breweries <!channel> pays late."
MOVE = "Open a first meeting with what you know about their plant."


def _claim(text: str, ref: str, title: str, quote: str) -> Claim:
    return Claim(text, "fact", (Evidence("record", ref, title, quote),), "supported")


ABOUT_MERIDIAN = (
    _claim(OWNER, f"account:{MERIDIAN}@1#owner", "Meridian Breweries", "Priya Natarajan"),
    _claim(STANDING, f"account:{MERIDIAN}@1#terms", "Meridian Breweries", "pays late"),
)


def from_the_playbook(text: str) -> tuple[Claim, ...]:
    """What the playbook says, in these words."""
    return (_claim(text, "playbook:first-meeting@1[0:40]", "First meetings", MOVE),)


FROM_THE_PLAYBOOK = from_the_playbook(MOVE)


@dataclass
class Teller:
    """Answers about Meridian for those who may see it, and from the playbook for everybody."""

    ledger: Ledger
    journal: Conversations
    asked: list[tuple[str, str]] = field(default_factory=list)
    pause: threading.Event | None = None
    paused: threading.Event = field(default_factory=threading.Event)
    failure: Exception | None = None

    def reply(
        self, viewer: Viewer, question: str, *, thread_id: str, watcher: Watcher, **_: Any
    ) -> Answer:
        self.asked.append((viewer.name, question))
        if self.failure is not None:
            raise self.failure
        given = self._answer(viewer, question)
        for work in ("searching", "checking"):
            watcher.step(Step(work, f"{work} …"))
            watcher.step(Step(work, f"{work} …", done=True))
        said: list[Claim] = []
        for claim in given.claims:
            if self.pause is not None and said:
                self.paused.set()
                assert self.pause.wait(15)
            if watcher.stopped():
                break
            said.append(claim)
            watcher.sentence(claim)
        given = replace(given, claims=tuple(said))
        now = datetime.now(UTC)
        self.journal.keep(viewer, given.id, question, given.kept(), now=now, thread_id=thread_id)
        return given

    def _answer(self, viewer: Viewer, question: str) -> Answer:
        blank = Answer(id=f"run-{uuid.uuid4().hex[:8]}", question=question, language="en")
        if "Meridian" in question:
            try:
                self.ledger.find_account(viewer, MERIDIAN)
            except NotFound:
                return replace(blank, reason="No account “Meridian” that you may see.")
            return replace(
                blank,
                claims=ABOUT_MERIDIAN,
                route="computed",
                account_id=MERIDIAN,
                account_name="Meridian Breweries",
                follow_ups=("Who decides at Meridian Breweries?",),
            )
        if question == "Who owns Northwold?":
            names = ("Northwold Foods", "Northwold Foods Ireland")
            choices = tuple(Choice(name, name, f"Who owns {name}?") for name in names)
            return replace(blank, reason="Which one?", choices=choices)
        if "meeting" in question:
            return replace(blank, claims=FROM_THE_PLAYBOOK, route="playbook")
        if "accounts" in question:
            return replace(blank, claims=ABOUT_MERIDIAN[:1], route="computed")
        return replace(blank, reason="Nothing in the records answers this.")
