"""Whose deal story is to be asked for now: once, once more in a week if they wish, never again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from assistant.slack.nudging import Recipient, chosen_by
from assistant.slack.reception import Reception
from assistant.steering import Debriefs
from assistant.steering.debriefs import OwedDebrief
from knowledge.errors import NotFound
from knowledge.journal.nudges import claim, hold, sent_at, unsent
from knowledge.journal.preferences import is_quiet
from knowledge.records import Viewer

#: How long “later” is.
LATER = timedelta(days=7)


@dataclass(frozen=True)
class Wanted:
    """A story to ask for; `last` if it was asked for before."""

    owed: OwedDebrief
    last: bool


def wanted(reception: Reception, one: Recipient, due: datetime) -> Wanted | None:
    """The newest story somebody still owes that this round is to ask for; one a day at most.

    It is claimed in the name of the round: begun again, the round finds the same.
    """
    if is_quiet(chosen_by(reception, one), due):
        return None
    day = f"debrief:day:{due.date().isoformat()}"
    owed = owned(reception, one.viewer)
    with reception.desk.workspace.database.writing() as session:
        if not unsent(session, one.key, {day}, due):
            return None
        for story in owed:
            for key, last in _keys(session, one, story, due):
                if hold(session, one.key, {key}, due):
                    hold(session, one.key, {day}, due)
                    return Wanted(story, last)
    return None


def postpone(reception: Reception, one: Recipient, deal_id: str, now: datetime) -> None:
    """Ask once more in a week."""
    with reception.desk.workspace.database.writing() as session:
        claim(session, one.key, f"debrief:{deal_id}:later", now)


def owned(reception: Reception, viewer: Viewer) -> list[OwedDebrief]:
    """The stories that somebody owes of their own deals, the newest first."""
    found = Debriefs(reception.desk.office).owed(viewer, reception.desk.day(None))
    return [one for one in found if one.owner_id == viewer.user_id]


def story_of(reception: Reception, viewer: Viewer, deal_id: str) -> OwedDebrief:
    """A story that is still to be told, of a deal that the viewer may tell of.

    Raises:
        NotFound: it has been told, or the deal is not theirs to see.
    """
    found = Debriefs(reception.desk.office).owed(viewer, reception.desk.day(None))
    for one in found:
        if one.deal_id == deal_id:
            return one
    raise NotFound("deal without a debrief", deal_id)


def _keys(
    session: Session, one: Recipient, story: OwedDebrief, due: datetime
) -> list[tuple[str, bool]]:
    key = f"debrief:{story.deal_id}"
    asked_again = sent_at(session, one.key, f"{key}:later")
    if asked_again is not None and asked_again + LATER <= due:
        return [(key, False), (f"{key}:again", True)]
    return [(key, False)]
