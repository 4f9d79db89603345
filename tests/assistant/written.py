"""Drafts of real accounts as they are written, and as they are after the check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from assistant.claims import Claim, Draft
from assistant.desk import Desk
from assistant.drafting import (
    Brief,
    Pen,
    account_plan,
    account_review,
    follow_up,
    language_of_customer,
    meeting_of,
    value_proposition,
)
from assistant.drafting.checking import checked
from assistant.grounding import Examined, Grounds, LedgerGrounds, examine
from assistant.insight.changes import difference, snapshot
from knowledge.records import Viewer

_READERS = 2


@dataclass(frozen=True)
class Written:
    """A draft before and after the check, with what it was written from."""

    brief: Brief
    raw: Draft
    draft: Draft
    grounds: Grounds

    @property
    def kind(self) -> str:
        return self.draft.kind

    @property
    def accounts(self) -> frozenset[str]:
        """The account and those that belong to it."""
        return frozenset({self.draft.account_id, *self.brief.basis.related})

    def stated(self) -> list[Claim]:
        """The facts and inferences that its reader sees."""
        return [claim for claim in self.draft.claims() if claim.kind in {"fact", "inference"}]

    def judge(self, claims: list[Claim]) -> list[Examined]:
        """The check of this draft, for any claims."""
        basis = self.brief.basis
        return examine(
            claims,
            self.grounds,
            account=basis.account,
            related=basis.related,
            vocabulary=basis.vocabulary,
            as_of=basis.as_of,
            house=basis.pen.phrases.fixed_in,
        )


def write_everything(desk: Desk) -> Iterator[Written]:
    """Plan, value propositions, follow-up and review of every account."""
    viewer, day = Viewer.operator(), desk.day(None)
    grounds = LedgerGrounds(desk.workspace.ledger, viewer)
    for line in desk.accounts(viewer, day):
        brief = desk.office.brief(viewer, line.id, day)
        for own, draft in _drafts(desk, brief):
            yield Written(own, draft, checked(draft, own.basis, grounds), grounds)


def _drafts(desk: Desk, brief: Brief) -> Iterator[tuple[Brief, Draft]]:
    yield brief, account_plan(brief)
    for person in brief.file.contacts[:_READERS]:
        yield brief, value_proposition(brief, person.name)
    known = desk.settings.company.company.languages
    theirs = Pen(language_of_customer(brief.file.account.language, known), brief.pen.currency)
    own = replace(brief, pen=theirs)
    yield own, follow_up(own, meeting_of(own, None))
    since = brief.as_of - timedelta(days=desk._review_days(brief.file))
    earlier = desk.office.snapshot(Viewer.operator(), brief.file.account.id, since)
    changes = difference(earlier, snapshot(brief.file, brief.study.findings.values()))
    yield brief, account_review(brief, changes, since)
