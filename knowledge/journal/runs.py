"""Runs: what every call of a language model cost, and how it ended.

A run is written before the call with what it may use at most, and corrected after it. So a
budget holds for several processes on one database, and a crash is seen as a run that never ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BigInteger, Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.records.base import Base
from knowledge.records.store import Database


class ModelRun(Base):
    """One call of a language model.

    `cost_micros` is in millionths of a US dollar, None where the model's price is unknown.
    `outcome` is `running`, `complete`, `stopped` by whoever asked, or the name of a failure.
    `about` refers to the thing it was for, such as the id of an answer or a draft.
    """

    __tablename__ = "model_runs"
    __table_args__ = (Index("ix_model_runs_spent", "user", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    user: Mapped[str]
    day: Mapped[date]
    task: Mapped[str]
    about: Mapped[str | None] = mapped_column(index=True)
    model: Mapped[str]
    prompt: Mapped[str | None]
    prompt_version: Mapped[int | None]
    prompt_hash: Mapped[str | None]
    tokens_in: Mapped[int]
    tokens_cached: Mapped[int]
    tokens_out: Mapped[int]
    cost_micros: Mapped[int | None] = mapped_column(BigInteger)
    milliseconds: Mapped[int]
    attempts: Mapped[int]
    outcome: Mapped[str]


@dataclass(frozen=True)
class Usage:
    """Tokens and money; `cached` tokens are among those sent."""

    sent: int = 0
    cached: int = 0
    written: int = 0
    micros: int | None = None

    @property
    def tokens(self) -> int:
        """Sent and written together."""
        return self.sent + self.written

    def __add__(self, other: Usage) -> Usage:
        known = [usage.micros for usage in (self, other) if usage.micros is not None]
        return Usage(
            self.sent + other.sent,
            self.cached + other.cached,
            self.written + other.written,
            sum(known) if known else None,
        )


@dataclass(frozen=True)
class Allowance:
    """What one user may use in a day."""

    tokens: int
    micros: int


class Runs:
    """The journal of model calls."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, run: ModelRun, allowance: Allowance) -> int | None:
        """Write a run down before its call; None if the day's allowance would be exceeded.

        Callers of one user wait for each other, so two never share what is left: on SQLite as
        writers, the row going in before the sum is taken; on PostgreSQL by a lock of their own.
        """
        with self._database.writing() as session:
            if self._database.dialect == "postgresql":
                session.execute(select(func.pg_advisory_xact_lock(func.hashtext(run.user))))
            session.add(run)
            session.flush()
            spent = _spent(session, run.user, run.day)
            if spent.tokens > allowance.tokens or (spent.micros or 0) > allowance.micros:
                session.rollback()
                return None
            return run.id

    def note(self, run: ModelRun) -> None:
        """Write down a call that was never made, with the reason as its outcome."""
        with self._database.writing() as session:
            session.add(run)

    def close(
        self, run_id: int, outcome: str, usage: Usage, *, milliseconds: int, attempts: int
    ) -> None:
        """Correct an open run with what it used and how it ended."""
        with self._database.writing() as session:
            run = session.get_one(ModelRun, run_id)
            run.outcome = outcome
            run.tokens_in, run.tokens_cached = usage.sent, usage.cached
            run.tokens_out, run.cost_micros = usage.written, usage.micros
            run.milliseconds, run.attempts = milliseconds, attempts

    def spent(self, user: str, day: date) -> Usage:
        """What a user has used on a day, open runs with the most they may use."""
        with self._database.reading() as session:
            return _spent(session, user, day)

    def about(self, about: str) -> Sequence[ModelRun]:
        """The runs that were made for one thing, oldest first."""
        with self._database.reading() as session:
            wanted = select(ModelRun).where(ModelRun.about == about).order_by(ModelRun.id)
            return session.scalars(wanted).all()


def _spent(session: Session, user: str, day: date) -> Usage:
    row = session.execute(
        select(
            func.coalesce(func.sum(ModelRun.tokens_in), 0),
            func.coalesce(func.sum(ModelRun.tokens_cached), 0),
            func.coalesce(func.sum(ModelRun.tokens_out), 0),
            func.coalesce(func.sum(ModelRun.cost_micros), 0),
        ).where(ModelRun.user == user, ModelRun.day == day)
    ).one()
    return Usage(*(int(part) for part in row))
