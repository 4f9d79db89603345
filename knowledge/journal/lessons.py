"""Whether a lesson of earlier deals was acted on at an account, and why not."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.records.base import Base


class LessonUse(Base):
    """One answer to a lesson; the newest of an account counts, the others stay."""

    __tablename__ = "lesson_uses"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    lesson: Mapped[str] = mapped_column(index=True)
    account_id: Mapped[str] = mapped_column(index=True)
    acted: Mapped[bool]
    why: Mapped[str | None]
    told_by: Mapped[str]
    told_on: Mapped[date]


def last_uses(session: Session, account_id: str) -> dict[str, LessonUse]:
    """The newest answer to each lesson at an account, by lesson."""
    query = select(LessonUse).where(LessonUse.account_id == account_id)
    rows = session.scalars(query.order_by(LessonUse.told_on, LessonUse.id))
    return {row.lesson: row for row in rows}
