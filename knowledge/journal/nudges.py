"""Nudges that were sent: the same one is never sent twice to the same person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.records.base import Base


class Nudge(Base):
    """One nudge: `key` says what it was about, such as `overdue:commitment:12@1`."""

    __tablename__ = "nudges"

    user: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    sent_at: Mapped[datetime]


def claim(session: Session, user: str, key: str, now: datetime) -> bool:
    """Whether this nudge is still to be sent; from then on it counts as sent."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = {"user": user, "key": key, "sent_at": now}
    added = dialect.insert(Nudge).values(row).on_conflict_do_nothing().returning(Nudge.key)
    return session.execute(added).first() is not None


def give_back(session: Session, user: str, key: str) -> None:
    """A claimed nudge could not be sent: it may be claimed again."""
    session.execute(delete(Nudge).where(Nudge.user == user, Nudge.key == key))
