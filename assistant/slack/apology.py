"""What is said when something could not be done: short, kind, with a number to ask about."""

from __future__ import annotations

from assistant.errors import TryLater
from assistant.slack.delivery import Place
from assistant.slack.reception import Reception
from assistant.slack.views.notices import error_message
from assistant.work import Job


def apologise(reception: Reception, job: Job, reference: str) -> None:
    """Tell the asker where they asked, in place of whatever was already there; once."""
    user = job.payload.get("user")
    shown = error_message(reference, _language(reception, user))
    if "channel" not in job.payload:
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


def _language(reception: Reception, user: str | None) -> str:
    try:
        return reception.language(user) if user else "en"
    except TryLater:
        return "en"
