"""What is said when something could not be done: short, kind, with a number to ask about."""

from __future__ import annotations

from datetime import timedelta

from assistant.errors import TryLater
from assistant.slack.delivery import Place
from assistant.slack.reception import Reception
from assistant.slack.views.blocks import Block
from assistant.slack.views.message import Message
from assistant.slack.views.notices import error_message, late_note, unknown_user_message
from assistant.work import Job
from knowledge.records import Viewer

#: From here on the asker is told that it took long.
LATE = timedelta(minutes=3)


def apologise(reception: Reception, job: Job, reference: str) -> None:
    """Tell the asker where they asked, in place of whatever was already there; once."""
    user = job.payload.get("user")
    shown = error_message(reference, _language(reception, user))
    if not job.payload.get("channel"):
        if user:
            reception.delivery.direct(job, user, shown, "apology")
        return
    place = Place.of(job.payload)
    asked = job.payload.get("ts")
    earlier = reception.delivery.trace(job, place, unmarked_since=asked)
    if earlier is None:
        reception.delivery.post(job, place, shown)
    else:
        reception.delivery.end_stream(job, place, earlier.ts)
        reception.delivery.update(job, place, earlier.ts, shown)


def late_blocks(job: Job, language: str) -> list[Block]:
    """That it took long, after a restart or a failure; empty where it did not."""
    return list(late_note(language).blocks) if job.age > LATE else []


def no_access(reception: Reception, viewer: Viewer, language: str) -> Message:
    """For somebody the records do not know: the playbook, and whom to ask."""
    admins = reception.desk.settings.company.company.admins
    return unknown_user_message(viewer.email, admins, language)


def _language(reception: Reception, user: str | None) -> str:
    try:
        return reception.language(user) if user else "en"
    except TryLater:
        return "en"
