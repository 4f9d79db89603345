"""Reviews as meetings: when one was held, what was decided in it, when the next one is due.

A meeting is about an account, or about all that somebody sees (its `scope`). What was decided is
a promise on record like any other, so the journal keeps only its source: the words stand there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.errors import NotFound
from knowledge.records.base import Base
from knowledge.records.landing import take_turn
from knowledge.records.store import Database
from knowledge.records.tables import Account
from knowledge.records.viewers import Viewer, may_see_account


class ReviewMeeting(Base):
    """A review that was opened; closed once it has a `closed_at`."""

    __tablename__ = "review_meetings"

    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str | None] = mapped_column(index=True)
    scope: Mapped[str | None] = mapped_column(index=True)
    held_on: Mapped[date]
    opened_at: Mapped[datetime]
    opened_by: Mapped[str]
    closed_at: Mapped[datetime | None]
    snapshot_id: Mapped[str | None]
    next_on: Mapped[date | None]


class ReviewDecision(Base):
    """Something decided in a meeting; `source_id` is the commitment it stands in."""

    __tablename__ = "review_decisions"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("review_meetings.id"), primary_key=True)
    source_id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(index=True)
    decided_at: Mapped[datetime]
    decided_by: Mapped[str]


@dataclass(frozen=True)
class Meeting:
    """A meeting with the sources of what was decided in it, in the order of decision."""

    id: str
    account_id: str | None
    held_on: date
    closed: bool
    next_on: date | None
    decisions: tuple[str, ...]


class Meetings:
    """The meetings of a workspace, for whoever may see the account they are about."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def open(self, viewer: Viewer, account_id: str, held_on: date, now: datetime) -> str:
        """The meeting about an account on a day, opened if there is none yet; its id.

        Raises:
            NotFound: no such account that the viewer may see.
        """
        with self.database.writing() as session:
            take_turn(session)
            _must_see(session, viewer, account_id)
            return _opened(session, viewer, held_on, now, account_id=account_id).id

    def decide(
        self, viewer: Viewer, account_id: str, held_on: date, source_id: str, now: datetime
    ) -> None:
        """Keep that a promise on record was decided in a meeting; twice is once."""
        with self.database.writing() as session:
            take_turn(session)
            _must_see(session, viewer, account_id)
            meeting = _opened(session, viewer, held_on, now, account_id=account_id)
            session.flush()
            if session.get(ReviewDecision, (meeting.id, source_id)) is None:
                session.add(
                    ReviewDecision(
                        meeting_id=meeting.id,
                        source_id=source_id,
                        account_id=account_id,
                        decided_at=now,
                        decided_by=viewer.email or viewer.name,
                    )
                )

    def close(
        self,
        viewer: Viewer,
        account_id: str,
        held_on: date,
        *,
        snapshot_id: str,
        next_on: date,
        now: datetime,
    ) -> None:
        """Close a meeting with its snapshot and the day of the next; again, it is closed anew."""
        with self.database.writing() as session:
            take_turn(session)
            _must_see(session, viewer, account_id)
            meeting = _opened(session, viewer, held_on, now, account_id=account_id)
            meeting.closed_at, meeting.snapshot_id, meeting.next_on = now, snapshot_id, next_on

    def close_team(self, viewer: Viewer, held_on: date, now: datetime) -> None:
        """Keep that somebody's whole portfolio was reviewed on a day."""
        with self.database.writing() as session:
            take_turn(session)
            meeting = _opened(session, viewer, held_on, now, scope=scope_of(viewer))
            meeting.closed_at = now

    def last(self, viewer: Viewer, account_id: str, before: date) -> Meeting | None:
        """The newest meeting about an account from before a day that was closed."""
        return self._newest(
            ReviewMeeting.account_id == account_id,
            may_see_account(viewer, ReviewMeeting.account_id),
            ReviewMeeting.held_on < before,
            ReviewMeeting.closed_at.is_not(None),
        )

    def of_day(self, viewer: Viewer, account_id: str, held_on: date) -> Meeting | None:
        """The meeting about an account on a day, open or closed."""
        return self._newest(
            ReviewMeeting.account_id == account_id,
            may_see_account(viewer, ReviewMeeting.account_id),
            ReviewMeeting.held_on == held_on,
        )

    def last_of_team(self, viewer: Viewer, before: date) -> date | None:
        """The last day before a day on which somebody's whole portfolio was reviewed."""
        found = self._newest(
            ReviewMeeting.scope == scope_of(viewer),
            ReviewMeeting.held_on < before,
            ReviewMeeting.closed_at.is_not(None),
        )
        return found.held_on if found else None

    def next_days(self, viewer: Viewer, by: date) -> dict[str, date]:
        """The day of each account's next review, as its newest meeting up to a day set it."""
        with self.database.reading() as session:
            rows = session.execute(
                select(ReviewMeeting.account_id, ReviewMeeting.next_on)
                .where(
                    ReviewMeeting.account_id.is_not(None),
                    may_see_account(viewer, ReviewMeeting.account_id),
                    ReviewMeeting.held_on <= by,
                    ReviewMeeting.closed_at.is_not(None),
                )
                .order_by(ReviewMeeting.held_on)
            ).all()
        return {account: day for account, day in rows if account and day}

    def _newest(self, *conditions: ColumnElement[bool]) -> Meeting | None:
        newest = select(ReviewMeeting).where(*conditions)
        with self.database.reading() as session:
            found = session.scalar(
                newest.order_by(ReviewMeeting.held_on.desc(), ReviewMeeting.id).limit(1)
            )
            if found is None:
                return None
            decided = select(ReviewDecision.source_id).where(ReviewDecision.meeting_id == found.id)
            sources = session.scalars(
                decided.order_by(ReviewDecision.decided_at, ReviewDecision.source_id)
            )
            return Meeting(
                id=found.id,
                account_id=found.account_id,
                held_on=found.held_on,
                closed=found.closed_at is not None,
                next_on=found.next_on,
                decisions=tuple(sources),
            )


def scope_of(viewer: Viewer) -> str:
    """Whose portfolio a team's review is about: everything, or what one person sees."""
    return "all" if viewer.sees_all else f"user:{viewer.user_id or ''}"


def _must_see(session: Session, viewer: Viewer, account_id: str) -> None:
    visible = select(Account.id).where(
        Account.id == account_id, may_see_account(viewer, Account.id)
    )
    if session.scalar(visible) is None:
        raise NotFound("account", account_id)


def _opened(
    session: Session,
    viewer: Viewer,
    held_on: date,
    now: datetime,
    *,
    account_id: str | None = None,
    scope: str | None = None,
) -> ReviewMeeting:
    text = f"{account_id or ''}|{scope or ''}|{held_on.isoformat()}"
    key = hashlib.sha256(text.encode()).hexdigest()[:16]
    known = session.get(ReviewMeeting, key)
    if known is not None:
        return known
    opened = ReviewMeeting(
        id=key,
        account_id=account_id,
        scope=scope,
        held_on=held_on,
        opened_at=now,
        opened_by=viewer.email or viewer.name,
    )
    session.add(opened)
    return opened
