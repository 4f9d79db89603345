"""Which Slack messages were kept as which sources, so that edits and deletions are followed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.records.base import Base


class CapturedMessage(Base):
    """One message (`key` is `slack-CHANNEL-TS`) and a source that holds its words.

    A message kept alone and within its thread stands in two sources; so does one kept for two
    accounts. `withdrawn_at` is when its author deleted it: then no source holds it any more.
    """

    __tablename__ = "captured_messages"

    key: Mapped[str] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(primary_key=True, index=True)
    account_id: Mapped[str] = mapped_column(index=True)
    captured_by: Mapped[str]
    captured_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


def holding(session: Session, key: str) -> Sequence[CapturedMessage]:
    """The sources that still hold a message."""
    query = select(CapturedMessage).where(
        CapturedMessage.key == key, CapturedMessage.withdrawn_at.is_(None)
    )
    return session.scalars(query.order_by(CapturedMessage.source_id)).all()


def is_withdrawn(session: Session, key: str) -> bool:
    """Whether its author has deleted a message that was kept."""
    query = select(CapturedMessage.key).where(
        CapturedMessage.key == key, CapturedMessage.withdrawn_at.is_not(None)
    )
    return session.scalars(query).first() is not None
