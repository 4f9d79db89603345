"""Account plans as canvases: what we wrote into which section, so that edits are seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.records.base import Base
from knowledge.records.references import Reference
from knowledge.records.sources import Source, SourceVersion
from knowledge.records.viewers import Viewer, may_see_source


class Canvas(Base):
    """One canvas with an account's plan. `status` is live, or gone when people deleted it.

    `channel` is the one it is a tab of, if it is. `readers` are the Slack ids of those who were
    let in, so that whoever may no longer see the account can be shown out.
    """

    __tablename__ = "canvases"

    canvas_id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(index=True)
    channel: Mapped[str | None]
    language: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    status: Mapped[str]
    readers: Mapped[list[str]] = mapped_column(default=list)


class CanvasSection(Base):
    """One section as we last wrote it. `status` is current, outdated (and marked so) or edited.

    `section` is the plan's section; it stands in the canvas under `heading`, or above the first
    one. Slack's own ids of sections last until the next edit only, so none is kept. `digest` is
    the hash of what we wrote, or offered in the place of an edited section: another one means
    that people edited it. `refs` are the sources it cites.
    """

    __tablename__ = "canvas_sections"

    canvas_id: Mapped[str] = mapped_column(primary_key=True)
    section: Mapped[str] = mapped_column(primary_key=True)
    heading: Mapped[str | None]
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


def live_canvases(session: Session) -> Sequence[Canvas]:
    """Every canvas that people have not deleted, the oldest first."""
    query = select(Canvas).where(Canvas.status == "live")
    return session.scalars(query.order_by(Canvas.created_at, Canvas.canvas_id)).all()


def arrived_since(
    session: Session, viewer: Viewer, account_id: str, moment: datetime
) -> dict[str, str]:
    """What has become known about an account since a moment: source ids and what they are called.

    Newer versions of what was known before are not among it.
    """
    rows = session.execute(
        select(Source.id, Source.title)
        .join(SourceVersion, SourceVersion.source_id == Source.id)
        .where(
            Source.account_id == account_id,
            SourceVersion.number == 1,
            SourceVersion.imported_at > moment,
            may_see_source(viewer),
        )
        .order_by(Source.id)
    )
    return {known: title for known, title in rows}  # noqa: C416 - a row is no pair to mypy


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
    return [
        row
        for row in rows
        if any(cited.source in wanted for cited in map(Reference.parse, row.refs) if cited)
    ]


def forget_section(session: Session, canvas_id: str, section: str) -> None:
    """A section is no longer in the canvas."""
    session.execute(
        delete(CanvasSection).where(
            CanvasSection.canvas_id == canvas_id, CanvasSection.section == section
        )
    )
