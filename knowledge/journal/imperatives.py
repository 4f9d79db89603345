"""The self-check of the organisation against the imperatives: answers, dated, never overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.records.base import Base


class ImperativeCheck(Base):
    """One answer: `score` is 0 to 3, `evidence` what it rests on, in the manager's words."""

    __tablename__ = "imperative_checks"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    imperative: Mapped[str] = mapped_column(index=True)
    score: Mapped[int]
    evidence: Mapped[str]
    checked_by: Mapped[str]
    checked_on: Mapped[date]
    kept_at: Mapped[datetime]


def checks(session: Session) -> Sequence[ImperativeCheck]:
    """Every answer, the oldest first; of one day the last one kept counts."""
    order = (ImperativeCheck.checked_on, ImperativeCheck.id)
    return session.scalars(select(ImperativeCheck).order_by(*order)).all()
