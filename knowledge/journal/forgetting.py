"""Forgetting one of our own people: what they did here for themselves goes with them.

What they did for the company stays, without their name: approvals, reviews, asks, and what models
cost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Delete, delete, func, or_, select
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import InstrumentedAttribute, Session

from knowledge.journal.conversations import (
    ConversationDraft,
    ConversationFeedback,
    ConversationThread,
    ConversationTurn,
)
from knowledge.journal.learning import (
    LearningCard,
    LearningReview,
    LearningShare,
    LessonRead,
    RolePlay,
    RolePlayLine,
)
from knowledge.journal.nudges import Nudge
from knowledge.journal.preferences import AccountSnooze, Preference


def forget_person(session: Session, called: Collection[str]) -> Counter[str]:
    """Delete what somebody asked, drafted, learnt and chose; how many rows, by what they were.

    Args:
        session: of the transaction that the caller commits.
        called: what their rows are kept under: addresses, names, ids.
    """
    counts: Counter[str] = Counter()
    who = sorted({one.strip().lower() for one in called})

    def theirs(column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
        return func.lower(column).in_(who)

    def drop(what: str, statement: Delete) -> None:
        done: CursorResult[Any] = session.execute(statement)  # type: ignore[assignment]
        counts[what] += done.rowcount

    turns = select(ConversationTurn.id).where(theirs(ConversationTurn.asker))
    plays = select(RolePlay.id).where(theirs(RolePlay.learner))
    shared = or_(theirs(LearningShare.learner), theirs(LearningShare.manager))
    judged = or_(theirs(ConversationFeedback.giver), ConversationFeedback.run_id.in_(turns))
    drop("judgements of answers", delete(ConversationFeedback).where(judged))
    drop("questions and answers", delete(ConversationTurn).where(theirs(ConversationTurn.asker)))
    drop("drafts", delete(ConversationDraft).where(theirs(ConversationDraft.asker)))
    drop("conversations", delete(ConversationThread).where(*_unused()))
    drop("answers while learning", delete(LearningReview).where(theirs(LearningReview.learner)))
    drop("cards", delete(LearningCard).where(theirs(LearningCard.learner)))
    drop("lessons read", delete(LessonRead).where(theirs(LessonRead.learner)))
    drop("shares of learning", delete(LearningShare).where(shared))
    drop("lines of role plays", delete(RolePlayLine).where(RolePlayLine.role_play_id.in_(plays)))
    drop("role plays", delete(RolePlay).where(theirs(RolePlay.learner)))
    drop("nudges", delete(Nudge).where(theirs(Nudge.user)))
    drop("preferences", delete(Preference).where(theirs(Preference.user)))
    drop("snoozes", delete(AccountSnooze).where(theirs(AccountSnooze.user)))
    return counts


def _unused() -> list[ColumnElement[bool]]:
    """The condition that a thread holds nobody's turn or draft any more."""
    return [
        ConversationThread.id.not_in(select(kept.thread_id).where(kept.thread_id.is_not(None)))
        for kept in (ConversationTurn, ConversationDraft)
    ]
