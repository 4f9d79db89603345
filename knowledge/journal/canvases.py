"""Account plans as canvases: what we wrote into which section, so that edits are seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.records.base import Base


class Canvas(Base):
    """One canvas with an account's plan. `status` is live, or gone when people deleted it."""

    __tablename__ = "canvases"

    canvas_id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(index=True)
    channel: Mapped[str | None]
    language: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    status: Mapped[str]


class CanvasSection(Base):
    """One section as we last wrote it. `status` is current, outdated or edited.

    `section` is the plan's section, `slack_section` the one of the canvas. `digest` is the hash of
    what we wrote: another one means that people edited it. `refs` are the sources it cites.
    """

    __tablename__ = "canvas_sections"

    canvas_id: Mapped[str] = mapped_column(primary_key=True)
    section: Mapped[str] = mapped_column(primary_key=True)
    slack_section: Mapped[str | None]
    digest: Mapped[str]
    refs: Mapped[list[str]]
    written_at: Mapped[datetime]
    status: Mapped[str]


def canvas_of(session: Session, account_id: str, channel: str | None = None) -> Canvas | None:
    """The newest live canvas of an account, of one channel if that is given."""
    query = select(Canvas).where(Canvas.account_id == account_id, Canvas.status == "live")
    if channel is not None:
        query = query.where(Canvas.channel == channel)
    return session.scalars(query.order_by(Canvas.created_at.desc(), Canvas.canvas_id)).first()


def sections_of(session: Session, canvas_id: str) -> dict[str, CanvasSection]:
    """What we wrote into a canvas, by section of the plan."""
    query = select(CanvasSection).where(CanvasSection.canvas_id == canvas_id)
    return {row.section: row for row in session.scalars(query.order_by(CanvasSection.section))}


def keep_section(session: Session, section: CanvasSection) -> None:
    """Remember what stands in a section now."""
    session.merge(section)


def sections_citing(session: Session, source_ids: Sequence[str]) -> Sequence[CanvasSection]:
    """Sections of live canvases that cite some sources (`kind:id`, any version)."""
    wanted = set(source_ids)
    rows = session.scalars(
        select(CanvasSection)
        .join(Canvas, Canvas.canvas_id == CanvasSection.canvas_id)
        .where(Canvas.status == "live")
        .order_by(CanvasSection.canvas_id, CanvasSection.section)
    )
    return [row for row in rows if wanted & {ref.partition("@")[0] for ref in row.refs}]


def forget_section(session: Session, canvas_id: str, section: str) -> None:
    """A section is no longer in the canvas."""
    session.execute(
        delete(CanvasSection).where(
            CanvasSection.canvas_id == canvas_id, CanvasSection.section == section
        )
    )
