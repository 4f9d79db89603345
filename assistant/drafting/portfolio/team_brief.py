"""What the review of a team is written from: its portfolio, its accounts, how they moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.claims import Evidence, Finding
from assistant.drafting.brief import Basis, Brief
from assistant.drafting.pen import Pen
from assistant.insight.neglected import neglected
from assistant.insight.nurture import nurture
from assistant.insight.team_time import AccountTime, account_time
from assistant.thresholds import Thresholds
from knowledge.records import Portfolio


@dataclass(frozen=True)
class TeamBrief:
    """What a team review is written from: its portfolio, its accounts, how each cell moved.

    `moves` are told since the day `since`; `plans` says by account whether its newest plan can
    still be worked from.
    """

    name: str
    portfolio: Portfolio
    briefs: Sequence[Brief]
    moves: Sequence[tuple[Brief, Finding]]
    plans: Mapping[str, Finding]
    thresholds: Thresholds
    pen: Pen
    since: date

    @property
    def basis(self) -> Basis:
        """What the review is checked against: every account in it is its own."""
        names = {brief.name for brief in self.briefs} | {self.name}
        words = frozenset().union(*(brief.vocabulary for brief in self.briefs), names)
        return Basis(self.pen, self.portfolio.as_of, frozenset(words))

    @property
    def as_of(self) -> date:
        """The day it looks from."""
        return self.portfolio.as_of

    def revenue_of(self, account_id: str) -> tuple[Evidence, ...]:
        """Twelve months' revenue of an account and of those that belong to it."""
        accounts = ((brief, brief.file.account) for brief in self.briefs)
        here = [b for b, account in accounts if account_id in {account.id, account.parent_id}]
        return tuple(brief.study["revenue"].evidence[0] for brief in here)

    @cached_property
    def times(self) -> Mapping[str, AccountTime]:
        """Touches and hours of twelve months by account."""
        return {
            brief.file.account.id: account_time(brief.file, self.thresholds)
            for brief in self.briefs
        }

    @cached_property
    def neglected(self) -> Finding:
        """Who has much to win and gets little attention."""
        return neglected(self.portfolio, self.times, self.thresholds)

    @cached_property
    def nurture(self) -> Finding:
        """Who is projected into the core."""
        return nurture(self.portfolio, self.thresholds)
