"""One question as the tools see it: who asks, how far they may look, what they found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from threading import Lock

from assistant.claims import Claim
from assistant.conversation.agent.gathered import Gathered, Piece
from assistant.conversation.answer import Step, Watcher, Work
from assistant.conversation.checking import checked_answer
from assistant.conversation.intents import OF_ACCOUNT
from assistant.conversation.matter import Matter
from assistant.prompting import SourceText, fence
from knowledge.errors import Ambiguous, NotFound

#: So often a model may look something up for one answer.
MOST_CALLS = 8
_MOST_SENTENCES = 8
NO_MORE = "No more look-ups: answer from what you have, or say what is missing."
NOT_ASKED = (
    "The question is not about that account, so its facts have no place in the answer. "
    "How a thing is done stands in the playbook."
)
NOBODY = "No account of that name is on record, or none that the asker may see."


class Asking:
    """The context of the tools. None of it is an argument that a model could choose.

    Args:
        matter: the question, who asks it, and the day.
        gathered: what the tools bring.
        watcher: who watches and may stop it.
        scope: the accounts the question is about; empty where it is about none in particular,
            then whatever the asker may see.
    """

    def __init__(
        self, matter: Matter, gathered: Gathered, watcher: Watcher, scope: frozenset[str]
    ) -> None:
        self.matter, self.gathered, self.watcher, self.scope = matter, gathered, watcher, scope
        self._calls = 0
        self._lock = Lock()

    def look(self, work: Work, find: Callable[[], str]) -> str:
        """One look-up, one at a time, as long as there are any left; an unknown name is told."""
        with self._lock:
            if self._calls >= MOST_CALLS or self.watcher.stopped():
                return NO_MORE
            self._calls += 1
            title = self.matter.voice.say(f"step.{work}")
            self.watcher.step(Step(work, title))
            try:
                found = find()
            except (NotFound, Ambiguous) as error:
                found = self._refusal(error)
            self.watcher.step(Step(work, title, done=True))
            return found

    def account(self, name: str) -> str | None:
        """The id of the account of that name, where the question is about it.

        Raises:
            NotFound: no such account for the asker, or none that the question is about.
            Ambiguous: several fit.
        """
        if not self.scope and self.matter.inquiry.intent == "method":
            raise NotFound("account", name)  # how a thing is done is in the playbook
        if not name.strip():
            return next(iter(self.scope)) if len(self.scope) == 1 else None
        found = self.matter.office.ledger.find_account(self.matter.viewer, name).id
        if self.scope and found not in self.scope:
            raise NotFound("account", name)
        return found

    def about(self, accounts: Iterable[str], topic: str) -> list[Piece | None]:
        """What a rule says of one account, or of several side by side, checked."""
        inquiry = replace(
            self.matter.inquiry, accounts=tuple(accounts), intent=topic, everything=False
        )
        matter = replace(self.matter, inquiry=inquiry)
        claims: list[Claim] = list(OF_ACCOUNT[topic](matter))
        held = checked_answer(matter, claims[:_MOST_SENTENCES]).claims()
        return [self.gathered.sentence(claim) for claim in held]

    def _refusal(self, error: NotFound | Ambiguous) -> str:
        """Why a name leads to no account, in words that do not tell whether it exists."""
        if self.scope or self.matter.inquiry.intent == "method":
            return NOT_ASKED
        return listed(error.choices) if isinstance(error, Ambiguous) else NOBODY


def listed(names: Iterable[str]) -> str:
    """Names of accounts as a tool hands them over: fenced, for customers' names are data too."""
    return fence([SourceText("accounts", "names", "accounts", "\n".join(names))])
