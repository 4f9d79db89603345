"""The model as an author: it looks up, writes, mends once; code decides what stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any, cast

from babel import Locale

from assistant.claims import Claim, Finding, Withheld
from assistant.conversation.agent.arriving import claims_in
from assistant.conversation.agent.asking import MOST_CALLS, Asking
from assistant.conversation.agent.gathered import Gathered, told
from assistant.conversation.agent.verifying import Judged, Verifier
from assistant.conversation.answer import Route, Watcher
from assistant.conversation.matter import Matter
from assistant.conversation.showing import ways_of
from assistant.drafting.brief import Basis
from assistant.errors import MalformedOutput, ModelFailure
from assistant.grounding.orders import orders_found
from assistant.grounding.outgoing import LEFT_OUT
from assistant.models import Models, RunFor
from assistant.prompting import AnswerClaim, AnswerOut, Filled, Prompt, RepairOut, list_slots

#: How much evidence an answer may rest on, in tokens.
_EVIDENCE_TOKENS = 6_000
#: An answer, and what supports it.
_MOST_CLAIMS = 5
#: So many sentences of a reply are looked at; who writes more was not asked for it.
_MOST_JUDGED = 12
#: A look-up is two steps of the agent, the answer one.
_MOST_STEPS = 2 * MOST_CALLS + 6


@dataclass(frozen=True)
class Authored:
    """What the model came to: sentences that hold, those that do not, or why there are none.

    `orders` is the finding that sources tried to order it about.
    """

    claims: tuple[Claim, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    route: Route | None = None
    reason: str | None = None
    orders: Finding | None = None
    stopped: bool = False


class HungUp(Exception):
    """The asker stopped the answer."""


@dataclass(frozen=True)
class Author:
    """Writes answers with a language model."""

    models: Models
    prompts: Mapping[str, Prompt]

    def write(self, matter: Matter, thread: str, run: RunFor, watcher: Watcher) -> Authored:
        """The answer to a question, its sentences told to the watcher as they pass the check.

        Args:
            matter: the question.
            thread: what the thread is about so far, fenced.
            run: whom and what it is for.
            watcher: who watches and may stop it.

        Raises:
            ModelFailure: the model gave nothing that may be shown.
        """
        basis = _basis(matter)
        asking = Asking(
            matter,
            Gathered(" ".join(basis.vocabulary), self._room()),
            watcher,
            frozenset(matter.inquiry.accounts),
        )
        verifier = Verifier(
            asking.gathered,
            basis,
            matter.office.grounds(matter.viewer),
            ways_of(matter),
            matter.inquiry.text,
            matter.voice.language,
        )
        writing = _Writing(verifier, watcher)
        filled = self._filled(matter, thread)
        try:
            reply = self._asked(asking, filled, run, writing)
        except HungUp:
            return self._told(asking, writing, stopped=True)
        except ModelFailure:
            if not writing.held:
                raise
            return self._told(asking, writing)  # what passed the check is true, whole reply or not
        writing.hear(reply.claims)
        if writing.failed and not watcher.stopped():
            self._mend(matter, writing, run)
        return self._told(asking, writing, reply)

    def _room(self) -> int:
        """How many tokens of evidence a request has room for."""
        return min(_EVIDENCE_TOKENS, self.models.input_tokens // 2)

    def _filled(self, matter: Matter, thread: str) -> Filled:
        viewer = matter.viewer
        return self.prompts["answer"].fill(
            question=matter.inquiry.text,
            thread=thread or "nothing",
            language=_language(matter),
            today=matter.day.isoformat(),
            asker=f"{viewer.name} ({viewer.role})",
        )

    def _asked(self, asking: Asking, filled: Filled, run: RunFor, writing: _Writing) -> AnswerOut:
        from langchain.agents import create_agent
        from langchain.agents.structured_output import ProviderStrategy
        from langchain_core.messages import AIMessageChunk, HumanMessage
        from langgraph.errors import GraphRecursionError

        from assistant.conversation.agent.hanging_up import HangUp
        from assistant.conversation.agent.tools import TOOLS

        agent: Any = create_agent(
            self.models.chat_model(run, filled, AnswerOut),
            list(TOOLS),
            system_prompt=filled.system,
            response_format=ProviderStrategy(AnswerOut),
            context_schema=Asking,
        )
        pieces: Iterator[tuple[str, Any]] = agent.stream(
            {"messages": [HumanMessage(filled.user)]},
            {"callbacks": [HangUp(asking.watcher)], "recursion_limit": _MOST_STEPS},
            context=asking,
            stream_mode=["messages", "values"],
        )
        reply: AnswerOut | None = None
        arrived: dict[str, str] = {}
        try:
            with closing(cast("Any", pieces)):
                for mode, data in pieces:
                    if mode == "values":
                        reply = data.get("structured_response", reply)
                    elif isinstance(data[0], AIMessageChunk) and data[0].text:
                        key = str(data[0].id)
                        arrived[key] = arrived.get(key, "") + str(data[0].text)
                        writing.hear(claims_in(arrived[key]))
        except GraphRecursionError:
            reply = None
        if reply is None:
            raise MalformedOutput("The language model looked things up and did not answer.")
        return reply

    def _mend(self, matter: Matter, writing: _Writing, run: RunFor) -> None:
        """One try to write anew what failed; a model that fails at that leaves it withheld."""
        failed = writing.failed
        pieces = tuple(dict.fromkeys(piece for one in failed for piece in one.pieces))
        if not pieces:
            return
        filled = self.prompts["repair"].fill(
            failed="\n".join(
                f"{number}. {one.said.text} [{', '.join(one.said.sources)}]: {one.reason}"
                for number, one in enumerate(failed, start=1)
            ),
            slots=list_slots(writing.verifier.gathered.slots(pieces)),
            sources=told(pieces),
            language=_language(matter),
        )
        try:
            mended = self.models.write(filled, RepairOut, run)
        except ModelFailure:
            return
        for one in mended.claims:
            if 0 < one.number <= len(failed) and one.text.strip():
                said = AnswerClaim(text=one.text, kind=one.kind, sources=one.evidence)
                writing.mended(failed[one.number - 1], said)

    def _told(
        self,
        asking: Asking,
        writing: _Writing,
        reply: AnswerOut | None = None,
        *,
        stopped: bool = False,
    ) -> Authored:
        claims = writing.held[:_MOST_CLAIMS]
        reason = None
        if reply is not None and not claims and reply.no_answer_because:
            said = AnswerClaim(text=reply.no_answer_because, kind="unknown", sources=())
            held = writing.verifier.judged(said).claim
            reason = held.text if held else None
        subject = asking.matter.inquiry.account or ""
        return Authored(
            claims=claims,
            withheld=tuple(
                Withheld(one.said.text if one.fit else LEFT_OUT, one.reason or "")
                for one in writing.failed[:_MOST_CLAIMS]
            ),
            route=_route(claims),
            reason=reason,
            orders=orders_found(subject, asking.gathered.ordering.values()),
            stopped=stopped,
        )


@dataclass
class _Writing:
    """The sentences of a reply as they arrive, each judged once and told if it holds."""

    verifier: Verifier
    watcher: Watcher
    _judged: dict[AnswerClaim, Judged] = field(default_factory=dict)

    def hear(self, said: Sequence[AnswerClaim]) -> None:
        """Judge what is new among some sentences."""
        for one in said:
            if len(self._judged) == _MOST_JUDGED or self.watcher.stopped():
                return
            if one not in self._judged:
                judged = self._judged[one] = self.verifier.judged(one)
                if judged.claim is not None and len(self.held) <= _MOST_CLAIMS:
                    self.watcher.sentence(judged.claim)

    def mended(self, failed: Judged, said: AnswerClaim) -> None:
        """A sentence written anew takes the place of the one that failed, if it holds."""
        again = self.verifier.judged(said)
        if again.claim is not None and not self.watcher.stopped():
            self._judged[failed.said] = again
            self.watcher.sentence(again.claim)

    @property
    def held(self) -> tuple[Claim, ...]:
        """The sentences that may be shown, in the order of the reply."""
        return tuple(dict.fromkeys(one.claim for one in self._judged.values() if one.claim))

    @property
    def failed(self) -> list[Judged]:
        """Those that may not."""
        return [one for one in self._judged.values() if one.claim is None]


def _basis(matter: Matter) -> Basis:
    """What its sentences are held against: no record of an account that was not asked about."""
    accounts = matter.inquiry.accounts
    if not accounts:
        return matter.basis
    bases = [matter.brief_of(one).basis for one in accounts]
    words = frozenset(matter.voice.phrases.capitals | matter.voice.headings)
    return replace(
        bases[0],
        vocabulary=words.union(*(one.vocabulary for one in bases)),
        related=tuple({*accounts[1:], *(other for one in bases for other in one.related)}),
    )


def _route(claims: Sequence[Claim]) -> Route | None:
    sources = [e for claim in claims for e in claim.evidence]
    if not sources:
        return "retrieved" if claims else None
    if all(e.kind == "playbook" for e in sources):
        return "playbook"
    return "retrieved" if any(e.type == "passage" for e in sources) else "computed"


def _language(matter: Matter) -> str:
    """The language of the answer by its English name, as prompts say it."""
    return str(Locale.parse(matter.voice.language).get_display_name("en"))
