"""What somebody has learnt: cards and their reviews, lessons read, who may see it, role plays.

A card stands for one question and one learner. A card whose question has left the
playbook is retired, keeps its history, and comes back as it was if the question does. Nothing here
is ever deleted, but with its learner (`forgetting`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.records import Database
from knowledge.records.base import Base


class LearningCard(Base):
    """A question that a learner has answered at least once.

    `prompt` keeps its wording for the time after it is gone; `state` is the scheduler's own.
    """

    __tablename__ = "learning_cards"

    learner: Mapped[str] = mapped_column(primary_key=True)
    question_id: Mapped[str] = mapped_column(primary_key=True)
    article: Mapped[str]
    prompt: Mapped[str]
    state: Mapped[dict[str, Any]]
    due: Mapped[datetime] = mapped_column(index=True)
    introduced: Mapped[datetime]
    retired: Mapped[datetime | None]


class LearningReview(Base):
    """One answer. `due` is when the card came up again because of it."""

    __tablename__ = "learning_reviews"
    __table_args__ = (
        ForeignKeyConstraint(
            ["learner", "question_id"], ["learning_cards.learner", "learning_cards.question_id"]
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    learner: Mapped[str] = mapped_column(index=True)
    question_id: Mapped[str]
    at: Mapped[datetime]
    grade: Mapped[str]
    reply: Mapped[str | None]
    due: Mapped[datetime]


class LessonRead(Base):
    """A lesson that a learner has read, and when first."""

    __tablename__ = "lessons_read"

    learner: Mapped[str] = mapped_column(primary_key=True)
    lesson: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class LearningShare(Base):
    """A learner's word that a manager may see the summary; `revoked` when they took it back."""

    __tablename__ = "learning_shares"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    learner: Mapped[str] = mapped_column(index=True)
    manager: Mapped[str]
    agreed: Mapped[datetime]
    revoked: Mapped[datetime | None]


class RolePlay(Base):
    """A conversation with an invented person of a fictional account."""

    __tablename__ = "role_plays"

    id: Mapped[str] = mapped_column(primary_key=True)
    learner: Mapped[str] = mapped_column(index=True)
    persona: Mapped[str]
    account: Mapped[str]
    state: Mapped[dict[str, Any]]
    started: Mapped[datetime]
    ended: Mapped[datetime | None]
    debrief: Mapped[dict[str, Any] | None]


class RolePlayLine(Base):
    """One line of a role play, numbered from 1."""

    __tablename__ = "role_play_lines"

    role_play_id: Mapped[str] = mapped_column(ForeignKey("role_plays.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    speaker: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]


@dataclass(frozen=True)
class Answered:
    """An answer to keep: what the card is about, how it went, and when it comes up again."""

    learner: str
    question_id: str
    article: str
    prompt: str
    at: datetime
    grade: str
    reply: str | None
    state: dict[str, Any]
    due: datetime


class LearningJournal:
    """The learners' part of the journal."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def cards(self, learner: str) -> list[LearningCard]:
        """Every card of a learner, retired ones too, the longest due first."""
        with self._database.reading() as session:
            mine = select(LearningCard).where(LearningCard.learner == learner)
            order = (LearningCard.due, LearningCard.question_id)
            return list(session.scalars(mine.order_by(*order)))

    def card(self, learner: str, question_id: str) -> LearningCard | None:
        """One card, if the learner has ever answered its question."""
        with self._database.reading() as session:
            return session.get(LearningCard, (learner, question_id))

    def keep(self, answered: Answered) -> None:
        """Keep an answer and what it did to its card: both or neither."""
        a = answered
        with self._database.writing() as session:
            card = session.get(LearningCard, (a.learner, a.question_id))
            if card is None:
                session.add(
                    LearningCard(
                        learner=a.learner,
                        question_id=a.question_id,
                        article=a.article,
                        prompt=a.prompt,
                        state=a.state,
                        due=a.due,
                        introduced=a.at,
                    )
                )
                session.flush()
            else:
                card.state, card.due = a.state, a.due
            session.add(
                LearningReview(
                    learner=a.learner,
                    question_id=a.question_id,
                    at=a.at,
                    grade=a.grade,
                    reply=a.reply,
                    due=a.due,
                )
            )

    def settle(self, learner: str, asked: Collection[str], now: datetime) -> None:
        """Retire the cards whose question is no longer asked; bring back those that are again."""
        cards = self.cards(learner)
        gone = [c.question_id for c in cards if c.retired is None and c.question_id not in asked]
        back = [c.question_id for c in cards if c.retired is not None and c.question_id in asked]
        for ids, retired in ((gone, now), (back, None)):
            if ids:
                with self._database.writing() as session:
                    session.execute(
                        update(LearningCard)
                        .where(LearningCard.learner == learner, LearningCard.question_id.in_(ids))
                        .values(retired=retired)
                    )

    def reviews(self, learner: str, since: datetime | None = None) -> list[LearningReview]:
        """A learner's answers since an instant (or all), oldest first."""
        with self._database.reading() as session:
            mine = select(LearningReview).where(LearningReview.learner == learner)
            if since is not None:
                mine = mine.where(LearningReview.at >= since)
            return list(session.scalars(mine.order_by(LearningReview.at, LearningReview.id)))

    def read(self, learner: str, lesson: str, now: datetime) -> None:
        """Keep that a lesson was read; the first time counts."""
        with self._database.writing() as session:
            if session.get(LessonRead, (learner, lesson)) is None:
                session.add(LessonRead(learner=learner, lesson=lesson, at=now))

    def lessons(self, learner: str) -> dict[str, datetime]:
        """The lessons a learner has read, and when first."""
        with self._database.reading() as session:
            mine = select(LessonRead).where(LessonRead.learner == learner)
            return {row.lesson: row.at for row in session.scalars(mine)}

    def share(self, learner: str, manager: str, now: datetime) -> None:
        """Keep that the learner agrees; agreeing twice is agreeing once."""
        with self._database.writing() as session:
            if session.scalars(_standing(learner, manager)).first() is None:
                session.add(LearningShare(learner=learner, manager=manager, agreed=now))

    def revoke(self, learner: str, manager: str, now: datetime) -> None:
        """Keep that the learner no longer agrees; without an agreement nothing happens."""
        with self._database.writing() as session:
            for share in session.scalars(_standing(learner, manager)):
                share.revoked = now

    def shared_with(self, learner: str) -> dict[str, datetime]:
        """The managers who may see the learner's summary, and since when."""
        with self._database.reading() as session:
            standing = select(LearningShare).where(
                LearningShare.learner == learner, LearningShare.revoked.is_(None)
            )
            found = session.scalars(standing.order_by(LearningShare.manager))
            return {share.manager: share.agreed for share in found}

    def learners_of(self, manager: str) -> list[str]:
        """Whose summary a manager may see at present."""
        with self._database.reading() as session:
            standing = select(LearningShare.learner).where(
                LearningShare.manager == manager, LearningShare.revoked.is_(None)
            )
            return list(session.scalars(standing.order_by(LearningShare.learner)))


def _standing(learner: str, manager: str) -> Any:
    return select(LearningShare).where(
        LearningShare.learner == learner,
        func.lower(LearningShare.manager) == manager.lower(),
        LearningShare.revoked.is_(None),
    )
