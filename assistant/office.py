"""An office: the records of one company, its rules and its words.

Whatever a room above works from is asked for here, through the eyes of a viewer: a brief to draft
from, the team a manager leads, what a draft is checked against.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.claims import Draft, Finding
from assistant.drafting import Brief, Pen, TeamBrief
from assistant.drafting.checking import checked
from assistant.grounding import LedgerGrounds
from assistant.insight import study
from assistant.insight.changes import snapshot
from assistant.insight.eighty_twenty import Standing, standing
from assistant.insight.periods import months_before
from assistant.insight.snapshots import Snapshot
from assistant.insight.staleness import Foundation, plan_state
from assistant.insight.strategic_portfolio import portfolio_move, strategic_portfolio
from assistant.settings import Company, Settings
from assistant.thresholds import Thresholds
from knowledge.journal.meetings import Meetings
from knowledge.journal.plans import Plan, Plans
from knowledge.playbook import read_playbook
from knowledge.records import Catalogue, Ledger, Portfolio, Viewer
from knowledge.workspace import Workspace


@dataclass(frozen=True)
class Office:
    """A workspace with the settings of the company it belongs to."""

    settings: Settings
    workspace: Workspace

    @property
    def company(self) -> Company:
        """What `liaison.toml` says about us."""
        return self.settings.company

    @property
    def ledger(self) -> Ledger:
        """What the records say, for whoever may see it."""
        return self.workspace.ledger

    @property
    def rules(self) -> Thresholds:
        """The thresholds of the rules."""
        return self.company.rules

    @cached_property
    def versions(self) -> Mapping[str, int]:
        """The stored articles: shipped with the code, so the same for every draft of a process."""
        return self.workspace.keep_playbook()

    def day(self, asked: date | None = None) -> date:
        """The day to look from: the one asked for, the workspace's own, or today."""
        return asked or self.settings.today or date.today()  # noqa: DTZ011 - the user's day

    def pen(self, language: str | None = None) -> Pen:
        """Words in a language, or in the company's first."""
        return Pen(language or self.company.company.languages[0], self.ledger.currency)

    def brief(self, viewer: Viewer, account: str, day: date, language: str | None = None) -> Brief:
        """What a draft about an account is written from, through the viewer's eyes.

        Raises:
            NotFound: no account of that name or id that the viewer may see.
            Ambiguous: several accounts fit the name.
        """
        found = self.ledger.find_account(viewer, account)
        return self._brief(viewer, found.id, day, self.pen(language), self.ledger.catalogue(viewer))

    def briefs(
        self,
        viewer: Viewer,
        portfolio: Portfolio,
        ids: Sequence[str],
        language: str | None = None,
    ) -> Sequence[Brief]:
        """The briefs of some accounts of a viewer's portfolio, its catalogue read once."""
        ours, day, pen = portfolio.catalogue, portfolio.as_of, self.pen(language)
        return [self._brief(viewer, account_id, day, pen, ours) for account_id in ids]

    def team(self, lead: Viewer, day: date, language: str | None = None) -> TeamBrief:
        """What the review of somebody's accounts is written from, through their own eyes.

        Moves are told since the last review of the team that was closed; without one, since
        `period_months` ago. The catalogue is read once for all accounts.
        """
        portfolio = self.ledger.portfolio(lead, day)
        known = [holding.account.id for holding in portfolio.holdings]
        briefs = self.briefs(lead, portfolio, known, language)
        reviewed = Meetings(self.workspace.database).last_of_team(lead, day)
        earlier = reviewed or months_before(day, self.rules.period_months)
        return TeamBrief(
            name=lead.name,
            portfolio=portfolio,
            briefs=briefs,
            moves=[(brief, self._move(lead, brief, earlier)) for brief in briefs],
            plans=self._plans(lead, briefs, day),
            thresholds=self.rules,
            pen=self.pen(language),
            since=earlier,
        )

    def standing(self, viewer: Viewer, day: date) -> Standing:
        """The viewer's accounts in the order of their revenue."""
        return standing(self.ledger.portfolio(viewer, day), self.rules)

    def snapshot(self, viewer: Viewer, account_id: str, day: date) -> Snapshot:
        """What was known about an account on a day, as a review keeps it."""
        file = self.ledger.account_file(viewer, account_id, day)
        then = study(file, self.ledger.position(viewer, account_id, day), self.rules)
        return snapshot(file, then.findings.values())

    def grounds(self, viewer: Viewer) -> LedgerGrounds:
        """The sources a sentence may rest on before this reader."""
        return LedgerGrounds(self.ledger, viewer)

    def checked(self, viewer: Viewer, brief: Brief | TeamBrief, draft: Draft) -> Draft:
        """The draft with a verdict on every sentence; what no source bears out is withheld."""
        return checked(draft, brief.basis, self.grounds(viewer))

    def _brief(
        self, viewer: Viewer, account_id: str, day: date, pen: Pen, ours: Catalogue
    ) -> Brief:
        position = self.ledger.position(viewer, account_id, day, ours)
        file = self.ledger.account_file(viewer, account_id, day, ours)
        return Brief(
            study=study(file, position, self.rules),
            position=position,
            pen=pen,
            playbook=read_playbook(),
            versions=self.versions,
        )

    def _move(self, viewer: Viewer, brief: Brief, earlier: date) -> Finding:
        """From which portfolio cell to which an account has moved."""
        account_id, ours = brief.file.account.id, brief.file.catalogue
        then = strategic_portfolio(
            self.ledger.account_file(viewer, account_id, earlier, ours),
            self.ledger.position(viewer, account_id, earlier, ours),
            self.rules,
        )
        return portfolio_move(then, brief.study["strategic_portfolio"])

    def _plans(self, viewer: Viewer, briefs: Sequence[Brief], day: date) -> Mapping[str, Finding]:
        """Whether the newest plan of each account can still be worked from."""
        ids = [brief.file.account.id for brief in briefs]
        kept = Plans(self.workspace.database).newest(viewer, ids, day)
        return {
            account_id: plan_state(brief.file, _foundation(kept.get(account_id)), self.rules)
            for account_id, brief in zip(ids, briefs, strict=True)
        }


def _foundation(plan: Plan | None) -> Foundation | None:
    if plan is None:
        return None
    changed = tuple((moved.title, moved.ref) for moved in plan.moved)
    return Foundation(plan.as_of, changed)
