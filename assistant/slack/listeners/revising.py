"""Changing a draft: with the form, or by saying so in its thread. Each change is a new version."""

from __future__ import annotations

from assistant.drafting.instructions import reader_in
from assistant.errors import BadInstruction
from assistant.slack.drafting.handing import deliver
from assistant.slack.drafting.keeping import Opened, made_before, opened
from assistant.slack.drafting.places import place_of, tell, thread_key, where_clicked
from assistant.slack.drafting.writing import revised
from assistant.slack.filled import answers_of, opens
from assistant.slack.intake import Order, Rejected, Request, Switchboard
from assistant.slack.listeners.drafts import excuse, said
from assistant.slack.reception import Reception
from assistant.slack.safety import line, mrkdwn
from assistant.slack.views import ids
from assistant.slack.views.blocks import Block, context
from assistant.slack.views.forms import revise_form
from assistant.slack.words import words
from assistant.work import Job
from knowledge.errors import NotFound


def register(board: Switchboard) -> None:
    """The form opens in Bolt's own listener; what it says becomes the job `revise`."""
    board.app.action(ids.REVISE)(opens(board.reception, _form))
    board.job("revise", revise, excuse)
    board.submission(ids.REVISE_FORM, read_form)


def read_form(request: Request) -> Order | Rejected:
    """What to change: in words, or one of the ways that are offered."""
    key, channel, thread, language = ids.unpack(request.body["view"]["private_metadata"])
    answers = answers_of(request)
    instruction = answers.text(ids.TEXT) or answers.option(ids.KIND)
    if not instruction:
        return Rejected({ids.TEXT: words(language).text("drafting.say_what")})
    payload = {
        **request.actor,
        "channel": channel or None,
        "thread_ts": thread or None,
        "key": key,
        "instruction": instruction,
    }
    return Order("revise", payload, thread=thread_key(payload))


def revise(reception: Reception, job: Job) -> None:
    """Post the next version of a draft in its thread; what did not change keeps its sources."""
    viewer, language = reception.asker(job.payload)
    place = place_of(reception, job.payload)
    instruction = job.payload["instruction"]
    try:
        found = opened(reception, viewer, job.payload["key"])
        made = made_before(reception, viewer, job)
        made = made or revised(reception.desk, viewer, found.draft, instruction)
    except NotFound:
        tell(reception, job, place, said(language, "no_draft"))
    except BadInstruction:
        sections = ", ".join(part.title for part in found.draft.sections)
        told = said(language, "ways", instruction=instruction, sections=sections)
        tell(reception, job, place, told)
    else:
        above = _above(found, instruction, language)
        deliver(reception, job, viewer, place, made, before=[above])


def _above(found: Opened, instruction: str, language: str) -> Block:
    """Which version this is, after what was asked."""
    anew = found.draft.kind == "value_proposition" and reader_in(instruction) is not None
    told = words(language).text(
        "drafting.another" if anew else "drafting.version",
        number=found.kept.version + 1,
        instruction=instruction,
    )
    return context(mrkdwn(line(told)))


def _form(reception: Reception, request: Request) -> Block:
    key, *_ = ids.unpack(request.action["value"])
    language = reception.language(request.user)
    form = revise_form(key, language, free=reception.desk.models.available)
    return {**form, "private_metadata": ids.pack(key, *where_clicked(request), language)}
