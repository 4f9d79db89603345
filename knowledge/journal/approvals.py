"""Requests to go outside the policy: their state, and a trail that is only ever added to.

What was decided becomes a record of its own, an `approval`, which can be cited. Here stands how
it came about.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.errors import NotFound
from knowledge.records.base import Base
from knowledge.records.viewers import Viewer, may_see_account


class ApprovalRequest(Base):
    """One request. `status` is open, approved, changed, refused, expired or cancelled.

    `value` was asked for, `granted` was allowed; both in the policy's `unit`. `expires_at` ends
    the request, not the approval. `key` makes a repeated request the same one.
    """

    __tablename__ = "approval_requests"

    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(index=True)
    opportunity_id: Mapped[str | None]
    policy_id: Mapped[str]
    subject: Mapped[str]
    value: Mapped[Decimal]
    unit: Mapped[str | None]
    sentence: Mapped[str | None]
    why: Mapped[str]
    asked_by: Mapped[str] = mapped_column(index=True)
    asked_at: Mapped[datetime]
    approver: Mapped[str] = mapped_column(index=True)
    expires_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(index=True)
    granted: Mapped[Decimal | None]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None]


class ApprovalEvent(Base):
    """One step of a request's history: `what` is asked, approved, changed, refused, expired."""

    __tablename__ = "approval_events"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    request_id: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
    who: Mapped[str]
    what: Mapped[str]
    detail: Mapped[dict[str, Any]]


def requests_for(
    session: Session, viewer: Viewer, *, status: str | None = None
) -> Sequence[ApprovalRequest]:
    """The requests of the accounts a viewer may see, the oldest first."""
    query = select(ApprovalRequest).where(may_see_account(viewer, ApprovalRequest.account_id))
    if status is not None:
        query = query.where(ApprovalRequest.status == status)
    return session.scalars(query.order_by(ApprovalRequest.asked_at, ApprovalRequest.id)).all()


def request_of(session: Session, viewer: Viewer, request_id: str) -> ApprovalRequest:
    """One request; raises `NotFound` unless the viewer may see its account."""
    query = select(ApprovalRequest).where(
        ApprovalRequest.id == request_id, may_see_account(viewer, ApprovalRequest.account_id)
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound("request", request_id)
    return found


def settle(session: Session, request_id: str, **values: Any) -> bool:
    """Give an open request its outcome; False when it has one already. Exactly one caller wins."""
    won = session.execute(
        update(ApprovalRequest)
        .where(ApprovalRequest.id == request_id, ApprovalRequest.status == "open")
        .values(**values)
        .returning(ApprovalRequest.id)
        .execution_options(synchronize_session=False)
    )
    return won.first() is not None


def overdue(session: Session, now: datetime) -> Sequence[ApprovalRequest]:
    """Open requests whose time is up."""
    query = select(ApprovalRequest).where(
        ApprovalRequest.status == "open", ApprovalRequest.expires_at <= now
    )
    return session.scalars(query.order_by(ApprovalRequest.expires_at, ApprovalRequest.id)).all()


def trail(session: Session, request_id: str) -> Sequence[ApprovalEvent]:
    """What happened to a request, in order."""
    query = select(ApprovalEvent).where(ApprovalEvent.request_id == request_id)
    return session.scalars(query.order_by(ApprovalEvent.id)).all()
