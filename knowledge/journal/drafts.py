"""Drafts as they were handed over: found again by their key, and version after version by thread.

Whoever sees the account of a draft may open it; its journal asks for the viewer on every read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from knowledge.errors import NotFound
from knowledge.journal.conversations import ConversationDraft, asker_of, open_thread
from knowledge.records.store import Database
from knowledge.records.viewers import Viewer, may_see_account


@dataclass(frozen=True)
class KeptDraft:
    """A draft as it was kept.

    Attributes:
        key: chosen by whoever keeps it.
        thread_id: where it was handed over; None until it was.
        asker: for whom it was made: an e-mail address, or a name without one.
        account_id: what it is about; None for many accounts, which only its asker may open.
        content: the draft.
        version: 1 for the first of its thread.
    """

    key: str
    thread_id: str | None
    asker: str
    account_id: str | None
    content: Mapping[str, Any]
    created_at: datetime
    version: int


class Drafts:
    """The drafts of a workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(
        self,
        viewer: Viewer,
        key: str,
        content: Mapping[str, Any],
        *,
        account_id: str | None,
        now: datetime,
        thread_id: str | None = None,
    ) -> None:
        """Keep a draft; the same key again changes nothing."""
        with self._database.writing() as session:
            if session.get(ConversationDraft, key) is not None:
                return
            if thread_id is not None:
                open_thread(session, thread_id, now, account_id)
            session.add(
                ConversationDraft(
                    key=key,
                    thread_id=thread_id,
                    asker=asker_of(viewer),
                    account_id=account_id,
                    content=dict(content),
                    created_at=now,
                )
            )

    def hand_over(self, key: str, thread_id: str, *, now: datetime) -> None:
        """Say in which thread a draft stands; questions in a new thread are about its account.

        Raises:
            NotFound: no draft is kept under that key.
        """
        with self._database.writing() as session:
            row = session.get(ConversationDraft, key)
            if row is None:
                raise NotFound("draft", key)
            open_thread(session, thread_id, now, row.account_id)
            row.thread_id = thread_id

    def get(self, viewer: Viewer, key: str) -> KeptDraft:
        """A draft the viewer made, or one about an account they may see.

        Raises:
            NotFound: none is kept under that key, or none that the viewer may open.
        """
        with self._database.reading() as session:
            row = session.scalar(
                select(ConversationDraft).where(ConversationDraft.key == key, _may_open(viewer))
            )
            if row is None:
                raise NotFound("draft", key)
            return _kept(session, row)

    def last(self, viewer: Viewer, thread_id: str) -> KeptDraft | None:
        """The newest version of the draft of a thread; None where there is none to open."""
        with self._database.reading() as session:
            row = session.scalar(
                select(ConversationDraft)
                .where(ConversationDraft.thread_id == thread_id, _may_open(viewer))
                .order_by(ConversationDraft.created_at.desc(), ConversationDraft.key.desc())
                .limit(1)
            )
            return _kept(session, row) if row is not None else None


def _may_open(viewer: Viewer) -> ColumnElement[bool]:
    """The account must be the viewer's to see today; a draft about many is its asker's alone."""
    mine = ConversationDraft.asker == asker_of(viewer)
    return or_(
        and_(ConversationDraft.account_id.is_(None), mine),
        and_(
            ConversationDraft.account_id.is_not(None),
            may_see_account(viewer, ConversationDraft.account_id),
        ),
    )


def _kept(session: Session, row: ConversationDraft) -> KeptDraft:
    before = select(func.count()).where(
        ConversationDraft.thread_id == row.thread_id,
        ConversationDraft.created_at < row.created_at,
    )
    return KeptDraft(
        key=row.key,
        thread_id=row.thread_id,
        asker=row.asker,
        account_id=row.account_id,
        content=row.content,
        created_at=row.created_at,
        version=1 + (session.scalar(before) or 0),
    )
