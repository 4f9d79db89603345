"""Drafts: asked for by command, form or button, made once, handed to those who may read them."""

from __future__ import annotations

from assistant.errors import NothingToDraft
from assistant.slack.apology import no_access
from assistant.slack.canvas.making import lay_out
from assistant.slack.drafting.commission import Commission, kind_of
from assistant.slack.drafting.handing import deliver
from assistant.slack.drafting.keeping import made_before, opened
from assistant.slack.drafting.places import clicked, place_of, tell, thread_key, verdict_on
from assistant.slack.drafting.writing import written
from assistant.slack.intake import Order, Request, Switchboard
from assistant.slack.reception import Reception
from assistant.slack.views import ids
from assistant.slack.views.choosing import account_chooser
from assistant.slack.views.draft import draft_message
from assistant.slack.views.message import Message
from assistant.slack.views.notices import error_message, sentence_message
from assistant.slack.words import words
from assistant.slack.wrong import in_words
from assistant.work import Job
from knowledge.errors import Ambiguous, BadInput, NotFound
from knowledge.records import Viewer

_BY_BUTTON = {ids.PLAN: "plan", ids.FOLLOW_UP: "follow_up", ids.REVIEW: "review"}


def register(board: Switchboard) -> None:
    """Commissions become the job `draft`; opening and saving one, jobs of their own."""
    board.job("draft", draft, excuse)
    board.job("open_draft", open_draft, excuse)
    board.job("save_review", save_review, excuse)
    for action in _BY_BUTTON:
        board.action(action, read_button)
    board.action(ids.every(ids.CHOOSE_ACCOUNT), read_chosen)
    board.action(ids.OPEN_DRAFT, read_open)
    board.action(ids.SAVE_REVIEW, read_save)


def read_button(request: Request) -> Order:
    """A button that names an account: under an answer, or on Home."""
    account_id, *_ = ids.unpack(request.action["value"])
    kind = kind_of(_BY_BUTTON[request.action["action_id"]])
    return order(request, Commission(kind, account_id))


def read_chosen(request: Request) -> Order:
    """One of several accounts that a name fits."""
    kind, account, reader, since, language = ids.unpack(request.action["value"])
    told = {"kind": kind, "account": account, "reader": reader, "since": since}
    return order(request, Commission.of({**told, "language": language or None}))


def read_open(request: Request) -> Order | None:
    """The rest of a draft; a button with two values asks for a form instead."""
    key, *more = ids.unpack(request.action["value"])
    return None if more else _about_draft(request, "open_draft", key)


def read_save(request: Request) -> Order:
    """A review that was held."""
    key, *_ = ids.unpack(request.action["value"])
    return _about_draft(request, "save_review", key)


def order(request: Request, wanted: Commission) -> Order:
    """The job that drafts what a click asks for, in its thread."""
    payload = {**clicked(request), "draft": wanted.to_json()}
    return Order("draft", payload, thread=thread_key(payload))


def draft(reception: Reception, job: Job) -> None:
    """Draft what was asked for, once; or say kindly why not."""
    viewer, language = reception.asker(job.payload)
    place = place_of(reception, job.payload)
    if viewer.role == "outsider":
        tell(reception, job, place, no_access(reception, viewer, language))
        return
    wanted = Commission.of(job.payload["draft"])
    try:
        made = made_before(reception, viewer, job)
        made = made or written(reception.desk, viewer, wanted, language)
    except Ambiguous as several:
        tell(reception, job, place, _chooser(wanted, several, language))
    except NotFound as unknown:
        tell(reception, job, place, _unknown(reception, viewer, wanted, unknown, language))
    except (BadInput, NothingToDraft) as why:
        tell(reception, job, place, said(language, "not_draft", why=in_words(why, language)))
    else:
        if wanted.kind == "canvas":
            lay_out(reception, job, viewer, made)
        else:
            deliver(reception, job, viewer, place, made)


def open_draft(reception: Reception, job: Job) -> None:
    """Post the rest of a draft in its thread; there once, however often it is opened."""
    viewer, language = reception.asker(job.payload)
    place = place_of(reception, job.payload)
    try:
        found = opened(reception, viewer, job.payload["key"])
    except NotFound:
        tell(reception, job, place, said(language, "no_draft"))
        return
    if verdict_on(reception, place, found.draft).reach != "everyone":
        place = reception.delivery.alone_with(job.payload["user"])
    once = Job(
        f"open/{found.kept.key}/{place.key}", job.name, job.payload, job.received, again=True
    )
    rest = draft_message(found.draft, found.kept.key, reception.links).replies
    for number, page in enumerate(rest, start=1):
        reception.delivery.post(once, place, page, str(number))


def save_review(reception: Reception, job: Job) -> None:
    """Keep what is known today, so that the next review tells what changed since."""
    viewer, language = reception.asker(job.payload)
    place = place_of(reception, job.payload)
    try:
        review = opened(reception, viewer, job.payload["key"]).draft
        reception.desk.save_review(viewer, review.account_id, review.as_of)
    except NotFound:
        tell(reception, job, place, said(language, "no_draft"))
        return
    day = words(language).day(review.as_of)
    tell(reception, job, place, said(language, "saved", account=review.account_name, day=day))


def excuse(reception: Reception, job: Job, reference: str) -> None:
    """Tell the asker in their own conversation: the channel need not know that a draft failed."""
    user = job.payload["user"]
    shown = error_message(reference, reception.language(user))
    reception.delivery.direct(job, user, shown, "apology")


def said(language: str, key: str, **values: object) -> Message:
    """One sentence about drafts, in the asker's language."""
    return sentence_message(words(language).text(f"drafting.{key}", **values))


def _chooser(wanted: Commission, several: Ambiguous, language: str) -> Message:
    since = wanted.since.isoformat() if wanted.since else ""
    wishes = {
        name: ids.pack(wanted.kind, name, wanted.reader, since, wanted.language or "")
        for name in several.choices
    }
    return account_chooser(wanted.account, wishes, language)


def _unknown(
    reception: Reception, viewer: Viewer, wanted: Commission, unknown: NotFound, language: str
) -> Message:
    """Not there and not allowed are the same words."""
    try:
        reception.desk.workspace.ledger.find_account(viewer, wanted.account or wanted.kind)
    except NotFound:
        return said(language, "no_account", name=wanted.account)
    return said(language, "not_draft", why=in_words(unknown, language))


def _about_draft(request: Request, job: str, key: str) -> Order:
    payload = {**clicked(request), "key": key}
    return Order(job, payload, thread=thread_key(payload))
