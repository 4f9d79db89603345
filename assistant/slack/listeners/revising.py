"""Changing a draft: with the form, or by saying so in its thread. Each change is a new version."""

from __future__ import annotations

from assistant.drafting.instructions import reader_in
from assistant.errors import BadInstruction
from assistant.slack.drafting.handing import deliver
from assistant.slack.drafting.keeping import Opened, made_before, opened
from assistant.slack.drafting.places import clicked, place_of, tell
from assistant.slack.drafting.writing import revised
from assistant.slack.filled import opens
from assistant.slack.intake import Order, Rejected, Request, Switchboard
from assistant.slack.listeners.draft_forms import answer, chosen
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
    view = request.body["view"]
    key, channel, thread, language = ids.unpack(view["private_metadata"])
    said_so = str(answer(view, ids.TEXT).get("value") or "").strip()
    instruction = said_so or chosen(view, ids.KIND)
    if not instruction:
        return Rejected({ids.TEXT: words(language).text("drafting.say_what")})
    payload = {
        **request.actor,
        "channel": channel or None,
        "thread_ts": thread or None,
        "key": key,
        "instruction": instruction,
    }
    return Order("revise", payload, thread=f"{channel}:{thread}" if channel else None)


def revise(reception: Reception, job: Job) -> None:
    """Post the next version of a draft in its thread; what did not change keeps its sources."""
    user, place = job.payload["user"], place_of(reception, job.payload)
    viewer, language = reception.people.viewer(user, job.payload["team"]), reception.language(user)
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
    place, language = clicked(request), reception.language(request.user)
    form = revise_form(key, language, free=reception.desk.models.available)
    where = (place["channel"] or "", place["thread_ts"] or "")
    return {**form, "private_metadata": ids.pack(key, *where, language)}
