"""A conversation over the sample with a scripted model in place of a real one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from assistant.claims import Claim, ClaimKind
from assistant.conversation import Author, Conversation, Step
from assistant.desk import Desk
from assistant.models import Models, Outside
from assistant.prompting import AnswerClaim, AnswerOut
from assistant.settings import Settings, read_settings
from knowledge.journal.runs import Runs
from knowledge.records import Viewer
from tests.doubles.model import KEY, MODEL, Call, Scripted, ScriptedOpenAI

EVERYBODY = Viewer.operator()
#: No rule reads it, and the loss letter of 2024 answers it.
QUESTION = "What did Stratton Water write about the missing energy line in the cost sheet?"
LOOK = Call("search_history", {"words": "energy line missing cost sheet", "account": ""})


@dataclass
class Talk:
    """A conversation, its model's server, and the journal of its calls."""

    conversation: Conversation
    server: ScriptedOpenAI
    runs: Runs


@dataclass
class Listener:
    """Hears everything; stops once so many sentences have come."""

    enough: int = 99
    sentences: list[Claim] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def step(self, step: Step) -> None:
        self.steps.append(step)

    def sentence(self, claim: Claim) -> None:
        self.sentences.append(claim)

    def stopped(self) -> bool:
        return len(self.sentences) >= self.enough


@contextmanager
def talking(desk: Desk, *script: Scripted, then: Scripted | None = None) -> Iterator[Talk]:
    """A talk whose model answers by a script."""
    server = ScriptedOpenAI(*script, then=then)
    runs = Runs(desk.workspace.database)
    outside = Outside(transport=server.transport, pause=lambda _: None)
    models = Models(_settings(desk), runs, outside)
    try:
        author = Author(models, desk.prompts)
        yield Talk(Conversation(desk.office, author), server, runs)
    finally:
        models.close()
    server.check()


def _settings(desk: Desk) -> Settings:
    environ = {"OPENAI_API_KEY": KEY, "LIAISON_MODEL": MODEL}
    return read_settings(desk.settings.home, environ)


def written(
    *claims: tuple[str, ClaimKind, str], because: str | None = None, orders: tuple[str, ...] = ()
) -> AnswerOut:
    """A model's answer: sentences with their kinds and labels."""
    return AnswerOut(
        claims=tuple(
            AnswerClaim(text=text, kind=kind, sources=tuple(labels.split()))
            for text, kind, labels in claims
        ),
        no_answer_because=because,
        would_help=(),
        follow_ups=(),
        orders_in_sources=orders,
    )
