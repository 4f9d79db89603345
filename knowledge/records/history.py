"""What happened between us: touches, promises and documents."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.records.base import Record


class Activity(Record):
    """A touch or a task. `type` is call, email, meeting, note or task.

    `occurred_at` is when it happened (None for a task still open); `direction` is `in` (they
    wrote or called) or `out`; `duration_minutes` is our time. `contact_id` is the first of
    theirs; more stand in `ActivityContact`.
    """

    __tablename__ = "activities"
    kind = "activity"

    account_id: Mapped[str | None] = mapped_column(index=True)
    contact_id: Mapped[str | None] = mapped_column(index=True)
    opportunity_id: Mapped[str | None] = mapped_column(index=True)
    user_id: Mapped[str | None] = mapped_column(index=True)
    type: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str | None] = mapped_column(Text)
    direction: Mapped[str | None]
    status: Mapped[str | None]
    occurred_at: Mapped[datetime | None] = mapped_column(index=True)
    due_on: Mapped[date | None]
    duration_minutes: Mapped[int | None]


class ActivityContact(Record):
    """One more participant of theirs in a touch."""

    __tablename__ = "activity_contacts"
    kind = "activity_contact"

    activity_id: Mapped[str | None] = mapped_column(index=True)
    contact_id: Mapped[str | None]


class Commitment(Record):
    """A promise, a request, a mutual action, or an ask among ourselves.

    `type`: `promise` (we said we would), `request` (they asked), `action` (a step of the mutual
    plan), `ask` (the account's team asks a department of ours). `side` is `ours` or `theirs`, of
    an ask the department: who owes it. `done_on` is None while it is open.
    """

    __tablename__ = "commitments"
    kind = "commitment"

    account_id: Mapped[str | None] = mapped_column(index=True)
    opportunity_id: Mapped[str | None]
    activity_id: Mapped[str | None]
    type: Mapped[str]
    side: Mapped[str]
    owner_name: Mapped[str | None]
    text: Mapped[str] = mapped_column(Text)
    made_on: Mapped[date | None]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    moved_on: Mapped[date | None]


class Document(Record):
    """A file that was read; its text stands in its source version.

    `attached_by` says how it found its account: folder, front matter, address, name, hand, or
    None while it is unassigned.
    """

    __tablename__ = "documents"
    kind = "document"

    account_id: Mapped[str | None] = mapped_column(index=True)
    title: Mapped[str]
    file: Mapped[str]
    media: Mapped[str]
    language: Mapped[str | None]
    dated: Mapped[date | None]
    author: Mapped[str | None]
    attached_by: Mapped[str | None]
