"""Remembering what was said in Slack: messages, threads and files, and what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from knowledge.intake.keeping import current_ref, visible_account
from knowledge.intake.shared_files import keep_file
from knowledge.intake.threads import Message, keep_thread
from knowledge.intake.withdrawing import follow_deletion, follow_edit
from knowledge.records import Database, Viewer
from knowledge.records.importing.keys import record_key
from knowledge.records.landing import take_turn
from knowledge.records.tables import User


@dataclass(frozen=True)
class Captured:
    """What was kept: its source, and the reference under which it can be cited."""

    source_id: str
    ref: str
    account_id: str


class Remembering:
    """Keeps what was said, for whoever may see the account it is about, and follows its author."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def remember(
        self,
        viewer: Viewer,
        account_id: str,
        text: str,
        *,
        author: str,
        said_at: datetime,
        permalink: str,
        key: str,
        title: str,
        now: datetime,
    ) -> Captured:
        """Keep one message as a dated note. `key` is `slack-CHANNEL-TS`."""
        message = Message(key, author, said_at, text)
        return self.remember_thread(
            viewer, account_id, [message], permalink=permalink, key=key, title=title, now=now
        )

    def remember_thread(
        self,
        viewer: Viewer,
        account_id: str,
        messages: Sequence[Message],
        *,
        permalink: str,
        key: str,
        title: str,
        now: datetime,
    ) -> Captured:
        """Keep several messages as one note, dated by the first; again with more: a new version.

        Raises:
            BadInput: there is no message with words in it.
        """
        with self.database.writing() as session:
            take_turn(session)
            visible_account(session, viewer, account_id)
            first = min(messages, key=lambda one: one.said_at, default=None)
            user = our_own(session, first.author) if first else None
            source_id = keep_thread(
                session,
                account_id,
                messages,
                key=record_key(key),
                title=title,
                permalink=permalink,
                user_id=user.id if user else None,
                captured_by=viewer.email or viewer.name,
                now=now,
            )
            return Captured(source_id, current_ref(session, source_id), account_id)

    def remember_file(
        self,
        viewer: Viewer,
        account_id: str,
        content: bytes,
        name: str,
        *,
        author: str,
        said_at: datetime,
        permalink: str,
        key: str,
        now: datetime,
    ) -> Captured:
        """Read a shared file and attach it to the account by hand.

        Raises:
            Unreadable: the file cannot be turned into text; the message says why.
        """
        with self.database.writing() as session:
            take_turn(session)
            visible_account(session, viewer, account_id)
            source_id = keep_file(
                session,
                account_id,
                content,
                name,
                author=author,
                said_at=said_at,
                permalink=permalink,
                key=record_key(key),
                captured_by=viewer.email or viewer.name,
                now=now,
            )
            return Captured(source_id, current_ref(session, source_id), account_id)

    def edited(self, key: str, text: str, *, at: datetime) -> list[Captured]:
        """A message was edited in Slack: a new version of every note that holds it."""
        with self.database.writing() as session:
            take_turn(session)
            return _all(session, follow_edit(session, key, text, at))

    def deleted(self, key: str, *, at: datetime) -> list[Captured]:
        """A message was deleted in Slack: its words are erased from every version that had them.

        What cites it still resolves, to a line that says it was taken back.
        """
        with self.database.writing() as session:
            take_turn(session)
            return _all(session, follow_deletion(session, key, at))


def our_own(session: Session, who: str) -> User | None:
    """The one active user of that name or address; None for somebody else's, or for several."""
    wanted = who.strip().lower()
    fits = or_(func.lower(User.email) == wanted, func.lower(User.name) == wanted)
    found = session.scalars(select(User).where(fits, User.active).limit(2)).all()
    return found[0] if len(found) == 1 else None


def _all(session: Session, source_ids: Sequence[tuple[str, str]]) -> list[Captured]:
    return [Captured(one, current_ref(session, one), account) for one, account in source_ids]
