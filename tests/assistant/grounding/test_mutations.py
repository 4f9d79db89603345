"""A record changes: exactly the sentences that rest on it change or fall, and no other."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.claims import Claim, Draft
from assistant.desk import Desk
from assistant.drafting.checking import checked
from assistant.grounding import LedgerGrounds
from assistant.settings import read_settings
from knowledge.records import Viewer
from knowledge.records.tables import Opportunity
from knowledge.sample import SAMPLE

OPERATOR = Viewer.operator()
BOREALIS, MERIDIAN = "Borealis Dairy Group", "Meridian Breweries"
RETROFIT, PROMISE = "0065g0000000001AAA", "a035g0000000001AAA"


class Bench:
    """A copy of the sample workspace that one test may change."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.desk = Desk.open(read_settings(home))
        self.before = self.plan(BOREALIS)

    def plan(self, account: str, viewer: Viewer = OPERATOR) -> Draft:
        return self.desk.plan(viewer, account, self.desk.day(None))

    def change(self, file: str, key: str, **fields: str) -> None:
        """Import a file of the export again with one row changed."""
        with (SAMPLE / "export" / file).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        chosen = [row | fields for row in rows if row["Id"] == key]
        path = self.home / file
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0])
            writer.writeheader()
            writer.writerows(chosen)
        self.desk.take_in([path])

    def recheck(self, draft: Draft, viewer: Viewer = OPERATOR) -> Draft:
        """An old draft, checked against what is known and seen now."""
        day = self.desk.day(None)
        basis = self.desk.office.brief(OPERATOR, draft.account_id, day).basis
        return checked(draft, basis, LedgerGrounds(self.desk.workspace.ledger, viewer))


@pytest.fixture
def bench(sample_desk: Desk, tmp_path: Path) -> Iterator[Bench]:
    home = tmp_path / "home"
    shutil.copytree(sample_desk.settings.home, home)
    bench = Bench(home)
    yield bench
    bench.desk.close()


def stated(draft: Draft) -> list[Claim]:
    """Every sentence that rests on something; questions rest on what is missing."""
    return [claim for claim in draft.claims() if claim.kind != "unknown" and claim.evidence]


def quotes(claim: Claim) -> list[str]:
    return [evidence.quote for evidence in claim.evidence]


def touches(claim: Claim, record: str) -> bool:
    return any(ref.startswith(f"{record}@") for e in claim.evidence for ref in e.refs)


def assert_only(before: Draft, after: Draft, record: str) -> tuple[set[str], set[str]]:
    """Only sentences that rest on the record went or came; returns both."""
    old, new = ({claim.text: claim for claim in stated(draft)} for draft in (before, after))
    gone, come = set(old) - set(new), set(new) - set(old)
    assert all(touches(old[text], record) for text in gone), gone
    assert all(touches(new[text], record) for text in come), come
    assert not after.withheld
    return gone, come


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"Amount": "913000"}, "€913,000"),
        ({"CloseDate": "2026-12-17"}, "17 December 2026"),
        ({"Name": "Viborg pumps"}, "Viborg pumps"),
        ({"StageName": "Negotiation/Review"}, "Negotiation/Review"),
    ],
)
def test_a_deal_changes(bench: Bench, fields: dict[str, str], said: str) -> None:
    bench.change("Opportunity.csv", RETROFIT, **fields)
    after = bench.plan(BOREALIS)
    assert_only(bench.before, after, f"opportunity:{RETROFIT}")
    told = [text for claim in after.claims() for text in (claim.text, *quotes(claim))]
    assert any(said in text for text in told)


def test_a_due_date_moves(bench: Bench) -> None:
    bench.change("Commitment__c.csv", PROMISE, Due_On__c="2026-08-21")
    after = bench.plan(BOREALIS)
    gone, _ = assert_only(bench.before, after, f"commitment:{PROMISE}")
    assert gone
    assert not any("14 August 2026" in text for text in (claim.text for claim in stated(after)))


@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(amount=st.integers(min_value=100_000, max_value=999_999))
def test_whatever_the_amount_the_plan_says_it(bench: Bench, amount: int) -> None:
    bench.change("Opportunity.csv", RETROFIT, Amount=str(amount))
    after = bench.plan(BOREALIS)
    assert_only(bench.before, after, f"opportunity:{RETROFIT}")
    assert any(f"€{amount:,}" in claim.text for claim in after.claims())


def test_two_accounts_swap_their_names(bench: Bench) -> None:
    ids = {"0015g0000000001AAA": MERIDIAN, "0015g0000000004AAA": BOREALIS}
    for key, name in ids.items():
        bench.change("Account.csv", key, Name=name)
    after = bench.plan("0015g0000000001AAA")
    assert not after.withheld
    renamed = {claim.text for claim in stated(after)}
    for claim in stated(bench.before):
        if BOREALIS not in claim.text and not touches(claim, "account:0015g0000000001AAA"):
            assert claim.text in renamed
    assert any(MERIDIAN in text for text in renamed)


def test_an_old_draft_still_holds_when_its_record_has_changed(bench: Bench) -> None:
    bench.change("Opportunity.csv", RETROFIT, Amount="913000")
    again = bench.recheck(bench.before)
    assert [c.text for c in again.claims()] == [c.text for c in bench.before.claims()]
    assert all(claim.verdict == "supported" for claim in stated(again))


def test_an_old_draft_falls_where_its_source_is_gone(bench: Bench) -> None:
    record = f"commitment:{PROMISE}"
    with sqlite3.connect(bench.home / "liaison.db") as records:
        records.execute("DELETE FROM source_versions WHERE source_id = ?", (record,))
        records.execute("DELETE FROM sources WHERE id = ?", (record,))
    records.close()
    again = bench.recheck(bench.before)
    kept = {claim.text for claim in again.claims()}
    for claim in stated(bench.before):
        assert (claim.text in kept) is not touches(claim, record), claim.text


def test_an_old_draft_falls_for_whoever_may_not_see_its_sources(bench: Bench) -> None:
    again = bench.recheck(bench.before, Viewer.outsider())
    refs = [ref for claim in stated(again) for e in claim.evidence for ref in e.refs]
    assert all(ref.startswith("playbook:") for ref in refs), "what is everyone's to read"
    assert len(again.withheld) > 30


def test_a_deal_that_is_gone_is_no_longer_told(bench: Bench) -> None:
    with bench.desk.workspace.database.writing() as session:
        deal = session.get_one(Opportunity, RETROFIT)
        session.delete(deal)
    after = bench.plan(BOREALIS)
    assert not any(touches(claim, f"opportunity:{RETROFIT}") for claim in after.claims())
    now = {claim.text for claim in after.claims()}
    gone = [claim for claim in stated(bench.before) if claim.text not in now]
    assert gone
    assert all(touches(claim, f"opportunity:{RETROFIT}") for claim in gone)
