"""Has anything changed? What is made of many records is made again only then."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from knowledge.journal.meetings import ReviewDecision, ReviewMeeting
from knowledge.journal.plans import KeptPlan
from knowledge.records.tables import Generation, Source, SourceVersion


def state(session: Session) -> tuple[object, ...]:
    """What differs after any change to the records, to reviews that were held, or to kept plans."""
    lagging = select(func.count()).select_from(Source).where(Source.linked < Source.current)
    parts = (
        select(func.max(Generation.number)),
        select(func.max(SourceVersion.id)),
        lagging,
        select(func.max(ReviewMeeting.closed_at)),
        select(func.max(ReviewDecision.decided_at)),
        select(func.max(KeptPlan.id)),
    )
    return tuple(session.scalar(part) for part in parts)
