"""Nudges that were sent: the same one is never sent twice to the same person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
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


def hold(session: Session, user: str, keys: Collection[str], now: datetime) -> set[str]:
    """Which of these nudges are for the round of this instant to send.

    Those nobody has sent, which are claimed, and those this very round has claimed before it was
    cut short: begun again, it finds the same.
    """
    mine = (Nudge.user == user) & (Nudge.sent_at == now)
    held = set(session.scalars(select(Nudge.key).where(mine)))
    return {key for key in keys if key in held or claim(session, user, key, now)}


def release(session: Session, user: str, now: datetime) -> None:
    """The round of this instant could not send: all that it claimed may be claimed again."""
    session.execute(delete(Nudge).where(Nudge.user == user, Nudge.sent_at == now))


def sent_at(session: Session, user: str, key: str) -> datetime | None:
    """When a nudge was sent or claimed; None if it was not."""
    found = session.get(Nudge, (user, key))
    return found.sent_at if found else None


def sent(session: Session, user: str, key: str) -> bool:
    """Whether a nudge was sent, or is claimed."""
    return session.get(Nudge, (user, key)) is not None


def unsent(session: Session, user: str, keys: Collection[str], now: datetime) -> set[str]:
    """Which of these nudges no other round than that of this instant has claimed."""
    mine = (Nudge.user == user) & Nudge.key.in_(keys) & (Nudge.sent_at != now)
    return set(keys) - set(session.scalars(select(Nudge.key).where(mine)))
