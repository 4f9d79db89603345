"""The answer to a question: checked claims, or an honest no; and how one is told while it is made.

Rooms above show it, the terminal as text and Slack as blocks; none of them changes a word of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Protocol

from assistant.claims import (
    Claim,
    Evidence,
    Withheld,
    claims_to_json,
    number_sources,
    sources_to_json,
)
from assistant.drafting.stored import stored_sources

Route = Literal["computed", "retrieved", "playbook"]
Work = Literal["finding", "searching", "computing", "drafting", "checking"]


@dataclass(frozen=True)
class Step:
    """A piece of work the asker can watch: what is done, in their language, and whether it is."""

    work: Work
    title: str
    done: bool = False


class Watcher(Protocol):
    """Whoever watches an answer being made, and may stop it."""

    def step(self, step: Step) -> None:
        """A piece of work began, or is done."""

    def sentence(self, claim: Claim) -> None:
        """A sentence passed the check and may be shown."""

    def stopped(self) -> bool:
        """Whether the asker no longer wants the answer."""


class Unwatched:
    """Nobody watches, nobody stops."""

    def step(self, step: Step) -> None:
        """Nothing."""

    def sentence(self, claim: Claim) -> None:
        """Nothing."""

    def stopped(self) -> bool:
        """Never."""
        return False


@dataclass(frozen=True)
class Choice:
    """One of several things a question could have meant, and the question that means it alone."""

    id: str
    label: str
    question: str


@dataclass(frozen=True)
class Answer:
    """What is said to a question.

    Attributes:
        id: of the run; feedback is kept under it.
        claims: checked sentences; the first one is the answer, the rest is for who wants more.
        route: how it came about; None where it is an abstention before anything was looked up.
        reason: why there is no answer, in a sentence; `help` what would help.
        choices: what the question may have meant, where that was not clear.
        follow_ups: questions that are natural to ask next.
        account_id: the account it is about, where it is about one; its facts are for those only
            who may see it.
        draft: what the asker wants drafted (`plan`, `value`, `follow_up`, `review`), if anything.
        writer: `template`, or the name of the model that wrote the sentences.
        notices: what the asker should know about how it was made, such as a failing model.
    """

    id: str
    question: str
    language: str
    claims: tuple[Claim, ...] = ()
    route: Route | None = None
    reason: str | None = None
    help: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    follow_ups: tuple[str, ...] = ()
    account_id: str | None = None
    account_name: str | None = None
    accounts: tuple[str, ...] = ()
    draft: str | None = None
    writer: str = "template"
    notices: tuple[str, ...] = ()
    withheld: tuple[Withheld, ...] = ()

    @property
    def abstained(self) -> bool:
        """Whether the honest answer was no."""
        return not self.claims

    @property
    def text(self) -> str:
        """The answer without its marks of citation."""
        return " ".join(claim.text for claim in self.claims) or (self.reason or "")

    @property
    def sources(self) -> dict[Evidence, str]:
        """Each piece of evidence with its label: `S1`, `S2` and so on."""
        return number_sources(self.claims)

    def kept(self) -> dict[str, Any]:
        """The answer as the journal keeps it: its evidence to the last figure."""
        return {
            **self.to_json(),
            "account_id": self.account_id,
            "evidence": stored_sources(self.sources),
        }

    def to_json(self) -> dict[str, Any]:
        """The answer in the shape of the command line's contract."""
        labels = self.sources
        return {
            "answer": self.text,
            "claims": claims_to_json(self.claims, labels),
            "sources": sources_to_json(labels),
            "abstained": self.abstained,
            "reason": self.reason,
            "route": self.route,
            "language": self.language,
            "writer": self.writer,
            "help": list(self.help),
            "choices": [choice.label for choice in self.choices],
            "follow_ups": list(self.follow_ups),
            "notices": list(self.notices),
            "withheld": [{"text": one.text, "reason": one.reason} for one in self.withheld],
        }
