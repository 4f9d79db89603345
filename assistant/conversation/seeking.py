"""Seeking what answers one question: computed first, then in a model's words, then looked up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from assistant.claims import Claim
from assistant.conversation import refusing
from assistant.conversation.agent import Author
from assistant.conversation.answer import Route, Step, Watcher, Work
from assistant.conversation.checking import checked_answer
from assistant.conversation.found import Found
from assistant.conversation.intents import OF_ACCOUNT, OVERALL
from assistant.conversation.matter import Matter
from assistant.conversation.refusing import No
from assistant.conversation.retrieving import from_history, from_playbook
from assistant.conversation.routing import OVER_DAYS, declined, writer_of
from assistant.conversation.showing import leaving, told_orders, without_orders
from assistant.conversation.turn import MOST_CLAIMS, Turn
from assistant.conversation.understanding import DRAFTS, PORTFOLIO, Focus, Inquiry
from assistant.errors import ModelFailure
from assistant.models import RunFor
from assistant.models.telling import sentence_of
from assistant.prompting import SourceText, fence
from knowledge.errors import NotFound
from knowledge.journal.conversations import Conversations

#: So many questions back a model is told what the thread was about.
_TURNS = 3


@dataclass(frozen=True)
class Seeker:
    """Answers one question of a message, with the author's words where there is an author."""

    author: Author | None
    journal: Conversations

    def found(
        self, matter: Matter, focus: Focus, turn: Turn, before: Inquiry | None = None
    ) -> Found:
        """Computed, else in a model's words, else retrieved, else a no.

        Args:
            matter: the question and what it may be answered from.
            focus: what the thread was about before it.
            turn: the message that it is a part of.
            before: the last question that was answered, where this one asks back to it.
        """
        intent, watcher = matter.inquiry.intent, turn.watcher
        no = declined(matter, turn.question, watcher)
        if no is not None:
            return Found(no=no)
        if intent in {"why", "source"}:
            return self._again(matter, focus, before, watcher)
        if intent in DRAFTS:
            return self._drafted(matter)
        if intent == "method" or matter.viewer.role == "outsider":
            found = self._authored(matter, focus, turn)
            return found if found.claims else self._second(matter, watcher) or found
        return self._computed(matter, watcher) or self._authored(matter, focus, turn)

    def _authored(self, matter: Matter, focus: Focus, turn: Turn) -> Found:
        """In a model's words where there is one and they hold; else as it was looked up."""
        if self.author is None or not self.author.models.available or turn.watcher.stopped():
            return self._looked_up(matter, turn.watcher)
        run = RunFor(matter.viewer, "answer", turn.id, turn.deadline)
        _step(matter, turn.watcher, "searching")
        try:
            written = self.author.write(matter, self._said(matter, focus, turn), run, turn.watcher)
        except ModelFailure as failure:
            found = self._looked_up(matter, turn.watcher)
            sentence = sentence_of(failure, matter.voice.language)
            return replace(found, notices=(*found.notices, sentence))
        _step(matter, turn.watcher, "searching", done=True)
        if written.stopped and not written.claims:
            return Found(no=No(matter.voice.say("no.stopped")))
        orders = told_orders(matter, written.orders)
        if not written.claims:
            found = self._looked_up(matter, turn.watcher, known=orders)
            if found.no is not None and written.reason:
                found = replace(found, no=replace(found.no, reason=written.reason))
            return replace(found, withheld=(*written.withheld, *found.withheld))
        return Found(
            (*written.claims, *orders),
            written.withheld,
            written.route,
            account=matter.inquiry.account,
            writer=self.author.models.name,
        )

    def _said(self, matter: Matter, focus: Focus, turn: Turn) -> str:
        """What the thread is about, for the model: the viewer's own questions, as data."""
        if turn.thread_id is None:
            return ""
        asked = self.journal.questions(matter.viewer, turn.thread_id)[-_TURNS:]
        names = [matter.brief_of(one).name for one in focus.accounts]
        lines = [*(f"account: {name}" for name in names), *(f"asked: {one}" for one in asked)]
        return fence([SourceText("thread", "thread", "so far", "\n".join(lines))]) if lines else ""

    def _second(self, matter: Matter, watcher: Watcher) -> Found | None:
        """What sounded like a question of method may be one about accounts after all."""
        if matter.viewer.role == "outsider":
            return None
        for intent in matter.inquiry.others:
            inquiry = replace(matter.inquiry, intent=intent)
            if intent in {*OF_ACCOUNT, *OVERALL} and not inquiry.beside:
                return self._computed(replace(matter, inquiry=inquiry), watcher)
        return None

    def _computed(self, matter: Matter, watcher: Watcher) -> Found | None:
        """From records and findings; None where no rule knows the question."""
        writer = writer_of(matter.inquiry)
        if writer is None:
            return None
        if writer not in OVERALL.values() and not matter.inquiry.account:
            return Found(no=refusing.which_account(matter))
        _step(matter, watcher, "computing")
        try:
            claims = tuple(writer(matter))
        except NotFound:
            return Found(no=refusing.nobody_of_that_name(matter, matter.inquiry.account or ""))
        _step(matter, watcher, "computing", done=True)
        if not claims:
            return None
        found = self._checked(matter, claims, "computed", watcher)
        unheard = matter.inquiry.period is not None and matter.inquiry.intent not in OVER_DAYS
        days = (matter.voice.say("no.days"),) if unheard else ()
        return replace(found, notices=(*found.notices, *days))

    def _looked_up(self, matter: Matter, watcher: Watcher, known: tuple[Claim, ...] = ()) -> Found:
        """From history or playbook, or nothing; orders in sources are told and not quoted."""
        if watcher.stopped():
            return Found(no=No(matter.voice.say("no.stopped")))
        _step(matter, watcher, "searching")
        method = matter.inquiry.intent == "method" or matter.viewer.role == "outsider"
        history: list[Claim] = []
        if not method:
            history = from_history(matter)
        route: Route = "retrieved" if history else "playbook"
        claims = history or from_playbook(matter, asked=method)
        if not claims and method and matter.viewer.role != "outsider":
            claims, route = from_history(matter), "retrieved"
        _step(matter, watcher, "searching", done=True)
        claims, orders = without_orders(claims, matter.inquiry.account or "")
        told = known or told_orders(matter, orders)
        if not claims:
            notices = tuple(one.text for one in told)
            return Found(no=refusing.nothing_known(matter), notices=notices)
        return self._checked(matter, [*claims, *told], route, watcher)

    def _again(
        self, matter: Matter, focus: Focus, before: Inquiry | None, watcher: Watcher
    ) -> Found:
        """“Why?”, “who says so?”: the last question's answer with what it rests on in front."""
        if before is None or not focus.intent:
            return Found(no=No(matter.voice.say("no.not_yet")))
        before = replace(
            before,
            intent=focus.intent,
            accounts=focus.accounts,
            period=focus.period,
            language=matter.inquiry.language,
            weight=99,
        )
        again = Matter(matter.office, matter.viewer, matter.day, matter.voice, before)
        found = self._computed(again, watcher) or self._looked_up(again, watcher)
        first = next((claim for claim in found.claims if claim.evidence), None)
        if first is None:
            return found
        titles = list(dict.fromkeys(_titled(matter, e.title, e.dated) for e in first.evidence))[:3]
        lead = Claim(
            matter.voice.say("say.source_of", titles="; ".join(titles)), "fact", first.evidence
        )
        told = self._checked(matter, (lead,), "computed", watcher)
        rest = (
            found.claims if matter.inquiry.intent == "source" else found.claims[1:] or found.claims
        )
        return replace(found, claims=(*told.claims, *rest[: MOST_CLAIMS - 1]))

    def _drafted(self, matter: Matter) -> Found:
        """A draft is asked for: which, and of which account."""
        kind = DRAFTS[matter.inquiry.intent or ""]
        if not matter.inquiry.account:
            return Found(no=refusing.which_account(matter))
        words = matter.voice.say("no.draft", account=matter.brief.name)
        lead = Claim(words, "recommendation", (), "supported")
        return Found((lead,), route="computed", draft=kind, account=matter.inquiry.account)

    def _checked(
        self, matter: Matter, claims: Iterable[Claim], route: Route, watcher: Watcher
    ) -> Found:
        """What passes the check, as a draft's sentences do; told one by one."""
        _step(matter, watcher, "checking")
        told = checked_answer(matter, tuple(dict.fromkeys(claims))[: MOST_CLAIMS + 2])
        kept = tuple(replace(one, text=leaving(one.text, matter)) for one in told.claims())[
            :MOST_CLAIMS
        ]
        for claim in kept:
            if watcher.stopped():
                break
            watcher.sentence(claim)
        _step(matter, watcher, "checking", done=True)
        if not kept:
            no = No(matter.voice.say("no.withheld"))
            return Found(withheld=told.withheld, no=no)
        notices: tuple[str, ...] = ()
        if matter.inquiry.intent in PORTFOLIO and matter.narrowed:
            notices = (matter.voice.say("no.partly", count=str(len(matter.ids))),)
        account = matter.inquiry.account
        return Found(kept, told.withheld, route, account=account, notices=notices)


def _titled(matter: Matter, title: str, dated: date | None) -> str:
    return f"{title}, {matter.voice.wording.day(dated)}" if dated else title


def _step(matter: Matter, watcher: Watcher, work: Work, *, done: bool = False) -> None:
    watcher.step(Step(work, matter.voice.say(f"step.{work}"), done))
