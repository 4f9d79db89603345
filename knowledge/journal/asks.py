"""Asks among ourselves: what an account's team wants from marketing, service, product, management.

The words of an ask are a record that can be cited (a commitment of type `ask`); here stands who
asked, and what became of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.errors import NotFound
from knowledge.records.base import Base
from knowledge.records.viewers import Viewer, may_see_account


class Ask(Base):
    """One ask. `id` is that of its commitment; `status` is open, done or declined.

    `target` is the department asked, `owner` who of it takes care, where somebody does.
    """

    __tablename__ = "asks"

    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(index=True)
    text: Mapped[str]
    target: Mapped[str]
    owner: Mapped[str | None]
    due_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(index=True)
    asked_by: Mapped[str]
    asked_on: Mapped[date]
    closed_by: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    answer: Mapped[str | None]

    def age(self, day: date) -> int:
        """Days since it was asked."""
        return max((day - self.asked_on).days, 0)


def asks_for(session: Session, viewer: Viewer, *, status: str | None = None) -> Sequence[Ask]:
    """The asks of the accounts a viewer may see, the oldest first."""
    query = select(Ask).where(may_see_account(viewer, Ask.account_id))
    if status is not None:
        query = query.where(Ask.status == status)
    return session.scalars(query.order_by(Ask.asked_on, Ask.id)).all()


def ask_of(session: Session, viewer: Viewer, ask_id: str) -> Ask:
    """One ask; raises `NotFound` unless the viewer may see its account."""
    query = select(Ask).where(Ask.id == ask_id, may_see_account(viewer, Ask.account_id))
    found = session.scalar(query)
    if found is None:
        raise NotFound("ask", ask_id)
    return found


def close_ask(
    session: Session, ask_id: str, *, status: str, by: str, at: datetime, answer: str | None
) -> bool:
    """Close an open ask; False when somebody was faster."""
    closed = session.execute(
        update(Ask)
        .where(Ask.id == ask_id, Ask.status == "open")
        .values(status=status, closed_by=by, closed_at=at, answer=answer)
        .returning(Ask.id)
    )
    return closed.first() is not None
