"""An account review as a meeting: prepared, held with decisions, closed until the next one."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.slack.delivery import Place
from assistant.slack.drafting.commission import Commission
from assistant.slack.drafting.keeping import Opened, opened
from assistant.slack.drafting.places import (
    clicked,
    place_of,
    tell,
    thread_key,
    verdict_on,
    where_clicked,
)
from assistant.slack.filled import answers_of, opens
from assistant.slack.intake import Order, Rejected, Request, Switchboard
from assistant.slack.listeners.drafts import excuse, order, said
from assistant.slack.once import once
from assistant.slack.reception import Reception
from assistant.slack.views import ids
from assistant.slack.views.blocks import Block
from assistant.slack.views.meeting import closed_message, decision_form, decision_message
from assistant.slack.views.message import Message
from assistant.slack.words import words
from assistant.work import Job
from knowledge.errors import BadInput, NotFound
from knowledge.records import Viewer


def register(board: Switchboard) -> None:
    """The form opens in Bolt's own listener; decisions and the end are the job `meeting`."""
    board.app.action(ids.DECIDE)(opens(board.reception, _form))
    board.job("meeting", hold, excuse)
    board.action(ids.PREPARE, read_prepare)
    board.action(ids.CLOSE_REVIEW, read_close)
    board.submission(ids.DECISION_FORM, read_decision)


def read_prepare(request: Request) -> Order:
    """What a review is held from is a draft like any other."""
    account_id, *_ = ids.unpack(request.action["value"])
    return order(request, Commission("meeting", account_id))


def read_close(request: Request) -> Order:
    """The review was held."""
    key, *_ = ids.unpack(request.action["value"])
    return _order({**clicked(request), "key": key})


def read_decision(request: Request) -> Order | Rejected:
    """What was decided, by whom and by when."""
    carried, answers = request.body["view"]["private_metadata"], answers_of(request)
    key, channel, thread, language, today = ids.unpack(carried)
    text, due = answers.line(ids.TEXT), answers.day(ids.DUE)
    told, wrong = words(language), dict[str, str]()
    if not text:
        wrong[ids.TEXT] = told.text("meeting.words_missing")
    if due < today:
        wrong[ids.DUE] = told.text("meeting.past")
    if wrong:
        return Rejected(wrong)
    where = {"channel": channel or None, "thread_ts": thread or None}
    decided = {"text": text, "owner": answers.option(ids.OWNER), "due": due}
    return _order({**request.actor, **where, "key": key, "decided": decided})


def hold(reception: Reception, job: Job) -> None:
    """Keep a decision, or close the review; told where the review itself may be read."""
    viewer, language = reception.asker(job.payload)
    place = place_of(reception, job.payload)
    try:
        review = opened(reception, viewer, job.payload["key"])
        if "decided" in job.payload:
            shown = _decided(reception, viewer, job, review)
            _share(reception, job, place, review, shown)
        else:
            day = reception.desk.day(None)
            closed = reception.desk.steering.close(viewer, review.draft.account_id, day)
            shown = closed_message(review.draft.account_name, day, closed, language)
            closing = once(job, f"closed/{review.kept.key}/{day}")
            _share(reception, closing, place, review, shown)
    except (NotFound, BadInput):
        tell(reception, job, place, said(language, "no_draft"))


def _decided(reception: Reception, viewer: Viewer, job: Job, review: Opened) -> Message:
    decided = job.payload["decided"]
    decision = reception.desk.steering.decide(
        viewer,
        review.draft.account_id,
        reception.desk.day(None),
        text=decided["text"],
        owner=decided["owner"],
        due_on=date.fromisoformat(decided["due"]),
    )
    language = reception.language(job.payload["user"])
    return decision_message(review.draft.account_name, decision, language, reception.links)


def _share(reception: Reception, job: Job, place: Place, review: Opened, shown: Message) -> None:
    """In the thread of the review if everybody there may see the account, else to its asker."""
    if verdict_on(reception, place, review.draft).reach == "everyone":
        reception.delivery.post(job, place, shown)
    else:
        reception.delivery.direct(job, job.payload["user"], shown)


def _form(reception: Reception, request: Request) -> Block | None:
    """The form of a decision, with the account's owner as whoever does it; None for strangers."""
    key, *_ = ids.unpack(request.action["value"])
    viewer = reception.asker(request.actor).viewer
    try:
        draft = opened(reception, viewer, key).draft
        account = reception.desk.workspace.ledger.find_account(viewer, draft.account_id)
    except NotFound:
        return None
    users = reception.desk.workspace.ledger.catalogue(viewer).users
    names = sorted(user.name for user in users.values() if user.active)
    owner = users.get(account.owner_id or "")
    language, today = reception.spoken(request.user), reception.desk.day(None).isoformat()
    return decision_form(
        names,
        language,
        owner=owner.name if owner else None,
        carried=ids.pack(key, *where_clicked(request), language, today),
    )


def _order(payload: dict[str, Any]) -> Order:
    return Order("meeting", payload, thread=thread_key(payload))
