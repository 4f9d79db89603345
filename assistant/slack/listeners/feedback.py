"""Was this right? The judgement is kept with the run that made the answer."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.slack.delivery import Place
from assistant.slack.intake import Order, Request, Switchboard
from assistant.slack.reception import Reception
from assistant.slack.views import ids
from assistant.slack.views.notices import sentence_message
from assistant.slack.words import words
from assistant.work import Job
from knowledge.errors import NotFound


def register(board: Switchboard) -> None:
    """The two buttons under an answer become the job `feedback`."""
    board.job("feedback", keep_feedback)
    board.action(ids.FEEDBACK, read_feedback)


def read_feedback(request: Request) -> Order:
    """Which answer, and whether it was good or bad."""
    run_id, value = ids.unpack(request.action["value"])
    container = request.body["container"]
    payload = {
        **request.actor,
        "channel": container["channel_id"],
        "thread_ts": container.get("thread_ts"),
        "run": run_id,
        "value": value,
    }
    return Order("feedback", payload)


def keep_feedback(reception: Reception, job: Job) -> None:
    """Keep what somebody thought of an answer, and thank them alone."""
    told = job.payload
    giver, language = reception.asker(told)
    try:
        reception.conversations.record_feedback(
            told["run"], giver.email or told["user"], told["value"], now=datetime.now(UTC)
        )
        key = f"serving.thanks_{told['value']}"
    except NotFound:
        key = "serving.forgotten"
    shown = sentence_message(words(language).text(key))
    reception.delivery.whisper(Place.of(told), told["user"], shown, job=job)
