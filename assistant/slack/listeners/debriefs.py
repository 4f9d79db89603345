"""Won or lost, and why: asked of the deal's owner, told in a form, taught to deals like it."""

from __future__ import annotations

from datetime import datetime

from assistant.slack import modals
from assistant.slack.debriefing import owned, postpone, story_of, wanted
from assistant.slack.delivery import Place
from assistant.slack.filled import carried, clicked, filled, opens
from assistant.slack.intake import Order, Rejected, Request, Switchboard
from assistant.slack.nudging import recipient, recipients
from assistant.slack.reception import Reception
from assistant.slack.rounds import keep_round, take_back
from assistant.slack.views import ids
from assistant.slack.views.blocks import Block
from assistant.slack.views.debrief import (
    debrief_form,
    debrief_kept,
    debrief_prompt,
    left_form,
    lessons_message,
)
from assistant.slack.views.message import Message
from assistant.slack.views.notices import sentence_message
from assistant.slack.words import words
from assistant.steering import Debrief, Debriefs
from assistant.work import Job
from knowledge.errors import BadInput, NotFound
from knowledge.records import Viewer

#: An hourly look on working days; whoever is asleep is asked when their quiet hours are over.
ROUND = "10 * * * 1-5"


def register(board: Switchboard) -> None:
    """Rounds ask; the forms open in Bolt's own listeners; what they say becomes jobs."""
    reception = board.reception
    keep_round(board, "debrief_round", ROUND, go_round)
    board.job("debrief_ask", ask, take_back)
    board.job("debrief_later", ask_later)
    board.job("debrief", keep)
    board.job("deal_lessons", show_lessons)
    board.job("deal_lesson_use", use_lesson)
    board.app.action(ids.DEBRIEF)(opens(reception, _story))
    board.app.action(ids.every(ids.LESSON_LEFT))(opens(reception, _left))
    board.action(ids.DEBRIEF_LATER, lambda request: _order(request, "debrief_later"))
    board.action(ids.DEAL_LESSONS, lambda request: _order(request, "deal_lessons"))
    board.action(ids.every(ids.LESSON_USED), lambda request: _order(request, "deal_lesson_use"))
    board.submission(ids.DEBRIEF_FORM, read_story)
    board.submission(ids.LESSON_LEFT_FORM, read_left)


def go_round(reception: Reception, job: Job) -> None:
    """Ask for a job of their own for everybody who owes a story."""
    due = job.payload["due"]
    for one in recipients(reception):
        if owned(reception, one.viewer):
            payload = {"user": one.person.id, "due": due}
            reception.work.enqueue(f"debrief_ask:{due}/{one.person.id}", "debrief_ask", payload)


def ask(reception: Reception, job: Job) -> None:
    """Ask somebody why their deal was won or lost."""
    user = job.payload["user"]
    one = recipient(reception, reception.people.person(user))
    if one is None:
        return
    story = wanted(reception, one, datetime.fromisoformat(job.payload["due"]))
    if story is not None:
        shown = debrief_prompt(story.owed, reception.language(user), later=not story.last)
        reception.delivery.direct(job, user, shown)


def ask_later(reception: Reception, job: Job) -> None:
    """Once more in a week; the message says so."""
    user = job.payload["user"]
    one = recipient(reception, reception.people.person(user))
    if one is None:
        return
    (deal_id,) = job.payload["of"]
    postpone(reception, one, deal_id, job.received)
    shown = _said(reception.language(user), "debrief.later_said")
    reception.delivery.update(job, Place(job.payload["channel"]), job.payload["message"], shown)


def read_story(request: Request) -> Order | Rejected:
    """What was told, with a name for what the buyer said."""
    form = filled(request)
    (deal_id,) = form.of
    buyer, speaker, ours, again = (
        form.answers.line(one) or None
        for one in (ids.BUYER_REASON, ids.SAID_BY, ids.OUR_REASON, ids.AGAIN)
    )
    if not (buyer or ours or again):
        first = ids.BUYER_REASON if ids.BUYER_REASON in form.answers.values else ids.AGAIN
        return form.wanting(first, "debrief.nothing")
    if buyer and not speaker:
        return form.wanting(ids.SAID_BY, "debrief.speaker")
    payload = {**form.told, "deal": deal_id, "story": [buyer, speaker, ours, again]}
    return Order("debrief", payload, thread=f"debrief:{deal_id}")


def keep(reception: Reception, job: Job) -> None:
    """Keep a story once, and show in the place of the question that it is kept."""
    told = job.payload
    viewer, language = reception.asker(told)
    debriefs, day = Debriefs(reception.desk.office), reception.desk.day(None)
    try:
        before = story_of(reception, viewer, told["deal"])
        debriefs.hold(viewer, told["deal"], Debrief(*told["story"]), on=day, now=job.received)
        missing = _missing(debriefs, viewer, told["deal"], reception)
        shown = debrief_kept(before, missing, language)
    except (NotFound, BadInput):
        shown = _said(language, "debrief.settled")
    if told["channel"] and told["message"]:
        place = Place(told["channel"])
        reception.delivery.update(job, place, told["message"], shown)
    else:
        reception.delivery.direct(job, told["user"], shown)


def show_lessons(reception: Reception, job: Job) -> None:
    """What closed deals teach the open ones of an account, to whoever asks alone."""
    viewer, language = reception.asker(job.payload)
    (account,) = job.payload["of"]
    shown = _lessons(reception, viewer, account, language)
    reception.delivery.direct(job, job.payload["user"], shown)


def read_left(request: Request) -> Order | Rejected:
    """Why a lesson was left aside."""
    form = filled(request)
    account, lesson = form.of
    why = form.answers.line(ids.REASON)
    if not why:
        return form.wanting(ids.REASON, "deal_lesson.why_missing")
    payload = {**form.told, "of": [account, lesson], "why": why}
    return Order("deal_lesson_use", payload, thread=f"deal_lesson:{account}")


def use_lesson(reception: Reception, job: Job) -> None:
    """Keep whether a lesson was acted on; the list shows it from then on."""
    viewer, language = reception.asker(job.payload)
    account, lesson = job.payload["of"]
    why, day = job.payload.get("why"), reception.desk.day(None)
    debriefs = Debriefs(reception.desk.office)
    try:
        known = {one.key: one.acted for one in debriefs.lessons(viewer, account, day)}.get(lesson)
        if known is None or (known.acted, known.why) != (why is None, why):
            debriefs.tell(viewer, account, lesson, acted=why is None, why=why, on=day)
        shown = _lessons(reception, viewer, account, language)
    except (BadInput, NotFound):
        shown = _said(language, "deal_lesson.gone")
    place = Place(job.payload["channel"])
    reception.delivery.update(job, place, job.payload["message"], shown)


def _lessons(reception: Reception, viewer: Viewer, account: str, language: str) -> Message:
    desk = reception.desk
    try:
        found = desk.workspace.ledger.find_account(viewer, account)
    except NotFound:
        return _said(language, "deal_lesson.gone")
    lessons = Debriefs(desk.office).lessons(viewer, found.id, desk.day(None))
    return lessons_message(found.id, found.name, lessons, language)


def _missing(
    debriefs: Debriefs, viewer: Viewer, deal_id: str, reception: Reception
) -> tuple[str, ...]:
    """Whose reason a deal lacks still."""
    left = debriefs.owed(viewer, reception.desk.day(None))
    return next((one.missing for one in left if one.deal_id == deal_id), ())


def _story(reception: Reception, request: Request) -> Block:
    (deal_id,) = ids.unpack(request.action["value"])
    viewer = reception.asker(request.actor).viewer
    language = reception.spoken(request.user)
    try:
        owed = story_of(reception, viewer, deal_id)
    except NotFound:
        told = words(language)
        return modals.notice_view(
            told.text("debrief.title"), told.text("debrief.settled"), language
        )
    return debrief_form(owed, language, carried(request, language, deal_id))


def _left(reception: Reception, request: Request) -> Block:
    account, lesson = ids.unpack(request.action["value"])
    language = reception.spoken(request.user)
    return left_form(language, carried(request, language, account, lesson))


def _order(request: Request, job: str) -> Order:
    channel, message_ts = clicked(request)
    of = list(ids.unpack(request.action["value"]))
    payload = {**request.actor, "channel": channel, "message": message_ts, "of": of}
    return Order(job, payload, thread=f"{job}:{request.user}")


def _said(language: str, key: str) -> Message:
    return sentence_message(words(language).text(key))
