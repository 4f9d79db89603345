"""The desk: everything the product does for a person, in one place for the terminal and Slack.

It opens the workspace that the settings name, looks through the viewer it is given, and hands
back drafts, lists and reports. It prints nothing and reads no environment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from assistant.claims import Draft, Section
from assistant.drafting import (
    Brief,
    Pen,
    account_plan,
    account_review,
    account_sheet,
    follow_up,
    in_own_words,
    language_of_customer,
    meeting_of,
    revise,
    value_proposition,
)
from assistant.drafting.authored import ModelWriter, Task, revised
from assistant.drafting.checking import still_seen
from assistant.drafting.why import why, why_claim
from assistant.errors import BadInstruction
from assistant.insight.account_lines import AccountLine, account_lines
from assistant.insight.changes import difference, snapshot
from assistant.models import Models, embedder
from assistant.office import Office
from assistant.prompting import Prompt, read_prompts
from assistant.settings import Settings
from knowledge.errors import BadInput
from knowledge.intake import ImportReport
from knowledge.journal.runs import Runs
from knowledge.records import AccountFile, Viewer
from knowledge.records.importing import Progress, read_mapping
from knowledge.records.reviews import last_review, save_review
from knowledge.workspace import Place, Workspace

if TYPE_CHECKING:
    from assistant.conversation import Conversation
    from assistant.rendering import Figure
    from assistant.steering import Steering
    from assistant.tutoring import Tutor
    from assistant.tutoring.role_play import RolePlay
    from knowledge.index.hits import Found

_ILLUSTRATED = {"account_plan", "account_sheet", "account_review", "review_meeting"}


class Desk:
    """A workspace with the rules and the words of one company."""

    def __init__(self, settings: Settings, workspace: Workspace) -> None:
        self.settings = settings
        self.workspace = workspace
        self.office = Office(settings, workspace)
        self.prompts: Mapping[str, Prompt] = read_prompts(settings.home / "prompts")
        self.models = Models(settings, Runs(workspace.database))

    @cached_property
    def conversation(self) -> Conversation:
        """Answers to questions, with sources or an honest no."""
        from assistant.conversation import Author, Conversation

        return Conversation(self.office, Author(self.models, self.prompts))

    @cached_property
    def steering(self) -> Steering:
        """What a manager does with a team's accounts."""
        from assistant.steering import Steering

        return Steering(self.office)

    @cached_property
    def tutor(self) -> Tutor:
        """Lessons and questions from the playbook, for whoever learns."""
        from assistant.tutoring import Tutor

        return Tutor(self.office)

    @cached_property
    def role_play(self) -> RolePlay:
        """Conversations with invented people, for whoever practises; it is given no ledger."""
        from assistant.tutoring.role_play import RolePlay

        return RolePlay(self.workspace.database, self.prompts, self.models)

    @classmethod
    def open(cls, settings: Settings, threads: int | None = None) -> Desk:
        """Open the workspace of some settings.

        Args:
            settings: of the home folder.
            threads: processor cores that reading for meaning may use; all when not told.

        Raises:
            Unavailable: of `knowledge.errors`; the records cannot be opened.
            BadTemplate: a prompt does not fit its task.
        """
        company = settings.company
        place = Place(
            home=settings.home,
            database_url=settings.database_url.get_secret_value(),
            embedder=lambda: embedder(settings, threads),
            chroma_url=settings.chroma_url,
            currency=company.company.currency,
            rates=company.currency.rates,
            admins=company.company.admins,
        )
        return cls(settings, Workspace(place))

    def close(self) -> None:
        """Give everything back."""
        self.models.close()
        self.workspace.close()

    def viewer(self, who: str | None) -> Viewer:
        """The viewer behind an address or name; the local operator for None."""
        return Viewer.operator() if who is None else self.workspace.ledger.viewer(who)

    def day(self, asked: date | None) -> date:
        """The day to look from: the one asked for, the workspace's own, or today."""
        return self.office.day(asked)

    def take_in(
        self, paths: Sequence[Path], mapping: Path | None = None, progress: Progress | None = None
    ) -> ImportReport:
        """Import exports and documents, and keep the playbook at hand."""
        columns = read_mapping(mapping) if mapping else None
        report = self.workspace.take_in(paths, mapping=columns, progress=progress)
        self.workspace.keep_playbook()
        return report

    def accounts(self, viewer: Viewer, day: date) -> list[AccountLine]:
        """The accounts somebody may see, by name."""
        return account_lines(self.workspace.ledger.portfolio(viewer, day))

    def search(
        self,
        viewer: Viewer,
        query: str,
        *,
        account: str | None = None,
        k: int = 10,
        explain: bool = False,
    ) -> Found:
        """Passages of account history and playbook that answer a question."""
        where = self.workspace.ledger.find_account(viewer, account).id if account else None
        return self.workspace.search(viewer, query, account_id=where, k=k, explain=explain)

    def show(self, viewer: Viewer, account: str, day: date) -> Draft:
        """What is known about an account, finding by finding."""
        brief = self.office.brief(viewer, account, day)
        return self.office.checked(viewer, brief, account_sheet(brief))

    def plan(self, viewer: Viewer, account: str, day: date, language: str | None = None) -> Draft:
        """The account plan, every factual sentence cited."""
        brief = self.office.brief(viewer, account, day, language)
        return self._worded(viewer, brief, account_plan(brief))

    def value(
        self, viewer: Viewer, account: str, reader: str, day: date, language: str | None = None
    ) -> Draft:
        """A value proposition for a person or role at an account."""
        brief = self.office.brief(viewer, account, day, language)
        return self._worded(viewer, brief, value_proposition(brief, reader))

    def follow_up(
        self,
        viewer: Viewer,
        account: str,
        meeting: str | None,
        day: date,
        language: str | None = None,
    ) -> Draft:
        """A follow-up in the customer's language; nothing is sent."""
        brief = self.office.brief(viewer, account, day, language)
        if language is None:
            known = self.settings.company.company.languages
            own = language_of_customer(brief.file.account.language, known)
            brief = replace(brief, pen=Pen(own, brief.pen.currency))
        return self._worded(viewer, brief, follow_up(brief, meeting_of(brief, meeting)))

    def review(
        self,
        viewer: Viewer,
        account: str,
        day: date,
        since: date | None = None,
        language: str | None = None,
    ) -> Draft:
        """The review of an account since a day, or since the last one that was saved.

        Without either it looks back as far as the account's tier asks for reviews.

        Raises:
            BadInput: a day still to come, seen from `day`.
        """
        if since is not None and since > day:
            raise BadInput(f"A review looks back: {since} is after {day}, the day it looks from.")
        brief = self.office.brief(viewer, account, day, language)
        file = brief.file
        saved = None
        if since is None:
            saved = last_review(self.workspace.database, viewer, file.account.id, day)
            since = saved.as_of if saved else day - timedelta(days=self._review_days(file))
        earlier = saved.content if saved else self.office.snapshot(viewer, file.account.id, since)
        changes = difference(earlier, snapshot(file, brief.study.findings.values()))
        return self._worded(viewer, brief, account_review(brief, changes, since))

    def revise(self, viewer: Viewer, draft: Draft, instruction: str) -> Draft:
        """The draft as its reader wants it: by rule where a rule can, else in a model's words.

        What does not change keeps its words and citations; what a person wrote stays theirs.
        What the viewer may no longer see is withheld.

        Raises:
            BadInstruction: no rule reads it, and there is no model to ask.
        """
        seen = still_seen(draft, self.office.grounds(viewer))
        try:
            return revise(seen, instruction)
        except BadInstruction:
            if seen.kind == "portfolio_review":
                raise
        brief = self.office.brief(viewer, seen.account_id, seen.as_of, seen.language)
        whole: tuple[Section, ...] = ()
        if seen.kind in _ILLUSTRATED:  # a letter takes nothing from our plan
            whole = self.office.checked(viewer, brief, account_plan(brief)).sections
        try:
            return revise(seen, instruction, whole)
        except BadInstruction:
            if not self.models.available:
                raise
        writer = ModelWriter(self.models, self.prompts)
        return revised(writer, self._task(viewer, brief, seen), instruction, whole)

    def reword(self, draft: Draft, section_id: str, text: str, author: str) -> Draft:
        """The draft with a section as its reader wrote it, one sentence a line.

        Raises:
            NotFound: the draft has no such section.
        """
        return in_own_words(draft, section_id, text, author)

    def review_team(
        self,
        viewer: Viewer,
        who: str,
        day: date,
        what_ifs: Sequence[str] = (),
        language: str | None = None,
    ) -> Draft:
        """The review of the portfolio that a manager (or rep) sees, with what-ifs at its end.

        Raises:
            NotFound: nobody of that name, or somebody the viewer does not oversee.
            BadInput: a what-if that no rule reads.
        """
        return self.steering.review_team(viewer, who, day, what_ifs, language)

    def save_review(self, viewer: Viewer, account: str, day: date) -> str:
        """Keep what is known today as an immutable snapshot; its id."""
        brief = self.office.brief(viewer, account, day)
        content = snapshot(brief.file, brief.study.findings.values())
        return save_review(
            self.workspace.database,
            viewer,
            brief.file.account.id,
            content,
            as_of=day,
            now=datetime.now(UTC),
        )

    def why(
        self, viewer: Viewer, account: str, topic: str, day: date, language: str | None = None
    ) -> Draft:
        """Why a rule concludes what it does about an account, or what a section stands on.

        Raises:
            NotFound: no such account, or neither a rule nor a section of that name.
        """
        brief = self.office.brief(viewer, account, day, language)
        return self.office.checked(viewer, brief, why(brief, topic))

    def why_sentence(self, viewer: Viewer, draft: Draft, section: str, position: int) -> Draft:
        """Why a sentence of a draft about an account stands there; `position` counts from 0.

        Raises:
            NotFound: the draft has no such sentence.
        """
        brief = self.office.brief(viewer, draft.account_id, draft.as_of, draft.language)
        return self.office.checked(viewer, brief, why_claim(brief, draft, section, position))

    def charts(self, viewer: Viewer, draft: Draft) -> Sequence[Figure]:
        """The charts that belong to a draft; none for a message."""
        from assistant.rendering.charts import charts_of

        if draft.kind == "portfolio_review":
            return self.steering.figures(viewer, draft)
        if draft.kind not in _ILLUSTRATED:
            return ()
        brief = self.office.brief(viewer, draft.account_id, draft.as_of, draft.language)
        order = self.office.standing(viewer, draft.as_of)
        return charts_of(brief.study, order, language=draft.language)

    def _worded(self, viewer: Viewer, brief: Brief, draft: Draft) -> Draft:
        """A template's draft, checked; in a model's words where there is one."""
        checked = self.office.checked(viewer, brief, draft)
        if not self.models.available:
            return checked
        writer = ModelWriter(self.models, self.prompts)
        return writer.write(self._task(viewer, brief, checked))

    def _task(self, viewer: Viewer, brief: Brief, draft: Draft) -> Task:
        company = self.office.company.company.name
        grounds = self.office.grounds(viewer)
        return Task(viewer, draft, brief.basis, grounds, company, about=uuid4().hex)

    def _review_days(self, file: AccountFile) -> int:
        days = self.office.rules.review_days
        return days.get((file.account.tier or "").lower(), days[""])
