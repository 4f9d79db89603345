"""A conversation: each question computed first, then looked up, then honestly declined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from uuid import uuid4

from assistant.claims import Claim
from assistant.conversation import refusing
from assistant.conversation.agent import Author
from assistant.conversation.answer import Answer, Choice, Route, Step, Unwatched, Watcher, Work
from assistant.conversation.checking import checked_answer
from assistant.conversation.found import Found
from assistant.conversation.going_on import follow_ups, moved
from assistant.conversation.intents import OF_ACCOUNT, OVERALL
from assistant.conversation.matter import Matter
from assistant.conversation.refusing import No
from assistant.conversation.retrieving import from_history, from_playbook
from assistant.conversation.routing import declined, writer_of
from assistant.conversation.showing import leaving, shown, told_orders, without_orders
from assistant.conversation.understanding import (
    DRAFTS,
    PORTFOLIO,
    Directory,
    Focus,
    Inquiry,
    Reader,
    questions_in,
)
from assistant.conversation.voice import Voice
from assistant.errors import ModelFailure
from assistant.models import Deadline, RunFor
from assistant.office import Office
from assistant.prompting import SourceText, fence
from knowledge.errors import NotFound
from knowledge.journal.conversations import Conversations
from knowledge.records import Viewer
from knowledge.records.roster import roster

#: The answer and what supports it; the rest is a question away.
MOST_CLAIMS = 6
#: So many questions back a model is told what the thread was about.
_TURNS = 3


@dataclass(frozen=True)
class Turn:
    """A message being answered: the id of its answer, its thread, and who watches.

    `deadline` is shared by everything a model is asked for it.
    """

    id: str
    question: str
    thread_id: str | None
    watcher: Watcher
    deadline: Deadline | None = None


@dataclass
class Conversation:
    """Talks about one company's accounts, with whoever asks."""

    office: Office
    author: Author | None = None
    _journal: Conversations | None = field(default=None, repr=False)

    @property
    def journal(self) -> Conversations:
        """Threads, turns and feedback."""
        if self._journal is None:
            self._journal = Conversations(self.office.workspace.database)
        return self._journal

    def reply(
        self,
        viewer: Viewer,
        question: str,
        *,
        thread_id: str | None = None,
        day: date | None = None,
        account: str | None = None,
        watcher: Watcher = Unwatched(),  # noqa: B008 - nobody, and nothing to change in it
    ) -> Answer:
        """The answer to a message, kept in its thread.

        Raises:
            NotFound: `account` is none that the viewer may see.
            Ambiguous: it fits several.
        """
        focus = self._focus(viewer, thread_id, account)
        today = self.office.day(day)
        reader = self._reader(viewer, today)
        deadline = self.author.models.deadline() if self.author else None
        turn = Turn(uuid4().hex, question, thread_id, watcher, deadline)
        inquiries: list[Inquiry] = []
        found: list[Found] = []
        for part in questions_in(question):
            inquiry = reader.read(part, focus)
            matter = self._matter(viewer, today, inquiry)
            found.append(self._found(matter, focus, turn))
            inquiries.append(inquiry)
            focus = moved(focus, inquiry, found[-1])
        answer = self._answer(turn, viewer, today, inquiries, found)
        self.journal.keep(
            viewer,
            answer.id,
            question,
            answer.kept(),
            now=datetime.now(UTC),
            thread_id=thread_id,
            focus=focus.to_json(),
        )
        return answer

    def record_feedback(self, run_id: str, giver: str, value: str, comment: str | None) -> None:
        """Keep what somebody thought of an answer; raises `NotFound`."""
        self.journal.record_feedback(run_id, giver, value, comment, now=datetime.now(UTC))

    def _focus(self, viewer: Viewer, thread_id: str | None, account: str | None) -> Focus:
        """What the thread is about, as far as this viewer may see it."""
        kept = self.journal.recall(thread_id) if thread_id else None
        focus = Focus.from_json(kept.focus) if kept else Focus()
        if kept and focus.language is None:
            focus = replace(focus, language=kept.language)
        seen = {one.id for one in self.office.ledger.accounts(viewer)} if focus.accounts else set()
        mine = tuple(one for one in focus.accounts if one in seen)
        if mine != focus.accounts:
            focus = Focus(accounts=mine, language=focus.language)
        if account is not None:
            focus = replace(focus, accounts=(self.office.ledger.find_account(viewer, account).id,))
        return focus

    def _reader(self, viewer: Viewer, day: date) -> Reader:
        company = self.office.company.company
        return Reader(
            Directory.of(roster(self.office.workspace.database, viewer)),
            day,
            company.fiscal_year_start,
            company.languages,
            company.languages[0],
        )

    def _matter(self, viewer: Viewer, day: date, inquiry: Inquiry) -> Matter:
        voice = Voice(inquiry.language, self.office.ledger.currency)
        return Matter(self.office, viewer, day, voice, inquiry)

    def _found(self, matter: Matter, focus: Focus, turn: Turn) -> Found:
        """Computed, else in a model's words, else retrieved, else a no."""
        intent, watcher = matter.inquiry.intent, turn.watcher
        no = declined(matter, watcher)
        if no is not None:
            return Found(no=no)
        if intent in {"why", "source"}:
            return self._again(matter, focus, watcher)
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
        self._step(matter, turn.watcher, "searching")
        try:
            written = self.author.write(matter, self._said(matter, focus, turn), run, turn.watcher)
        except ModelFailure as failure:
            found = self._looked_up(matter, turn.watcher)
            return replace(found, notices=(*found.notices, str(failure)))
        self._step(matter, turn.watcher, "searching", done=True)
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
        self._step(matter, watcher, "computing")
        try:
            claims = tuple(writer(matter))
        except NotFound:
            return Found(no=refusing.nobody_of_that_name(matter, matter.inquiry.account or ""))
        self._step(matter, watcher, "computing", done=True)
        return self._checked(matter, claims, "computed", watcher) if claims else None

    def _looked_up(self, matter: Matter, watcher: Watcher, known: tuple[Claim, ...] = ()) -> Found:
        """From history or playbook, or nothing; orders in sources are told and not quoted."""
        if watcher.stopped():
            return Found(no=No(matter.voice.say("no.stopped")))
        self._step(matter, watcher, "searching")
        method = matter.inquiry.intent == "method" or matter.viewer.role == "outsider"
        history: list[Claim] = []
        if not method:
            history = from_history(matter)
        route: Route = "retrieved" if history else "playbook"
        claims = history or from_playbook(matter, asked=method)
        if not claims and method and matter.viewer.role != "outsider":
            claims, route = from_history(matter), "retrieved"
        self._step(matter, watcher, "searching", done=True)
        claims, orders = without_orders(claims, matter.inquiry.account or "")
        told = known or told_orders(matter, orders)
        if not claims:
            notices = tuple(one.text for one in told)
            return Found(no=refusing.nothing_known(matter), notices=notices)
        return self._checked(matter, [*claims, *told], route, watcher)

    def _again(self, matter: Matter, focus: Focus, watcher: Watcher) -> Found:
        """“Why?”, “who says so?”: the last question's answer with what it rests on in front."""
        if not focus.asked or not focus.intent:
            return Found(no=No(matter.voice.say("no.not_yet")))
        before = replace(
            matter.inquiry,
            intent=focus.intent,
            accounts=focus.accounts,
            text=focus.asked,
            masked=focus.asked.casefold(),
            period=focus.period,
            weight=99,
        )
        again = self._matter(matter.viewer, matter.day, before)
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
        self._step(matter, watcher, "checking")
        told = checked_answer(matter, tuple(dict.fromkeys(claims))[: MOST_CLAIMS + 2])
        kept = tuple(replace(one, text=leaving(one.text, matter)) for one in told.claims())[
            :MOST_CLAIMS
        ]
        for claim in kept:
            if watcher.stopped():
                break
            watcher.sentence(claim)
        self._step(matter, watcher, "checking", done=True)
        if not kept:
            no = No(matter.voice.say("no.withheld"))
            return Found(withheld=told.withheld, no=no)
        notices: tuple[str, ...] = ()
        if matter.inquiry.intent in PORTFOLIO and matter.narrowed:
            notices = (matter.voice.say("no.partly", count=str(len(matter.ids))),)
        account = matter.inquiry.account
        return Found(kept, told.withheld, route, account=account, notices=notices)

    def _step(self, matter: Matter, watcher: Watcher, work: Work, *, done: bool = False) -> None:
        watcher.step(Step(work, matter.voice.say(f"step.{work}"), done))

    def _answer(
        self,
        turn: Turn,
        viewer: Viewer,
        day: date,
        inquiries: list[Inquiry],
        found: list[Found],
    ) -> Answer:
        """The parts of a message as one answer; a no among them is told beside the rest."""
        answered = [one for one in found if one.claims]
        refused = [one.no for one in found if one.no is not None]
        lead = answered[0] if answered else None
        per = max(2, MOST_CLAIMS // max(1, len(answered)))
        limit = MOST_CLAIMS if len(answered) < 2 else per  # noqa: PLR2004
        claims = tuple(c for one in answered for c in one.claims[:limit])
        last = next((q for q in reversed(inquiries) if q.account), inquiries[-1])
        account = last.account
        matter = self._matter(viewer, day, last)
        name = None
        if account and viewer.role != "outsider":
            name = matter.brief.name
        choices: tuple[Choice, ...] = tuple(c for no in refused for c in no.choices)
        reason = " ".join(dict.fromkeys(no.reason for no in refused)) or None
        answer = Answer(
            id=turn.id,
            question=turn.question,
            language=inquiries[0].language,
            claims=tuple(dict.fromkeys(claims)),
            route=lead.route if lead else None,
            reason=reason,
            help=tuple(dict.fromkeys(h for no in refused for h in no.help)),
            choices=choices,
            follow_ups=follow_ups(matter, name) if lead and not lead.draft else (),
            account_id=account if name else None,
            account_name=name,
            accounts=tuple(dict.fromkeys(one for q in inquiries for one in q.accounts)),
            draft=next((one.draft for one in found if one.draft), None),
            writer=next((one.writer for one in found if one.writer), "template"),
            notices=tuple(dict.fromkeys(n for one in found for n in one.notices)),
            withheld=tuple(w for one in found for w in one.withheld),
        )
        return shown(answer, matter)


def _titled(matter: Matter, title: str, dated: date | None) -> str:
    return f"{title}, {matter.voice.wording.day(dated)}" if dated else title
