"""“Why?”: the reasons behind a sentence or a section, in a modal that fills as they are found."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from slack_bolt import Ack, BoltContext
from slack_sdk.errors import SlackApiError

from assistant.claims import Draft
from assistant.drafting.why import why_team
from assistant.slack.client import refusal
from assistant.slack.drafting.keeping import keep, key_of, opened
from assistant.slack.filled import chooses, value_of
from assistant.slack.intake import Request, Switchboard
from assistant.slack.modals import show
from assistant.slack.reception import Reception
from assistant.slack.views import ids
from assistant.slack.views.blocks import Block
from assistant.slack.views.why import why_notice, why_view, why_waiting
from assistant.slack.words import words
from assistant.work import Job
from knowledge.errors import NotFound
from knowledge.records import Viewer

Json = Mapping[str, Any]
#: What Slack says of a modal that somebody has closed meanwhile.
_CLOSED = frozenset({"not_found", "view_not_found", "hash_conflict"})


def register(board: Switchboard) -> None:
    """A click opens an empty modal at once; the job `why` fills it."""
    board.job("why", explain, apologise)
    opening = partial(open_why, board.reception)
    board.app.action(ids.WHY)(opening)
    board.app.action(ids.SECTION_MENU, matchers=[chooses("why")])(opening)


def open_why(reception: Reception, ack: Ack, body: Json, context: BoltContext) -> None:
    """Open the modal, and ask for what belongs in it."""
    ack()
    request = Request(body, reception.me, context.actor_team_id)
    view_id = show(reception.client, body, why_waiting(reception.language(request.user)))
    if view_id is None:
        return
    key, section, *position = value_of(request)
    payload = {
        **request.actor,
        "view": view_id,
        "key": key,
        "section": section,
        "position": int(position[0]) if position else None,
    }
    reception.work.enqueue(f"why-{view_id}", "why", payload)


def explain(reception: Reception, job: Job) -> None:
    """Find the reasons with the eyes of whoever asked, keep them, and show them."""
    told = job.payload
    viewer, language = reception.asker(told)
    try:
        draft = opened(reception, viewer, told["key"]).draft
        reasons = _reasons(reception, viewer, draft, told["section"], told["position"])
    except NotFound:
        nothing = words(language).text("why.nothing")
        _fill(reception, told["view"], why_notice(nothing, language))
        return
    key = key_of(job)
    keep(reception, viewer, key, reasons)
    _fill(reception, told["view"], why_view(reasons, key, reception.links))


def apologise(reception: Reception, job: Job, reference: str) -> None:
    """Say in the modal that it failed, with the number to ask about."""
    told = words(reception.language(job.payload["user"]))
    text = f"{told.text('error.unexpected')} {told.text('error.reference', reference=reference)}"
    _fill(reception, job.payload["view"], why_notice(text, told.language))


def _reasons(
    reception: Reception, viewer: Viewer, draft: Draft, section: str, position: int | None
) -> Draft:
    """Of one sentence, or of a section where none is named; raises `NotFound`."""
    desk = reception.desk
    if draft.kind == "portfolio_review":
        lead = desk.workspace.ledger.overseen(viewer, draft.account_name)
        team = desk.office.team(lead, draft.as_of, draft.language)
        return desk.office.checked(viewer, team, why_team(team, section))
    if position is None:
        return desk.why(viewer, draft.account_id, section, draft.as_of, draft.language)
    return desk.why_sentence(viewer, draft, section, position)


def _fill(reception: Reception, view_id: str, view: Block) -> None:
    try:
        reception.client.views_update(view_id=view_id, view=view)
    except SlackApiError as error:
        if refusal(error) not in _CLOSED:
            raise
