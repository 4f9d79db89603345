"""Two cohorts of the sample, each reviewed three times over simulated quarters.

What the portfolio desk says of moves, of promises kept and broken, and of stale plans is compared
with books that are kept beside it: see `cohorts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.claims import Draft
from assistant.desk import Desk
from assistant.drafting.portfolio.duties import settled
from assistant.steering import TeamLine
from assistant.steering.team import team_view
from knowledge.records import Viewer
from knowledge.sample import SAMPLE
from tests.sample import copied, desk_over
from tests.scenarios.cohorts import REVIEW_DAYS, Books, Row, changed_ids, write_table

pytestmark = pytest.mark.long

QUARTERS = (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30))
NOW = datetime(2026, 11, 1, tzinfo=UTC)
#: The accounts of each cohort whose plans are written and whose reviews are held as meetings.
COHORTS = {
    "claire.okafor@varnholt.example": ("Borealis Dairy Group", "Corvane Chemicals"),
    "tomasz.wierzba@varnholt.example": ("Lindauer Papierwerke", "Osterby Shipyards"),
}


@dataclass
class Kept:
    """A plan as the test remembers it: when it was made, what it cites, the export it saw."""

    on: date
    cited: set[str]
    saw: Books


@dataclass
class Cohort:
    """One team under review, with the test's own books beside the product's."""

    desk: Desk
    lead: Viewer
    email: str
    folder: Path
    books: Books
    plans: dict[str, Kept] = field(default_factory=dict)
    made: list[tuple[str, Row]] = field(default_factory=list)
    reviewed: date = date(2025, 9, 30)  # without a review the desk looks back half a year
    #: What was met on the way, so that nobody compares empty lists.
    seen: set[str] = field(default_factory=set)

    def review(self, day: date) -> None:
        """Compare what the desk says on a day with the books, then hold the meetings."""
        team = self.desk.office.team(self.lead, day)
        view = team_view(team, self.desk.steering.meetings.next_days(self.lead, day))
        assert view.since == self.reviewed
        self._compare_cells(view.lines, day)
        assert (view.k, view.n) == self.books.core(self.email, day)
        said = {status: {one.text for _, one in some} for status, some in settled(team).items()}
        accounts = [row["Id"] for row in self.books.accounts_of(self.email)]
        assert said == self.books.promises(accounts, day, self.reviewed)
        self.seen |= {status for status, texts in said.items() if texts}
        self.seen |= {"moved" for line in view.lines if line.moved}
        for line in view.lines:
            self.seen.add(f"plan {line.plan}")
            assert line.plan == self._state(line.account_id, line.tier or "", day), line.name
        for account in COHORTS[self.email]:
            self._meet(account, day)
        self.desk.steering.close_team(self.lead, self.email, day)
        self.reviewed = day

    def _compare_cells(self, lines: tuple[TeamLine, ...], day: date) -> None:
        now, then = (self.books.cells(self.email, when) for when in (day, self.reviewed))
        collapsed = {"strategic": "high", "major": "high"}
        said = {
            line.account_id: (
                collapsed.get(line.cell_before, line.cell_before),
                collapsed.get(line.cell, line.cell),
            )
            for line in lines
        }
        assert said == {account: (then[account], now[account]) for account in now}

    def _meet(self, account: str, day: date) -> None:
        """Open with the last decisions, decide three things, keep the plan, close."""
        steering, viewer = self.desk.steering, self.lead
        here = self.desk.workspace.ledger.find_account(viewer, account).id
        opening = steering.prepare(viewer, account, day).section("last_promises")
        assert opening is not None
        before = [row for where, row in self.made if where == here]
        assert [claim.kind for claim in opening.claims] == (["fact"] * 3 if before else ["unknown"])
        for row, claim in zip(before[-3:], opening.claims, strict=False):
            assert row["Text__c"] in claim.text
            assert claim.text.startswith(_word(row, day)), claim.text
        plan = self.desk.plan(viewer, account, day)
        steering.keep_plan(viewer, plan)
        self.plans[here] = Kept(day, _cited(plan), self.books)
        for number, days in enumerate((20, 40, 60), start=1):
            self._decide(here, day, f"Step {number} agreed on {day} for {account}", days)
        closed = steering.close(viewer, account, day)
        assert closed.decisions == 3
        assert closed.next_on >= day + timedelta(days=90)
        assert steering.meetings.next_days(viewer, day)[here] == closed.next_on

    def _decide(self, account: str, day: date, text: str, days: int) -> None:
        due = day + timedelta(days=days)
        decision = self.desk.steering.decide(
            self.lead, account, day, text=text, owner="Ingrid Solheim", due_on=due
        )
        row = dict.fromkeys(self.books.tables["Commitment__c"][0], "")
        row |= {
            "Id": decision.ref.partition(":")[2].partition("@")[0],
            "Account__c": account,
            "Type__c": "promise",
            "Side__c": "ours",
            "Owner_Name__c": "Ingrid Solheim",
            "Text__c": text,
            "Made_On__c": day.isoformat(),
            "Due_On__c": due.isoformat(),
        }
        self.made.append((account, row))
        self._rewrite("Commitment__c", [*self.books.tables["Commitment__c"], row], file=False)

    def quarter_passes(self, day: date) -> None:
        """One decision is kept in time, one too late, one not at all; some records change."""
        for _, row in self.made:
            if row["Done_On__c"] or row["Made_On__c"] != day.isoformat():
                continue
            done = {"1": 15, "2": 55}.get(row["Text__c"].split()[1])
            if done is None:
                continue
            on = day + timedelta(days=done)
            self.desk.steering.capture.keep_promise(self.lead, row["Id"], done_on=on, now=NOW)
            rows = [
                {**one, "Done_On__c": on.isoformat()} if one["Id"] == row["Id"] else one
                for one in self.books.tables["Commitment__c"]
            ]
            self._rewrite("Commitment__c", rows, file=False)
            row["Done_On__c"] = on.isoformat()

    def change_deal(self, account: str, amount: str) -> None:
        """The next export has another amount for every open deal of an account."""
        names = {row["Name"]: row["Id"] for row in self.books.tables["Account"]}
        rows = [
            {**row, "Amount": amount}
            if row["AccountId"] == names[account] and row["IsClosed"] == "false"
            else row
            for row in self.books.tables["Opportunity"]
        ]
        self._rewrite("Opportunity", rows)

    def _rewrite(self, table: str, rows: list[Row], *, file: bool = True) -> None:
        self.books = self.books.with_table(table, rows)
        if file:
            self.desk.take_in([write_table(self.folder, table, rows)])

    def _state(self, account: str, tier: str, day: date) -> str:
        kept = self.plans.get(account)
        if kept is None:
            return "none"
        if kept.cited & changed_ids(kept.saw, self.books):
            return "changed"
        return "old" if (day - kept.on).days > REVIEW_DAYS[tier] else "current"


@pytest.fixture(scope="module")
def desk(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_over(copied(sample_home, tmp_path_factory.mktemp("cohorts"))) as made:
        yield made


@pytest.mark.parametrize("email", list(COHORTS))
def test_a_cohort_reviewed_three_times_is_what_the_books_say(
    desk: Desk, email: str, tmp_path: Path
) -> None:
    cohort = Cohort(
        desk, desk.viewer(email), email, tmp_path / "export", Books.read(SAMPLE / "export")
    )
    changed, _ = COHORTS[email]
    for number, day in enumerate(QUARTERS):
        cohort.review(day)
        cohort.quarter_passes(day)
        cohort.change_deal(changed, f"{number + 1}23456")
    assert cohort.seen >= {"kept", "late", "overdue", "moved"}
    assert cohort.seen >= {"plan none", "plan changed", "plan old"}


def test_one_cohort_sees_nothing_of_the_other(desk: Desk) -> None:
    views = [desk.steering.team(desk.viewer(email), email, QUARTERS[-1]) for email in COHORTS]
    ours, theirs = ({line.account_id for line in view.lines} for view in views)
    assert ours
    assert theirs
    assert not ours & theirs


def _word(row: Row, day: date) -> str:
    """The word a meeting opens with for a decision."""
    due, done = date.fromisoformat(row["Due_On__c"]), row["Done_On__c"]
    if done:
        return "Kept late" if date.fromisoformat(done) > due else "Kept:"
    return "Broken so far" if due < day else "Open"


def _cited(draft: Draft) -> set[str]:
    """The ids of the records a draft rests on."""
    refs = [ref for evidence in draft.sources for ref in evidence.refs]
    return {ref.partition(":")[2].partition("@")[0] for ref in refs}
