"""A conversation: each question computed first, then looked up, then honestly declined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from uuid import uuid4

from assistant.conversation.agent import Author
from assistant.conversation.answer import Answer, Unwatched, Watcher
from assistant.conversation.composing import composed
from assistant.conversation.found import Found
from assistant.conversation.going_on import moved
from assistant.conversation.matter import Matter
from assistant.conversation.seeking import Seeker
from assistant.conversation.turn import Turn
from assistant.conversation.understanding import (
    ABOUT_TALK,
    OVER_ALL,
    Directory,
    Focus,
    Inquiry,
    Reader,
    questions_in,
)
from assistant.conversation.voice import Voice
from assistant.office import Office
from knowledge.journal.conversations import Conversations
from knowledge.records import Viewer
from knowledge.records.roster import roster


@dataclass
class Conversation:
    """Talks about one company's accounts, with whoever asks."""

    office: Office
    author: Author | None = None

    @cached_property
    def journal(self) -> Conversations:
        """Threads, turns and feedback."""
        return Conversations(self.office.workspace.database)

    def reply(
        self,
        viewer: Viewer,
        question: str,
        *,
        thread_id: str | None = None,
        day: date | None = None,
        account: str | None = None,
        language: str | None = None,
        watcher: Watcher = Unwatched(),  # noqa: B008 - nobody, and nothing to change in it
    ) -> Answer:
        """The answer to a message, kept in its thread.

        `language` is the asker's, for a thread that begins with words of no language.

        Raises:
            NotFound: `account` is none that the viewer may see.
            Ambiguous: it fits several.
        """
        focus = self._focus(viewer, thread_id, account)
        if focus.language is None:
            focus = replace(focus, language=language)
        today = self.office.day(day)
        reader = self._reader(viewer, today)
        deadline = self.author.models.deadline() if self.author else None
        turn = Turn(uuid4().hex, _whole(question, focus, reader), thread_id, watcher, deadline)
        seeker = Seeker(self.author, self.journal)
        inquiries: list[Inquiry] = []
        found: list[Found] = []
        for part in questions_in(turn.question):
            astray = any(one.unclear or one.stranger for one in inquiries)
            inquiry = reader.read(part, Focus(language=focus.language) if astray else focus)
            if astray and _waits(inquiry, inquiries):
                break
            matter = self._matter(viewer, today, inquiry)
            back = focus.asked if inquiry.intent in ABOUT_TALK else None
            before = reader.read(back, focus) if back else None
            found.append(seeker.found(matter, focus, turn, before))
            inquiries.append(inquiry)
            focus = moved(focus, matter, found[-1])
        last = next((one for one in reversed(inquiries) if one.account), inquiries[-1])
        answer = composed(turn, self._matter(viewer, today, last), inquiries, found)
        self.journal.keep(
            viewer,
            answer.id,
            turn.question,
            answer.kept(),
            now=datetime.now(UTC),
            thread_id=thread_id,
            focus=focus.to_json(),
        )
        return answer

    def record_feedback(self, run_id: str, giver: str, value: str, comment: str | None) -> None:
        """Keep what somebody thought of an answer; raises `NotFound`."""
        self.journal.record_feedback(run_id, giver, value, comment, now=datetime.now(UTC))

    def _focus(self, viewer: Viewer, thread_id: str | None, account: str | None) -> Focus:
        """What the thread is about, as far as this viewer may see it."""
        kept = self.journal.recall(thread_id) if thread_id else None
        focus = Focus.from_json(kept.focus) if kept else Focus()
        if kept and focus.language is None:
            focus = replace(focus, language=kept.language)
        seen = {one.id for one in self.office.ledger.accounts(viewer)} if focus.accounts else set()
        mine = tuple(one for one in focus.accounts if one in seen)
        if mine != focus.accounts:
            focus = Focus(accounts=mine, language=focus.language)
        if account is not None:
            focus = replace(focus, accounts=(self.office.ledger.find_account(viewer, account).id,))
        return focus

    def _reader(self, viewer: Viewer, day: date) -> Reader:
        company = self.office.company.company
        return Reader(
            Directory.of(roster(self.office.workspace.database, viewer)),
            day,
            company.fiscal_year_start,
            company.languages,
            company.languages[0],
        )

    def _matter(self, viewer: Viewer, day: date, inquiry: Inquiry) -> Matter:
        voice = Voice(inquiry.language, self.office.ledger.currency)
        return Matter(self.office, viewer, day, voice, inquiry)


def _whole(said: str, focus: Focus, reader: Reader) -> str:
    """The question that a thread left open, if a mere name answers it; else what was said."""
    answered = focus.pending.answered(said, reader.directory) if focus.pending else None
    return answered or said


def _waits(inquiry: Inquiry, before: Sequence[Inquiry]) -> bool:
    """Whether a question cannot be asked before it is known who an earlier one was about."""
    if any(one.unclear for one in before):
        return True
    leans = inquiry.points or inquiry.intent in OVER_ALL
    return leans and not inquiry.everything and not inquiry.account
