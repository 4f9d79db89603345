"""Asks to other teams and the self-check: answered in forms, shown where their list stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

from assistant.errors import AlreadyDecided, NotAllowed
from assistant.slack.delivery import Place
from assistant.slack.filled import carried, filled, opens
from assistant.slack.intake import Order, Rejected, Request, Switchboard
from assistant.slack.listeners.coaching import list_message
from assistant.slack.reception import Reception
from assistant.slack.views import ids
from assistant.slack.views.blocks import Block
from assistant.slack.views.coaching import check_form, close_ask_form, new_ask_form
from assistant.slack.views.notices import sentence_message
from assistant.slack.words import words
from assistant.steering import Asks, SelfCheck
from assistant.steering.asks import TARGETS
from assistant.work import Job
from knowledge.errors import BadInput, NotFound


def register(board: Switchboard) -> None:
    """The forms open in Bolt's own listeners; what they say becomes jobs."""
    reception = board.reception
    board.job("ask_make", make)
    board.job("ask_close", close)
    board.job("self_check", check)
    board.app.action(ids.NEW_ASK)(opens(reception, _about(new_ask_form)))
    board.app.action(ids.every(ids.CLOSE_ASK))(opens(reception, _about(close_ask_form)))
    board.app.action(ids.CHECK)(opens(reception, _about(check_form)))
    board.submission(ids.NEW_ASK_FORM, read_ask)
    board.submission(ids.CLOSE_ASK_FORM, read_close)
    board.submission(ids.CHECK_FORM, read_check)


def read_ask(request: Request) -> Order | Rejected:
    """What is asked of whom."""
    form = filled(request)
    said = form.answers.line(ids.TEXT)
    if not said:
        return form.wanting(ids.TEXT, "log.empty")
    payload = {
        **form.told,
        "account": form.answers.option(ids.ACCOUNT),
        "target": form.answers.option(ids.KIND),
        "due": form.answers.day(ids.DUE) or None,
        "said": said,
        "key": request.body["view"]["id"],
    }
    return Order("ask_make", payload)


def read_close(request: Request) -> Order | Rejected:
    """How an ask ended."""
    form = filled(request)
    said = form.answers.line(ids.TEXT)
    if not said:
        return form.wanting(ids.TEXT, "log.empty")
    (ask_id,) = form.of
    outcome = form.answers.option(ids.KIND)
    payload = {**form.told, "ask": ask_id, "outcome": outcome, "said": said}
    return Order("ask_close", payload, thread=f"ask:{ask_id}")


def read_check(request: Request) -> Order | Rejected:
    """A score, and what it rests on."""
    form = filled(request)
    said = form.answers.line(ids.TEXT)
    if not said:
        return form.wanting(ids.TEXT, "lists.check_evidence_missing")
    payload = {
        **form.told,
        "imperative": form.answers.option(ids.IMPERATIVE),
        "said": said,
        "score": int(form.answers.option(ids.SCORE) or 0),
    }
    return Order("self_check", payload, thread="self_check")


def make(reception: Reception, job: Job) -> None:
    """Keep an ask, and show the list with it; the form's own id keeps it one."""
    told = job.payload
    viewer = reception.asker(told).viewer
    target = next(one for one in TARGETS if one == told["target"])
    try:
        Asks(reception.desk.office).make(
            viewer,
            told["account"],
            told["said"],
            target=target,
            due_on=date.fromisoformat(told["due"]) if told["due"] else None,
            on=reception.desk.day(None),
            key=f"slack-view-{told['key']}",
            now=job.received,
        )
    except NotFound:
        _tell(reception, job, "remember.no_account")
        return
    _show(reception, job, "asks")


def close(reception: Reception, job: Job) -> None:
    """Keep how an ask ended, and show the list without it."""
    told = job.payload
    viewer = reception.asker(told).viewer
    outcome: Literal["done", "declined"] = "declined" if told["outcome"] == "declined" else "done"
    day = reception.desk.day(None)
    asks = Asks(reception.desk.office)
    try:
        asks.close(viewer, told["ask"], outcome, answer=told["said"], on=day, now=job.received)
    except (NotFound, AlreadyDecided, BadInput):
        if not job.again:
            _tell(reception, job, "lists.ask_gone")
    _show(reception, job, "asks")


def check(reception: Reception, job: Job) -> None:
    """Keep an answer of the self-check, once, and show the list with it."""
    told = job.payload
    viewer = reception.asker(told).viewer
    house, day = SelfCheck(reception.desk.office), reception.desk.day(None)
    try:
        house.answer(
            viewer, told["imperative"], told["score"], told["said"], on=day, now=job.received
        )
    except NotAllowed:
        _tell(reception, job, "lists.check_leads")
        return
    _show(reception, job, "imperatives")


def _show(reception: Reception, job: Job, name: str) -> None:
    """Bring the list up to date where it stands."""
    told = job.payload
    viewer, language = reception.asker(told)
    shown = list_message(reception, viewer, name, language)
    if told["channel"] and told["message"]:
        reception.delivery.update(job, Place(told["channel"]), told["message"], shown)
    else:
        reception.delivery.direct(job, told["user"], shown)


def _about(form: Callable[[str, str], Block]) -> Callable[[Reception, Request], Block]:
    """A form about what the clicked button carries."""

    def opened(reception: Reception, request: Request) -> Block:
        (of,) = ids.unpack(request.action["value"])
        language = reception.spoken(request.user)
        return form(language, carried(request, language, of))

    return opened


def _tell(reception: Reception, job: Job, key: str) -> None:
    user = job.payload["user"]
    said = sentence_message(words(reception.language(user)).text(key))
    reception.delivery.direct(job, user, said, "told")
