"""A question in Slack, from the job that keeps it to the answer in its thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from assistant.conversation import Answer
from assistant.drafting.instructions import reads_as_instruction
from assistant.slack.apology import late_blocks, no_access
from assistant.slack.audience import Verdict
from assistant.slack.capturing import said_words
from assistant.slack.delivery import Place
from assistant.slack.drafting.commission import Commission, kind_of
from assistant.slack.drafting.keeping import draft_above
from assistant.slack.reception import Asker, Reception
from assistant.slack.safety import line, mrkdwn
from assistant.slack.scenes import scene_in
from assistant.slack.streaming import Audition, LiveAnswer
from assistant.slack.views.answer import answer_message, answer_tail
from assistant.slack.views.blocks import Block, context
from assistant.slack.views.message import Message, message
from assistant.slack.views.notices import (
    private_notice,
    sentence_message,
    waiting_message,
)
from assistant.slack.words import words
from assistant.steering import LEADS, supposes
from assistant.work import Job
from knowledge.journal.conversations import asker_of
from knowledge.journal.drafts import KeptDraft
from knowledge.records import Viewer


@dataclass(frozen=True)
class Asked:
    """A question as its job keeps it.

    Attributes:
        ts: when it was asked, as Slack names the moment.
        invited: whether it is addressed to us; a reply in a thread may not be.
        quoted: whether nobody sees the question unless the answer repeats it.
    """

    place: Place
    user: str
    ts: str
    text: str
    invited: bool
    quoted: bool

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> Asked:
        """Read a job's payload."""
        return cls(
            place=Place.of(payload),
            user=payload["user"],
            ts=payload["ts"],
            text=payload["text"],
            invited=payload.get("invited", True),
            quoted=payload.get("quoted", False),
        )


def answer(reception: Reception, job: Job) -> None:
    """Answer a question once, for its readers."""
    asked = Asked.of(job.payload)
    if reception.people.person(asked.user).bot:
        return
    asker = reception.asker(job.payload)
    viewer = asker.viewer
    if scene := scene_in(reception, asked.place):
        _enqueue(reception, job, "scene.say", {"of": [scene], "text": asked.text})
        return
    above = draft_above(reception, viewer, asked.place)
    if not asked.invited and not _listens(reception, viewer, asked.place, above):
        return
    question = said_words(reception, asked.text)
    if not question:
        greeting = words(asker.language).text("serving.greeting")
        reception.delivery.post(job, asked.place, sentence_message(greeting))
    elif viewer.role in LEADS and supposes(question):
        _enqueue(reception, job, "what_if", {"text": question})
    elif above is not None and reads_as_instruction(question):
        _enqueue(reception, job, "revise", {"key": above.key, "instruction": question})
    else:
        _reply(reception, job, asked, asker, question)


def _reply(reception: Reception, job: Job, asked: Asked, asker: Asker, question: str) -> None:
    """Show an answer while it is made, and leave it whole."""
    viewer, language = asker.viewer, words(asker.language).language
    live = _live(reception, job, asked, language)
    live.begin()
    given = reception.answers.get(job.id)
    if given is None:
        given = reception.desk.conversation.reply(
            viewer, question, thread_id=asked.place.key, language=language, watcher=live
        )
        reception.answers[job.id] = given
    notes = _notes(reception, job, asked, viewer)
    wanted = _wanted(given)
    shown = replace(given, draft=None) if wanted else given
    _deliver(reception, asked, live, shown, notes)
    if wanted is not None and not live.stopped():
        _enqueue(reception, job, "draft", {"draft": wanted.to_json()})
    del reception.answers[job.id]


def _live(reception: Reception, job: Job, asked: Asked, language: str) -> LiveAnswer:
    return LiveAnswer(
        reception.delivery,
        job,
        Audition(
            place=asked.place,
            user=asked.user,
            team=reception.me.team_id,
            asked=asked.ts,
            aloud=not asked.quoted and reception.audience.readers(asked.place.channel).private,
        ),
        links=reception.links,
        stopped=lambda: reception.stops.stopped(asked.place, asked.ts),
        placeholder=waiting_message(language),
    )


def _listens(reception: Reception, viewer: Viewer, place: Place, above: KeptDraft | None) -> bool:
    """Whether a thread is a talk of the viewer's with us: about a draft of theirs, or questions."""
    mine = above is not None and above.asker == asker_of(viewer)
    return mine or bool(reception.conversations.questions(viewer, place.key))


def _wanted(given: Answer) -> Commission | None:
    """The draft that was asked for in words, where it is clear which; else a button asks."""
    if given.draft is None or given.draft == "value" or not given.account_id:
        return None
    return Commission(kind_of(given.draft), given.account_id)


def _enqueue(reception: Reception, job: Job, name: str, more: dict[str, Any]) -> None:
    """Hand a question on to the job that it asks for, in its thread."""
    asked = {one: job.payload.get(one) for one in ("user", "team", "channel", "thread_ts")}
    thread = Place.of(job.payload).key
    reception.work.enqueue(f"{job.id}/{name}", name, {**asked, **more}, thread=thread)


def _deliver(
    reception: Reception, asked: Asked, live: LiveAnswer, given: Answer, notes: list[Block]
) -> None:
    """Show an answer to those who may read it."""
    told = words(given.language)
    if stopped := live.stopped():
        given = replace(given, claims=tuple(live.sentences), reason=told.text("serving.stopped"))
        notes = [context(mrkdwn(told.text("serving.stopped"))), *notes] if given.claims else notes
    whole = answer_message(given, reception.links)
    before = [context(mrkdwn(line(asked.text)))] if asked.quoted else []
    verdict = _verdict(reception, asked.place, given)
    reception.meters.answers.labels(given.route or "none", verdict.reach).inc()
    if verdict.reason is None:
        streamed = tuple(live.sentences) == given.claims and not stopped
        tail = message(whole.text, [*answer_tail(given, reception.links), *notes])
        live.finish(_framed(whole, before, notes), tail if streamed else None)
        return
    why = private_notice(verdict.reason, told.language).blocks
    alone = _framed(whole, [*why, *before], notes)
    if verdict.reach == "asker":
        reception.delivery.whisper(asked.place, asked.user, alone, job=live.job)
    else:
        reception.delivery.direct(live.job, asked.user, alone)
    live.finish(sentence_message(told.text(f"serving.{verdict.reach}")))


def _verdict(reception: Reception, place: Place, given: Answer) -> Verdict:
    """Where an answer may be shown; one of the playbook everywhere.

    An answer about no account in particular may tell of any that its asker sees: in company it
    is for the asker alone.
    """
    harmless = given.route == "playbook" or (given.abstained and not given.choices)
    if harmless and given.account_id is None:
        return Verdict("everyone")
    if given.account_id is not None:
        told_of = tuple(dict.fromkeys((given.account_id, *given.accounts)))
        return reception.audience.verdict(place.channel, told_of)
    readers = reception.audience.readers(place.channel)
    if readers.private:
        return Verdict("everyone")
    return Verdict("elsewhere", readers.closed) if readers.closed else Verdict("asker", "unseen")


def _notes(reception: Reception, job: Job, asked: Asked, viewer: Viewer) -> list[Block]:
    """What the asker should know beside the answer: that it took long, how to get in."""
    told = words(reception.language(asked.user))
    notes = late_blocks(job, told.language)
    if viewer.role != "outsider":
        return notes
    if reception.people.person(asked.user).colleague:
        return [*notes, *no_access(reception, viewer, told.language).blocks]
    return [*notes, context(mrkdwn(told.text("serving.outsider")))]


def _framed(shown: Message, before: list[Block], after: list[Block]) -> Message:
    blocks = [block for page in (shown, *shown.replies) for block in page.blocks]
    return message(shown.text, [*before, *blocks, *after])
