"""The team's desk: its review from Home, and what-ifs asked in plain words."""

from __future__ import annotations

from assistant.slack.drafting.commission import Commission
from assistant.slack.drafting.handing import deliver
from assistant.slack.drafting.keeping import made_before
from assistant.slack.drafting.places import place_of, tell
from assistant.slack.intake import Order, Request, Switchboard
from assistant.slack.listeners.drafts import excuse, order
from assistant.slack.reception import Reception
from assistant.slack.views import ids
from assistant.slack.views.notices import sentence_message
from assistant.slack.words import words
from assistant.slack.wrong import in_words
from assistant.work import Job
from knowledge.errors import Ambiguous, BadInput, NotFound


def register(board: Switchboard) -> None:
    """The review is a draft like any other; a what-if becomes the job `what_if`."""
    board.action(ids.TEAM_REVIEW, read_review)
    board.job("what_if", work_out, excuse)


def read_review(request: Request) -> Order:
    """The review of all that somebody leads."""
    return order(request, Commission("team"))


def work_out(reception: Reception, job: Job) -> None:
    """Work out a what-if about the asker's own team, once, or say which ones can be."""
    told = job.payload
    viewer, language = reception.asker(told)
    place, desk = place_of(reception, told), reception.desk
    try:
        made = made_before(reception, viewer, job) or desk.steering.what_if(
            viewer, viewer.email or viewer.name, told["text"], desk.day(None), language
        )
    except (Ambiguous, NotFound) as unclear:
        tell(reception, job, place, sentence_message(in_words(unclear, language)))
    except BadInput:
        tell(reception, job, place, sentence_message(words(language).text("team.what_ifs")))
    else:
        deliver(reception, job, viewer, place, made)
