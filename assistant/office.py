"""An office: the records of one company, its rules and its words.

Whatever a room above works from is asked for here, through the eyes of a viewer: a brief to draft
from, the team a manager leads, what a draft is checked against.
"""

from __future__ import annotations

from collections.abc import Mapping
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
from assistant.insight.strategic_portfolio import portfolio_move, strategic_portfolio
from assistant.settings import Company, Settings
from assistant.thresholds import Thresholds
from knowledge.playbook import read_playbook
from knowledge.records import Ledger, Viewer
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
        position = self.ledger.position(viewer, found.id, day)
        file = self.ledger.account_file(viewer, found.id, day)
        return Brief(
            study=study(file, position, self.rules),
            position=position,
            pen=self.pen(language),
            playbook=read_playbook(),
            versions=self.versions,
        )

    def team(self, lead: Viewer, day: date) -> TeamBrief:
        """What the review of somebody's accounts is written from, through their own eyes."""
        portfolio = self.ledger.portfolio(lead, day)
        briefs = [self.brief(lead, holding.account.id, day) for holding in portfolio.holdings]
        earlier = months_before(day, self.rules.period_months)
        moves = [(brief, self._move(lead, brief, earlier)) for brief in briefs]
        return TeamBrief(lead.name, portfolio, briefs, moves, self.rules, self.pen())

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

    def _move(self, viewer: Viewer, brief: Brief, earlier: date) -> Finding:
        """From which portfolio cell to which an account has moved."""
        account_id = brief.file.account.id
        then = strategic_portfolio(
            self.ledger.account_file(viewer, account_id, earlier),
            self.ledger.position(viewer, account_id, earlier),
            self.rules,
        )
        return portfolio_move(then, brief.study["strategic_portfolio"])
