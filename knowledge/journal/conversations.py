"""Conversations: threads with what they are about, their turns, drafts and feedback.

A thread remembers ids, never facts: whoever asks next, the facts are read again with their own
eyes. Answers are kept for whoever looks into a complaint, and are not read back to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.errors import NotFound
from knowledge.records.base import Base
from knowledge.records.store import Database
from knowledge.records.viewers import Viewer


class ConversationThread(Base):
    """A thread; `focus` holds the ids of what it is about, and how it was asked."""

    __tablename__ = "conversation_threads"

    id: Mapped[str] = mapped_column(primary_key=True)
    focus: Mapped[dict[str, Any]] = mapped_column(default=dict)
    language: Mapped[str | None]
    updated_at: Mapped[datetime]


class ConversationTurn(Base):
    """One question with its answer; `asker` is an e-mail address, or a name without one."""

    __tablename__ = "conversation_turns"

    id: Mapped[str] = mapped_column(primary_key=True)
    thread_id: Mapped[str | None] = mapped_column(ForeignKey("conversation_threads.id"), index=True)
    asker: Mapped[str] = mapped_column(index=True)
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[dict[str, Any]]
    route: Mapped[str | None]
    language: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(index=True)


class ConversationFeedback(Base):
    """What somebody thought of an answer; the last word of each person counts."""

    __tablename__ = "conversation_feedback"

    run_id: Mapped[str] = mapped_column(primary_key=True)
    giver: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    comment: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]


class ConversationDraft(Base):
    """A draft made in a thread, so that it can be changed there; the last one counts."""

    __tablename__ = "conversation_drafts"

    key: Mapped[str] = mapped_column(primary_key=True)
    thread_id: Mapped[str | None] = mapped_column(ForeignKey("conversation_threads.id"), index=True)
    asker: Mapped[str] = mapped_column(index=True)
    account_id: Mapped[str | None]
    content: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


@dataclass(frozen=True)
class Remembered:
    """What a thread is about, as ids, and the language it was last held in."""

    focus: Mapping[str, Any]
    language: str | None


def asker_of(viewer: Viewer) -> str:
    """Under what name a viewer's turns are kept."""
    return (viewer.email or viewer.name).strip().lower()


def open_thread(
    session: Session, thread_id: str, now: datetime, account_id: str | None = None
) -> ConversationThread:
    """A thread to which something is added now; a new one is about the account."""
    thread = session.get(ConversationThread, thread_id)
    if thread is None:
        focus = {"accounts": [account_id]} if account_id else {}
        thread = ConversationThread(id=thread_id, focus=focus, language=None, updated_at=now)
        session.add(thread)
        session.flush()
    thread.updated_at = now
    return thread


class Conversations:
    """The conversations of a workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def recall(self, thread_id: str) -> Remembered | None:
        """What a thread is about; None for a new one."""
        with self._database.reading() as session:
            thread = session.get(ConversationThread, thread_id)
            return Remembered(thread.focus, thread.language) if thread else None

    def keep(
        self,
        viewer: Viewer,
        run_id: str,
        question: str,
        answer: Mapping[str, Any],
        *,
        now: datetime,
        thread_id: str | None = None,
        focus: Mapping[str, Any] | None = None,
    ) -> None:
        """Keep a turn, and what its thread is about from now on."""
        with self._database.writing() as session:
            if thread_id is not None:
                thread = open_thread(session, thread_id, now)
                thread.focus = dict(focus or {})
                thread.language = str(answer["language"])
            session.add(
                ConversationTurn(
                    id=run_id,
                    thread_id=thread_id,
                    asker=asker_of(viewer),
                    question=question,
                    answer=dict(answer),
                    route=answer.get("route"),
                    language=str(answer["language"]),
                    created_at=now,
                )
            )

    def questions(self, viewer: Viewer, thread_id: str) -> tuple[str, ...]:
        """What the viewer asked in a thread, oldest first."""
        query = (
            select(ConversationTurn.question)
            .where(
                ConversationTurn.thread_id == thread_id, ConversationTurn.asker == asker_of(viewer)
            )
            .order_by(ConversationTurn.created_at, ConversationTurn.id)
        )
        with self._database.reading() as session:
            return tuple(session.scalars(query))

    def turn(self, run_id: str) -> ConversationTurn:
        """A question with its answer as it was kept; raises `NotFound`."""
        with self._database.reading() as session:
            turn = session.get(ConversationTurn, run_id)
            if turn is None:
                raise NotFound("answer", run_id)
            return turn

    def choices(self, run_id: str) -> tuple[str, tuple[str, ...]]:
        """The question of a turn, and the names between which its answer let the asker choose.

        Raises:
            NotFound: no answer was given under that id.
        """
        turn = self.turn(run_id)
        return turn.question, tuple(turn.answer.get("choices", ()))

    def record_feedback(
        self, run_id: str, giver: str, value: str, comment: str | None = None, *, now: datetime
    ) -> None:
        """Keep what somebody thought of an answer.

        Raises:
            NotFound: no answer was given under that id.
        """
        with self._database.writing() as session:
            if session.get(ConversationTurn, run_id) is None:
                raise NotFound("answer", run_id)
            session.merge(
                ConversationFeedback(
                    run_id=run_id,
                    giver=giver.strip().lower(),
                    value=value,
                    comment=comment,
                    created_at=now,
                )
            )

    def feedback(self, run_id: str) -> tuple[tuple[str, str, str | None], ...]:
        """Giver, value and comment of everybody who judged an answer."""
        query = (
            select(ConversationFeedback)
            .where(ConversationFeedback.run_id == run_id)
            .order_by(ConversationFeedback.created_at, ConversationFeedback.giver)
        )
        with self._database.reading() as session:
            return tuple((row.giver, row.value, row.comment) for row in session.scalars(query))

    def forget(self, email: str) -> int:
        """Delete everything somebody asked, drafted and judged; how many turns there were."""
        who = email.strip().lower()
        with self._database.writing() as session:
            mine = select(ConversationTurn.id).where(ConversationTurn.asker == who)
            turns = list(session.scalars(mine))
            session.execute(
                delete(ConversationFeedback).where(
                    (ConversationFeedback.giver == who) | ConversationFeedback.run_id.in_(mine)
                )
            )
            session.execute(delete(ConversationTurn).where(ConversationTurn.asker == who))
            session.execute(delete(ConversationDraft).where(ConversationDraft.asker == who))
            kept = [
                select(table.thread_id).where(table.thread_id.is_not(None))
                for table in (ConversationTurn, ConversationDraft)
            ]
            session.execute(
                delete(ConversationThread).where(
                    *(ConversationThread.id.not_in(used) for used in kept)
                )
            )
        return len(turns)
