"""Draft what was asked for, through the eyes of whoever asked."""

from __future__ import annotations

from dataclasses import replace

from assistant.claims import Draft
from assistant.desk import Desk
from assistant.drafting.instructions import reader_in
from assistant.slack.drafting.commission import Commission
from knowledge.records import Viewer
from knowledge.records.roster import roster


def written(desk: Desk, viewer: Viewer, wanted: Commission, language: str) -> Draft:
    """The draft, checked; `language` is the asker's.

    Raises:
        NotFound: no account, meeting or colleague of that name that the viewer may see.
        Ambiguous: several accounts fit the name.
    """
    day, spoken = desk.day(None), wanted.language or language
    match wanted.kind:
        case "plan" | "canvas":
            return desk.plan(viewer, wanted.account, day, spoken)
        case "value":
            reader = _reader(desk, viewer, wanted.reader)
            return desk.value(viewer, wanted.account, reader, day, spoken)
        case "follow_up":
            return desk.follow_up(viewer, wanted.account, wanted.meeting, day, wanted.language)
        case "review":
            return desk.review(viewer, wanted.account, day, wanted.since, spoken)
        case "meeting":
            return desk.steering.prepare(viewer, wanted.account, day, spoken)
        case "team":
            who = viewer.email or viewer.name
            return desk.review_team(viewer, who, day, language=spoken)


def revised(desk: Desk, viewer: Viewer, draft: Draft, instruction: str) -> Draft:
    """The draft after an instruction; what it does not touch keeps its sources.

    A value proposition “for” another reader is written anew, from the same records.

    Raises:
        BadInstruction: no rule reads it, and there is no language model.
        NotFound: the viewer may not see the account any more.
    """
    reader = reader_in(instruction) if draft.kind == "value_proposition" else None
    if reader is not None:
        anew = desk.value(viewer, draft.account_id, reader, draft.as_of, draft.language)
        return replace(anew, as_of=draft.as_of)
    return desk.revise(viewer, draft, instruction)


def _reader(desk: Desk, viewer: Viewer, wanted: str) -> str:
    """A reader by name or role; a form says who it is by the id of the contact."""
    known = roster(desk.workspace.database, viewer)
    named = (one.name for one in known if one.kind == "contact" and one.id == wanted)
    return next(named, wanted)
