"""Role plays as they are kept: whose, with whom, line by line, and the debrief.

Everything is about invented people; nothing here points at a record.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from knowledge.errors import NotFound
from knowledge.journal.learning import RolePlay, RolePlayLine
from knowledge.records import Database


class RolePlays:
    """The role plays of a workspace; each is seen by its learner alone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, play: RolePlay) -> None:
        """Keep a role play that begins."""
        with self._database.writing() as session:
            session.add(play)

    def find(self, learner: str, play_id: str) -> RolePlay:
        """A role play of the learner's own.

        Raises:
            NotFound: no such role play, or somebody else's.
        """
        with self._database.reading() as session:
            found = session.get(RolePlay, play_id)
            if found is None or found.learner != learner:
                raise NotFound("role play", play_id)
            return found

    def newest(self, learner: str, persona: str) -> RolePlay | None:
        """The learner's last role play with a persona that has not been ended."""
        with self._database.reading() as session:
            mine = select(RolePlay).where(
                RolePlay.learner == learner, RolePlay.persona == persona, RolePlay.ended.is_(None)
            )
            return session.scalars(mine.order_by(RolePlay.started.desc(), RolePlay.id)).first()

    def lines(self, play_id: str) -> list[RolePlayLine]:
        """What was said, in order."""
        with self._database.reading() as session:
            said = select(RolePlayLine).where(RolePlayLine.role_play_id == play_id)
            return list(session.scalars(said.order_by(RolePlayLine.number)))

    def add(
        self, play_id: str, said: Sequence[tuple[str, str]], state: dict[str, Any], at: datetime
    ) -> None:
        """Keep lines (speaker and words) and where the role play stands: all or nothing."""
        with self._database.writing() as session:
            here = RolePlayLine.role_play_id == play_id
            last = session.scalar(select(func.max(RolePlayLine.number)).where(here)) or 0
            for number, (speaker, text) in enumerate(said, start=last + 1):
                session.add(
                    RolePlayLine(
                        role_play_id=play_id, number=number, speaker=speaker, text=text, at=at
                    )
                )
            play = session.get(RolePlay, play_id)
            if play is not None:
                play.state = state

    def end(self, play_id: str, debrief: dict[str, Any], at: datetime) -> None:
        """Keep the debrief; a role play ends once."""
        with self._database.writing() as session:
            play = session.get(RolePlay, play_id)
            if play is not None and play.ended is None:
                play.ended, play.debrief = at, debrief
