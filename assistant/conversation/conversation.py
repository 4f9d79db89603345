"""A conversation: each question computed first, then looked up, then honestly declined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from uuid import uuid4

from assistant.claims import Claim, Draft, Section, Withheld
from assistant.conversation import refusing
from assistant.conversation.answer import Answer, Choice, Route, Step, Unwatched, Watcher, Work
from assistant.conversation.intents import OF_ACCOUNT, OVERALL, Writer
from assistant.conversation.matter import Matter
from assistant.conversation.refusing import No
from assistant.conversation.retrieving import from_history, from_playbook
from assistant.conversation.understanding import (
    DRAFTS,
    OVER_ALL,
    PORTFOLIO,
    SMALL_TALK,
    Directory,
    Focus,
    Inquiry,
    Reader,
    questions_in,
)
from assistant.conversation.voice import Voice
from assistant.drafting.checking import checked
from assistant.office import Office
from knowledge.errors import NotFound
from knowledge.journal.conversations import Conversations
from knowledge.records import Viewer
from knowledge.records.roster import roster

#: The answer and what supports it; the rest is a question away.
MOST_CLAIMS = 6
#: What a mere name brings up: with more words beside it the question is about those.
_VAGUE = frozenset({"person", "summary", "competitors", "deal"})
#: So few letters of a question are recognised by chance.
_FAINT = 6
#: Words of a long question.
_LONG = 9


@dataclass(frozen=True)
class Found:
    """What one question came to: claims by a route, or a no; and a draft if one was asked for."""

    claims: tuple[Claim, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    route: Route | None = None
    no: No | None = None
    draft: str | None = None
    account: str | None = None
    notices: tuple[str, ...] = ()


@dataclass
class Conversation:
    """Talks about one company's accounts, with whoever asks."""

    office: Office
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
        inquiries: list[Inquiry] = []
        found: list[Found] = []
        for part in questions_in(question):
            inquiry = reader.read(part, focus)
            matter = self._matter(viewer, today, inquiry)
            found.append(self._found(matter, focus, watcher))
            inquiries.append(inquiry)
            focus = _moved(focus, inquiry, found[-1])
        answer = self._answer(viewer, today, question, inquiries, found)
        self.journal.keep(
            viewer,
            answer.id,
            question,
            answer.to_json(),
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

    def _found(self, matter: Matter, focus: Focus, watcher: Watcher) -> Found:
        """Computed, else retrieved, else a no."""
        intent = matter.inquiry.intent
        no = _declined(matter, watcher)
        if no is not None:
            return Found(no=no)
        if intent in {"why", "source"}:
            return self._again(matter, focus, watcher)
        if intent in DRAFTS:
            return self._drafted(matter)
        if intent == "method" or matter.viewer.role == "outsider":
            found = self._looked_up(matter, watcher)
            return found if found.claims else self._second(matter, watcher) or found
        return self._computed(matter, watcher) or self._looked_up(matter, watcher)

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
        writer = _writer(matter.inquiry)
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

    def _looked_up(self, matter: Matter, watcher: Watcher) -> Found:
        """From history or playbook, or nothing."""
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
        if not claims:
            return Found(no=refusing.nothing_known(matter))
        return self._checked(matter, claims, route, watcher)

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
        some = tuple(dict.fromkeys(claims))[: MOST_CLAIMS + 2]
        draft = Draft(
            "answer",
            "",
            matter.inquiry.account or "",
            "",
            matter.day,
            matter.voice.language,
            "template",
            (Section("answer", "", some),),
        )
        told = checked(draft, matter.basis, self.office.grounds(matter.viewer))
        kept = tuple(told.claims())[:MOST_CLAIMS]
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
        viewer: Viewer,
        day: date,
        question: str,
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
        return Answer(
            id=uuid4().hex,
            question=question,
            language=inquiries[0].language,
            claims=tuple(dict.fromkeys(claims)),
            route=lead.route if lead else None,
            reason=reason,
            help=tuple(dict.fromkeys(h for no in refused for h in no.help)),
            choices=choices,
            follow_ups=_follow_ups(matter, name) if lead and not lead.draft else (),
            account_id=account if name else None,
            account_name=name,
            draft=next((one.draft for one in found if one.draft), None),
            notices=tuple(dict.fromkeys(n for one in found for n in one.notices)),
            withheld=tuple(w for one in found for w in one.withheld),
        )


def _declined(matter: Matter, watcher: Watcher) -> No | None:
    """A no before anything is looked up."""
    inquiry = matter.inquiry
    if watcher.stopped():
        return No(matter.voice.say("no.stopped"))
    if inquiry.intent in SMALL_TALK:
        return refusing.small_talk(matter)
    if inquiry.unclear is not None:
        return refusing.which(matter, inquiry.unclear)
    if inquiry.stranger is not None:
        return refusing.nobody_of_that_name(matter, inquiry.stranger)
    return None


def _writer(inquiry: Inquiry) -> Writer | None:
    """Who writes the answer: about one account, or about all."""
    intent = inquiry.intent
    faint = inquiry.weight <= _FAINT and len(inquiry.text.split()) > _LONG
    if intent is None or faint or (intent in _VAGUE and inquiry.beside):
        return None
    overall = OVERALL.get(intent) or OVERALL.get(OVER_ALL.get(intent, ""))
    alone = intent in PORTFOLIO or intent in {"discount", "rival", "colleague"}
    if intent in {"champion", "decider"} and not inquiry.account and not inquiry.everything:
        return None
    if overall and (alone or not inquiry.account):
        return overall
    return OF_ACCOUNT.get(intent)


_NEXT: Mapping[str, tuple[str, ...]] = {
    "revenue": ("revenue", "deals"),
    "deals": ("deals", "people"),
    "decider": ("people", "promises"),
    "promises": ("promises", "deals"),
}


def _follow_ups(matter: Matter, name: str | None) -> tuple[str, ...]:
    if name is None:
        return (matter.voice.say("follow.portfolio"),) if matter.viewer.role != "outsider" else ()
    keys = _NEXT.get(matter.inquiry.intent or "", ("deals", "general"))
    return tuple(matter.voice.say(f"follow.{key}", account=name) for key in keys)


def _titled(matter: Matter, title: str, dated: date | None) -> str:
    return f"{title}, {matter.voice.wording.day(dated)}" if dated else title


def _moved(focus: Focus, inquiry: Inquiry, found: Found) -> Focus:
    """What the thread is about after a question."""
    if inquiry.intent in {*SMALL_TALK, "why", "source"}:
        return replace(focus, language=inquiry.language)
    if found.no is not None and not inquiry.accounts:
        return replace(focus, language=inquiry.language)
    kept = inquiry.accounts or focus.accounts
    same = set(kept) == set(focus.accounts)
    return Focus(
        accounts=kept,
        person=inquiry.person.id if inquiry.person else (focus.person if same else None),
        deal=inquiry.deal.id if inquiry.deal else (focus.deal if same else None),
        period=inquiry.period
        or (focus.period if same and inquiry.intent == focus.intent else None),
        intent=inquiry.intent if found.claims else focus.intent,
        asked=inquiry.text if found.claims else focus.asked,
        language=inquiry.language,
    )
