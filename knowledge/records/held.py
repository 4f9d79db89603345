"""What a person said here about a record that an export owns: kept beside it, so that it stays."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from knowledge.records.base import Base


class Held(Base):
    """Fields of a record as somebody set them here, until the export itself says something new.

    `topic` names what was said, such as `assessment` or `debrief`. `fields` are the values set,
    `was` what the export said of the same fields before: as long as it says no more than that,
    the values stand in every version that is imported.
    """

    __tablename__ = "held"

    source_id: Mapped[str] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    fields: Mapped[dict[str, Any]]
    was: Mapped[dict[str, Any]]
    said_by: Mapped[str]
    said_on: Mapped[date]
