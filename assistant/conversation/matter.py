"""A matter: one inquiry with everything an answer to it may be computed from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from assistant.conversation.understanding import Inquiry
from assistant.conversation.voice import Voice
from assistant.drafting import Brief
from assistant.drafting.brief import Basis
from assistant.office import Office
from knowledge.records import AccountFile, Portfolio, Viewer

#: Questions about all accounts look at so many of them, those with most revenue first.
MOST_FILES = 200


@dataclass(frozen=True)
class Matter:
    """What is asked, by whom, on which day, and the office that knows."""

    office: Office
    viewer: Viewer
    day: date
    voice: Voice
    inquiry: Inquiry
    _briefs: dict[str, Brief] = field(default_factory=dict)

    def brief_of(self, account_id: str) -> Brief:
        """What is known about an account; raises `NotFound`."""
        if account_id not in self._briefs:
            brief = self.office.brief(self.viewer, account_id, self.day, self.voice.language)
            self._briefs[account_id] = replace(brief, pen=self.voice)
        return self._briefs[account_id]

    @cached_property
    def brief(self) -> Brief:
        """What is known about the account the inquiry is about; raises `NotFound`."""
        return self.brief_of(self.inquiry.account or "")

    @cached_property
    def portfolio(self) -> Portfolio:
        """The viewer's accounts."""
        return self.office.ledger.portfolio(self.viewer, self.day)

    @cached_property
    def ids(self) -> Sequence[str]:
        """The ids of the viewer's accounts with most revenue, largest first."""
        holdings = sorted(
            self.portfolio.holdings,
            key=lambda one: (-self.portfolio.revenue(one, 0, 11), one.account.name),
        )
        return [one.account.id for one in holdings[:MOST_FILES]]

    @cached_property
    def files(self) -> Sequence[AccountFile]:
        """The files of those accounts."""
        ledger = self.office.ledger
        return [ledger.account_file(self.viewer, one, self.day) for one in self.ids]

    @property
    def narrowed(self) -> bool:
        """Whether the viewer has more accounts than were looked at."""
        return len(self.portfolio.holdings) > MOST_FILES

    @property
    def basis(self) -> Basis:
        """What the sentences of the answer are checked against."""
        words = frozenset(self.voice.phrases.capitals | self.voice.headings)
        if self._briefs and not self.inquiry.everything and len(self._briefs) == 1:
            brief = next(iter(self._briefs.values()))
            return replace(brief.basis, vocabulary=brief.basis.vocabulary | words)
        names = frozenset(one.account.name for one in self.portfolio.holdings)
        return Basis(self.voice, self.day, words | names)
