"""Messages that were posted: a repeated job finds its message and updates it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.records.base import Base


class Delivery(Base):
    """One message: `job` is what it was posted for, `ts` the name Slack gave it."""

    __tablename__ = "deliveries"
    __table_args__ = (Index("ix_deliveries_place", "channel", "ts"),)

    job: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str]
    ts: Mapped[str]
    posted_at: Mapped[datetime]


def delivered(session: Session, job: str) -> Delivery | None:
    """The message of a job, if it was posted."""
    return session.get(Delivery, job)


def keep_delivery(
    session: Session, job: str, *, channel: str, ts: str, posted_at: datetime
) -> None:
    """Remember where a job's message stands."""
    session.merge(Delivery(job=job, channel=channel, ts=ts, posted_at=posted_at))


def delivered_at(session: Session, channel: str, ts: str, of: str) -> str | None:
    """The job whose message stands there, if its name begins with `of`."""
    here = (Delivery.channel == channel) & (Delivery.ts == ts)
    return session.scalars(select(Delivery.job).where(here, Delivery.job.startswith(of))).first()
