"""Rounds: by the clock, everybody to whom something is due gets a job of their own.

What a round asks for is claimed in its name (see `nudging`); what could not be sent is given back.
"""

from __future__ import annotations

from datetime import datetime

from assistant.slack.intake import JobHandler, Switchboard
from assistant.slack.nudging import give_back, recipient
from assistant.slack.reception import Reception
from assistant.work import Job


def keep_round(board: Switchboard, name: str, when: str, go: JobHandler) -> None:
    """Go a round whenever the clock says; nothing becomes due by itself where the day is frozen.

    Nobody is told of a round that failed: what it was to find, the next one finds.

    Args:
        board: where the job is registered.
        name: of the job; its payload has the instant the round is for, `due`.
        when: in cron's notation.
        go: finds to whom something is due.
    """
    board.job(name, go, lambda *_: None)
    if board.reception.desk.settings.today is None:
        board.reception.work.every(name, when)


def take_back(reception: Reception, job: Job, reference: str) -> None:  # noqa: ARG001 - nobody is told
    """What could not be sent to somebody comes with a later round, unless it did arrive."""
    user = job.payload["user"]
    one = recipient(reception, reception.people.person(user))
    if one is None:
        return
    place = reception.delivery.alone_with(user)
    if reception.delivery.trace(job, place, "direct") is None:
        give_back(reception, one, datetime.fromisoformat(job.payload["due"]))
